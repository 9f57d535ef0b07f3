"""What must happen when the time has come, without anybody asking for it."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Iterator
from typing import Any

import structlog

from counter.services import Counter

log = structlog.get_logger(__name__)

# Seconds between two looks at the clock: an offered place may be kept this much too long.
CHORE_INTERVAL = 30.0


def chores(counter: Counter) -> Iterator[Coroutine[Any, Any, None]]:
    """Yield every chore, until cancelled; several processes may do them at once."""
    yield _keep_doing(counter.open_hiring.keep_lists_moving)
    yield _keep_doing(counter.upkeep.look)


async def _keep_doing(chore: Callable[[], Awaitable[object]]) -> None:
    while True:
        try:
            await chore()
        except Exception:
            # The database may be away for a while; what is overdue stays so.
            log.exception("chore_failed", chore=getattr(chore, "__qualname__", "?"))
        await asyncio.sleep(CHORE_INTERVAL)
