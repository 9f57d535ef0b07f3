"""What an administrator sees who imports a release of ESCO, or the names of CompetentNL."""

import errno
from collections.abc import Sequence
from pathlib import Path

import pytest

from app import taxonomy_import
from app.commands import taxonomy_of
from app.settings import Settings
from app.taxonomy_import import import_competentnl, import_esco
from skills_taxonomy.meaning import Vectors


def _settings(tmp_path: Path) -> Settings:
    return Settings(database_url="sqlite://", internal_token="geheim", taxonomy_folder=tmp_path / "taxonomy")


@pytest.fixture(autouse=True)
def by_letters(monkeypatch: pytest.MonkeyPatch) -> None:
    """Build without meaning, which takes minutes and is tested elsewhere."""
    monkeypatch.setattr(taxonomy_import, "open_encoder", lambda: None)


@pytest.fixture
def release(tmp_path: Path) -> Path:
    """Give a release with one skill that the starter taxonomy does not have."""
    folder = tmp_path / "release"
    folder.mkdir()
    (folder / "skills_nl.csv").write_text(
        "conceptType,conceptUri,preferredLabel\n"
        "KnowledgeSkillCompetence,http://data.europa.eu/esco/skill/zeilen,zeilen met een botter\n",
        encoding="utf-8",
    )
    return folder


def test_a_release_comes_in_with_a_report(
    tmp_path: Path, release: Path, capsys: pytest.CaptureFixture[str]
) -> None:

    assert import_esco(_settings(tmp_path), release) == 0
    told = capsys.readouterr().out
    assert told.rstrip().endswith("Start het loket opnieuw: dan gebruikt Noor deze taxonomie.")
    assert "Vaardigheden: 1." in told
    assert "Niet in de map: occupations." in told
    assert "This service uses the ESCO classification of the European Commission." in told


def test_a_release_that_is_refused_changes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert import_esco(_settings(tmp_path), tmp_path / "nergens") == 1
    assert "De taxonomie is niet veranderd: 1 fout(en)." in capsys.readouterr().err
    assert not (tmp_path / "taxonomy").exists()


def test_until_a_release_comes_in_the_starter_taxonomy_is_used(tmp_path: Path, release: Path) -> None:
    settings = _settings(tmp_path)
    starter = taxonomy_of(settings)

    import_esco(settings, release)

    imported = taxonomy_of(settings)
    assert imported.search_skills("zeilen met een botter")[0].concept.name == "zeilen met een botter"
    assert imported.skills.keys() - starter.skills.keys() == {"http://data.europa.eu/esco/skill/zeilen"}
    assert imported.occupations.keys() == starter.occupations.keys()


SAILING = "http://data.europa.eu/esco/skill/zeilen"


def _names(tmp_path: Path, *rows: str) -> Path:
    file = tmp_path / "competentnl.csv"
    lines = ["id,label,altLabels,escoUri", *(row.format(SAILING) for row in rows), ""]
    file.write_text("\n".join(lines), encoding="utf-8")
    return file


