"""The tree of skill groups as `skillsHierarchy` writes it: one row a group, with all groups above it."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count

from skills_taxonomy.esco.tables import Row

FIRST_LEVEL = "Level 0 preferred term"
"""The column with the name of the topmost group."""


@dataclass(frozen=True, slots=True)
class Level:
    """One group on the way from the top to the group of a row."""

    uri: str
    name: str
    code: str


def levels(row: Row) -> Sequence[Level]:
    """Return the groups of a row, the topmost first; none when a level between them is empty."""
    found: list[Level] = []
    for number in count():
        if f"Level {number} URI" not in row.cells:
            return found
        level = Level(*(row[f"Level {number} {what}"] for what in ("URI", "preferred term", "code")))
        if level.uri and len(found) < number:
            return ()
        if level.uri:
            found.append(level)
    raise AssertionError
