"""From the bytes of a CSV or JSON file to rows of text."""

import csv
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import count, zip_longest
from pathlib import Path, PurePath
from typing import NoReturn

from counter.imports.model import ImportFault, ImportFaultsError

MAX_ROWS = 20_000
MAX_BYTES = 20_000_000


@dataclass(frozen=True, kw_only=True)
class Row:
    """One row: its number for people, and its cells as text by column."""

    number: int
    cells: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Table:
    """The rows of a file, and what was wrong with how they were written."""

    rows: tuple[Row, ...]
    columns: tuple[str, ...]
    faults: tuple[ImportFault, ...] = ()


def bytes_of(path: Path) -> bytes:
    """Return what a file holds.

    Raises:
        ImportFaultsError: it cannot be read, or is too large.
    """
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        reason = "bestaat niet" if isinstance(error, FileNotFoundError) else "is niet te lezen"
        raise ImportFaultsError([ImportFault(message=f"Het bestand {path} {reason}.")]) from error
    if len(data) > MAX_BYTES:
        message = f"Het bestand is te groot: {MAX_BYTES // 1_000_000} MB is het meeste."
        raise ImportFaultsError([ImportFault(message=message)])
    return data


def read_table(file_name: str, data: bytes) -> Table:
    """Return the rows of a CSV or JSON file, which its name tells apart.

    Raises:
        ImportFaultsError: the file as a whole cannot be read.
    """
    match PurePath(file_name).suffix.lower():
        case ".csv":
            table = _read_csv(decoded(data))
        case ".json":
            table = _read_json(decoded(data))
        case _:
            refuse("Gebruik een bestand dat eindigt op .csv of .json.")
    if not table.rows and not table.faults:
        refuse("Het bestand bevat geen rijen.")
    if len(table.rows) > MAX_ROWS:
        refuse(f"Het bestand heeft {len(table.rows)} rijen; {MAX_ROWS} is het meeste.")
    return table


def refuse(message: str, row: int | None = None) -> NoReturn:
    """Refuse the file as a whole.

    Raises:
        ImportFaultsError: always.
    """
    raise ImportFaultsError([ImportFault(row=row, message=message)])


def decoded(data: bytes) -> str:
    """Return the text of a file.

    Raises:
        ImportFaultsError: it is not UTF-8.
    """
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        refuse(
            f"Het bestand is geen UTF-8 (het gaat mis in regel {line}). "
            "Kies in Excel bij Opslaan als: 'CSV UTF-8'."
        )


def _read_csv(text: str) -> Table:
    header_line = next((line for line in text.splitlines() if line.strip()), "")
    # A Dutch spreadsheet writes semicolons, most other programs write commas.
    delimiter = ";" if header_line.count(";") > header_line.count(",") else ","
    records = _records(text, delimiter)
    header = next(records, None)
    if header is None:
        refuse("Het bestand is leeg.")
    names = [name.strip().lower() for name in header.cells]
    faults = [
        ImportFault(row=header.number, column=name, message="deze kolom staat er twee keer.")
        for name in dict.fromkeys(names)
        if name and names.count(name) > 1
    ]
    rows = []
    for record in records:
        named, nameless = {}, []
        for name, cell in zip_longest(names, record.cells, fillvalue=""):
            if name:
                named[name] = cell
            elif cell.strip():
                nameless.append(cell)
        # A spreadsheet may write empty columns at the right; only what stands in one would be lost.
        if nameless:
            message = "er staan meer cellen in deze rij dan er kolommen zijn."
            faults.append(ImportFault(row=record.number, message=message))
        rows.append(Row(number=record.number, cells=named))
    columns = tuple(name for name in dict.fromkeys(names) if name)
    return Table(rows=tuple(rows), columns=columns, faults=tuple(faults))


@dataclass(frozen=True, kw_only=True)
class _Record:
    """A line of a CSV file that holds something, with the row number a spreadsheet shows."""

    number: int
    cells: list[str]


def _records(text: str, delimiter: str) -> Iterator[_Record]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    for number in count(1):
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            refuse("deze rij is niet te lezen. Kloppen de aanhalingstekens?", row=number)
        if any(cell.strip() for cell in cells):
            yield _Record(number=number, cells=cells)


def _read_json(text: str) -> Table:
    try:
        content = json.loads(text)
    except json.JSONDecodeError as error:
        refuse(f"Het bestand is geen geldige JSON (regel {error.lineno}, teken {error.colno}).")
    except (ValueError, RecursionError):
        # Python reads no numbers of thousands of digits, nor lists nested thousands deep.
        refuse("Het bestand is geen geldige JSON.")
    if not isinstance(content, list):
        refuse("Een JSON-bestand moet een lijst zijn: [ {…}, {…} ].")
    rows, faults = [], []
    for number, item in enumerate(content, start=1):
        if not isinstance(item, dict):
            faults.append(ImportFault(row=number, message="dit is geen object: { … }."))
            continue
        cells: dict[str, str] = {}
        for name, value in item.items():
            column, cell = name.strip().lower(), _as_cell(value)
            if cell is None:
                message = "hier mag alleen tekst, een getal, ja of nee, of een lijst van teksten staan."
                faults.append(ImportFault(row=number, column=column, message=message))
            cells[column] = cell or ""
        rows.append(Row(number=number, cells=cells))
    columns = tuple(dict.fromkeys(name for row in rows for name in row.cells))
    return Table(rows=tuple(rows), columns=columns, faults=tuple(faults))


def _as_cell(value: object) -> str | None:
    """Return a JSON value as a CSV file would hold it, or None when it cannot."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case str() | int():
            return str(value)
        case float():
            return str(int(value)) if value.is_integer() else str(value)
        case list() if all(isinstance(part, str) for part in value):
            return "|".join(value)
        case _:
            return None
