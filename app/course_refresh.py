"""Sources of courses that are imported every day, without anybody asking for it."""

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta

import structlog

from app.course_import import Elsewhere, Standard, take_over_all
from app.settings import CourseSource
from counter.courses.sources import SourceState
from counter.imports.courses import FromSource
from counter.imports.model import ImportFaultsError
from counter.services import Counter

log = structlog.get_logger(__name__)

# Seconds between two looks whether something is to be imported.
INTERVAL = 600.0
EVERY = timedelta(days=1)
AGAIN_AFTER = timedelta(hours=2)
"""How long a source is left alone after an import that did not go well."""


async def keep_courses_fresh(counter: Counter, sources: Sequence[CourseSource]) -> None:
    """Import each source once a day, until cancelled; several processes may do it at once."""
    while sources:
        try:
            await refresh(counter, sources)
        except Exception:
            # The database may be away for a while; what is due stays so.
            log.exception("chore_failed", chore="keep_courses_fresh")
        await asyncio.sleep(INTERVAL)


async def refresh(counter: Counter, sources: Sequence[CourseSource]) -> None:
    """Import every source that is due."""
    states = {state.name: state for state in await counter.courses.intake.states()}
    for source in sources:
        if _is_due(states.get(source.name), counter.clock()):
            await _import(counter, source)


def _is_due(state: SourceState | None, now: datetime) -> bool:
    if state is None:
        return True
    is_old = state.imported_at is None or now - state.imported_at >= EVERY
    is_rested = state.tried_at is None or now - state.tried_at >= AGAIN_AFTER
    return is_old and is_rested


async def _import(counter: Counter, source: CourseSource) -> None:
    elsewhere = Elsewhere(
        standard=Standard(source.standard),
        where=source.address,
        source=FromSource(name=source.name),
        token=source.token,
        # At night nobody is there to mend one item; who loses most of them is refused all the same.
        leave_out_faulty=True,
    )
    told: list[str] = []
    try:
        counts = await take_over_all(counter, elsewhere, told.append)
    except ImportFaultsError as error:
        log.warning("course_source_refused", source=source.name, why=str(error.faults[0]))
    else:
        log.info(
            "course_source_imported",
            source=source.name,
            new=counts.new,
            changed=counts.changed,
            closed=counts.closed,
            left_out=sum(line.startswith("Weggelaten") for line in told),
        )
