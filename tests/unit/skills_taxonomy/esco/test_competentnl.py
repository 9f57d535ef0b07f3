"""Dutch names and identifiers of CompetentNL beside those of ESCO."""

from skills_taxonomy.esco import Import, read_esco
from tests.unit.skills_taxonomy.esco.conftest import PYTHON, RELEASE, WELDING, Write

HEADER = ["id", "label", "altLabels", "escoUri"]


def _import(write: Write, *rows: list[str]) -> Import:
    return read_esco(write({**RELEASE, "competentnl.csv": [HEADER, *rows]}))


def test_a_concept_gains_an_identifier_and_names(write: Write) -> None:
    data = _import(write, ["cnl/1", "Metaal lassen", "laswerk | lasnaden leggen", WELDING]).data
    welding = data.skills[WELDING]

    assert welding.competentnl == "cnl/1"
    assert welding.all_names == ("lassen", "laswerk", "Metaal lassen", "lasnaden leggen")
    assert [source.name for source in data.sources] == ["ESCO", "CompetentNL"]


def test_a_concept_without_a_dutch_name_gets_one(write: Write) -> None:
    python = _import(write, ["cnl/2", "programmeren in Python", "", PYTHON]).data.skills[PYTHON]

    assert (python.all_names, python.language) == (("programmeren in Python",), "nl")


def test_rows_that_fit_nothing_are_reported(write: Write) -> None:
    imported = _import(
        write,
        ["cnl/1", "Metaal lassen", "", WELDING],
        ["cnl/3", "solderen", "", WELDING],
        ["cnl/4", "zeilen", "", "nergens"],
        ["", "zeilen", "", PYTHON],
    )
    told = list(imported.report.lines())

    assert imported.data.skills[WELDING].competentnl == "cnl/1"
    assert f"  competentnl.csv:3: {WELDING}: solderen" in told
    assert "  competentnl.csv:4: nergens" in told
    assert "  competentnl.csv:5: id of label is leeg" in told


def test_without_the_file_nothing_is_said_of_it(write: Write) -> None:
    imported = read_esco(write(RELEASE))

    assert not any("CompetentNL" in line for line in imported.report.lines())
