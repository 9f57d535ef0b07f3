"""Importing a file: read, check, compare with what is known, store all or nothing."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Protocol

from sqlalchemy.ext.asyncio import AsyncSession

from counter.database import Database
from counter.imports.checking import check
from counter.imports.courses import FromSource, take_in
from counter.imports.model import ImportCounts, Kind
from counter.imports.reading import bytes_of, read_table
from counter.imports.sheets import Sheet, course_sheet, initiative_sheet, job_sheet
from counter.initiatives.storage import all_initiatives
from counter.open_hiring.storage import all_jobs
from counter.services import Counter


class _Identified(Protocol):
    @property
    def id(self) -> str: ...


async def import_file(
    kind: Kind,
    path: Path,
    counter: Counter,
    report: Callable[[str], None] = lambda _line: None,
    *,
    source: FromSource | None = None,
) -> ImportCounts:
    """Store what the file holds: new ids are added, known ones replaced, the others stay as they are.

    Of courses the file may be all that a `source` has; what that has no more is then closed.
    `report` is given a line of Dutch after each step.

    Raises:
        ImportFaultsError: nothing was stored; it names everything that is wrong.
    """
    match kind:
        case Kind.COURSES:
            courses = await _items(course_sheet(counter.gazetteer), path, report)
            return await take_in(courses, counter.courses.intake, source, report)
        case Kind.JOBS:
            jobs = await _items(job_sheet(counter.gazetteer), path, report)
            return await _store(jobs, counter.database, all_jobs, counter.open_hiring.store, report)
        case Kind.INITIATIVES:
            initiatives = await _items(initiative_sheet(counter.gazetteer), path, report)
            return await _store(
                initiatives, counter.database, all_initiatives, counter.initiatives.store, report
            )


async def _items[Item](sheet: Sheet[Item], path: Path, report: Callable[[str], None]) -> tuple[Item, ...]:
    # Off the event loop: a large file would hold up conversations in the same process.
    table = await asyncio.to_thread(lambda: read_table(path.name, bytes_of(path)))
    report(f"{path.name}: {len(table.rows)} {'rij' if len(table.rows) == 1 else 'rijen'} gelezen.")
    items = await asyncio.to_thread(check, sheet, table)
    report("Alle rijen zijn goed.")
    return items


async def _store[Item: _Identified](
    items: Sequence[Item],
    database: Database,
    all_known: Callable[[AsyncSession], Awaitable[Sequence[Item]]],
    store: Callable[[Sequence[Item]], Awaitable[None]],
    report: Callable[[str], None],
) -> ImportCounts:
    async with database.session() as session:
        known = {item.id: item for item in await all_known(session)}
    new = [item for item in items if item.id not in known]
    changed = [item for item in items if item.id in known and item != known[item.id]]
    if new or changed:
        await store([*new, *changed])
    counts = ImportCounts(new=len(new), changed=len(changed), unchanged=len(items) - len(new) - len(changed))
    report(f"Klaar: {counts.new} nieuw, {counts.changed} gewijzigd, {counts.unchanged} waren al hetzelfde.")
    return counts
