"""Which courses answer a question, in what order, and what is let go when none does."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from counter.courses.catalogue import CourseCatalogue
from counter.courses.model import Course, CourseQuery, CourseSearch, Form, Level, Relaxation
from counter.places.gazetteer import Gazetteer

TODAY = date(2026, 11, 23)


def search(
    catalogue: CourseCatalogue, query: CourseQuery, *, limit: int = 10, offset: int = 0
) -> CourseSearch:
    return catalogue.search(query, today=TODAY, limit=limit, offset=offset)


def ids(found: CourseSearch) -> list[str]:
    return [hit.course.id for hit in found.hits]


def test_everything_asked_for_is_met_when_it_can_be(catalogue: CourseCatalogue) -> None:
    found = search(
        catalogue, CourseQuery(topic="elektrotechniek", place="Alkmaar", form=Form.AVOND, level=Level.MBO2)
    )
    assert (ids(found), found.relaxed, found.total) == (["elektro"], (), 1)
    assert found.hits[0].matched == ("elektrotechniek",)
    assert found.hits[0].distance_km == 0


def test_without_wishes_everything_is_shown(catalogue: CourseCatalogue) -> None:
    assert search(catalogue, CourseQuery()).total == 6


@pytest.mark.parametrize(
    ("query", "expected", "relaxed"),
    [
        (CourseQuery(topic="lassen", place="Alkmaar", radius_km=15), "lassen", Relaxation.AFSTAND),
        (CourseQuery(topic="lassen", form=Form.ONLINE), "lassen", Relaxation.VORM),
        (CourseQuery(topic="lassen", level=Level.HBO), "lassen", Relaxation.NIVEAU),
        (CourseQuery(topic="lassen", max_price_eur=100), "lassen", Relaxation.PRIJS),
        (CourseQuery(topic="zorg", max_price_eur=100), "zorg", Relaxation.PRIJS),
        (CourseQuery(topic="lassen", place="Den Helder"), "lassen", Relaxation.PLAATS),
        (CourseQuery(topic="lassen", place="Verweggistan"), "lassen", Relaxation.PLAATS),
        (CourseQuery(topic="kapper", place="Huizen", form=Form.KLASSIKAAL), "bouw", Relaxation.ONDERWERP),
    ],
)
def test_when_nothing_fits_one_wish_goes_and_is_named(
    catalogue: CourseCatalogue, query: CourseQuery, expected: str, relaxed: Relaxation
) -> None:
    found = search(catalogue, query)
    assert (ids(found)[0], found.relaxed) == (expected, (relaxed,))


def test_the_subject_is_the_last_to_go(catalogue: CourseCatalogue) -> None:
    found = search(
        catalogue,
        CourseQuery(topic="python", place="Alkmaar", form=Form.AVOND, level=Level.MBO2, max_price_eur=700),
    )
    assert (ids(found), found.relaxed) == (["python"], (Relaxation.VORM, Relaxation.NIVEAU))


def test_an_online_course_is_near_everywhere(catalogue: CourseCatalogue) -> None:
    found = search(catalogue, CourseQuery(topic="python", place="Den Helder"))
    assert (ids(found), found.relaxed, found.hits[0].distance_km) == (["python"], (), None)


def test_the_nearest_of_equally_good_courses_goes_first(catalogue: CourseCatalogue) -> None:
    assert ids(search(catalogue, CourseQuery(topic="elektra", place="Zaandam"))) == ["monteur", "elektro"]
    assert ids(search(catalogue, CourseQuery(topic="elektra", place="Bergen", radius_km=50))) == [
        "elektro",
        "monteur",
    ]


def test_pages_follow_each_other(catalogue: CourseCatalogue) -> None:
    whole = ids(search(catalogue, CourseQuery()))
    pages = [ids(search(catalogue, CourseQuery(), limit=2, offset=offset)) for offset in (0, 2, 4, 6)]
    assert [course for page in pages for course in page] == whole


def test_a_topic_by_another_name_is_found_and_half_a_name_is_not(gazetteer: Gazetteer) -> None:
    courses = [
        Course(id=course_id, title=title, provider="X", place=None, form=Form.ONLINE, level=Level.CURSUS)
        for course_id, title in (("a", "Elektromonteur worden"), ("b", "Tuinen aanleggen"))
    ]
    names = {"elektricien": ("elektromonteur", "elektra aanleggen")}
    catalogue = CourseCatalogue(courses, gazetteer, synonyms=lambda topic: names.get(topic, ()))
    found = search(catalogue, CourseQuery(topic="elektricien"))
    assert (ids(found), found.relaxed) == (["a"], ())
    assert search(catalogue, CourseQuery(topic="kapper")).relaxed == (Relaxation.ONDERWERP,)


def test_a_course_that_only_hints_at_the_topic_is_not_said_to_be_about_it(gazetteer: Gazetteer) -> None:
    course = Course(
        id="koken",
        title="Koken",
        provider="X",
        place=None,
        form=Form.ONLINE,
        level=Level.CURSUS,
        description="Je houdt de keuken schoon.",
    )
    found = search(CourseCatalogue([course], gazetteer), CourseQuery(topic="schoonmaak"))
    assert (found.hits[0].matched, found.relaxed) == ((), (Relaxation.ONDERWERP,))


def test_a_course_that_has_begun_is_not_offered(gazetteer: Gazetteer) -> None:
    course = Course(
        id="a",
        title="Lassen",
        provider="X",
        place="Alkmaar",
        form=Form.AVOND,
        level=Level.CURSUS,
        start=TODAY,
    )
    begun = replace(course, id="b", start=date(2026, 11, 22))
    catalogue = CourseCatalogue([begun, course], gazetteer)
    assert ids(search(catalogue, CourseQuery(topic="lassen"))) == ["a"]


def test_an_empty_catalogue_has_nothing_to_offer(gazetteer: Gazetteer) -> None:
    found = search(CourseCatalogue([], gazetteer), CourseQuery(topic="lassen", place="Alkmaar"))
    assert found == CourseSearch(hits=(), relaxed=(), total=0)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    query=st.builds(
        CourseQuery,
        topic=st.none() | st.sampled_from(["lassen", "kapper", "zorg", "elektra voor beginners", ""]),
        place=st.none() | st.sampled_from(["Alkmaar", "Zandam", "Den Helder", "Parijs"]),
        radius_km=st.none() | st.integers(min_value=0, max_value=100),
        level=st.none() | st.sampled_from(Level),
        form=st.none() | st.sampled_from(Form),
        max_price_eur=st.none() | st.integers(min_value=0, max_value=2000),
    )
)
def test_no_question_ends_without_a_course_and_none_is_answered_two_ways(
    catalogue: CourseCatalogue, query: CourseQuery
) -> None:
    found = search(catalogue, query)
    assert found.hits
    assert found == search(catalogue, query)
