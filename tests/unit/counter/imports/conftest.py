import csv
import io
from collections.abc import Callable, Mapping

import pytest

from counter.imports.checking import check
from counter.imports.model import ImportFaultsError
from counter.imports.reading import read_table
from counter.imports.sheets import Sheet, course_sheet, initiative_sheet, job_sheet
from counter.places.gazetteer import Gazetteer, load_gazetteer

type Faults = Callable[[Mapping[str, str]], list[str]]


@pytest.fixture(scope="session")
def gazetteer() -> Gazetteer:
    return load_gazetteer()


@pytest.fixture
def course_row() -> dict[str, str]:
    return {
        "id": "las-1",
        "title": "Lassen: de basis",
        "provider": "Voorbeeldschool Zaanstreek",
        "place": "Zaandam",
        "form": "avond",
        "level": "mbo2",
        "topics": "lassen|metaal",
    }


@pytest.fixture
def job_row() -> dict[str, str]:
    return {
        "id": "kas-1",
        "title": "Medewerker in de kas",
        "employer": "Voorbeeldbedrijf Zonnetomaat",
        "place": "Middenmeer",
        "sector": "groen",
        "hours_min": "16",
        "hours_max": "38",
        "wage_text": "minimaal het wettelijk minimumloon",
        "tasks": "Je plukt tomaten.",
        "practical_needs": "je kunt 4 uur staan",
    }


@pytest.fixture
def initiative_row() -> dict[str, str]:
    return {
        "id": "proeflab",
        "name": "Voorbeeldlab Hoorn",
        "kind": "fieldlab",
        "place": "Hoorn",
        "region": "",
        "themes": "techniek|energie",
        "description": "Plek waar bedrijven en scholen samen proeven doen.",
    }


@pytest.fixture
def course_faults(gazetteer: Gazetteer) -> Faults:
    return lambda row: _faults(course_sheet(gazetteer), row)


@pytest.fixture
def job_faults(gazetteer: Gazetteer) -> Faults:
    return lambda row: _faults(job_sheet(gazetteer), row)


@pytest.fixture
def initiative_faults(gazetteer: Gazetteer) -> Faults:
    return lambda row: _faults(initiative_sheet(gazetteer), row)


def _faults(sheet: Sheet[object], row: Mapping[str, str]) -> list[str]:
    file = io.StringIO()
    writer = csv.DictWriter(file, row)
    writer.writeheader()
    writer.writerow(row)
    try:
        check(sheet, read_table("rijen.csv", file.getvalue().encode()))
    except ImportFaultsError as error:
        return [str(fault) for fault in error.faults]
    return []
