"""Importing a file: read, check, compare with what is known, store all or nothing."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Protocol

from sqlalchemy.ext.asyncio import AsyncSession

from counter.database import Database
from counter.imports.checking import check
from counter.imports.courses import FromSource, take_in
from counter.imports.job_postings import in_own_words, read_postings
from counter.imports.model import ImportCounts, ImportFaultsError, Kind
from counter.imports.reading import Table, bytes_of, read_table
from counter.imports.sheets import Sheet, course_sheet, initiative_sheet, job_sheet
from counter.initiatives.storage import all_initiatives
from counter.open_hiring.model import Job
from counter.open_hiring.principle import load_principle
from counter.open_hiring.storage import all_jobs
from counter.services import Counter

# Files with JobPostings, and whether they are web pages.
_POSTINGS = {".jsonld": False, ".html": True, ".htm": True}


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
            jobs = await _jobs(counter, path, report)
            counts = await _store(jobs, counter.database, all_jobs, counter.open_hiring.store, report)
            await counter.job_lifecycle.named_again([job.id for job in jobs])
            await counter.job_lifecycle.look()
            return counts
        case Kind.INITIATIVES:
            initiatives = await _items(initiative_sheet(counter.gazetteer), path, report)
            return await _store(
                initiatives, counter.database, all_initiatives, counter.initiatives.store, report
            )


async def _jobs(counter: Counter, path: Path, report: Callable[[str], None]) -> tuple[Job, ...]:
    """Return the jobs of a file: of columns, or of JobPostings."""
    sheet, ending = job_sheet(counter.gazetteer), path.suffix.lower()
    if ending not in _POSTINGS:
        return await _items(sheet, path, report)

    def read(data: bytes) -> Table:
        return read_postings(
            data,
            is_page=_POSTINGS[ending],
            principle=load_principle(),
            sector_of=counter.job_drafts.sector_of,
        )

    try:
        return await _items(sheet, path, report, read)
    except ImportFaultsError as error:
        raise in_own_words(error) from error


async def _items[Item](
    sheet: Sheet[Item],
    path: Path,
    report: Callable[[str], None],
    read: Callable[[bytes], Table] | None = None,
) -> tuple[Item, ...]:
    read = read or (lambda data: read_table(path.name, data))
    # Off the event loop: a large file would hold up conversations in the same process.
    table = await asyncio.to_thread(lambda: read(bytes_of(path)))
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
