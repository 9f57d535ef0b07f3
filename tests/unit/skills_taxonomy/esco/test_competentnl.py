"""Dutch names and identifiers of CompetentNL beside those of ESCO."""

from pathlib import Path

import pytest

from skills_taxonomy.esco import Problems, competentnl, read_esco
from skills_taxonomy.loading import TaxonomyDataError
from skills_taxonomy.model import TaxonomyData
from tests.unit.skills_taxonomy.esco.conftest import PYTHON, RELEASE, WELDER, WELDING, Rows, Write

HEADER = ["id", "label", "altLabels", "escoUri"]


def _add(write: Write, *rows: list[str]) -> tuple[TaxonomyData, list[str]]:
    """Put rows beside the release; return what is there then, and what is told."""
    problems = Problems()
    esco = read_esco(write(RELEASE)).data
    found = competentnl.read(_file(write, [HEADER, *rows]), problems)
    return competentnl.add(esco, found, problems), list(problems.lines())


def _file(write: Write, rows: Rows) -> Path:
    return write({"competentnl.csv": rows}) / "competentnl.csv"


def test_a_concept_gains_an_identifier_and_names(write: Write) -> None:
    data, _ = _add(write, ["cnl/1", "Metaal lassen", "laswerk | lasnaden leggen", WELDING])
    welding = data.skills[WELDING]

    assert welding.competentnl == "cnl/1"
    assert welding.all_names == ("lassen", "laswerk", "Metaal lassen", "lasnaden leggen")
    assert [source.name for source in data.sources] == ["ESCO", "CompetentNL"]


def test_a_concept_without_a_dutch_name_gets_one(write: Write) -> None:
    data, _ = _add(write, ["cnl/2", "programmeren in Python", "", PYTHON])

    assert (data.skills[PYTHON].all_names, data.skills[PYTHON].language) == (
        ("programmeren in Python",),
        "nl",
    )


def test_an_occupation_gains_names_too(write: Write) -> None:
    data, _ = _add(write, ["cnl/5", "metaallasser", "", WELDER])

    assert "metaallasser" in data.occupations[WELDER].names


def test_rows_that_fit_nothing_are_reported(write: Write) -> None:
    data, told = _add(
        write,
        ["cnl/1", "Metaal lassen", "", WELDING],
        ["cnl/3", "solderen", "", WELDING],
        ["cnl/4", "zeilen", "", "nergens"],
        ["", "zeilen", "", PYTHON],
        ["cnl/1", "Metaal lassen", "", WELDING],
    )

    assert data.skills[WELDING].competentnl == "cnl/1"
    assert f"  competentnl.csv:3: {WELDING}: solderen" in told
    assert "  competentnl.csv:4: nergens" in told
    assert "  competentnl.csv:5: id, label of escoUri is leeg" in told
    assert "  competentnl.csv:6: zie regel 2" in told


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([["id", "label"], ["cnl/1", "lassen"]], "competentnl.csv:1: kolom escoUri ontbreekt"),
        ([HEADER, ["cnl/1", "", "", WELDING]], "competentnl.csv:0: er staat geen rij in"),
    ],
)
def test_a_file_of_no_use_is_refused(write: Write, rows: Rows, message: str) -> None:
    with pytest.raises(TaxonomyDataError) as refusal:
        competentnl.read(_file(write, rows), Problems())

    assert str(refusal.value).startswith(message)


def test_a_file_in_the_folder_of_esco_is_read_with_it(write: Write) -> None:
    rows = [HEADER, ["cnl/1", "Metaal lassen", "", WELDING]]
    imported = read_esco(write({**RELEASE, "competentnl.csv": rows}))

    assert [(entry.id, entry.esco) for entry in imported.competentnl] == [("cnl/1", WELDING)]
    assert imported.data == read_esco(write(RELEASE)).data


def test_entries_survive_being_stored(write: Write) -> None:
    found = competentnl.read(_file(write, [HEADER, ["cnl/1", "é", "a | b", WELDING]]), Problems())

    assert competentnl.from_json(competentnl.to_json(found)) == found


def test_without_the_file_nothing_is_said_of_it(write: Write) -> None:
    imported = read_esco(write(RELEASE))

    assert imported.competentnl == ()
    assert not any("CompetentNL" in line for line in imported.report.lines())
