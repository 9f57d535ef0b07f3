"""What ESCO's numbers mean to the counter: ISCO → sector and world, skill group → kind."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from skills_taxonomy.loading import STARTER_DATA
from skills_taxonomy.model import Sector, SkillKind, World


@dataclass(frozen=True, slots=True)
class Place:
    """Where the counter puts an occupation."""

    sector: Sector
    world: World


def place_of(isco: str) -> Place:
    """Return the place of an occupation by its ISCO number; the whole labour market's when it is empty."""
    return _longest_prefix(_places(), isco)


def kind_of(group: str) -> SkillKind:
    """Return the kind of the skills in a group, by its number in ESCO (`S5.1`) or ISCED-F (`0613`)."""
    return _longest_prefix(_kinds(), group)


def _longest_prefix[Value](values: Mapping[str, Value], code: str) -> Value:
    # Both files have a row for the empty prefix, so one always fits.
    return next(values[code[:end]] for end in range(len(code), -1, -1) if code[:end] in values)


@cache
def _places() -> Mapping[str, Place]:
    return {row["prefix"]: Place(Sector(row["sector"]), World(row["world"])) for row in _table("isco.csv")}


@cache
def _kinds() -> Mapping[str, SkillKind]:
    return {row["prefix"]: SkillKind(row["kind"]) for row in _table("skill_groups.csv")}


def _table(name: str) -> list[dict[str, str]]:
    with (STARTER_DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
