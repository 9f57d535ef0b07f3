"""A table of figures: ours, the peer's, what lies between, what was aimed at and whether it was reached."""

from collections.abc import Sequence
from dataclasses import astuple, dataclass

from launcher.places import PRIVATE

REPORTS = PRIVATE / "reports"

_HEADER = ("", "ours", "peer", "between", "aim", "")
_REACHED = {True: "reached", False: "NOT reached", None: ""}


@dataclass(frozen=True, kw_only=True)
class Row:
    """One measure, as text to read; `reached` is None where nothing is aimed at."""

    measure: str
    ours: str
    peer: str = ""
    between: str = ""
    aim: str = ""
    reached: bool | None = None


def ratio(ours: float, peer: float) -> str:
    """Return how many times the peer's figure ours is."""
    return f"{ours / peer:.2f} ×" if peer else ""


def table(rows: Sequence[Row]) -> str:
    """Return the rows as lines of text, columns under each other."""
    lines = [_HEADER, *((*astuple(row)[:-1], _REACHED[row.reached]) for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(_HEADER))]
    padded = [[cell.ljust(width) for cell, width in zip(line, widths, strict=True)] for line in lines]
    return "\n".join("  ".join(cells).rstrip() for cells in padded)
