"""What happens to a release with something wrong in it."""

import gzip
from pathlib import Path

import pytest

from skills_taxonomy.esco import read_esco
from skills_taxonomy.esco.problems import SHOWN
from skills_taxonomy.loading import TaxonomyDataError
from tests.unit.skills_taxonomy.esco.conftest import (
    ISCO_7,
    ISCO_7212,
    METALS,
    PIPE_WELDER,
    RELEASE,
    WELDER,
    WELDING,
    Rows,
    Write,
    as_csv,
)

SKILL = "KnowledgeSkillCompetence"


def _with(file: str, *rows: list[str]) -> dict[str, Rows]:
    return {**RELEASE, file: [*RELEASE[file], *rows]}


def _told(folder: Path) -> list[str]:
    return list(read_esco(folder).report.lines())


def _refused(folder: Path) -> str:
    with pytest.raises(TaxonomyDataError) as refusal:
        read_esco(folder)
    return str(refusal.value)


def test_a_missing_column_is_named(write: Write) -> None:
    rows = [[row[0], row[1]] for row in RELEASE["skills_nl.csv"]]

    assert _refused(write({**RELEASE, "skills_nl.csv": rows})) == (
        "skills_nl.csv:1: kolom preferredLabel ontbreekt"
    )


def test_all_broken_files_are_named_at_once(write: Write) -> None:
    broken = {"skills_nl.csv": [["conceptUri"]], "occupationSkillRelations_nl.csv": [["occupationUri"]]}

    assert _refused(write({**RELEASE, **broken})).count("ontbreekt") == 2


def test_an_encoding_that_is_not_utf_8_is_refused_with_its_line(write: Write) -> None:
    folder = write(RELEASE)
    text = as_csv([*RELEASE["skills_nl.csv"], [SKILL, METALS, "patiënten", "", "released"]])
    (folder / "skills_nl.csv").write_bytes(text.encode("latin-1"))

    assert _refused(folder).startswith("skills_nl.csv:4: is geen UTF-8")


@pytest.mark.parametrize(
    ("broken", "message"),
    [
        pytest.param('"lassen', "unexpected end of data", id="a quote that never closes"),
        pytest.param("las\0sen", "NUL", id="a NUL byte"),
        pytest.param('"' + "x" * 11_000_000 + '"', "field larger", id="a field of 11 MB"),
    ],
)
def test_what_is_no_csv_is_refused(write: Write, broken: str, message: str) -> None:
    folder = write(RELEASE)
    with (folder / "skills_nl.csv").open("a", encoding="utf-8") as file:
        file.write(f"{SKILL},{METALS},{broken},,released\n")

    refusal = _refused(folder)

    assert refusal.startswith("skills_nl.csv:4: is geen goede CSV")
    assert message in refusal


def test_a_cell_may_be_as_long_as_the_list_of_all_top_concepts(write: Write) -> None:
    folder = write(RELEASE)
    before = read_esco(folder).data
    cell = "http://data.europa.eu/esco/skill/een, " * 10_000
    (folder / "conceptSchemes_nl.csv").write_text(
        f'conceptSchemeUri,preferredLabel,hasTopConcept\nhttp://data.europa.eu/esco/s,ESCO,"{cell}"\n',
        encoding="utf-8",
    )

    after = read_esco(folder).data
    assert (after.occupations, after.skills) == (before.occupations, before.skills)


@pytest.mark.parametrize(
    "content",
    [b"no gzip at all", gzip.compress(b"conceptUri" * 999)[:-20]],
    ids=["no archive", "broken off"],
)
def test_a_broken_archive_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "skills_nl.csv.gz").write_bytes(content)

    assert _refused(tmp_path).startswith("skills_nl.csv.gz:0: is niet te lezen")


def test_a_folder_without_a_usable_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "klanten.csv").write_text("naam\nJan\n", encoding="utf-8")

    assert "geen CSV-bestand van ESCO" in _refused(tmp_path)
    assert "is geen map" in _refused(tmp_path / "nergens")


def test_an_empty_official_file_lacks_its_columns(tmp_path: Path) -> None:
    (tmp_path / "occupations_nl.csv").write_bytes(b"")

    assert _refused(tmp_path) == "occupations_nl.csv:1: kolom conceptUri, preferredLabel ontbreekt"


def test_a_uri_with_two_names_in_a_file_refuses_it_and_names_both_rows(write: Write) -> None:
    folder = write(_with("skills_nl.csv", [SKILL, WELDING, "solderen", "", "released"]))

    assert _refused(folder) == f"skills_nl.csv:4: {WELDING} staat ook op regel 2, met andere gegevens"


def test_a_contradiction_below_the_name_refuses_the_file_too(write: Write) -> None:
    rows = ["Occupation", WELDER, "7212", "lasser", "", "released", "Iets heel anders."]

    assert f"occupations_nl.csv:6: {WELDER} staat ook op regel 2" in _refused(
        write(_with("occupations_nl.csv", rows))
    )


