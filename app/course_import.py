"""Courses from elsewhere: what an OOAPI endpoint has, or a page with schema.org, or a file of either."""

import asyncio
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from app.commands import counter_of
from app.settings import Settings
from connectors.course_sources.client import NotThereError, open_source
from connectors.course_sources.ooapi import Endpoint, Report
from counter.calendar import local_date
from counter.courses.intake import SourceImport
from counter.courses.model import Course
from counter.imports.courses import FromSource, take_over
from counter.imports.found import Found
from counter.imports.model import ImportCounts, ImportFault, ImportFaultsError
from counter.imports.ooapi import Ooapi, read_file
from counter.imports.reading import bytes_of
from counter.imports.schema_org import SchemaOrg
from counter.migrations import migrate
from counter.services import Counter

_SHOWN = 20


class Standard(StrEnum):
    """How a source tells of its courses, as people type it after `./loket import`."""

    OOAPI = "ooapi"
    SCHEMA_ORG = "schemaorg"


@dataclass(frozen=True, kw_only=True)
class Elsewhere:
    """A source of courses: where it is, how it tells, and what is allowed."""

    standard: Standard
    where: str
    """An address, or the path of a file."""
    source: FromSource
    token: str = ""
    allow_private: bool = False
    leave_out_faulty: bool = False


async def import_elsewhere(settings: Settings, elsewhere: Elsewhere) -> int:
    """Import what a source has; print what came of it, or what is wrong; returns the exit code."""
    await migrate(settings.database_url)
    async with counter_of(settings) as counter:
        try:
            await take_over_all(counter, elsewhere, print)
        except ImportFaultsError as error:
            print("\n".join(_lines(error.faults)), file=sys.stderr)
            print(f"Er is niets opgeslagen: {len(error.faults)} fout(en).", file=sys.stderr)
            return 1
    return 0


async def take_over_all(counter: Counter, elsewhere: Elsewhere, report: Report) -> ImportCounts:
    """Have a source hold what it has now, and nothing else.

    Raises:
        ImportFaultsError: nothing was stored; it tells why.
    """

    async def read(importing: SourceImport) -> Sequence[Course]:
        found = await _found(counter, elsewhere, importing, report)
        for why, number in found.left_out.items():
            if number:
                report(f"Niet overgenomen, {why}: {number}.")
        if found.faults and not elsewhere.leave_out_faulty:
            raise ImportFaultsError(found.faults)
        for line in _lines(found.faults):
            report(f"Weggelaten: {line}")
        return found.courses

    return await take_over(elsewhere.source, counter.courses.intake, read, report)


async def _found(counter: Counter, elsewhere: Elsewhere, importing: SourceImport, report: Report) -> Found:
    today = local_date(counter.clock())
    ooapi = Ooapi(elsewhere.source.name, counter.gazetteer, today)
    pages = SchemaOrg(elsewhere.source.name, counter.gazetteer, today)
    if not _is_address(elsewhere.where):
        data = await asyncio.to_thread(bytes_of, Path(elsewhere.where))
        if elsewhere.standard is Standard.OOAPI:
            read_file(ooapi, data)
            return ooapi.found
        pages.take_in(data)
        return pages.found
    async with open_source(
        elsewhere.where, token=elsewhere.token, allow_private=elsewhere.allow_private
    ) as client:
        if elsewhere.standard is Standard.OOAPI:
            await Endpoint(client, today, importing.go_on).read(ooapi, report)
            return ooapi.found
        try:
            pages.take_in(await client.read())
        except NotThereError as error:
            fault = ImportFault(item=elsewhere.where, message="deze bladzijde is er niet.")
            raise ImportFaultsError([fault]) from error
    return pages.found


def _is_address(where: str) -> bool:
    return where.startswith(("http://", "https://"))


def _lines(faults: Sequence[ImportFault]) -> Iterator[str]:
    yield from map(str, faults[:_SHOWN])
    if len(faults) > _SHOWN:
        yield f"… en nog {len(faults) - _SHOWN}."