def test_names_of_competentnl_come_in_after_esco(
    tmp_path: Path, release: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = _settings(tmp_path)
    import_esco(settings, release)

    assert import_competentnl(settings, _names(tmp_path, "cnl/1,botteren,,{}")) == 0

    sailing = taxonomy_of(settings).skills[SAILING]
    assert (sailing.names, sailing.competentnl) == (("botteren",), "cnl/1")
    assert "Begrippen met een kenmerk en namen van CompetentNL: 1." in capsys.readouterr().out


def test_names_of_competentnl_that_came_before_esco_wait_for_it(
    tmp_path: Path, release: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = _settings(tmp_path)

    assert import_competentnl(settings, _names(tmp_path, "cnl/1,botteren,,{}")) == 0
    told = capsys.readouterr().out
    assert "Er is nog geen ESCO ingelezen: de namen komen bij de starttaxonomie." in told
    assert "Namen van CompetentNL bij een begrip dat er niet is: 1, bewaard" in told
    import_esco(settings, release)

    assert taxonomy_of(settings).skills[SAILING].competentnl == "cnl/1"
    assert "De namen uit de vorige import van CompetentNL komen er weer bij." in capsys.readouterr().out


def test_a_later_release_of_esco_keeps_the_names_of_competentnl(tmp_path: Path, release: Path) -> None:
    settings = _settings(tmp_path)
    import_esco(settings, release)
    import_competentnl(settings, _names(tmp_path, "cnl/1,botteren,,{}"))
    file = release / "skills_nl.csv"
    file.write_text(file.read_text(encoding="utf-8").replace("met een botter", "op een botter"), "utf-8")
    import_esco(settings, release)

    assert taxonomy_of(settings).skills[SAILING].all_names == ("zeilen op een botter", "botteren")


def test_a_later_file_of_competentnl_replaces_the_earlier_one(tmp_path: Path, release: Path) -> None:
    settings = _settings(tmp_path)
    import_esco(settings, release)
    import_competentnl(settings, _names(tmp_path, "cnl/1,botteren,,{}"))
    import_competentnl(settings, _names(tmp_path, "cnl/2,platbodem varen,,{}"))

    sailing = taxonomy_of(settings).skills[SAILING]
    assert (sailing.names, sailing.competentnl) == (("platbodem varen",), "cnl/2")


def test_a_file_of_competentnl_in_the_folder_of_esco_replaces_the_earlier_one(
    tmp_path: Path, release: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = _settings(tmp_path)
    import_competentnl(settings, _names(tmp_path, "cnl/1,botteren,,{}"))
    _names(release, "cnl/2,platbodem varen,,{}")

    assert import_esco(settings, release) == 0
    assert taxonomy_of(settings).skills[SAILING].names == ("platbodem varen",)
    assert "De namen van CompetentNL komen uit deze map." in capsys.readouterr().out


def test_a_file_of_competentnl_that_is_refused_changes_nothing(
    tmp_path: Path, release: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = _settings(tmp_path)
    import_esco(settings, release)
    before = taxonomy_of(settings)

    assert import_competentnl(settings, _names(tmp_path, ",botteren,,{}")) == 1
    assert "De taxonomie is niet veranderd: 1 fout(en)." in capsys.readouterr().err
    assert taxonomy_of(settings).skills == before.skills


def test_a_folder_that_cannot_be_written_is_told_in_a_sentence(
    tmp_path: Path, release: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = _settings(tmp_path)
    settings.taxonomy_folder.write_text("een bestand", encoding="utf-8")

    assert import_esco(settings, release) == 1
    assert import_competentnl(settings, _names(tmp_path, "cnl/1,botteren,,{}")) == 1
    told = capsys.readouterr().err
    assert told.count(f"kan niet worden bewaard in {settings.taxonomy_folder}: dat is geen map.") == 2
    assert told.count("De taxonomie is niet veranderd.") == 2


def test_a_full_disk_leaves_the_taxonomy_in_use(
    tmp_path: Path, release: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = _settings(tmp_path)
    import_esco(settings, release)
    before = sorted(settings.taxonomy_folder.rglob("*"))
    monkeypatch.setattr(taxonomy_import, "open_encoder", _FullDisk)

    assert import_competentnl(settings, _names(tmp_path, "cnl/1,botteren,,{}")) == 1
    assert "de schijf is vol" in capsys.readouterr().err
    assert sorted(settings.taxonomy_folder.rglob("*")) == before


class _FullDisk:
    """An encoder on a disk that is full by the time it is asked."""

    def encode(self, texts: Sequence[str]) -> Vectors:
        raise OSError(errno.ENOSPC, f"No space left for {len(texts)}")


def test_of_many_contradictions_the_first_are_shown(
    tmp_path: Path, release: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with (release / "skills_nl.csv").open("a", encoding="utf-8") as file:
        file.writelines(f"KnowledgeSkillCompetence,{SAILING},naam {number}\n" for number in range(30))

    assert import_esco(_settings(tmp_path), release) == 1
    told = capsys.readouterr().err.splitlines()
    assert told[0] == f"skills_nl.csv:3: {SAILING} staat ook op regel 2, met andere gegevens"
    assert told[20:] == ["… en nog 10.", "De taxonomie is niet veranderd: 30 fout(en)."]
