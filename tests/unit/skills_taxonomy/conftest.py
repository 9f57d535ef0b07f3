"""A taxonomy small enough to read, as rows of the two files."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from skills_taxonomy import Taxonomy

type Row = dict[str, Any]


def _skill(slug: str, name: str, *names: str, kind: str = "technisch") -> Row:
    return {"id": f"vaardigheid/{slug}", "name": name, "names": list(names), "kind": kind, "esco": None}


def _occupation(slug: str, name: str, *names: str, essential: list[str], optional: list[str]) -> Row:
    return {
        "id": f"beroep/{slug}",
        "name": name,
        "names": list(names),
        "description": "Je doet iets nuttigs.",
        "sector": "techniek",
        "world": "wonen-werken-verkeer",
        "essential": [f"vaardigheid/{skill}" for skill in essential],
        "optional": [f"vaardigheid/{skill}" for skill in optional],
        "esco": None,
    }


SKILLS = [
    _skill("lassen", "lassen", "laswerk doen", "metaal lassen"),
    _skill("frezen", "frezen", "frezen en draaien"),
    _skill("koken", "koken", "maaltijden bereiden", kind="dagelijks"),
    _skill("schoonmaken", "schoonmaken", "kantoren schoonmaken"),
    _skill("brommers", "brommers repareren", "sleutelen aan brommers", kind="dagelijks"),
    _skill("fietsen", "fietsen repareren"),
    _skill("mantelzorg", "zorgen voor een familielid", "zorgen voor mijn moeder", kind="dagelijks"),
    _skill("snel-leren", "snel leren", kind="sociaal"),
    _skill("geld", "omgaan met geld", kind="dagelijks"),
    _skill("engels", "Engels spreken", kind="taal"),
    _skill("team", "monteurs aansturen", kind="organiseren"),
    _skill("heftruck", "heftruck rijden", kind="logistiek"),
]
OCCUPATIONS = [
    _occupation("lasser", "lasser", "lasster", essential=["lassen", "frezen"], optional=["snel-leren"]),
    _occupation("kok", "kok", "kokkin", essential=["koken"], optional=["schoonmaken", "geld"]),
    _occupation("monteur", "fietsenmaker", "monteur", essential=["fietsen", "brommers"], optional=["geld"]),
    _occupation(
        "vrachtwagen", "vrachtwagenchauffeur", "trucker", essential=["heftruck"], optional=["engels"]
    ),
    _occupation(
        "taxi", "taxichauffeur", "chauffeur personenvervoer", essential=["engels"], optional=["geld"]
    ),
    _occupation("verkoper", "verkoper in een winkel", "verkoper", essential=["geld"], optional=["engels"]),
]


@pytest.fixture
def rows() -> tuple[list[Row], list[Row]]:
    """Occupations and skills, as copies a test may spoil."""
    return json.loads(json.dumps([OCCUPATIONS, SKILLS]))


@pytest.fixture
def write(tmp_path: Path) -> Callable[[list[Row], list[Row]], Path]:
    """Write occupations and skills as the two files of a taxonomy, and return their folder."""

    def write_rows(occupations: list[Row], skills: list[Row]) -> Path:
        for name, lines in (("occupations", occupations), ("skills", skills)):
            text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
            (tmp_path / f"{name}.jsonl").write_text(text, encoding="utf-8")
        return tmp_path

    return write_rows


@pytest.fixture(scope="session")
def taxonomy(tmp_path_factory: pytest.TempPathFactory) -> Taxonomy:
    """The small taxonomy."""
    folder = tmp_path_factory.mktemp("taxonomy")
    for name, lines in (("occupations", OCCUPATIONS), ("skills", SKILLS)):
        (folder / f"{name}.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    return Taxonomy.load(folder)
