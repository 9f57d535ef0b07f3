"""Sources of courses on both databases: what a source has no more is closed, and nobody else's is touched."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counter.courses.intake import LEASE
from counter.courses.model import Course, CourseQuery, Form, Level
from counter.courses.sources import (
    ForeignCoursesError,
    ShrunkError,
    SourceBusyError,
    SourceLostError,
    Taken,
    WrongSourceNameError,
)
from counter.courses.teaching import skills_of
from counter.database import Database
from counter.places.gazetteer import Gazetteer
from counter.services import Counter, open_counter
from skills_taxonomy import Taxonomy
from tests.contract.counter.conftest import SettableClock
from tests.support.databases import Databases
from tests.support.words import plain_words


def a_course(course_id: str, **changes: object) -> Course:
    facts: dict[str, object] = {
        "title": f"Cursus {course_id}",
        "provider": "Voorbeeldschool",
        "place": "Zaandam",
        "form": Form.KLASSIKAAL,
        "level": Level.CURSUS,
        "start": date(2027, 2, 1),
    }
    return Course(id=course_id, **{**facts, **changes})  # type: ignore[arg-type]


def courses(*ids: str) -> list[Course]:
    return [a_course(course_id) for course_id in ids]


async def take_in(
    counter: Counter, source: str, given: Sequence[Course], *, accept_shrink: bool = False
) -> Taken:
    async with counter.courses.intake.importing(source) as importing:
        return await importing.replace(given, accept_shrink=accept_shrink)


async def open_ids(counter: Counter) -> set[str]:
    return {hit.course.id for hit in (await counter.courses.search(CourseQuery(), limit=1000)).hits}


async def test_what_a_source_has_no_more_is_closed_and_still_known(
    counter: Counter, clock: SettableClock
) -> None:
    assert await take_in(counter, "roc", courses("a", "b", "c")) == Taken(new=3)
    first = clock.now
    clock.advance(days=1)
    assert await take_in(counter, "roc", courses("a", "b")) == Taken(unchanged=2, closed=1)
    assert await open_ids(counter) == {"a", "b"}
    closed, still = await counter.courses.get("c"), await counter.courses.get("a")
    assert (closed.listing.seen_at, closed.listing.closed_at) == (first, clock.now)
    assert (still.listing.seen_at, still.listing.closed_at) == (clock.now, None)


async def test_what_comes_back_is_open_again(counter: Counter) -> None:
    await take_in(counter, "roc", courses("a", "b"))
    await take_in(counter, "roc", courses("a"))
    assert await take_in(counter, "roc", courses("a", "b")) == Taken(unchanged=1, reopened=1)
    assert await open_ids(counter) == {"a", "b"}


async def test_the_same_again_changes_nothing_but_when_it_was_seen(
    counter: Counter, clock: SettableClock
) -> None:
    await take_in(counter, "roc", courses("a"))
    clock.advance(hours=1)
    assert await take_in(counter, "roc", courses("a")) == Taken(unchanged=1)
    assert (await counter.courses.get("a")).listing.seen_at == clock.now


async def test_other_sources_and_files_without_one_are_left_alone(counter: Counter) -> None:
    await counter.courses.store(courses("eigen"))
    await take_in(counter, "roc", courses("a", "b"))
    await take_in(counter, "hva", courses("x"))
    await take_in(counter, "roc", courses("a"))
    await counter.courses.store(courses("eigen-2"))
    assert await open_ids(counter) == {"eigen", "eigen-2", "a", "x"}


async def test_an_id_of_another_source_is_refused_and_nothing_is_stored(counter: Counter) -> None:
    await take_in(counter, "roc", courses("a"))
    with pytest.raises(ForeignCoursesError) as refused:
        await take_in(counter, "hva", courses("x", "a"))
    assert refused.value.owners == {"a": "roc"}
    with pytest.raises(ForeignCoursesError):
        await counter.courses.store(courses("a"))
    assert await open_ids(counter) == {"a"}


@pytest.mark.parametrize("left", [(), ("a",)], ids=["none", "a quarter"])
async def test_a_source_that_lost_most_of_its_courses_is_not_believed(
    counter: Counter, left: tuple[str, ...]
) -> None:
    await take_in(counter, "roc", courses("a", "b", "c", "d"))
    with pytest.raises(ShrunkError) as refused:
        await take_in(counter, "roc", courses(*left))
    assert (refused.value.before, refused.value.now) == (4, len(left))
    assert await open_ids(counter) == {"a", "b", "c", "d"}
    await take_in(counter, "roc", courses(*left), accept_shrink=True)
    assert await open_ids(counter) == set(left)


async def test_courses_that_began_do_not_count_as_lost(counter: Counter, clock: SettableClock) -> None:
    begun = [a_course(name, start=clock.now.date()) for name in ("a", "b", "c", "d")]
    await take_in(counter, "roc", [*begun, a_course("e")])
    clock.advance(days=1)
    assert await take_in(counter, "roc", courses("e")) == Taken(unchanged=1, closed=4)


async def test_two_imports_of_one_source_do_not_go_on_together(counter: Counter) -> None:
    intake = counter.courses.intake
    async with intake.importing("roc"), intake.importing("hva"):
        with pytest.raises(SourceBusyError):
            await take_in(counter, "roc", courses("a"))
    assert await take_in(counter, "roc", courses("a")) == Taken(new=1)


async def test_of_many_that_begin_at_once_one_may(counter: Counter) -> None:
    async def attempt(number: int) -> bool:
        try:
            async with counter.courses.intake.importing("roc") as importing:
                await importing.replace(courses(f"van-{number}"))
                await asyncio.sleep(0.5)
        except SourceBusyError:
            return False
        return True

    assert sum(await asyncio.gather(*map(attempt, range(6)))) == 1
    assert len(await open_ids(counter)) == 1


async def test_an_import_that_was_overtaken_stores_nothing(counter: Counter, clock: SettableClock) -> None:
    async with counter.courses.intake.importing("roc") as slow:
        clock.advance(seconds=LEASE.total_seconds() + 1)
        await take_in(counter, "roc", courses("nieuw"))
        with pytest.raises(SourceLostError):
            await slow.go_on()
        with pytest.raises(SourceLostError):
            await slow.replace(courses("oud"))
    assert await open_ids(counter) == {"nieuw"}


async def test_an_import_that_tells_it_goes_on_is_not_overtaken(
    counter: Counter, clock: SettableClock
) -> None:
    async with counter.courses.intake.importing("roc") as slow:
        for _ in range(3):
            clock.advance(seconds=LEASE.total_seconds() - 1)
            await slow.go_on()
        with pytest.raises(SourceBusyError):
            await take_in(counter, "roc", courses("nieuw"))


async def test_it_is_known_when_a_source_was_imported_and_when_somebody_tried(
    counter: Counter, clock: SettableClock
) -> None:
    await take_in(counter, "roc", courses("a"))
    imported = clock.now
    clock.advance(hours=2)
    with pytest.raises(ShrunkError):
        await take_in(counter, "roc", [])
    [state] = await counter.courses.intake.states()
    assert (state.name, state.imported_at, state.tried_at) == ("roc", imported, clock.now)


@pytest.mark.parametrize("name", ["", "ROC", "roc nova", "-roc", "r" * 21, "róc"])
async def test_a_name_of_a_source_is_short_and_plain(counter: Counter, name: str) -> None:
    with pytest.raises(WrongSourceNameError):
        await take_in(counter, name, courses("a"))


async def test_past_and_closed_courses_are_never_found(counter: Counter, clock: SettableClock) -> None:
    today = clock.now.date()
    await take_in(
        counter,
        "roc",
        [
            a_course("voorbij", start=date(2026, 11, 22)),
            a_course("vandaag", start=today),
            a_course("aanmelden-voorbij", last_day=date(2026, 11, 22)),
            a_course("nog-instappen", start=date(2026, 11, 1), last_day=today),
            a_course("altijd", start=None),
        ],
    )
    assert await open_ids(counter) == {"vandaag", "nog-instappen", "altijd"}


async def test_what_a_course_teaches_is_known_with_the_taxonomy_of_now(
    counter: Counter, taxonomy: Taxonomy, gazetteer: Gazetteer
) -> None:
    await take_in(counter, "roc", [a_course("las", title="MIG/MAG-lassen", description="")])
    [welding] = [one.concept.id for one in taxonomy.search_skills("MIG/MAG-lassen", 1)]
    assert welding in skills_of(await counter.courses.get("las"))

    class Emptied(Taxonomy):
        edition = "leeg"

        def extract(self, text: str, today: date | None = None) -> list[object]:  # type: ignore[override]
            del text, today
            return []

    other = open_counter(
        counter.database,
        Emptied.load(),
        gazetteer,
        counter.clock,
        wording=plain_words,
    )
    assert await other.courses.intake.link() == 1
    assert await other.courses.intake.link() == 0
    assert (await counter.courses.get("las")).taught == ()
    assert await counter.courses.intake.link() == 1


def read_all(names: set[str]) -> list[Course]:
    return courses(*sorted(names))


def break_off(_names: set[str]) -> list[Course]:
    message = "the network went away"
    raise ConnectionError(message)


ids = st.sampled_from([f"c{number}" for number in range(6)])
an_import = st.tuples(
    st.sampled_from(["roc", "hva"]), st.sets(ids), st.booleans(), st.sampled_from(["goes well", "breaks off"])
)


@settings(max_examples=25)
@given(imports=st.lists(an_import, max_size=8))
def test_what_is_open_is_what_the_last_import_that_went_well_had(
    databases: Databases, taxonomy: Taxonomy, imports: list[tuple[str, set[str], bool, str]]
) -> None:
    """Each source has its own ids, and its imports may be refused or break off before the end."""

    async def carry_out() -> None:
        database = Database.open(databases.migrated("sqlite"))
        clock = SettableClock(datetime(2026, 11, 23, 9, 0, tzinfo=UTC))
        counter = open_counter(database, taxonomy, Gazetteer([]), clock, wording=plain_words)
        expected: dict[str, set[str]] = {}
        for source, names, accept_shrink, end in imports:
            clock.advance(hours=1)
            had = {f"{source}-{name}" for name in names}
            try:
                async with counter.courses.intake.importing(source) as importing:
                    read = read_all if end == "goes well" else break_off
                    await importing.replace(read(had), accept_shrink=accept_shrink)
            except (ConnectionError, ShrunkError):
                pass
            else:
                expected[source] = had
            assert await open_ids(counter) == set().union(*expected.values())
        await database.close()

    asyncio.run(carry_out())
