"""What becomes of a release without faults, whole or in part."""

import gzip
from pathlib import Path

import pytest

from skills_taxonomy.esco import read_esco
from skills_taxonomy.model import Collection, Sector, SkillKind, World
from tests.unit.skills_taxonomy.esco.conftest import (
    ISCO_7,
    ISCO_7212,
    METALS,
    PIPE_WELDER,
    PYTHON,
    RELEASE,
    S5,
    WELDER,
    WELDING,
    Write,
    as_csv,
)

REAL = Path(__file__).parents[4].parent / "shared" / "data" / "esco"


def _told(folder: Path) -> list[str]:
    return list(read_esco(folder).report.lines())


def test_an_occupation_has_its_names_place_groups_and_skills(write: Write) -> None:
    welder = read_esco(write(RELEASE)).data.occupations[WELDER]

    assert (welder.name, welder.names, welder.language) == ("lasser", ("lasster", "booglasser"), "nl")
    assert (welder.sector, welder.world) == (Sector.TECHNIEK, World.HIGHTECH_SCIENCE)
    assert (welder.essential, welder.optional) == ((WELDING,), (METALS,))
    assert (welder.description, welder.broader) == ("Last metaal.", (ISCO_7212,))


def test_a_skill_with_a_dutch_name_has_no_english_ones(write: Write) -> None:
    welding = read_esco(write(RELEASE)).data.skills[WELDING]

    assert (welding.all_names, welding.language) == (("lassen", "laswerk"), "nl")
    assert (welding.kind, welding.related) == (SkillKind.AMBACHT, (METALS,))


def test_a_skill_without_a_dutch_name_shows_that_its_name_is_english(write: Write) -> None:
    python = read_esco(write(RELEASE)).data.skills[PYTHON]

    assert (python.all_names, python.language) == (
        ("Python", "Python programming", "program in Python"),
        "en",
    )
    assert (python.kind, python.collections) == (SkillKind.DIGITAAL, {Collection.DIGITAL})


def test_a_skill_that_is_essential_and_optional_is_essential(write: Write) -> None:
    pipe_welder = read_esco(write(RELEASE)).data.occupations[PIPE_WELDER]

    assert (pipe_welder.essential, pipe_welder.optional) == ((WELDING,), ())


def test_groups_keep_their_number_and_what_is_above_them(write: Write) -> None:
    groups = read_esco(write(RELEASE)).data.groups

    assert (groups[ISCO_7212].code, groups[ISCO_7212].broader) == ("7212", (ISCO_7,))
    assert groups[S5].name == "computers"


def test_version_and_licence_come_along(write: Write) -> None:
    (source,) = read_esco(write(RELEASE)).data.sources

    assert (source.name, source.version) == ("ESCO", "1.2.0")
    assert source.notice == "This service uses the ESCO classification of the European Commission."


def test_without_a_version_inside_the_name_of_the_folder_tells_it(write: Write, tmp_path: Path) -> None:
    write({"occupations_nl.csv": RELEASE["occupations_nl.csv"]})
    folder = tmp_path / "ESCO dataset - v1.1.1 - classification - nl - csv"
    folder.mkdir()
    (tmp_path / "occupations_nl.csv").rename(folder / "occupations_nl.csv")

    assert read_esco(folder).data.sources[0].version == "1.1.1"


def test_a_number_in_a_text_is_no_version(write: Write) -> None:
    schemes = [["conceptSchemeUri", "description"], ["esco/skills", "Since 1.5 years, over 1.25 million."]]
    release = {"occupations_nl.csv": RELEASE["occupations_nl.csv"], "conceptSchemes_nl.csv": schemes}

    assert read_esco(write(release)).data.sources[0].version == "onbekend"


def test_the_report_counts_and_says_what_is_missing(write: Write) -> None:
    release = dict(RELEASE)
    del release["ISCOGroups_nl.csv"]
    told = _told(write(release))

    assert "Beroepen: 2." in told
    assert "Vaardigheden: 3, waarvan 1 zonder Nederlandse naam; daar staat de Engelse." in told
    assert "Niet in de map: ISCOGroups. Gevolg: geen groepen boven de beroepen." in told


def test_a_whole_release_misses_nothing(write: Write) -> None:
    told = _told(write(RELEASE))

    assert [line for line in told if "Niet" in line or "weggelaten" in line] == []


def test_files_with_other_names_are_known_by_their_columns(write: Write) -> None:
    imported = read_esco(
        write(
            {
                "beroepen_nl.csv": RELEASE["occupations_nl.csv"],
                "labels.csv": [
                    ["conceptUri", "preferredLabel_nl_v1.0.3", "preferredLabel_en"],
                    [WELDING, "lassen", "weld"],
                    [PYTHON, "", "Python"],
                ],
                "wie_wat.csv": [
                    ["occupationUri", "relationType", "skillUri"],
                    [WELDER, "essential", WELDING],
                ],
            }
        )
    )

    assert imported.data.skills[PYTHON].language == "en"
    assert imported.data.skills[WELDING].all_names == ("lassen",)
    assert imported.data.occupations[WELDER].essential == (WELDING,)


def test_a_packed_file_is_read_too(tmp_path: Path) -> None:
    packed = gzip.compress(as_csv(RELEASE["occupations_nl.csv"]).encode())
    (tmp_path / "occupations_nl.csv.gz").write_bytes(packed)

    assert read_esco(tmp_path).data.occupations[WELDER].name == "lasser"


def test_files_of_no_use_are_named(write: Write) -> None:
    french = {"occupations_fr.csv": RELEASE["occupations_nl.csv"], "dictionary_nl.csv": [["filename"]]}
    told = _told(write({**RELEASE, **french}))

    assert any(line.endswith("namen: dictionary_nl.csv, occupations_fr.csv.") for line in told)


def test_what_is_not_released_is_left_out_and_counted(write: Write) -> None:
    skills = [*RELEASE["skills_nl.csv"]]
    skills[2] = ["KnowledgeSkillCompetence", METALS, "metalen", "", "obsolete"]
    folder = write({**RELEASE, "skills_nl.csv": skills})

    assert METALS not in read_esco(folder).data.skills
    assert "Niet vrijgegeven door ESCO, weggelaten: 1 vaardigheden." in _told(folder)
    assert not any("begrip dat er niet is" in line for line in _told(folder))


def test_progress_is_told_file_by_file(write: Write) -> None:
    told: list[str] = []
    read_esco(write(RELEASE), told.append)

    assert "occupations_nl.csv: 2 rijen gelezen." in told


@pytest.mark.skipif(not REAL.exists(), reason="the partial release is not beside the project")
def test_the_real_partial_release_is_read() -> None:
    imported = read_esco(REAL)
    data = imported.data

    assert (len(data.occupations), len(data.skills), len(data.groups)) == (3039, 14034, 1259)
    assert sum(bool(occupation.essential) for occupation in data.occupations.values()) > 3000
    assert [official.stem for official in imported.report.folder.missing] == ["conceptSchemes"]
