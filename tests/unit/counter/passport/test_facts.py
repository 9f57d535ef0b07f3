"""From whom a skill is known, how well and how long, as people read it."""

from dataclasses import replace

import pytest

from counter.passport.facts import facts_of, years_of
from counter.passport.model import Source, Told
from counter.passport.texts import load_texts
from skills_taxonomy import Level

WELDS = Told(skill_id="vaardigheid/lassen", words="las al jaren")


@pytest.mark.parametrize(
    ("years", "words"),
    [
        (None, ""),
        (10, "10 jaar"),
        (1, "1 jaar"),
        (2.5, "2,5 jaar"),
        (0.5, "6 maanden"),
        (0.08, "1 maand"),
        (0.02, "1 maand"),
    ],
)
def test_how_long_is_said_in_years_or_else_in_months(years: float | None, words: str) -> None:
    assert years_of(replace(WELDS, years=years), load_texts("facts")) == words


@pytest.mark.parametrize(
    ("source", "name", "words"),
    [
        (Source.TOLD, "", "zelf verteld"),
        (Source.TESTED, "", "getest"),
        (Source.COACH, "Sanne", "van coach Sanne"),
        (Source.COACH, "", "van een coach"),
        (Source.EMPLOYER, "Bakkerij Smit", "van werkgever Bakkerij Smit"),
        (Source.EMPLOYER, "", "van een werkgever"),
    ],
)
def test_from_whom_is_said_by_name_where_there_is_one(source: Source, name: str, words: str) -> None:
    assert facts_of(replace(WELDS, source=source, added_by=name), load_texts("facts")) == (words,)


def test_a_level_that_a_coach_gave_is_the_coachs_word() -> None:
    texts, rated = load_texts("facts"), replace(WELDS, level=Level.ERVAREN)
    assert facts_of(rated, texts) == ("zelf verteld", "ervaren")
    assert facts_of(replace(rated, rated_by="Sanne"), texts)[1] == "ervaren, zegt coach Sanne"
