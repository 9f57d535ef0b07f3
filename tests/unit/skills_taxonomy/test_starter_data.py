"""The taxonomy that comes with the package, and its ESCO references."""

import csv
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest

from skills_taxonomy import Concept, SkillKind, Taxonomy
from skills_taxonomy.words import fold

PROJECT = Path(__file__).parents[3]
ESCO = PROJECT.parent / "shared" / "data" / "esco"
# People have these without a job that asks for them.
OF_DAILY_LIFE = {SkillKind.DAGELIJKS, SkillKind.SOCIAAL, SkillKind.TAAL, SkillKind.ORGANISEREN}


@pytest.fixture(scope="module")
def starter() -> Taxonomy:
    return Taxonomy.load()


def test_there_is_enough_of_it(starter: Taxonomy) -> None:
    assert len(starter.occupations) >= 150
    assert len(starter.skills) >= 500


def test_every_occupation_has_at_least_four_essential_skills(starter: Taxonomy) -> None:
    assert [
        occupation.id for occupation in starter.occupations.values() if len(occupation.essential) < 4
    ] == []


def test_every_skill_is_used_or_of_daily_life(starter: Taxonomy) -> None:
    used = {skill_id for occupation in starter.occupations.values() for skill_id in occupation.needs}
    unused = [skill for skill in starter.skills.values() if skill.id not in used]

    assert [skill.id for skill in unused if skill.kind not in OF_DAILY_LIFE] == []


@pytest.mark.parametrize("pillar", ["occupations", "skills"])
def test_no_two_concepts_of_a_pillar_share_a_name(starter: Taxonomy, pillar: str) -> None:
    concepts: Iterable[Concept] = getattr(starter, pillar).values()
    counts = Counter(fold(name) for concept in concepts for name in concept.all_names)

    assert [name for name, count in counts.items() if count > 1] == []


@pytest.mark.parametrize("pillar", ["occupations", "skills"])
def test_every_name_finds_its_concept_first(starter: Taxonomy, pillar: str) -> None:
    search = getattr(starter, f"search_{pillar}")
    concepts: Iterable[Concept] = getattr(starter, pillar).values()
    missed = [
        (name, concept.id)
        for concept in concepts
        for name in concept.all_names
        if search(name, limit=1)[0].concept is not concept
    ]

    assert missed == []


def _esco_uris(*files: str) -> set[str]:
    if not ESCO.is_dir():
        pytest.skip(f"the ESCO release to check against is not there: {ESCO}")
    uris: set[str] = set()
    for file in files:
        with (ESCO / file).open(encoding="utf-8", newline="") as lines:
            uris.update(row["conceptUri"] for row in csv.DictReader(lines))
    return uris


def test_every_esco_uri_of_an_occupation_is_that_of_an_esco_occupation(starter: Taxonomy) -> None:
    uris = _esco_uris("occupations_nl.csv")
    referred = [occupation for occupation in starter.occupations.values() if occupation.esco]

    assert referred
    assert [(occupation.id, occupation.esco) for occupation in referred if occupation.esco not in uris] == []


def test_every_esco_uri_of_a_skill_is_that_of_an_esco_skill(starter: Taxonomy) -> None:
    uris = _esco_uris("skills_v1.2.0_uri_label_en.csv", "skills_nl_partial_v1.0.3.csv")
    referred = [skill for skill in starter.skills.values() if skill.esco]

    assert referred
    assert [(skill.id, skill.esco) for skill in referred if skill.esco not in uris] == []
