"""The concepts of a taxonomy as JSON: compact, because a classification names 130,000 relations."""

import json
from collections.abc import Iterable
from dataclasses import asdict
from itertools import chain
from typing import Any

from skills_taxonomy.model import (
    Collection,
    Concept,
    Group,
    Occupation,
    Sector,
    Skill,
    SkillKind,
    Source,
    TaxonomyData,
    World,
)

_REFERENCES = ("broader", "related", "essential", "optional")
"""Fields with ids of other concepts; stored as numbers, counted over groups, skills and occupations."""


def to_json(data: TaxonomyData) -> str:
    """Return `data` as JSON: the same data give the same text."""
    numbers = {concept.id: number for number, concept in enumerate(_all(data))}

    def row(concept: Concept) -> dict[str, Any]:
        fields = {name: value for name, value in asdict(concept).items() if value}
        for name in _REFERENCES:
            if name in fields:
                fields[name] = [numbers[other] for other in fields[name]]
        if "collections" in fields:
            fields["collections"] = sorted(fields["collections"])
        return fields

    stored = {
        "groups": [row(group) for group in data.groups.values()],
        "skills": [row(skill) for skill in data.skills.values()],
        "occupations": [row(occupation) for occupation in data.occupations.values()],
        "sources": [asdict(source) for source in data.sources],
    }
    return json.dumps(stored, ensure_ascii=False, separators=(",", ":"))


def from_json(text: str) -> TaxonomyData:
    """Return the data that `to_json` wrote."""
    stored = json.loads(text)
    ids = [row["id"] for row in chain(stored["groups"], stored["skills"], stored["occupations"])]

    def fields(row: dict[str, Any]) -> dict[str, Any]:
        for name in _REFERENCES:
            if name in row:
                row[name] = tuple([ids[number] for number in row[name]])
        row["names"] = tuple(row.get("names", ()))
        return row

    def occupation(row: dict[str, Any]) -> Occupation:
        row["sector"], row["world"] = Sector(row["sector"]), World(row["world"])
        return Occupation(**{"essential": (), **fields(row)})

    def skill(row: dict[str, Any]) -> Skill:
        row["kind"] = SkillKind(row["kind"])
        row["collections"] = frozenset(map(Collection, row.get("collections", ())))
        return Skill(**fields(row))

    return TaxonomyData(
        occupations=_by_id(map(occupation, stored["occupations"])),
        skills=_by_id(map(skill, stored["skills"])),
        groups=_by_id(Group(**fields(row)) for row in stored["groups"]),
        sources=tuple(Source(**source) for source in stored["sources"]),
    )


def _by_id[C: Concept](concepts: Iterable[C]) -> dict[str, C]:
    return {concept.id: concept for concept in concepts}


def _all(data: TaxonomyData) -> Iterable[Concept]:
    return chain(data.groups.values(), data.skills.values(), data.occupations.values())
