"""From rows of text to courses, jobs or initiatives, or to every fault in them."""

from collections.abc import Iterator
from difflib import get_close_matches
from typing import Any

from counter.imports.model import ImportFault, ImportFaultsError
from counter.imports.reading import Row, Table
from counter.imports.sheets import Sheet
from counter.imports.values import UnusableValueError, quoted, tidy


def check[Item](sheet: Sheet[Item], table: Table) -> tuple[Item, ...]:
    """Return what the rows hold.

    Raises:
        ImportFaultsError: something is wrong; it names everything that is.
    """
    faults = [*table.faults, *_column_faults(sheet, table)]
    items: list[Item] = []
    row_of_id: dict[str, int] = {}
    for row in table.rows:
        values, row_faults = _values(sheet, row, columns=frozenset(table.columns))
        identity = values.get("id")
        if identity in row_of_id:
            message = f"{quoted(identity)} staat ook in rij {row_of_id[identity]}."
            row_faults.append(ImportFault(row=row.number, column="id", message=message))
        elif identity is not None:
            row_of_id[identity] = row.number
        faults.extend(row_faults)
        if not faults:
            items.append(sheet.build(**values))
    if faults:
        raise ImportFaultsError(faults)
    return tuple(items)


def _column_faults[Item](sheet: Sheet[Item], table: Table) -> Iterator[ImportFault]:
    for column in table.columns:
        if column not in sheet.columns:
            near = get_close_matches(column, sheet.columns, n=1)
            hint = f"Bedoel je {near[0]}?" if near else f"Dit zijn ze: {', '.join(sheet.columns)}."
            yield ImportFault(column=column, message=f"deze kolom ken ik niet. {hint}")
    for name, column_rules in sheet.columns.items():
        if column_rules.required and name not in table.columns:
            yield ImportFault(column=name, message="deze kolom ontbreekt.")


def _values[Item](
    sheet: Sheet[Item], row: Row, *, columns: frozenset[str]
) -> tuple[dict[str, Any], list[ImportFault]]:
    """Return the values of the columns without a fault, and the faults."""
    values: dict[str, Any] = {}
    faults: list[ImportFault] = []
    for name, column in sheet.columns.items():
        try:
            cell = tidy(row.cells.get(name, ""))
            if cell:
                values[name] = column.parse(cell)
            elif not column.required:
                values[name] = column.empty
            elif name in columns:
                faults.append(ImportFault(row=row.number, column=name, message="dit moet ingevuld zijn."))
        except UnusableValueError as error:
            faults.append(ImportFault(row=row.number, column=name, message=str(error)))
    faults.extend(
        ImportFault(row=row.number, column=name, message=message)
        for name, message in sheet.disagreements(values)
    )
    return values, faults
