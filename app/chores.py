"""What must happen when the time has come, without anybody asking for it."""

import asyncio

import structlog

from counter.open_hiring.service import OpenHiringService

log = structlog.get_logger(__name__)

# Seconds between two looks at the clock: an offered place may be kept this much too long.
CHORE_INTERVAL = 30.0


async def keep_lists_moving(open_hiring: OpenHiringService) -> None:
    """Pass on places that nobody answered for, until cancelled; several processes may do it at once."""
    while True:
        try:
            await open_hiring.keep_lists_moving()
        except Exception:
            # The database may be away for a while; what is overdue stays so.
            log.exception("chore_failed", chore="keep_lists_moving")
        await asyncio.sleep(CHORE_INTERVAL)
