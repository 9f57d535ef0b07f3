"""Names of one everyday word, as a classification has them."""

from dataclasses import replace

import pytest

from skills_taxonomy import Occupation, Skill, Taxonomy, TaxonomyData
from tests.support.skills import occupation, skill

SCHEME = "http://data.europa.eu/esco"


def _classified_skill(name: str, *names: str, language: str = "nl") -> Skill:
    uri = f"{SCHEME}/skill/{name}"
    return replace(skill(uri), name=name, names=names, esco=uri, language=language)


def _classified_occupation(name: str) -> Occupation:
    uri = f"{SCHEME}/occupation/{name}"
    return replace(occupation(uri), name=name, esco=uri)


SKILLS = (
    _classified_skill("energie"),
    _classified_skill("zwangerschap"),
    _classified_skill("Engels"),
    _classified_skill("zingen"),
    _classified_skill("eerste hulp"),
    _classified_skill("was", language="en"),
    _classified_skill("cooking", "maaltijden koken", language="en"),
    replace(skill("vaardigheid/tuin"), name="tuinieren"),
)
OCCUPATIONS = (
    _classified_occupation("drukker"),
    _classified_occupation("helpende"),
    _classified_occupation("bas"),
    _classified_occupation("tandarts"),
    _classified_occupation("borstelmaker"),
)


@pytest.fixture(scope="module")
def classified() -> Taxonomy:
    return Taxonomy(
        TaxonomyData(occupations={one.id: one for one in OCCUPATIONS}, skills={one.id: one for one in SKILLS})
    )


@pytest.mark.parametrize(
    "text",
    [
        "Ik heb weinig energie",
        "Door mijn zwangerschap zat ik thuis",
        "Het is hier erg druk",
        "Kunnen jullie me helpen?",
        "Ik word hier goed geholpen",
        "De bas staat te hard",
        "Morgen moet ik naar de tandarts",
        "Ik ben worstenmaker",
        "Ik zoek een hulp",
        "Ik was daar ook",
    ],
)
def test_an_everyday_word_is_no_skill_or_occupation(classified: Taxonomy, text: str) -> None:
    assert classified.extract(text) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Ik heb kennis van energie", "energie"),
        ("Ik spreek Engels", "Engels"),
        ("Engels", "Engels"),
        ("Ik kan goed zingen", "zingen"),
        ("Ik ben drukker geweest", "drukker"),
        ("ik was tandarts in Oekraïne", "tandarts"),
        ("tandarts", "tandarts"),
        ("ik weet veel van eerste hulp", "eerste hulp"),
        ("Ik ga tuinieren", "tuinieren"),
        ("Ik kook maaltijden", "cooking"),
    ],
)
def test_a_name_counts_where_work_or_ability_is_told(classified: Taxonomy, text: str, name: str) -> None:
    assert [found.concept.name for found in classified.extract(text)] == [name]


def test_names_in_a_row_need_no_words_around_them(classified: Taxonomy) -> None:
    found = classified.extract("Engels, zingen en tandarts")

    assert [one.concept.name for one in found] == ["Engels", "zingen", "tandarts"]
