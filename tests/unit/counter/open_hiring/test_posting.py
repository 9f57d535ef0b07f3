"""A job as a JobPosting says what schema.org lets it say, and nothing that is asked of the past."""

import json
import os
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from counter.open_hiring.model import Job, PublicJob
from counter.open_hiring.posting import as_job_posting

JOB = Job(
    id="magazijn",
    title="Magazijnmedewerker",
    employer="Voorbeeld BV",
    place="Zaandam",
    sector="logistiek",
    hours_min=24,
    hours_max=32,
    wage_text="€ 15 per uur",
    tasks="Je pakt dozen in.",
)
STANDARD = Path(
    os.environ.get(
        "LOKET_TEST_SCHEMAORG", Path(__file__).parents[5] / "shared/data/standards/schemaorg_subset"
    )
)
PUBLIC = PublicJob(
    job=replace(JOB, practical_needs=("je kunt 10 kilo tillen",), valid_through=date(2027, 3, 1)),
    opened_at=datetime(2026, 11, 23, 23, 30, tzinfo=UTC),
    waiting=2,
)
# Of what the subset does not hold: schema.org/PostalAddress, /Thing, /PropertyValue, /Organization.
ELSEWHERE = {
    "PostalAddress": {"addressLocality", "addressRegion", "addressCountry"},
    "Place": {"address"},
    "PropertyValue": {"name", "value"},
    "Organization": {"name"},
    "JobPosting": {"identifier", "url", "description"},
}


def test_a_posting_says_what_people_read() -> None:
    posting = as_job_posting(PUBLIC, site="https://loket.example")
    assert posting["url"] == "https://loket.example/vacatures/magazijn"
    assert (posting["workHours"], posting["employmentType"]) == ("24-32 uur per week", "PART_TIME")
    # By the clock in the Netherlands it was the next day.
    assert (posting["datePosted"], posting["validThrough"]) == ("2026-11-24", "2027-03-01")
    assert posting["skills"] == ["je kunt 10 kilo tillen"]
    assert posting["experienceRequirements"] == posting["educationRequirements"] == "no requirements"


def test_what_is_not_known_is_left_out() -> None:
    bare = PublicJob(job=replace(JOB, hours_min=38, hours_max=38), opened_at=None, waiting=0)
    posting = as_job_posting(bare, site="")
    assert not {"url", "validThrough", "datePosted", "skills"} & posting.keys()
    assert (posting["workHours"], posting["employmentType"]) == ("38 uur per week", "FULL_TIME")


@pytest.fixture(scope="module")
def properties() -> dict[str, dict[str, set[str]]]:
    """Give the domains and ranges of the properties in the published vocabulary."""
    [file] = STANDARD.glob("*.jsonld") or [None]
    if file is None:
        pytest.skip("the schema.org subset is not on this machine")

    def names(value: Any) -> set[str]:
        listed = value if isinstance(value, list) else [value] if value else []
        return {item["@id"].removeprefix("schema:") for item in listed}

    graph = json.loads(file.read_text(encoding="utf-8"))["@graph"]
    return {
        node["@id"].removeprefix("schema:"): {
            "domain": names(node.get("schema:domainIncludes")),
            "range": names(node.get("schema:rangeIncludes")),
        }
        for node in graph
        if node["@type"] == "rdf:Property"
    }


def kinds_of(value: object) -> set[str]:
    """Return the schema.org types that a JSON value can be."""
    match value:
        case bool():
            return {"Boolean"}
        case int():
            return {"Integer", "Number"}
        case str():
            return {"Text", "URL", "Date"}
        case list():
            return set.intersection(*map(kinds_of, value))
        case dict():
            return {str(value["@type"])}
        case _:
            return set()


def test_every_property_is_of_schema_org_with_a_value_it_may_have(
    properties: dict[str, dict[str, set[str]]],
) -> None:
    checked = 0
    for public in (PUBLIC, replace(PUBLIC, job=replace(JOB, is_sample=True), opened_at=None)):
        nodes: list[dict[str, Any]] = [as_job_posting(public, site="https://loket.example")]
        while nodes:
            node = nodes.pop()
            kind = node["@type"]
            for name, value in node.items():
                nodes += [value] if isinstance(value, dict) else []
                if name.startswith("@") or name in ELSEWHERE.get(kind, set()):
                    continue
                assert kind in properties[name]["domain"] or name == "validThrough", name
                assert kinds_of(value) & properties[name]["range"], name
                checked += 1
    assert checked > 20
