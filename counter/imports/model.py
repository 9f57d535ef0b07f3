"""What can be imported, what can be wrong with it, and what came of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a file holds, as people type it after `./loket import`."""

    COURSES = "courses"
    JOBS = "jobs"
    INITIATIVES = "initiatives"


@dataclass(frozen=True, kw_only=True)
class ImportFault:
    """Something wrong in a file, in Dutch; `row` is None when it concerns the file, or a column of every row.

    A row of a CSV file has the number a spreadsheet shows (the header is row 1);
    an object of a JSON file has its place in the list, from 1. What has no rows names the `item`.
    """

    message: str
    row: int | None = None
    column: str | None = None
    item: str | None = None

    def __str__(self) -> str:
        """Return the sentence for the administrator: "rij 7, kolom start: …", "cursus 12ab, veld name: …"."""
        where = [f"rij {self.row}"] if self.row is not None else []
        if self.item is not None:
            where.append(self.item)
        if self.column is not None:
            where.append(f"{'kolom' if self.item is None else 'veld'} {self.column}")
        return f"{', '.join(where)}: {self.message}" if where else self.message


class ImportFaultsError(ValueError):
    """The file cannot be imported; `faults` holds everything that is wrong with it."""

    def __init__(self, faults: Sequence[ImportFault]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = tuple(faults)


@dataclass(frozen=True, kw_only=True)
class ImportCounts:
    """How many rows were new, changed what was known, or said what was known already.

    A source that tells of all it has also reopens what it lacked before, and closes what it lacks now.
    """

    new: int
    changed: int
    unchanged: int
    reopened: int = 0
    closed: int = 0