@pytest.mark.parametrize("file", ["skills_nl.csv", "occupationSkillRelations_nl.csv"])
def test_a_row_that_stands_there_twice_is_counted(write: Write, file: str) -> None:
    folder = write(_with(file, RELEASE[file][1]))
    told = _told(folder)

    assert "Rijen die al precies zo in hetzelfde bestand stonden: 1, één keer gebruikt." in told
    assert f"  {file}:{len(RELEASE[file]) + 1}: zie regel 2" in told
    assert read_esco(folder).data == read_esco(write(RELEASE)).data


def test_the_first_of_two_files_with_another_name_counts(write: Write) -> None:
    folder = write({**RELEASE, "zelf_nl.csv": [["conceptUri", "preferredLabel"], [WELDING, "solderen"]]})

    assert read_esco(folder).data.skills[WELDING].name == "lassen"
    assert f"  zelf_nl.csv:2: {WELDING}: solderen; eerst lassen (skills_nl.csv:2)" in _told(folder)


def test_a_row_without_a_uri_or_a_name_is_left_out(write: Write) -> None:
    nameless = f"{WELDING}-nameless"
    rows = [SKILL, "", "zwemmen", "", "released"], [SKILL, nameless, "", "", "released"]
    folder = write(_with("skills_nl.csv", *rows))

    assert len(read_esco(folder).data.skills) == 3
    assert "  skills_nl.csv:4: conceptUri is leeg" in _told(folder)
    assert f"  skills_nl.csv:5: {nameless}" in _told(folder)


def test_a_row_with_too_many_cells_is_left_out(write: Write) -> None:
    told = _told(write(_with("skills_nl.csv", [SKILL, METALS, "metalen", "", "released", "meer"])))

    assert "  skills_nl.csv:4: de rij heeft 6 cellen; er zijn 5 kolommen" in told


def test_lines_are_counted_as_an_editor_does(write: Write) -> None:
    """The names of the welder stand on three lines of one cell, so the fourth row starts on line 6."""
    told = _told(write(_with("occupations_nl.csv", ["Occupation", "", "7212", "kok", "", "released", ""])))

    assert "  occupations_nl.csv:6: conceptUri is leeg" in told


@pytest.mark.parametrize(
    ("file", "row"),
    [
        ("occupationSkillRelations_nl.csv", [WELDER, "essential", "skill", "nergens"]),
        ("occupationSkillRelations_nl.csv", [WELDER, "essential", "skill", PIPE_WELDER]),
        ("skillSkillRelations_nl.csv", [WELDING, "skill", "optional", "knowledge", "nergens"]),
        ("broaderRelationsOccPillar_nl.csv", ["Occupation", WELDER, "ISCOGroup", "nergens"]),
        ("broaderRelationsOccPillar_nl.csv", ["Occupation", WELDER, "Occupation", WELDING]),
    ],
)
def test_a_relation_with_a_concept_that_is_not_there_is_left_out(
    write: Write, file: str, row: list[str]
) -> None:
    imported = read_esco(write(_with(file, row)))

    assert f"  {file}:{len(RELEASE[file]) + 1}: {row[-1]}" in list(imported.report.lines())
    assert imported.data == read_esco(write(RELEASE)).data


def test_a_circle_loses_the_row_that_closes_it(write: Write) -> None:
    folder = write(_with("broaderRelationsOccPillar_nl.csv", ["ISCOGroup", ISCO_7, "ISCOGroup", ISCO_7212]))
    told = _told(folder)

    assert read_esco(folder).data.groups[ISCO_7].broader == ()
    assert read_esco(folder).data.groups[ISCO_7212].broader == (ISCO_7,)
    assert "Kringen in de hiërarchie: 1, weggelaten." in told
    assert any(line.startswith("  broaderRelationsOccPillar_nl.csv:5: ") and "→" in line for line in told)


def test_a_concept_above_itself_is_a_circle(write: Write) -> None:
    told = _told(write(_with("broaderRelationsOccPillar_nl.csv", ["ISCOGroup", ISCO_7, "ISCOGroup", ISCO_7])))

    assert f"  broaderRelationsOccPillar_nl.csv:5: {ISCO_7} → {ISCO_7}" in told


def test_of_many_faults_the_first_are_shown_and_all_are_counted(write: Write) -> None:
    rows = [[WELDER, "essential", "skill", f"nergens-{number}"] for number in range(SHOWN + 5)]
    told = _told(write(_with("occupationSkillRelations_nl.csv", *rows)))

    assert f"Relaties met een begrip dat er niet is: {SHOWN + 5}, weggelaten." in told
    assert told[-1] == "  … en nog 5."
