"""Importing a file into the real catalogues."""

from collections.abc import Callable
from pathlib import Path

import pytest

from counter.courses.model import CourseQuery, UnknownCourseError
from counter.imports.courses import FromSource
from counter.imports.model import ImportCounts, ImportFaultsError, Kind
from counter.imports.service import import_file
from counter.services import Counter

HEADER = "id;title;provider;place;form;level;topics;skills;start;price_eur;is_sample"
WELDING = "las-1;Lassen;Voorbeeldschool;Zaandam;avond;mbo2;lassen|metaal;lassen;1-3-2027;€ 1.250,00;ja"
MASONRY = "metselen-1;Metselen;Voorbeeldschool;Alkmaar;klassikaal;mbo2;metselen|bouw;;;gratis;ja"

JOB = (
    "id;title;employer;place;sector;hours_min;hours_max;wage_text;tasks;practical_needs\n"
    "kas-1;Plukker;Voorbeeldbedrijf;Alkmaar;groen;16;38;minimumloon;Je plukt.;je kunt staan|je kunt tillen"
)
INITIATIVE = (
    "id;name;kind;region;themes;description\nlab-1;Voorbeeldlab;fieldlab;Groot Amsterdam;techniek;Een lab."
)


type WriteFile = Callable[[str], Path]


@pytest.fixture
def write_file(tmp_path: Path) -> WriteFile:
    def write(text: str) -> Path:
        path = tmp_path / "rijen.csv"
        path.write_text(text, encoding="utf-8")
        return path

    return write


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "map.csv"
    path.mkdir()
    return path


def courses(*rows: str) -> str:
    return "\n".join([HEADER, *rows])


async def test_an_imported_course_is_found(counter: Counter, write_file: WriteFile) -> None:
    assert await import_file(Kind.COURSES, write_file(courses(WELDING, MASONRY)), counter) == ImportCounts(
        new=2, changed=0, unchanged=0
    )
    found = await counter.courses.search(CourseQuery(topic="lassen"))
    assert [hit.course.id for hit in found.hits] == ["las-1"]


async def test_a_known_id_is_replaced_and_the_others_stay(counter: Counter, write_file: WriteFile) -> None:
    await import_file(Kind.COURSES, write_file(courses(WELDING, MASONRY)), counter)
    dearer = WELDING.replace("1.250,00", "1.300,00")
    added = WELDING.replace("las-1", "las-2")
    assert await import_file(Kind.COURSES, write_file(courses(dearer, added)), counter) == ImportCounts(
        new=1, changed=1, unchanged=0
    )
    assert (await counter.courses.get("las-1")).price_eur == 1300
    assert (await counter.courses.get("metselen-1")).title == "Metselen"


@pytest.mark.parametrize(
    ("kind", "text"),
    [(Kind.COURSES, courses(WELDING)), (Kind.JOBS, JOB), (Kind.INITIATIVES, INITIATIVE)],
)
async def test_the_same_file_again_changes_nothing(
    counter: Counter, write_file: WriteFile, kind: Kind, text: str
) -> None:
    file = write_file(text)
    assert await import_file(kind, file, counter) == ImportCounts(new=1, changed=0, unchanged=0)
    assert await import_file(kind, file, counter) == ImportCounts(new=0, changed=0, unchanged=1)


async def test_one_wrong_row_keeps_the_whole_file_out(counter: Counter, write_file: WriteFile) -> None:
    with pytest.raises(ImportFaultsError):
        await import_file(
            Kind.COURSES, write_file(courses(WELDING, MASONRY.replace("Alkmaar", "Alkmar"))), counter
        )
    with pytest.raises(UnknownCourseError):
        await counter.courses.get("las-1")


async def test_a_file_of_a_source_is_all_the_source_has(counter: Counter, write_file: WriteFile) -> None:
    told: list[str] = []
    source = FromSource(name="roc")
    await import_file(Kind.COURSES, write_file(courses(WELDING, MASONRY)), counter, source=source)
    only = write_file(courses(WELDING))
    counts = await import_file(Kind.COURSES, only, counter, told.append, source=source)
    assert counts == ImportCounts(new=0, changed=0, unchanged=1, closed=1)
    assert told[-1] == "Klaar: 0 nieuw, 0 gewijzigd, 1 waren al hetzelfde, 0 weer open, 1 gesloten."


async def test_why_a_source_was_not_taken_in_is_told_in_dutch(
    counter: Counter, write_file: WriteFile
) -> None:
    source = FromSource(name="roc")
    many = courses(*(WELDING.replace("las-1", f"las-{number}") for number in range(5)))
    await import_file(Kind.COURSES, write_file(many), counter, source=source)
    with pytest.raises(ImportFaultsError, match="roc heeft nog 2 cursussen; dat waren er 5"):
        await import_file(Kind.COURSES, write_file(courses(WELDING, MASONRY)), counter, source=source)
    with pytest.raises(ImportFaultsError, match="las-1: dit id is al van de bron roc"):
        await import_file(Kind.COURSES, write_file(courses(WELDING)), counter)
    with pytest.raises(ImportFaultsError, match="'Het ROC' kan geen naam van een bron zijn"):
        await import_file(
            Kind.COURSES, write_file(courses(WELDING)), counter, source=FromSource(name="Het ROC")
        )
    async with counter.courses.intake.importing("roc"):
        with pytest.raises(ImportFaultsError, match="roc wordt al ingevoerd"):
            await import_file(Kind.COURSES, write_file(many), counter, source=source)


async def test_each_step_is_told(counter: Counter, write_file: WriteFile) -> None:
    told: list[str] = []
    await import_file(Kind.COURSES, write_file(courses(WELDING)), counter, told.append)
    assert told == [
        "rijen.csv: 1 rij gelezen.",
        "Alle rijen zijn goed.",
        "Klaar: 1 nieuw, 0 gewijzigd, 0 waren al hetzelfde.",
    ]


async def test_a_file_that_is_not_there_is_explained(counter: Counter, tmp_path: Path, folder: Path) -> None:
    with pytest.raises(ImportFaultsError, match="bestaat niet"):
        await import_file(Kind.JOBS, tmp_path / "weg.csv", counter)
    with pytest.raises(ImportFaultsError, match="niet te lezen"):
        await import_file(Kind.JOBS, folder, counter)
