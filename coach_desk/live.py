"""Who looks at the desk now, and telling them when there is something new.

What happens in this process wakes them at once. What another process did is found by looking, each
second, while somebody is there. Nobody is sent an event: who is woken reads how things are, and shows
what is different, so that nothing can be missed or come in the wrong order.
"""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import structlog

from coach_desk.lookout import Lookout, Outlook
from coach_desk.screen import Screen
from connectors.typing import Side
from counter.desk.overview import Pulse
from counter.desk.reading import DeskReader
from counter.presence.service import PresenceService

log = structlog.get_logger(__name__)

# Seconds between two looks at what other processes did.
LOOK_INTERVAL = 1.0
# Seconds in which several changes become one look at the lists.
PAUSE = 0.4
# Pages that are woken without anything else coming in between.
AT_ONCE = 4


class Hub:
    """Wakes the screens of this process."""

    def __init__(self, lookout: Lookout, reader: DeskReader, presence: PresenceService) -> None:
        self._lookout = lookout
        self._reader = reader
        self._presence = presence
        self._screens: set[Screen] = set()
        self._gone: set[str] = set()
        self._stirred = asyncio.Event()
        self._pulses: dict[str, Pulse] = {}
        self.outlook = Outlook()

    @contextmanager
    def showing(self, screen: Screen) -> Iterator[None]:
        """Keep a screen up to date until the block ends."""
        self._screens.add(screen)
        self.stir()
        try:
            yield
        finally:
            self._screens.discard(screen)
            # Not here: whoever loses the line is cancelled, and could not wait for it.
            self._gone.add(screen.me.id)
            self.stir()

    def follow(self, conversation_id: str) -> None:
        """Hear that there is something new in a conversation."""
        for screen in self._showing_talk(conversation_id):
            screen.see(case=True)
        self.stir()

    def follow_typing(self, conversation_id: str, side: Side) -> None:
        """Hear that somebody in a conversation began to type, or stopped."""
        if side is Side.PERSON:
            for screen in self._showing_talk(conversation_id):
                screen.see(surroundings=True)

    def stir(self) -> None:
        """Look at the lists soon."""
        self._stirred.set()

    async def run(self) -> None:
        """Keep looking, until cancelled."""
        while True:
            await self._wait()
            try:
                await self._look()
            except Exception:
                # The database may be away for a while; the next look shows what happened.
                log.exception("desk_look_failed")
                await asyncio.sleep(LOOK_INTERVAL)

    def close(self) -> None:
        """Let every screen go, so that nobody waits while the app stops."""
        for screen in self._screens:
            screen.close()

    def _showing_talk(self, conversation_id: str) -> Iterator[Screen]:
        return (screen for screen in self._screens if screen.conversation_id == conversation_id)

    async def _wait(self) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(LOOK_INTERVAL if self._screens else None):
                await self._stirred.wait()
        await asyncio.sleep(PAUSE)
        self._stirred.clear()

    async def _look(self) -> None:
        await self._note_who_left()
        if not self._screens:
            return
        before, self.outlook = self.outlook, await self._lookout.look()
        beating = self._pulses
        self._pulses = await self._reader.pulses(
            {(screen.number, screen.conversation_id) for screen in self._screens if screen.number}
        )
        for count, screen in enumerate(tuple(self._screens)):
            if count % AT_ONCE == 0:
                # A news to all pages makes all of them anew; what somebody says meanwhile comes in between.
                await asyncio.sleep(0)
            screen.see(lists=screen.is_different(before, self.outlook))
            if screen.number is not None:
                self._compare(screen, screen.number, before, beating.get(screen.number))

    def _compare(self, screen: Screen, number: str, before: Outlook, pulse: Pulse | None) -> None:
        """Wake a page when its case is not as it was, nor as the page read it meanwhile."""
        line = self.outlook.line(number)
        if before.line(number) != line:
            screen.know(line)
        screen.see(
            case=(before.minute != self.outlook.minute and self.outlook.is_timed(number))
            or self._pulses.get(number) not in {pulse, screen.pulse},
            surroundings=before.looking.get(number) != self.outlook.looking.get(number),
        )

    async def _note_who_left(self) -> None:
        """Note of who closed their last page that they look at nobody."""
        gone, self._gone = self._gone, set()
        for staff_id in gone - {screen.me.id for screen in self._screens}:
            await self._presence.leave(staff_id)
