"""What a school offers comes in from its endpoint, over real HTTP, on both databases; or nothing does."""

import asyncio
import json
import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest
from aiohttp import web

from app.__main__ import main
from app.course_import import Elsewhere, Standard, take_over_all
from connectors.course_sources import client, limits
from counter.courses.model import CourseQuery
from counter.database import Database
from counter.imports.courses import FromSource
from counter.imports.model import ImportCounts, ImportFaultsError
from counter.places.gazetteer import load_gazetteer
from counter.services import Counter, open_counter
from skills_taxonomy import Taxonomy
from tests.support.ooapi import (
    School,
    a_course,
    a_page,
    a_program,
    an_address,
    an_offering,
    uuid_of,
    wrong_in,
    wrong_in_query,
)
from tests.support.words import plain_words

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)


@pytest.fixture
def counter(database: Database, taxonomy: Taxonomy) -> Counter:
    return open_counter(database, taxonomy, load_gazetteer(), lambda: NOW, wording=plain_words)


@pytest.fixture
def school() -> School:
    school = School()
    school.teach(a_course("Lassen"), an_offering("1"), an_offering("2", startDate="2027-09-01"))
    school.teach(a_course("Metselen"), an_offering("3", addresses=[an_address("Alkmaar")]))
    school.teach(a_program("Kok"), an_offering("4", kind="program"))
    return school


