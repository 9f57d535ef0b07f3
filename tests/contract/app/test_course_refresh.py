"""Sources are imported once a day by themselves, and one that is down is left alone for a while."""

import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
from aiohttp import web

from app import course_import, course_refresh
from app.settings import CourseSource
from counter.courses.model import CourseQuery
from counter.database import Database
from counter.places.gazetteer import load_gazetteer
from counter.services import Counter, open_counter
from skills_taxonomy import Taxonomy
from tests.contract.counter.conftest import SettableClock
from tests.support.ooapi import School, a_course, an_offering
from tests.support.words import plain_words
from tests.unit.counter.imports.test_schema_org import a_course as a_course_of_schema_org


@pytest.fixture
def clock() -> SettableClock:
    return SettableClock(datetime(2026, 11, 23, 9, 0, tzinfo=UTC))


@pytest.fixture
def counter(database: Database, taxonomy: Taxonomy, clock: SettableClock) -> Counter:
    return open_counter(database, taxonomy, load_gazetteer(), clock, wording=plain_words)


@pytest.fixture
def school() -> School:
    school = School()
    school.teach(a_course("Lassen"), an_offering("1"))
    return school


@pytest.fixture(autouse=True)
def _private_addresses_may_be_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    # The school of a test is on this very machine, where no scheduled import may go.
    opened = course_import.open_source
    monkeypatch.setattr(
        course_import,
        "open_source",
        lambda address, **options: opened(address, **{**options, "allow_private": True}),
    )


@pytest.fixture
async def source(school: School) -> AsyncIterator[CourseSource]:
    async with school.running() as address:
        yield CourseSource(name="roc", standard="ooapi", address=address)


async def found(counter: Counter) -> list[str]:
    return [hit.course.title for hit in (await counter.courses.search(CourseQuery())).hits]


async def test_a_source_is_imported_once_a_day(
    counter: Counter, clock: SettableClock, school: School, source: CourseSource
) -> None:
    for hours, times in ((0, 1), (1, 1), (22, 1), (1, 2)):
        clock.advance(hours=hours)
        await course_refresh.refresh(counter, [source])
        assert school.asked["courses"] == times
    assert await found(counter) == ["Lassen"]


async def test_a_source_that_refuses_is_left_alone_for_two_hours(
    counter: Counter, clock: SettableClock, school: School, source: CourseSource
) -> None:
    school.faults = [web.Response(status=401)]
    for hours, courses in ((0, []), (1, []), (1, ["Lassen"])):
        clock.advance(hours=hours)
        await course_refresh.refresh(counter, [source])
        assert await found(counter) == courses


async def test_one_wrong_item_does_not_keep_the_others_out_at_night(
    counter: Counter, school: School, source: CourseSource
) -> None:
    school.teach(a_course("Kapot", name=5), an_offering("2"))
    await course_refresh.refresh(counter, [source])
    assert await found(counter) == ["Lassen"]


async def test_a_source_in_trouble_does_not_keep_the_next_one_from_being_imported(
    counter: Counter, source: CourseSource
) -> None:
    gone = CourseSource(name="weg", standard="ooapi", address=f"{source.address}/weg")
    await course_refresh.refresh(counter, [gone, source])
    assert await found(counter) == ["Lassen"]


async def test_a_page_with_schema_org_is_a_source_too(
    counter: Counter, school: School, source: CourseSource
) -> None:
    page = f'<script type="application/ld+json">{json.dumps(a_course_of_schema_org())}</script>'
    school.faults = [web.Response(text=page, content_type="text/html")]
    pages = CourseSource(name="nova", standard="schemaorg", address=f"{source.address}/cursussen")
    await course_refresh.refresh(counter, [pages])
    assert await found(counter) == ["Lassen"]
    assert (await counter.courses.search(CourseQuery())).hits[0].course.listing.source == "nova"
