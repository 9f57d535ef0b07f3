from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skills_taxonomy import Level, Taxonomy
from skills_taxonomy.experience import levels, spans_of_years

TODAY = date(2026, 6, 1)

words = st.sampled_from(
    "ik heb 5 vijf jaar maanden sinds 2015 tot 2018 nu of , . goed b1 geleden half".split()
)


def years(taxonomy: Taxonomy, text: str) -> dict[str, float | None]:
    return {found.concept.name: found.years for found in taxonomy.extract(text, TODAY)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ik heb 5 jaar als kok gewerkt", 5),
        ("vijf jaar kok geweest", 5),
        ("ik was vijfentwintig jaar lang kok", 25),
        ("Ik ben al tweeëntwintig jaar kok", 22),
        ("ruim 20+ jaar ervaring als kok", 20),
        ("anderhalf jaar kok", 1.5),
        ("2,5 jaar als kok gewerkt", 2.5),
        ("Ik heb een half jaar als kok gewerkt", 0.5),
        ("ik heb een jaar of vijf als kok gewerkt", 5),
        ("6 maanden kok", 0.5),
        ("een paar maanden kok geweest", round(2 / 12, 2)),
        ("26 weken als kok", 0.5),
        ("Sinds 2015 ben ik kok", 11),
        ("van 2010 tot 2018 was ik kok", 8),
        ("van 2010 tot en met 2018 was ik kok", 8),
        ("kok, 2010-2018", None),
        ("kok 2010-2018", 8),
        ("kok vanaf 2020 tot nu", 6),
        ("Ik was kok in 2015", None),
        ("5 jaar geleden was ik kok", None),
        ("Ik ben 54 jaar oud en kok", None),
        ("Ik ben 54 jaar en kok", None),
        ("ik ben al jaren kok", None),
        ("1000 jaar kok", None),
        ("sinds 2030 kok", None),
        ("5 jaar niet meer als kok gewerkt", 5),
    ],
)
def test_the_time_somebody_did_something_is_kept(
    taxonomy: Taxonomy, text: str, expected: float | None
) -> None:
    assert years(taxonomy, text) == {"kok": expected}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ik heb 5 jaar als kok gewerkt en kan lassen", {"kok": 5, "lassen": None}),
        ("Ik was 5 jaar kok en 3 jaar lasser", {"kok": 5, "lasser": 3}),
        ("Ik heb 5 jaar gelast en gefreesd", {"lassen": 5, "frezen": 5}),
        ("lassen en frezen doe ik al 10 jaar", {"lassen": 10, "frezen": 10}),
        ("lassen 5 jaar, frezen", {"lassen": 5, "frezen": None}),
        ("Ik was 5 jaar kok. Ik kan lassen", {"kok": 5, "lassen": None}),
        ("Ik wil 2 jaar leren lassen", {"lassen": None}),
        ("Ik heb 5 jaar niet gelast", {"lassen": None}),
    ],
)
def test_time_belongs_to_what_its_clause_tells(
    taxonomy: Taxonomy, text: str, expected: dict[str, float | None]
) -> None:
    assert years(taxonomy, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ik kan goed lassen en een beetje frezen", {"lassen": "gevorderd", "frezen": "beginner"}),
        ("ik kan goed lassen en frezen", {"lassen": "gevorderd", "frezen": "gevorderd"}),
        ("Ik ben een zeer ervaren kok", {"kok": "ervaren"}),
        ("Ik spreek vloeiend Engels", {"Engels spreken": "ervaren"}),
        ("Engels spreken (B1), lassen", {"Engels spreken": "gevorderd", "lassen": None}),
        ("Ik heb rijbewijs C1 en kan koken", {"koken": None}),
        ("lassen: expert, koken: redelijk", {"lassen": "ervaren", "koken": "gevorderd"}),
        ("Ik kan niet goed lassen", {"lassen": None}),
        ("Is mijn koken goed genoeg?", {"koken": None}),
        ("Hoe goed moet lassen?", {"lassen": None}),
        ("Ik wil goed leren lassen", {"lassen": None}),
        ("ik kan lassen", {"lassen": None}),
    ],
)
def test_how_well_somebody_does_something_is_kept(
    taxonomy: Taxonomy, text: str, expected: dict[str, str | None]
) -> None:
    assert {found.concept.name: found.level for found in taxonomy.extract(text, TODAY)} == expected


def test_the_time_since_a_year_depends_on_the_day(taxonomy: Taxonomy) -> None:
    now, later = (
        taxonomy.extract("sinds 2015 kok", today=date(year, 1, 1))[0].years for year in (2020, 2025)
    )

    assert (now, later) == (5, 10)


@given(st.lists(words))
def test_no_time_is_longer_than_a_working_life_and_each_has_its_words(said: list[str]) -> None:
    for span in spans_of_years(said, TODAY):
        assert 0 < span.value <= 60
        assert 0 <= span.tokens.start < span.tokens.stop <= len(said)
    assert all(cue.value in Level for cue in levels(said))
