"""A made-up release of a handful of concepts, file by file."""

import csv
import io
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

BASE = "http://data.europa.eu/esco"
WELDER, PIPE_WELDER = f"{BASE}/occupation/welder", f"{BASE}/occupation/pipe-welder"
WELDING, PYTHON, METALS = f"{BASE}/skill/welding", f"{BASE}/skill/python", f"{BASE}/skill/metals"
ISCO_7, ISCO_7212 = f"{BASE}/isco/C7", f"{BASE}/isco/C7212"
S6, S5, SKILLS = f"{BASE}/skill/s6", f"{BASE}/skill/s5", f"{BASE}/skill/s"

type Rows = list[list[str]]
type Release = Mapping[str, Rows]
type Write = Callable[[Release], Path]

_SKILL = "KnowledgeSkillCompetence"
_BROADER = ["conceptType", "conceptUri", "broaderType", "broaderUri"]
HIERARCHY = [
    *(f"Level {level} {what}" for level in range(3) for what in ("URI", "preferred term")),
    *(f"Level {level} code" for level in range(3)),
]

RELEASE: Release = {
    "occupations_nl.csv": [
        ["conceptType", "conceptUri", "iscoGroup", "preferredLabel", "altLabels", "status", "description"],
        ["Occupation", WELDER, "7212", "lasser", "lasster\nlasser\nbooglasser", "released", "Last metaal."],
        ["Occupation", PIPE_WELDER, "7212", "pijplasser", "", "released", ""],
    ],
    "skills_nl.csv": [
        ["conceptType", "conceptUri", "preferredLabel", "altLabels", "status"],
        [_SKILL, WELDING, "lassen", "laswerk", "released"],
        [_SKILL, METALS, "metalen", "", "released"],
    ],
    "skills_en.csv": [
        ["conceptType", "conceptUri", "preferredLabel", "altLabels", "status"],
        [_SKILL, WELDING, "weld", "do welding", "released"],
        [_SKILL, PYTHON, "Python", "Python programming | program in Python", "released"],
    ],
    "ISCOGroups_nl.csv": [
        ["conceptType", "conceptUri", "code", "preferredLabel", "status"],
        ["ISCOGroup", ISCO_7, "7", "Ambachtslieden", "released"],
        ["ISCOGroup", ISCO_7212, "7212", "Lassers", "released"],
    ],
    "skillGroups_nl.csv": [
        ["conceptType", "conceptUri", "preferredLabel", "code", "status"],
        ["SkillGroup", S6, "verplaatsen", "S6", "released"],
        ["SkillGroup", S5, "computers", "S5", "released"],
    ],
    "occupationSkillRelations_nl.csv": [
        ["occupationUri", "relationType", "skillType", "skillUri"],
        [WELDER, "essential", "skill", WELDING],
        [WELDER, "optional", "skill", METALS],
        [PIPE_WELDER, "optional", "skill", WELDING],
        [PIPE_WELDER, "essential", "skill", WELDING],
    ],
    "skillSkillRelations_nl.csv": [
        ["originalSkillUri", "originalSkillType", "relationType", "relatedSkillType", "relatedSkillUri"],
        [WELDING, "skill", "optional", "knowledge", METALS],
    ],
    "broaderRelationsOccPillar_nl.csv": [
        _BROADER,
        ["ISCOGroup", ISCO_7212, "ISCOGroup", ISCO_7],
        ["Occupation", WELDER, "ISCOGroup", ISCO_7212],
        ["Occupation", PIPE_WELDER, "Occupation", WELDER],
    ],
    "broaderRelationsSkillPillar_nl.csv": [
        _BROADER,
        [_SKILL, WELDING, "SkillGroup", S6],
        [_SKILL, PYTHON, "SkillGroup", S5],
    ],
    "skillsHierarchy_nl.csv": [
        HIERARCHY,
        [SKILLS, "vaardigheden", "", "", "", "", "S"],
        [SKILLS, "vaardigheden", S5, "computers", "", "", "S", "S5"],
        [SKILLS, "vaardigheden", S6, "verplaatsen", "", "", "S", "S6", ""],
    ],
    "greenSkillsCollection_nl.csv": [
        ["conceptType", "conceptUri", "preferredLabel", "status"],
        [_SKILL, METALS, "metalen", "released"],
    ],
    "digitalSkillsCollection_en.csv": [
        ["conceptType", "conceptUri", "preferredLabel", "status"],
        [_SKILL, PYTHON, "Python", "released"],
    ],
    "transversalSkillsCollection_nl.csv": [["conceptType", "conceptUri", "preferredLabel", "status"]],
    "conceptSchemes_nl.csv": [
        ["conceptType", "conceptSchemeUri", "title"],
        ["ConceptScheme", f"{BASE}/concept-scheme/skills", "ESCO v1.2.0"],
    ],
}


def as_csv(rows: Rows) -> str:
    """Write rows as ESCO does."""
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue()


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write files to a folder, and return it."""

    def write_files(release: Release) -> Path:
        for name, rows in release.items():
            (tmp_path / name).write_text(as_csv(rows), encoding="utf-8")
        return tmp_path

    return write_files
