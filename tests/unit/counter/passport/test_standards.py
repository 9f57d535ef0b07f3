"""What a passport says to other programs, read as JSON-LD by the contexts that the standards publish."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pyld import jsonld
from pyld.documentloader.frozen import FrozenDocumentLoader

from counter.passport import credentials, europass
from counter.passport.credentials import as_credentials
from counter.passport.europass import as_europass
from counter.passport.model import Passport, Source
from counter.passport.plain import as_plain
from skills_taxonomy import Level, Taxonomy
from tests.unit.counter.passport.conftest import MADE_AT

STANDARDS = Path(__file__).resolve().parents[5] / "shared" / "data" / "standards"
ELM = STANDARDS / "elm_europass"
_PUBLISHED = {
    credentials.OB_CONTEXT: STANDARDS / "openbadges3" / "context-3.0.3.json",
    europass.ELM_CONTEXT: ELM / "edc-ap-context.jsonld",
}
ELM_NAMES = "http://data.europa.eu/snb/model/elm/"
# What the application profile of Europass asks of each class at least (SHACL `sh:minCount 1`).
_REQUIRED = {
    "EuropeanDigitalCredential": {
        "credentialSchema",
        "credentialProfiles",
        "displayParameter",
        "issuer",
        "credentialSubject",
        "issued",
        "validFrom",
    },
    "LearningAchievement": {"title", "awardedBy"},
    "LearningAchievementSpecification": {"title"},
    "LearningOutcome": {"title"},
    "AwardingProcess": {"awardingBody"},
    "DisplayParameter": {"title", "primaryLanguage", "language"},
    "Note": {"noteLiteral"},
    "Concept": {"prefLabel", "inScheme"},
}

needs_standards = pytest.mark.skipif(
    not STANDARDS.is_dir(), reason="the standards (../shared/data/standards) are not on this machine"
)

type Load = Callable[[str, dict[str, Any]], dict[str, Any]]


@pytest.fixture
def rich(passport: Passport) -> Passport:
    """Give a passport with all that can be known of a skill."""
    [cares, cooks, plans] = passport.skills
    return replace(
        passport,
        skills=(
            replace(cares, told=replace(cares.told, level=Level.GEVORDERD, rated_by="Sanne", years=0.5)),
            replace(cooks, told=replace(cooks.told, level=Level.ERVAREN, years=10)),
            replace(plans, told=replace(plans.told, source=Source.COACH, added_by="Sanne")),
        ),
    )


@pytest.fixture(scope="module")
def load() -> Load:
    """Give what loads a context: one that a standard publishes, from disk, and nothing from elsewhere."""
    frozen = FrozenDocumentLoader()

    def load(url: str, options: dict[str, Any]) -> dict[str, Any]:
        if url not in _PUBLISHED:
            document: dict[str, Any] = frozen(url, options)
            return document
        text = _PUBLISHED[url].read_text(encoding="utf-8")
        return {"contextUrl": None, "documentUrl": url, "document": json.loads(text)}

    return load


def lost(document: dict[str, Any], load: Load) -> list[str]:
    """Return the properties that no context knows: a reader of JSON-LD never sees those."""
    dropped: list[str] = []
    jsonld.expand(document, {"documentLoader": load}, on_property_dropped=dropped.append)
    return [name for name in dropped if name]


def nodes(value: object) -> Iterator[dict[str, Any]]:
    """Yield every object in a document."""
    if isinstance(value, dict):
        yield value
        for part in value.values():
            yield from nodes(part)
    elif isinstance(value, list):
        for part in value:
            yield from nodes(part)


@needs_standards
def test_every_word_of_an_open_badge_means_something_by_its_context(
    taxonomy: Taxonomy, rich: Passport, load: Load
) -> None:
    presentation = as_credentials(rich, taxonomy)
    assert lost(presentation, load) == []
    [expanded] = jsonld.expand(presentation["verifiableCredential"][0], {"documentLoader": load})
    [subject] = expanded["https://www.w3.org/2018/credentials#credentialSubject"]
    [achievement] = subject["https://purl.imsglobal.org/spec/vc/ob/vocab.html#achievement"]
    assert achievement["https://schema.org/name"] == [{"@value": "zorgen voor een familielid"}]


@needs_standards
def test_every_word_of_a_europass_credential_means_something_by_its_context(
    taxonomy: Taxonomy, rich: Passport, load: Load
) -> None:
    document = as_europass(rich, taxonomy, made_at=MADE_AT)
    assert lost(document, load) == []
    [expanded] = jsonld.expand(document, {"documentLoader": load})
    [subject] = expanded["https://www.w3.org/2018/credentials#credentialSubject"]
    titles = [claim["http://purl.org/dc/terms/title"] for claim in subject[f"{ELM_NAMES}hasClaim"]]
    assert titles == [
        [{"@language": "nl", "@value": name}] for name in ("zorgen voor een familielid", "koken", "plannen")
    ]


@needs_standards
@pytest.mark.parametrize("make", [as_credentials, as_europass])
def test_a_word_that_no_context_knows_is_seen(
    taxonomy: Taxonomy, rich: Passport, load: Load, make: Callable[..., dict[str, Any]]
) -> None:
    document = make(rich, taxonomy) if make is as_credentials else make(rich, taxonomy, made_at=MADE_AT)
    subject = next(node for node in nodes(document) if "credentialSubject" in node)["credentialSubject"]
    subject["kunde"] = "veel"
    assert lost(document, load) == ["kunde"]


@needs_standards
def test_the_samples_of_europass_pass_the_same_test(load: Load) -> None:
    sample = json.loads((ELM / "Sample-MC-Annex1-unsigned.jsonld").read_text(encoding="utf-8"))
    assert lost(sample, load) == []
    # A sample that is not sealed yet was not issued yet.
    assert list(lacking(sample)) == ["EuropeanDigitalCredential lacks issued"]


def lacking(document: dict[str, Any]) -> Iterator[str]:
    """Yield what the application profile asks and a document does not say."""
    for node in nodes(document):
        types = node.get("type", [])
        for name in [types] if isinstance(types, str) else types:
            yield from (f"{name} lacks {one}" for one in sorted(_REQUIRED.get(name, set()) - node.keys()))


def test_a_europass_credential_says_what_the_profile_asks_at_least(
    taxonomy: Taxonomy, rich: Passport
) -> None:
    document = as_europass(rich, taxonomy, made_at=MADE_AT)
    assert list(lacking(document)) == []
    del document["displayParameter"]
    assert list(lacking(document)) == ["EuropeanDigitalCredential lacks displayParameter"]


@needs_standards
def test_every_class_and_property_is_one_of_the_model(taxonomy: Taxonomy, rich: Passport, load: Load) -> None:
    known = set(re.findall(r"^elm:(\w+)", (ELM / "ELM.ttl").read_text(encoding="utf-8"), re.MULTILINE))
    [expanded] = jsonld.expand(as_europass(rich, taxonomy, made_at=MADE_AT), {"documentLoader": load})
    used = {
        word.removeprefix(ELM_NAMES)
        for node in nodes(expanded)
        for word in (*node, *node.get("@type", ()))
        if word.startswith(ELM_NAMES)
    }
    assert {"hasClaim", "LearningAchievement", "relatedESCOSkill"} <= used
    assert used <= known


def test_nobody_but_the_holder_issues_or_awards_it_and_nothing_seals_it(
    taxonomy: Taxonomy, rich: Passport
) -> None:
    document = as_europass(rich, taxonomy, made_at=MADE_AT)
    holder = document["credentialSubject"]["id"]
    assert document["issuer"]["id"] == holder
    for claim in document["credentialSubject"]["hasClaim"]:
        assert claim["awardedBy"]["awardingBody"]["id"] == holder
        assert "geen certificaat" in claim["additionalNote"][0]["noteLiteral"]["nl"]
    assert "proof" not in document
    assert "geen certificaat" in document["displayParameter"]["description"]["nl"]


def test_each_claim_says_from_whom_it_is_known_how_well_and_how_long(
    taxonomy: Taxonomy, rich: Passport
) -> None:
    claims = as_europass(rich, taxonomy, made_at=MADE_AT)["credentialSubject"]["hasClaim"]
    notes = [[note["noteLiteral"]["nl"] for note in claim["additionalNote"]][1:] for claim in claims]
    assert notes == [
        ["zelf verteld", "gevorderd, zegt coach Sanne", "6 maanden"],
        ["zelf verteld", "ervaren", "10 jaar"],
        ["van coach Sanne"],
    ]


def test_an_open_badge_says_how_well_and_how_long_as_a_result_nobody_measured(
    taxonomy: Taxonomy, rich: Passport
) -> None:
    cares, _, plans = (
        one["credentialSubject"] for one in as_credentials(rich, taxonomy)["verifiableCredential"]
    )
    described = {one["id"]: one["name"] for one in cares["achievement"]["resultDescription"]}
    assert [(described[one["resultDescription"]], one["value"]) for one in cares["result"]] == [
        ("Hoe goed, zegt een coach", "gevorderd"),
        ("Hoe lang", "6 maanden"),
    ]
    assert "result" not in plans


def test_two_europass_credentials_do_not_tell_that_they_are_one_persons(
    taxonomy: Taxonomy, rich: Passport
) -> None:
    one, other = (json.dumps(as_europass(rich, taxonomy, made_at=MADE_AT)) for _ in range(2))
    shared = set(re.findall(r"urn:uuid:[0-9a-f-]+", one)) & set(re.findall(r"urn:uuid:[0-9a-f-]+", other))
    assert len(shared) == len(rich.skills)


def test_plain_data_hold_what_stands_in_it_and_nothing_that_was_taken_out(
    taxonomy: Taxonomy, rich: Passport
) -> None:
    document = as_plain(rich, taxonomy, made_at=MADE_AT)
    assert json.loads(json.dumps(document)) == document
    assert [(one["name"], one["source"], one["level"], one["years"]) for one in document["skills"]] == [
        ("zorgen voor een familielid", "told", "gevorderd", 0.5),
        ("koken", "told", "ervaren", 10),
        ("plannen", "coach", None, None),
    ]
    assert [one["name"] for one in document["wishes"]] == ["lassen"]
    assert "tillen" not in json.dumps(document)
    assert "geen certificaat" in document["about"]
