"""What becomes of a release without faults, whole or in part."""

import gzip
from collections.abc import Mapping
from pathlib import Path

import pytest

from skills_taxonomy.esco import read_esco
from skills_taxonomy.model import Collection, Group, Sector, SkillKind, World
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


def test_a_skill_that_is_essential_and_optional_is_essential(write: Write, tmp_path: Path) -> None:
    pipe_welder = read_esco(write(RELEASE)).data.occupations[PIPE_WELDER]

    assert (pipe_welder.essential, pipe_welder.optional) == ((WELDING,), ())
    told = _told(tmp_path)
    assert "Vaardigheden die bij een beroep moeten én helpen: 1, 'moet' telt." in told
    assert f"  occupationSkillRelations_nl.csv:5: {PIPE_WELDER} → {WELDING}" in told


def test_groups_keep_their_number_and_what_is_above_them(write: Write) -> None:
    groups = read_esco(write(RELEASE)).data.groups

    assert (groups[ISCO_7212].code, groups[ISCO_7212].broader) == ("7212", (ISCO_7,))
    assert groups[S5].name == "computers"


def test_version_and_licence_come_along(write: Write) -> None:
    (source,) = read_esco(write(RELEASE)).data.sources

    assert (source.name, source.version) == ("ESCO", "1.2.0")
    assert source.notice == "This service uses the ESCO classification of the European Commission."


def test_a_version_by_the_name_of_the_folder_is_told_as_such(write: Write, tmp_path: Path) -> None:
    write({"occupations_nl.csv": RELEASE["occupations_nl.csv"]})
    folder = tmp_path / "ESCO dataset - v1.1.1 - classification - nl - csv"
    folder.mkdir()
    (tmp_path / "occupations_nl.csv").rename(folder / "occupations_nl.csv")

    imported = read_esco(folder)
    assert imported.data.sources[0].version == "1.1.1 (volgens de mapnaam)"
    assert (
        "Geen bestand zegt welke versie van ESCO dit is. Versie volgens de mapnaam: 1.1.1."
        in imported.report.lines()
    )


def test_a_version_in_the_names_of_files_is_for_the_administrator_alone(write: Write) -> None:
    folder = write(
        {
            "skills_nl_v1.9.0.csv": RELEASE["skills_nl.csv"],
            "beroepen_nl_v1.10.0.csv": RELEASE["occupations_nl.csv"],
        }
    )
    told = _told(folder)

    assert read_esco(folder).data.sources[0].version == "onbekend"
    assert told[:4] == [
        "ESCO, versie onbekend. This service uses the ESCO classification of the European Commission.",
        "Geen bestand zegt welke versie van ESCO dit is.",
        "Versie volgens de bestandsnamen: 1.9.0 (skills_nl_v1.9.0.csv) en 1.10.0 (beroepen_nl_v1.10.0.csv).",
        "Er staan bestanden van verschillende versies bij elkaar.",
    ]


def test_two_versions_inside_are_no_version(write: Write) -> None:
    schemes = [*RELEASE["conceptSchemes_nl.csv"], ["ConceptScheme", "esco/occupations", "ESCO v1.1.0"]]
    folder = write({**RELEASE, "conceptSchemes_nl.csv": schemes})

    assert read_esco(folder).data.sources[0].version == "onbekend"
    assert "conceptSchemes noemt meer dan één versie van ESCO: 1.1.0, 1.2.0." in _told(folder)


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
    told = _told(
        write({**RELEASE, "occupationSkillRelations_nl.csv": RELEASE["occupationSkillRelations_nl.csv"][:-1]})
    )

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


def test_what_a_file_says_is_gone_is_left_out_and_counted(write: Write) -> None:
    old = [["conceptUri", "preferredLabel", "in_v1.2.0"], [WELDING, "lassen", "1"], [METALS, "metalen", "0"]]
    told = _told(write({"skills_nl.csv": old}))

    assert "Vaardigheden: 1." in told
    assert "Volgens skills_nl.csv niet meer in ESCO 1.2.0, weggelaten: 1 vaardigheden." in told


def test_what_one_file_says_is_gone_and_another_has_stays(write: Write) -> None:
    old = [["conceptUri", "preferredLabel_nl", "in_v1.1"], [METALS, "metaal", "0"]]
    folder = write({**RELEASE, "oud.csv": old})

    assert read_esco(folder).data.skills[METALS].name == "metalen"
    assert not any("niet meer in ESCO" in line for line in _told(folder))


def test_what_is_assumed_of_missing_columns_is_said(write: Write) -> None:
    folder = write({"skills_nl.csv": [["conceptUri", "preferredLabel"], [WELDING, "lassen"]]})
    told = _told(folder)

    assert WELDING in read_esco(folder).data.skills
    assert (
        "skills_nl.csv: kolom conceptType ontbreekt; de soort komt uit het adres (URI) van elk begrip."
        in told
    )
    assert "skills_nl.csv: kolom status ontbreekt; aangenomen dat ESCO alles erin heeft vrijgegeven." in told
    assert not any("kolom" in line for line in _told(write(RELEASE)) if "skills_nl" not in line)


def test_progress_is_told_file_by_file(write: Write) -> None:
    told: list[str] = []
    read_esco(write(RELEASE), told.append)

    assert "occupations_nl.csv: 2 rijen gelezen." in told


@pytest.mark.skipif(not REAL.exists(), reason="the partial release is not beside the project")
def test_the_real_partial_release_is_read() -> None:
    imported = read_esco(REAL)
    data = imported.data

    assert (len(data.occupations), len(data.skills), len(data.groups)) == (3039, 13933, 1259)
    assert sum(bool(occupation.essential) for occupation in data.occupations.values()) > 3000
    assert [official.stem for official in imported.report.folder.missing] == ["conceptSchemes"]
    assert data.sources[0].version == "onbekend"
    assert (
        "Volgens skills_nl_partial_v1.0.3.csv niet meer in ESCO 1.2.0, weggelaten: 101 vaardigheden."
        in imported.report.lines()
    )
    assert not any("cellen" in line for line in imported.report.lines())


@pytest.mark.skipif(not REAL.exists(), reason="the partial release is not beside the project")
def test_the_real_hierarchy_alone_gives_the_groups_of_the_whole_release(tmp_path: Path) -> None:
    """What `skillsHierarchy` says is what `skillGroups` and the relations say between them."""
    for name in ("skillsHierarchy_nl.csv", "skillGroups_nl.csv", "broaderRelationsSkillPillar_en.csv"):
        folder = tmp_path / ("alone" if name.startswith("skillsH") else "others")
        folder.mkdir(exist_ok=True)
        (folder / name).write_bytes((REAL / name).read_bytes())
    alone, others = (read_esco(tmp_path / folder).data.groups for folder in ("alone", "others"))

    def told(groups: Mapping[str, Group]) -> dict[str, tuple[object, ...]]:
        return {uri: (group.name, group.code, set(group.broader)) for uri, group in groups.items()}

    assert len(alone) == 640
    assert told(alone) == told(others)
