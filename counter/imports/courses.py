"""Storing courses that were read, in the name of a source or without; what is wrong is told in Dutch."""

from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass

from counter.courses.intake import Intake, SourceImport
from counter.courses.model import Course
from counter.courses.sources import (
    MAX_NAME,
    ForeignCoursesError,
    ShrunkError,
    SourceBusyError,
    SourceLostError,
    Taken,
    WrongSourceNameError,
)
from counter.imports.model import ImportCounts, ImportFault, ImportFaultsError
from counter.imports.values import quoted

type Report = Callable[[str], None]
"""Is given a line of Dutch after each step."""
type Read = Callable[[SourceImport], Awaitable[Sequence[Course]]]
"""Reads what a source has; tells it that it is still at it, where that takes long."""


@dataclass(frozen=True, kw_only=True)
class FromSource:
    """The source that courses come from, and whether it may have lost most of them."""

    name: str
    accept_shrink: bool = False


async def take_in(
    courses: Sequence[Course], intake: Intake, source: FromSource | None, report: Report
) -> ImportCounts:
    """Store courses; those of a source are all it has.

    Raises:
        ImportFaultsError: nothing was stored; it tells why.
    """

    async def read(_importing: SourceImport) -> Sequence[Course]:
        return courses

    if source is not None:
        return await take_over(source, intake, read, report)
    try:
        return _told(await intake.store(courses), report)
    except ForeignCoursesError as error:
        raise ImportFaultsError(list(_foreign(error))) from error


async def take_over(source: FromSource, intake: Intake, read: Read, report: Report) -> ImportCounts:
    """Read what a source has, and have it hold that and nothing else.

    Raises:
        ImportFaultsError: nothing was stored; it tells why.
    """
    try:
        async with intake.importing(source.name) as importing:
            courses = await read(importing)
            return _told(await importing.replace(courses, accept_shrink=source.accept_shrink), report)
    except (WrongSourceNameError, SourceBusyError, SourceLostError, ShrunkError) as error:
        raise ImportFaultsError([ImportFault(message=_why(source.name, error))]) from error
    except ForeignCoursesError as error:
        raise ImportFaultsError(list(_foreign(error))) from error


def _told(taken: Taken, report: Report) -> ImportCounts:
    line = f"Klaar: {taken.new} nieuw, {taken.changed} gewijzigd, {taken.unchanged} waren al hetzelfde"
    if taken.reopened or taken.closed:
        line += f", {taken.reopened} weer open, {taken.closed} gesloten"
    report(f"{line}.")
    return ImportCounts(
        new=taken.new,
        changed=taken.changed,
        unchanged=taken.unchanged,
        reopened=taken.reopened,
        closed=taken.closed,
    )


def _why(source: str, error: Exception) -> str:
    match error:
        case WrongSourceNameError():
            return (
                f"{quoted(source)} kan geen naam van een bron zijn. "
                f"Gebruik kleine letters, cijfers en streepjes, hoogstens {MAX_NAME} tekens."
            )
        case SourceBusyError():
            return f"De bron {source} wordt al ingevoerd. Probeer het later nog eens."
        case ShrunkError(now=0):
            return f"De bron {source} heeft geen enkele cursus. Klopt dat? Voeg dan --accept-shrink toe."
        case ShrunkError(now=now, before=before):
            return (
                f"De bron {source} heeft nog {now} cursussen; dat waren er {before}. "
                "Klopt dat? Voeg dan --accept-shrink toe."
            )
        case _:
            return f"Het duurde te lang: iemand anders begon intussen met de bron {source}."


def _foreign(error: ForeignCoursesError) -> Iterator[ImportFault]:
    for course_id, owner in error.owners.items():
        message = (
            f"dit id is al van de bron {owner}." if owner else "dit id is al van een bestand zonder bron."
        )
        yield ImportFault(item=course_id, message=message)
