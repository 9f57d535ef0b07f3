"""A passport as Open Badges, held against the data model of the standard where that is at hand."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from counter.passport.credentials import as_credentials
from counter.passport.model import Passport, Source
from skills_taxonomy import Taxonomy

STANDARD = Path(__file__).resolve().parents[5] / "shared" / "data" / "standards" / "openbadges3"

_CLASS = re.compile(r"    (?:Class|Include) (\S+)(?: (\S+) \S+ \[(.*?)\])?")
_PROPERTY = re.compile(r"        Property (\S+) (\S+) (\d)(\.\.\S+)?")
_FORMS = {
    "DateTimeZ": re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"),
    "URI": re.compile(r"[a-z]+:\S+"),
    "URL": re.compile(r"https?://\S+"),
    "LanguageCode": re.compile(r"[a-z]{2}"),
}


@dataclass
class Shape:
    """A class of the data model: its kind, what it inherits or chooses from, its properties."""

    kind: str
    others: list[str]
    properties: dict[str, tuple[str, bool, bool]] = field(default_factory=dict)
    """Type, whether it is required, whether there may be more."""


@pytest.fixture(scope="module")
def shapes() -> dict[str, Shape]:
    """Give the classes of the data model."""
    found: dict[str, Shape] = {}
    for line in (STANDARD / "common_credentials.lines").read_text(encoding="utf-8").splitlines():
        if match := _CLASS.match(line):
            name, kind, others = match.groups()
            inherited = [other.strip() for other in (others or "").split(",") if other]
            current = found[name] = Shape(kind or "elsewhere", inherited)
        elif match := _PROPERTY.match(line):
            name, type_, least, most = match.groups()
            current.properties[name] = (type_, least == "1", (most or "").endswith("*"))
    return found


def faults(value: Any, name: str, shapes: dict[str, Shape]) -> Iterator[str]:
    """Yield what is wrong with a value that should be a `name`."""
    shape = shapes.get(name)
    if shape is None or shape.kind == "DerivedType":
        form = _FORMS.get(name, re.compile(r"[\s\S]+"))
        if not isinstance(value, str) or not form.fullmatch(value):
            yield f"{value!r} is no {name}"
    elif shape.kind.startswith("Enum"):
        if value not in shape.properties:
            yield f"{value!r} is no {name}"
    elif shape.kind == "EmbeddedSelection":
        yield from faults(value, shape.others[1] if isinstance(value, dict) else shape.others[0], shapes)
    else:
        yield from _object_faults(value, name, shapes)


def _object_faults(value: dict[str, Any], name: str, shapes: dict[str, Shape]) -> Iterator[str]:
    shape = shapes[name]
    # A class says more precisely what it inherits.
    properties = {
        **{key: of for parent in shape.others for key, of in shapes[parent].properties.items()},
        **shape.properties,
    }
    yield from (f"{name} has no property {key}" for key in value.keys() - properties.keys())
    for key, (type_, is_required, may_be_more) in properties.items():
        if key not in value:
            yield from [f"{name} lacks {key}"] if is_required else []
            continue
        several = value[key] if may_be_more else [value[key]]
        for one in several:
            yield from faults(one, type_, shapes)


def test_each_skill_is_a_credential_of_its_own_and_wishes_are_none(
    taxonomy: Taxonomy, passport: Passport
) -> None:
    credentials = as_credentials(passport, taxonomy)["verifiableCredential"]
    assert [credential["credentialSubject"]["achievement"]["name"] for credential in credentials] == [
        "zorgen voor een familielid",
        "koken",
        "plannen",
    ]
    assert credentials[0]["evidence"][0]["narrative"] == "zorg voor mijn moeder"


def test_the_holder_vouches_for_it_and_nobody_else(taxonomy: Taxonomy, passport: Passport) -> None:
    document = as_credentials(passport, taxonomy)
    for credential in document["verifiableCredential"]:
        assert credential["issuer"]["id"] == credential["credentialSubject"]["id"] == document["holder"]
        assert "proof" not in credential
        assert "Niemand heeft het gecontroleerd" in credential["description"]
        assert "geen certificaat" in credential["description"]


def test_what_a_coach_added_says_so_and_puts_no_words_in_the_holders_mouth(
    taxonomy: Taxonomy, passport: Passport
) -> None:
    [first, *_] = passport.skills
    added = replace(first, told=replace(first.told, source=Source.COACH, added_by="Sanne"))
    document = as_credentials(replace(passport, skills=(added,)), taxonomy)
    [credential] = document["verifiableCredential"]
    assert credential["evidence"] == [{"type": ["Evidence"], "name": "van coach Sanne"}]


def test_a_skill_that_esco_knows_says_which_it_is(taxonomy: Taxonomy, passport: Passport) -> None:
    for credential in as_credentials(passport, taxonomy)["verifiableCredential"]:
        achievement = credential["credentialSubject"]["achievement"]
        named = next(skill for skill in taxonomy.skills.values() if skill.name == achievement["name"])
        assert [one["targetUrl"] for one in achievement.get("alignment", [])] == (
            [named.esco] if named.esco else []
        )


def test_two_documents_do_not_tell_that_they_are_one_persons(taxonomy: Taxonomy, passport: Passport) -> None:
    one, other = (json.dumps(as_credentials(passport, taxonomy)) for _ in range(2))
    shared = set(re.findall(r"urn:uuid:[0-9a-f-]+", one)) & set(re.findall(r"urn:uuid:[0-9a-f-]+", other))
    skills = {
        credential["credentialSubject"]["achievement"]["id"]
        for credential in json.loads(one)["verifiableCredential"]
    }
    assert shared == skills


@pytest.mark.skipif(
    not STANDARD.is_dir(),
    reason="the Open Badges standard (../shared/data/standards/openbadges3) is not on this machine",
)
def test_every_credential_keeps_to_the_data_model_of_open_badges(
    taxonomy: Taxonomy, passport: Passport, shapes: dict[str, Shape]
) -> None:
    terms = json.loads((STANDARD / "context-3.0.3.json").read_text(encoding="utf-8"))["@context"]
    for credential in as_credentials(passport, taxonomy)["verifiableCredential"]:
        assert list(faults(credential, "AchievementCredential", shapes)) == []
        assert {"AchievementCredential", "Achievement", "AchievementSubject"} <= terms.keys()


@pytest.mark.skipif(
    not STANDARD.is_dir(),
    reason="the Open Badges standard (../shared/data/standards/openbadges3) is not on this machine",
)
@pytest.mark.parametrize(
    ("spoil", "fault"),
    [
        (lambda credential: credential.pop("id"), "AchievementCredential lacks id"),
        (lambda credential: credential.update(naam="x"), "AchievementCredential has no property naam"),
        (lambda credential: credential.update(validFrom="gisteren"), "'gisteren' is no DateTimeZ"),
        (
            lambda credential: credential["credentialSubject"]["achievement"].update(achievementType="Kunde"),
            "'Kunde' is no AchievementType",
        ),
    ],
)
def test_what_does_not_keep_to_it_is_seen(
    taxonomy: Taxonomy, passport: Passport, shapes: dict[str, Shape], spoil: Any, fault: str
) -> None:
    credential = as_credentials(passport, taxonomy)["verifiableCredential"][0]
    spoil(credential)
    assert list(faults(credential, "AchievementCredential", shapes)) == [fault]
