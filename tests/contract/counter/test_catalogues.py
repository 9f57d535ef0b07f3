"""Courses and initiatives on both databases: what was stored is found, also by another process."""

from datetime import date

import pytest
from sqlalchemy.exc import IntegrityError

from counter.courses.model import Course, CourseQuery, Form, Level, UnknownCourseError
from counter.initiatives.model import Initiative, UnknownInitiativeError
from counter.places.gazetteer import Gazetteer
from counter.places.model import Region
from counter.services import Counter, open_counter
from skills_taxonomy import Taxonomy
from tests.support.words import plain_words


def a_course(course_id: str = "lassen", **changes: object) -> Course:
    facts: dict[str, object] = {
        "title": "Lassen voor beginners",
        "provider": "Voorbeeldschool",
        "place": "Zaandam",
        "form": Form.AVOND,
        "level": Level.MBO2,
        "topics": ("lassen", "metaal"),
        "skills": ("lassen",),
        "hours_total": 80,
        "hours_per_week": 4,
        "start": date(2027, 2, 1),
        "price_eur": 650,
        "description": "Je leert lassen.",
        "url": "https://example.org/lassen",
        "is_sample": True,
    }
    return Course(id=course_id, **{**facts, **changes})  # type: ignore[arg-type]


async def test_a_course_comes_back_as_it_was_stored(counter: Counter) -> None:
    await counter.courses.store([a_course()])
    assert await counter.courses.get("lassen") == a_course()
    with pytest.raises(UnknownCourseError):
        await counter.courses.get("weg")


async def test_a_stored_course_is_found_at_once_and_by_another_process(
    counter: Counter, taxonomy: Taxonomy, gazetteer: Gazetteer
) -> None:
    other = open_counter(counter.database, taxonomy, gazetteer, counter.clock, wording=plain_words)
    assert (await other.courses.search(CourseQuery(topic="lassen"))).hits == ()
    await counter.courses.store([a_course()])
    [hit] = (await other.courses.search(CourseQuery(topic="lasser", place="Purmerend"))).hits
    assert hit.course == a_course()
    assert hit.matched == ("lassen",)
    assert hit.distance_km == pytest.approx(10.5, abs=0.5)
    await counter.courses.store([a_course(title="Lassen, vervolg", topics=())])
    [hit] = (await other.courses.search(CourseQuery(topic="lassen"))).hits
    assert hit.course.title == "Lassen, vervolg"


async def test_all_courses_are_stored_or_none(counter: Counter) -> None:
    with pytest.raises(IntegrityError):
        await counter.courses.store([a_course(), a_course("stuk", title=None)])
    assert (await counter.courses.search(CourseQuery())).total == 0


async def test_the_topic_of_a_sentence_is_read_with_the_catalogue(counter: Counter) -> None:
    await counter.courses.store([a_course()])
    topic = await counter.courses.topic_in("Ik zoek een avondcursus lassen in Alkmaar")
    assert topic == "lassen"


async def test_an_initiative_is_found_as_it_was_stored(counter: Counter) -> None:
    initiative = Initiative(
        id="fieldlab",
        name="Fieldlab Voorbeeld",
        kind="fieldlab",
        place="Zaandam",
        region=Region.ZAANSTREEK_WATERLAND,
        themes=("3D-printen", "maakindustrie"),
        description="Hier probeer je nieuwe machines uit.",
        is_sample=True,
    )
    await counter.initiatives.store([initiative])
    [hit] = (await counter.initiatives.search(text="3d printen")).hits
    assert hit.initiative == initiative
    assert hit.matched == ("3D-printen",)
    [near] = (await counter.initiatives.search(place="Purmerend", text="3d printen")).hits
    assert near.distance_km == pytest.approx(10.5, abs=0.5)
    assert await counter.initiatives.get("fieldlab") == initiative
    with pytest.raises(UnknownInitiativeError):
        await counter.initiatives.get("weg")
