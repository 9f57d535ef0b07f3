"""What courses teach, in the words of the taxonomy: plain words are believed, loose ones are not told."""

import pytest

from counter.courses.model import Course, Form, Level
from counter.courses.teaching import SURE_ENOUGH, skills_of, taught_by
from skills_taxonomy import Taxonomy


def a_course(title: str, description: str = "", *skills: str, level: Level = Level.MBO2) -> Course:
    return Course(
        id="c",
        title=title,
        provider="School",
        place="Zaandam",
        form=Form.AVOND,
        level=level,
        description=description,
        skills=skills,
    )


def named(course: Course, taxonomy: Taxonomy) -> dict[str, float]:
    return {taxonomy.skill(one.skill_id).name: one.confidence for one in taught_by(course, taxonomy)}


def test_a_skill_the_school_lists_is_nearly_certain(taxonomy: Taxonomy) -> None:
    assert named(a_course("Metaal", "", "TIG-lassen"), taxonomy)["TIG-lassen"] == 0.95


def test_a_skill_in_the_title_is_told_and_one_in_passing_is_kept_but_not_told(taxonomy: Taxonomy) -> None:
    found = named(a_course("TIG-lassen", "Technische tekeningen lezen komt voorbij."), taxonomy)
    assert found["TIG-lassen"] >= SURE_ENOUGH
    assert 0 < found["technische tekeningen lezen"] < SURE_ENOUGH


def test_what_a_course_says_you_learn_is_believed(taxonomy: Taxonomy) -> None:
    course = a_course("Metaal", "Gezellige groep. Bij ons leer je TIG-lassen! Solderen doen anderen.")
    found = named(course, taxonomy)
    assert found["TIG-lassen"] >= SURE_ENOUGH > found["solderen"]


def test_what_several_places_say_is_surer(taxonomy: Taxonomy) -> None:
    once = named(a_course("Programmeren"), taxonomy)["programmeren"]
    assert named(a_course("Programmeren", "Je leert programmeren."), taxonomy)["programmeren"] > once


def test_a_trade_teaches_what_it_asks_and_an_introduction_to_it_does_not(taxonomy: Taxonomy) -> None:
    trade, taste = a_course("Loodgieter"), a_course("Loodgieter: een kijkje", level=Level.CURSUS)
    [plumber] = [one.concept for one in taxonomy.search_occupations("loodgieter", 1)]
    told = {one.skill_id for one in taught_by(trade, taxonomy) if one.confidence >= SURE_ENOUGH}
    assert set(plumber.essential) <= told
    assert not set(plumber.essential) & {one.skill_id for one in taught_by(taste, taxonomy)}


@pytest.mark.parametrize("title", ["", "???", "Welke techniek past bij mij?", "Open dag", "x" * 120])
def test_what_names_no_skill_teaches_none_for_sure(taxonomy: Taxonomy, title: str) -> None:
    assert all(one.confidence < SURE_ENOUGH for one in taught_by(a_course(title), taxonomy))


def test_only_sure_skills_are_those_of_a_course(taxonomy: Taxonomy) -> None:
    course = a_course("TIG-lassen", "Technische tekeningen lezen komt voorbij.")
    told = Course(**{**vars(course), "taught": taught_by(course, taxonomy)})
    assert {taxonomy.skill(one).name for one in skills_of(told)} == {"TIG-lassen"}
