"""In which language a file without a language in its name is read."""

from pathlib import Path

import pytest

from skills_taxonomy.esco import read_esco
from skills_taxonomy.loading import TaxonomyDataError
from tests.unit.skills_taxonomy.esco.conftest import RELEASE, WELDER, WELDING, Write

OCCUPATIONS = {"occupations.csv": RELEASE["occupations_nl.csv"]}


def _moved(folder: Path, name: str) -> Path:
    moved = folder / name
    moved.mkdir()
    for file in folder.glob("*.csv"):
        file.rename(moved / file.name)
    return moved


@pytest.mark.parametrize("name", ["nl", "esco_NL", "ESCO dataset - v1.2.0 - classification - nl - csv"])
def test_the_name_of_the_folder_tells_it(write: Write, tmp_path: Path, name: str) -> None:
    write(OCCUPATIONS)
    imported = read_esco(_moved(tmp_path, name))

    assert imported.data.occupations[WELDER].language == "nl"
    assert "occupations.csv: gelezen als Nederlands, volgens de naam van de map." in imported.report.lines()


def test_the_other_files_tell_it_when_they_agree(write: Write) -> None:
    imported = read_esco(write({**OCCUPATIONS, "skills_en.csv": RELEASE["skills_en.csv"]}))

    assert (imported.data.occupations[WELDER].language, imported.data.skills[WELDING].language) == (
        "en",
        "en",
    )
    assert (
        "occupations.csv: gelezen als Engels, volgens de andere bestanden in de map."
        in imported.report.lines()
    )


@pytest.mark.parametrize("others", [(), ("skills_nl.csv", "skills_en.csv")])
def test_when_nothing_tells_it_the_file_is_refused_with_what_to_do(
    write: Write, others: tuple[str, ...]
) -> None:
    with pytest.raises(TaxonomyDataError) as refusal:
        read_esco(write({**OCCUPATIONS, **{name: RELEASE[name] for name in others}}))

    assert str(refusal.value) == (
        "occupations.csv:0: de naam zegt niet in welke taal dit bestand is; "
        "noem het occupations_nl.csv (Nederlands) of occupations_en.csv (Engels)"
    )


def test_a_folder_in_another_language_has_nothing_for_us(write: Write, tmp_path: Path) -> None:
    write(OCCUPATIONS)

    with pytest.raises(TaxonomyDataError, match="geen CSV-bestand van ESCO"):
        read_esco(_moved(tmp_path, "esco_fr"))


@pytest.mark.parametrize("name", ["beroepen en banen", "beroepen_en_banen", "wat-is-esco"])
def test_a_word_in_the_name_of_a_folder_is_no_language(write: Write, tmp_path: Path, name: str) -> None:
    write(OCCUPATIONS)

    with pytest.raises(TaxonomyDataError, match="in welke taal"):
        read_esco(_moved(tmp_path, name))
