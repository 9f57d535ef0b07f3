"""CSV files of a release, row by row, packed or not."""

import csv
import gzip
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from skills_taxonomy.esco.problems import Problem, Problems
from skills_taxonomy.loading import Fault, TaxonomyDataError

MOST_LETTERS = 10_000_000
"""In one cell. Python stops at 131,072, but thousands of top concepts of a scheme may stand in one."""

_ROWS_A_STEP = 25_000

type Progress = Callable[[str], None]
"""Is given a line of Dutch after each step."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row, and the line of the file it starts on."""

    file: str
    line: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        """Return what stands in a column; nothing when the file does not have it."""
        return self.cells.get(column, "").strip()

    def fault(self, message: str) -> Fault:
        """Say what is wrong with this row."""
        return Fault(self.file, self.line, message)


def header(path: Path) -> tuple[str, ...]:
    """Return the names of the columns; none when the file is empty.

    Raises:
        TaxonomyDataError: the file is no CSV in UTF-8.
    """
    return tuple(name.strip() for name in next((cells for _, cells in _records(path)), ()))


def rows(path: Path, problems: Problems, *, may_be_short: bool = False) -> Iterator[Row]:
    """Yield the rows below the header, leaving out those that do not fit it.

    Where rows may be short, the cells that are missing at the end are empty.

    Raises:
        TaxonomyDataError: the file is no CSV in UTF-8.
    """
    records = _records(path)
    _, columns = next(records)
    columns = [name.strip() for name in columns]
    for line, found in records:
        missing = len(columns) - len(found) if may_be_short and found else 0
        cells = [*found, *[""] * missing]
        if len(cells) == len(columns):
            yield Row(path.name, line, dict(zip(columns, cells, strict=True)))
        elif cells:
            message = f"de rij heeft {len(cells)} cellen; er zijn {len(columns)} kolommen"
            problems.add(Problem.CELLS, Fault(path.name, line, message))


def rows_telling(
    path: Path, problems: Problems, progress: Progress, *, may_be_short: bool = False
) -> Iterator[Row]:
    """Yield what `rows` does, and tell how far it is."""
    number = 0
    for number, row in enumerate(rows(path, problems, may_be_short=may_be_short), start=1):
        yield row
        if number % _ROWS_A_STEP == 0:
            progress(f"{path.name}: {number} rijen …")
    progress(f"{path.name}: {number} rijen gelezen.")


def _records(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Yield each record with the line it starts on; whatever cannot be read is one fault."""
    csv.field_size_limit(MOST_LETTERS)
    line = 1
    try:
        with _open(path) as file:
            reader = csv.reader(_lines(file), strict=True)
            for cells in reader:
                yield line, cells
                line = reader.line_num + 1
    except UnicodeDecodeError as error:
        # The decoder reads ahead, so the reader does not know which line it was.
        message = "is geen UTF-8; gebruik het bestand zoals ESCO het geeft"
        raise TaxonomyDataError([Fault(path.name, _undecodable_line(path), message)]) from error
    except (csv.Error, ValueError) as error:
        raise TaxonomyDataError([Fault(path.name, line, f"is geen goede CSV: {error}")]) from error
    except (OSError, EOFError, zlib.error) as error:
        raise TaxonomyDataError([Fault(path.name, 0, f"is niet te lezen: {error}")]) from error


def _lines(file: IO[str]) -> Iterator[str]:
    for line in file:
        if "\0" in line:
            message = "er staat een NUL-teken in"
            raise ValueError(message)
        yield line


def _open(path: Path) -> IO[str]:
    # A spreadsheet puts a byte order mark first; newlines within quotes are the reader's business.
    if path.suffix == ".gz":
        return gzip.open(path, "rt", encoding="utf-8-sig", newline="")
    return path.open(encoding="utf-8-sig", newline="")


def _undecodable_line(path: Path) -> int:
    with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            try:
                line.decode()
            except UnicodeDecodeError:
                return number
    return 0
