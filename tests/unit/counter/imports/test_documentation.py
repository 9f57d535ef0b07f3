"""docs/import.md says what the import does."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from counter.imports.checking import check
from counter.imports.model import Kind
from counter.imports.reading import read_table
from counter.imports.sheets import Sheet, course_sheet, initiative_sheet, job_sheet
from counter.places.gazetteer import Gazetteer

DOCUMENT = Path(__file__).parents[4] / "docs" / "import.md"
SHEETS = [(Kind.COURSES, course_sheet), (Kind.JOBS, job_sheet), (Kind.INITIATIVES, initiative_sheet)]

type SheetOf = Callable[[Gazetteer], Sheet[Any]]


def chapter(kind: Kind) -> str:
    [text] = [part for part in DOCUMENT.read_text(encoding="utf-8").split("\n## ") if f"(`{kind}`)" in part]
    return text


@pytest.mark.parametrize(("kind", "sheet_of"), SHEETS)
def test_every_column_is_documented_as_it_is(kind: Kind, sheet_of: SheetOf, gazetteer: Gazetteer) -> None:
    columns = sheet_of(gazetteer).columns
    documented = {
        name: required
        for names, required in re.findall(r"^\| (`\w+`(?:, `\w+`)*) \| (.+?) \|", chapter(kind), re.MULTILINE)
        for name in re.findall(r"\w+", names)
    }
    assert set(documented) == set(columns)
    assert {name for name, required in documented.items() if required == "ja"} == {
        name for name, column in columns.items() if column.required
    }


@pytest.mark.parametrize(("kind", "sheet_of"), SHEETS)
def test_the_example_can_be_imported(kind: Kind, sheet_of: SheetOf, gazetteer: Gazetteer) -> None:
    [(extension, example)] = re.findall(r"```(csv|json)\n(.*?)```", chapter(kind), re.DOTALL)
    assert check(sheet_of(gazetteer), read_table(f"voorbeeld.{extension}", example.encode()))
