"""What must happen when the time has come, without anybody asking for it."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Iterator
from typing import Any

import structlog

from app.retention import LoggingObserver, RetentionMetrics
from counter.retention.model import ClockLeapError
from counter.retention.service import RetentionService
from counter.retention.sweep import ForgetInBot
from counter.services import Counter

log = structlog.get_logger(__name__)

# Seconds between two looks at the clock: an offered place may be kept this much too long.
CHORE_INTERVAL = 30.0
# Seconds between two looks whether the night's run is due, broken off, or to be tried again.
RETENTION_INTERVAL = 300.0


def chores(counter: Counter) -> Iterator[Coroutine[Any, Any, None]]:
    """Yield every chore, until cancelled; several processes may do them at once."""
    yield _do_once(counter.courses.intake.link)
    yield _keep_doing(counter.open_hiring.keep_lists_moving)
    yield _keep_doing(counter.job_lifecycle.look)
    yield _keep_doing(counter.upkeep.look)
    yield _keep_doing(counter.course_alerts.look)
    yield _keep_doing(counter.voucher_upkeep.look)


async def _do_once(chore: Callable[[], Awaitable[object]]) -> None:
    try:
        await chore()
    except Exception:
        # The next start does it.
        log.exception("chore_failed", chore=getattr(chore, "__qualname__", "?"))


async def _keep_doing(chore: Callable[[], Awaitable[object]]) -> None:
    while True:
        try:
            await chore()
        except Exception:
            # The database may be away for a while; what is overdue stays so.
            log.exception("chore_failed", chore=getattr(chore, "__qualname__", "?"))
        await asyncio.sleep(CHORE_INTERVAL)


async def keep_no_longer(retention: RetentionService, forget: ForgetInBot, metrics: RetentionMetrics) -> None:
    """Delete every night what the rules no longer keep, until cancelled; several processes may do it at once.

    A night that was missed is made up for as soon as there is a process again.
    """
    observer = LoggingObserver()
    while True:
        try:
            if await retention.is_time() and (run := await retention.run(forget, observer)):
                observer.ended(run)
            metrics.show(await retention.report(days=metrics.DAYS))
        except ClockLeapError as error:
            log.error("retention_waits", why=str(error), remedy="./loket retention run")  # noqa: TRY400
        except Exception:
            # The database may be away for a while; what is due stays so.
            log.exception("chore_failed", chore="keep_no_longer")
        await asyncio.sleep(RETENTION_INTERVAL)
