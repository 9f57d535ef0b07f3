"""What an administrator sees who imports a release of ESCO."""

from pathlib import Path

import pytest

from app.commands import import_esco, taxonomy_of
from app.settings import Settings


def _settings(tmp_path: Path) -> Settings:
    return Settings(database_url="sqlite://", internal_token="geheim", taxonomy_folder=tmp_path / "taxonomy")


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