@pytest.fixture
async def address(school: School) -> AsyncIterator[str]:
    async with school.running() as address:
        yield address


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Give how long was waited for the source; no test waits."""
    waited: list[float] = []

    async def sleep(seconds: float) -> None:
        waited.append(seconds)

    monkeypatch.setattr(client, "wait", sleep)
    return waited


async def bring_in(
    counter: Counter, where: str, told: list[str] | None = None, **options: object
) -> ImportCounts:
    accept_shrink = bool(options.pop("accept_shrink", False))
    elsewhere = Elsewhere(
        standard=Standard.OOAPI,
        where=where,
        source=FromSource(name="roc", accept_shrink=accept_shrink),
        **{"allow_private": True, **options},  # type: ignore[arg-type]
    )
    return await take_over_all(counter, elsewhere, (told if told is not None else []).append)


async def titles(counter: Counter) -> list[str]:
    """Return what can be chosen, an offering a line."""
    hits = (await counter.courses.search(CourseQuery(), limit=1000)).hits
    found = [one for hit in hits for one in (hit.course, *hit.others)]
    return sorted(f"{one.title} {one.place} {one.start}" for one in found)


ALL = [
    "Kok Zaandam 2027-02-01",
    "Lassen Zaandam 2027-02-01",
    "Lassen Zaandam 2027-09-01",
    "Metselen Alkmaar 2027-02-01",
]


async def test_the_double_answers_as_the_specification_wants(school: School) -> None:
    assert wrong_in(a_page(school.courses), "Pagination") == []
    assert wrong_in({**a_page([]), "hasNextPage": "nee"}, "Pagination") != []
    for course in school.courses:
        assert wrong_in(course, "Course") == []
    for education, offerings in school.offerings.items():
        kind = "ProgramOffering" if education == uuid_of("program Kok") else "CourseOffering"
        for offering in offerings:
            assert wrong_in(offering, kind) == []


async def test_what_is_asked_is_what_the_specification_allows(
    counter: Counter, address: str, school: School
) -> None:
    await bring_in(counter, address)
    asked = {
        re.sub(r"(course|program)s/[^/]+", r"\1s/{\1Id}", path): query for path, query in school.requests
    }
    assert set(asked) == {
        "organizations",
        "courses",
        "programs",
        "courses/{courseId}/offerings",
        "programs/{programId}/offerings",
    }
    for path, query in asked.items():
        assert wrong_in_query(path, query) == []
    assert wrong_in_query("courses", {"pageSize": "7", "since": "2027-01-01"}) != []


async def test_everything_a_school_offers_is_there_and_again_changes_nothing(
    counter: Counter, address: str
) -> None:
    told: list[str] = []
    assert await bring_in(counter, address, told) == ImportCounts(new=4, changed=0, unchanged=0)
    assert await titles(counter) == ALL
    assert told == [
        "1 opleidingen gelezen. Nu de uitvoeringen daarvan.",
        "2 cursussen gelezen. Nu de uitvoeringen daarvan.",
        "Klaar: 4 nieuw, 0 gewijzigd, 0 waren al hetzelfde.",
    ]
    assert await bring_in(counter, address) == ImportCounts(new=0, changed=0, unchanged=4)


async def test_what_changed_is_changed_and_what_went_is_closed(
    counter: Counter, address: str, school: School
) -> None:
    await bring_in(counter, address)
    school.offerings[uuid_of("course Lassen")].pop()
    school.courses.pop()
    school.offerings[uuid_of("program Kok")][0]["startDate"] = "2027-03-01"
    school.teach(a_course("Stuken"), an_offering("5"))
    assert await bring_in(counter, address) == ImportCounts(new=1, changed=1, unchanged=1, closed=2)
    assert await titles(counter) == [
        "Kok Zaandam 2027-03-01",
        "Lassen Zaandam 2027-02-01",
        "Stuken Zaandam 2027-02-01",
    ]


async def test_a_list_of_many_pages_is_read_to_the_end(
    counter: Counter, address: str, school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "PAGE_SIZE", 10)
    for number in range(27):
        school.teach(a_course(f"Les {number}"), an_offering(f"les {number}"))
    counts = await bring_in(counter, address)
    assert counts.new == 31
    assert school.asked["courses"] == 3
    assert {query["pageSize"] for query in school.queries} == {"10"}


async def test_offerings_that_began_within_a_year_are_asked_for_as_well(
    counter: Counter, address: str, school: School
) -> None:
    await bring_in(counter, address)
    assert {query["since"] for query in school.queries if "since" in query} == {"2025-11-27"}


async def test_a_school_without_organisations_or_programs_is_fine(
    counter: Counter, address: str, school: School
) -> None:
    school.missing = {"organizations", "programs"}
    assert (await bring_in(counter, address)).new == 3
    [hit] = (await counter.courses.search(CourseQuery(topic="metselen"))).hits
    assert hit.course.provider == "roc"


async def test_what_is_no_ooapi_is_told(counter: Counter, address: str, school: School) -> None:
    school.missing = {"organizations", "programs", "courses"}
    with pytest.raises(ImportFaultsError, match="Hier is geen OOAPI 5"):
        await bring_in(counter, address)


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        ([], "geen bladzijde van OOAPI 5"),
        ({"items": {}, "hasNextPage": False}, "geen bladzijde van OOAPI 5"),
        ({"items": [], "hasNextPage": "ja"}, "geen bladzijde van OOAPI 5"),
        ({"items": [1], "hasNextPage": True, "pageNumber": 9}, "Bladzijde 1 gevraagd, en 9 gekregen"),
        ({"items": [a_course()], "hasNextPage": True}, "steeds dezelfde bladzijde"),
    ],
    ids=["a list", "no items", "no boolean", "another page", "a circle"],
)
async def test_pages_that_cannot_be_right_bring_nothing_in(
    counter: Counter, address: str, school: School, answer: object, message: str
) -> None:
    await bring_in(counter, address)
    school.instead["courses"] = answer
    with pytest.raises(ImportFaultsError, match=message):
        await bring_in(counter, address)
    assert await titles(counter) == ALL


async def test_one_faulty_item_keeps_everything_out_unless_it_may_be_left_out(
    counter: Counter, address: str, school: School
) -> None:
    school.teach(a_course("Kapot", name="geen lijst"), an_offering("6"))
    with pytest.raises(ImportFaultsError, match="veld name: dit is geen lijst van teksten met een taal"):
        await bring_in(counter, address)
    assert await titles(counter) == []
    told: list[str] = []
    await bring_in(counter, address, told, leave_out_faulty=True)
    assert await titles(counter) == ALL
    assert any(line.startswith("Weggelaten: cursus ") for line in told)


async def test_a_source_that_breaks_off_half_way_changes_nothing(
    counter: Counter, address: str, school: School, waits: list[float]
) -> None:
    await bring_in(counter, address)
    school.courses.pop()
    school.instead[f"courses/{uuid_of('course Lassen')}/offerings"] = "weg"
    with pytest.raises(ImportFaultsError):
        await bring_in(counter, address)
    assert await titles(counter) == ALL
    assert waits == []


async def test_a_source_that_lost_most_of_its_courses_is_refused(
    counter: Counter, address: str, school: School
) -> None:
    await bring_in(counter, address)
    school.courses.clear()
    with pytest.raises(ImportFaultsError, match="nog 1 cursussen; dat waren er 4"):
        await bring_in(counter, address)
    assert await titles(counter) == ALL
    await bring_in(counter, address, accept_shrink=True)
    assert await titles(counter) == ALL[:1]


async def test_a_busy_source_is_waited_for_as_long_as_it_asks(
    counter: Counter, address: str, school: School, waits: list[float]
) -> None:
    school.faults = [
        web.Response(status=429, headers={"Retry-After": "7"}),
        web.Response(status=503),
        web.Response(status=500),
    ]
    assert (await bring_in(counter, address)).new == 4
    assert waits == [7.0, 2.0, 4.0]


@pytest.mark.parametrize(
    ("status", "retry_after"),
    [(503, ""), (429, "3600"), (503, "Fri, 31 Dec 2100 23:59:59 GMT")],
    ids=["down", "an hour", "until 2100"],
)
async def test_a_source_that_stays_away_is_told_and_changes_nothing(
    counter: Counter, address: str, school: School, waits: list[float], status: int, retry_after: str
) -> None:
    school.faults = [
        web.Response(status=status, headers={"Retry-After": retry_after}) for _ in range(limits.ATTEMPTS)
    ]
    with pytest.raises(ImportFaultsError, match="Probeer het later nog eens"):
        await bring_in(counter, address)
    assert sum(waits) <= limits.LONGEST_WAIT


async def test_a_source_that_wants_a_key_gets_it_and_nobody_else_does(
    counter: Counter, address: str, school: School
) -> None:
    await bring_in(counter, address, token="sleutel")
    assert school.authorization == {"Bearer sleutel"}
    school.faults = [web.Response(status=401)]
    with pytest.raises(ImportFaultsError, match="Klopt de sleutel"):
        await bring_in(counter, address)


async def test_a_source_may_send_on_within_its_own_address_alone(
    counter: Counter, address: str, school: School
) -> None:
    school.faults = [web.Response(status=307, headers={"Location": "/v5/organizations"})]
    assert (await bring_in(counter, address)).new == 4
    other = School()
    async with other.running() as elsewhere:
        for target in (elsewhere, "http://169.254.169.254/latest", "ftp://x/", "//[", ""):
            school.faults = [web.Response(status=302, headers={"Location": target}) for _ in range(9)]
            with pytest.raises(ImportFaultsError, match=r"stuurt door|blijft doorsturen"):
                await bring_in(counter, address)
    assert not other.asked


async def test_an_answer_without_end_is_broken_off(
    counter: Counter, address: str, school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MAX_BYTES", 100_000)
    school.instead["courses"] = ["x" * 200_000]
    with pytest.raises(ImportFaultsError, match="Het antwoord is te groot"):
        await bring_in(counter, address)


async def test_a_source_of_a_hundred_thousand_offerings_is_refused_before_its_end(
    counter: Counter, address: str, school: School
) -> None:
    first = school.offerings[uuid_of("course Lassen")]
    first.extend({**an_offering("x"), "offeringId": str(UUID(int=number))} for number in range(100_000))
    with pytest.raises(ImportFaultsError, match="meer dan 20000 uitvoeringen"):
        await bring_in(counter, address)
    assert school.asked[f"courses/{uuid_of('course Lassen')}/offerings"] < 100
    assert await titles(counter) == []


@pytest.mark.parametrize(
    "where",
    [
        "http://roc.example/v5",
        "https://127.0.0.1/v5",
        "https://[::1]/v5",
        "https://10.1.2.3/",
        "https://169.254.169.254/",
        "https://[::ffff:10.0.0.1]/",
        "https://user:pass@roc.example/",
        "https:///v5",
    ],
)
async def test_an_address_that_may_not_be_asked_is_refused(counter: Counter, where: str) -> None:
    with pytest.raises(ImportFaultsError, match="dit adres kan niet"):
        await bring_in(counter, where, allow_private=False)


async def test_a_name_that_stands_for_a_private_address_is_refused_when_connecting(counter: Counter) -> None:
    with pytest.raises(ImportFaultsError, match="besloten netwerk"):
        await bring_in(counter, "https://localhost:1/v5", allow_private=False)


def test_the_command_tells_what_came_in_and_what_is_wrong(
    database_url: str,
    school: School,
    tmp_path: Path,
    taxonomy: Taxonomy,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(Taxonomy, "load", lambda: taxonomy)
    monkeypatch.setenv("LOKET_DATABASE_URL", database_url)
    monkeypatch.setenv("LOKET_INTERNAL_TOKEN", "geheim")
    file = tmp_path / "aanbod.json"

    def command(*options: str) -> int:
        monkeypatch.setattr("sys.argv", ["app", "import", "ooapi", str(file), *options])
        return main()

    file.write_text(json.dumps(school.as_file()), encoding="utf-8")
    assert command("--source", "roc") == 0
    assert "Klaar: 4 nieuw" in capsys.readouterr().out
    assert command() == 1
    assert "kan geen naam van een bron zijn" in capsys.readouterr().err
    school.teach(a_course("Kapot", name=5))
    file.write_text(json.dumps(school.as_file()), encoding="utf-8")
    assert command("--source", "roc") == 1
    told = capsys.readouterr().err
    assert "veld name" in told
    assert "Er is niets opgeslagen: 1 fout(en)." in told


async def test_an_import_that_is_cancelled_lets_the_next_one_begin(
    counter: Counter, address: str, school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    is_waiting = asyncio.Event()

    async def sleep(_seconds: float) -> None:
        is_waiting.set()
        await asyncio.Event().wait()

    monkeypatch.setattr(client, "wait", sleep)
    school.faults = [web.Response(status=503)]
    importing = asyncio.create_task(bring_in(counter, address))
    await is_waiting.wait()
    importing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await importing
    assert (await bring_in(counter, address)).new == 4
