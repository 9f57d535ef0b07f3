"""Seeing to it that who waits for a coach hears of another place in line without writing anything."""

import asyncio
from collections.abc import Mapping
from typing import Protocol

import structlog

from connectors.announcer import Announcer

log = structlog.get_logger(__name__)

# Seconds between two looks at the line: however fast it moves, nobody is told more often.
LOOK_INTERVAL = 4.0
# After so many looks everybody is told again: how long it takes changes also where nobody moves.
LOOKS_BEFORE_ALL = 30
# Seconds between two people who are told: when a long line moves up, others get a word in between.
PAUSE = 0.01


class Line(Protocol):
    """What the watch needs of the coaches' queue."""

    async def places(self) -> Mapping[str, int]:
        """Return the place of everybody in line, by each conversation in which they wait."""


class LineWatch:
    """Wakes who listens and waits, the first in line first, when they stand elsewhere than at the last look.

    A coach may claim somebody in another process, so it looks in the database: one query a look, and
    none when nobody listens here.
    """

    def __init__(self, line: Line, announcer: Announcer) -> None:
        self._line = line
        self._announcer = announcer
        self._seen: Mapping[str, int] = {}

    async def run(self) -> None:
        """Keep looking, until cancelled."""
        while True:
            self._seen = {}
            for _ in range(LOOKS_BEFORE_ALL):
                try:
                    await self.look()
                except Exception:
                    # The database may be away for a while; places are seen again when it is back.
                    log.exception("line_not_seen")
                await asyncio.sleep(LOOK_INTERVAL)

    async def look(self) -> None:
        """Look at the line once."""
        listened_to = set(self._announcer.listened_to())
        places = await self._line.places() if listened_to else {}
        before = self._seen
        # Who is in line no more is told so in the conversation.
        self._seen = {known: place for known, place in places.items() if known in listened_to}
        for conversation_id, place in sorted(self._seen.items(), key=lambda known: known[1]):
            if place != before.get(conversation_id):
                self._announcer.wake(conversation_id)
                await asyncio.sleep(PAUSE)
