"""Where Noor is silent, she watches: words to a coach are understood, and a cry for help is heard.

Nothing waits for it. A message is on the coach's screen before it is looked at here, and stays unwatched in
the database until it was: whatever dies in between, somebody looks at it again. A cry is acted upon at once;
that a message was none is noted later, many at a time, and holds nobody up.
"""

import asyncio
from collections import defaultdict
from contextlib import suppress
from typing import Protocol

import structlog
from prometheus_client import CollectorRegistry, Counter, Gauge

from connectors.attendance import Attendance
from connectors.bot_client import BotFailedError, BotUnavailableError, Reading
from counter.conversations.model import Content, Message, UnknownConversationError
from counter.referrals.watching import WatchService

log = structlog.get_logger(__name__)

# Seconds between two tries; the last one goes on for ever, for the bot will come back.
BACK_OFF = (0.2, 0.5, 1.0, 2.0, 5.0)
# A message on which the bot breaks off this often will never be understood; the coach reads it all the same.
MAX_FAILURES = 3
# Seconds between two looks for what a dead process left behind, and for what came with a claim.
SWEEP_INTERVAL = 5.0


class Reader(Protocol):
    """What the watch needs of a bot; `connectors.bot_client.BotClient` is the real one."""

    async def read(self, content: Content) -> Reading:
        """Understand words without answering them."""


class Watch:
    """Looks at what people write to coaches, in order, each message until it is understood."""

    def __init__(self, service: WatchService, reader: Reader, *, metrics: CollectorRegistry) -> None:
        self._service = service
        self._reader = reader
        self._attendance = Attendance(self._watch_all)
        # No cries, and not noted as such yet: the places of messages, by conversation.
        self._passed: defaultdict[str, set[int]] = defaultdict(set)
        self._watched = Counter(
            "loket_messages_watched", "Messages to a coach looked at", ["outcome"], registry=metrics
        )
        self._unwatched = Gauge(
            "loket_messages_unwatched", "Messages to a coach that must be looked at", registry=metrics
        )

    def attend(self, conversation_id: str) -> None:
        """Look at what somebody wrote to a coach."""
        self._attendance.attend(conversation_id)

    async def run(self) -> None:
        """Keep looking for what nobody looks at, until cancelled."""
        try:
            while True:
                try:
                    await self._note_passed()
                    for conversation_id in await self._service.unwatched():
                        self._attendance.attend(conversation_id)
                    self._unwatched.set(await self._service.unwatched_count())
                except Exception:
                    # The database may be away for a while; the messages are in it, so look again.
                    log.exception("watch_failed")
                await asyncio.sleep(SWEEP_INTERVAL)
        finally:
            await self._attendance.stop_all()

    async def _watch_all(self, conversation_id: str) -> None:
        """Look at what is unwatched in a conversation, oldest first, until nothing is left."""
        # Erased meanwhile: nobody is there any more.
        with suppress(UnknownConversationError):
            while (message := await self._next_in(conversation_id)) is not None:
                await self._conclude(conversation_id, message, await self._read(message))

    async def _next_in(self, conversation_id: str) -> Message | None:
        return await self._service.next_in(conversation_id, besides=self._passed.get(conversation_id, ()))

    async def _note_passed(self) -> None:
        noted = {conversation_id: tuple(seqs) for conversation_id, seqs in self._passed.items()}
        await self._service.pass_by(noted)
        for conversation_id, seqs in noted.items():
            self._passed[conversation_id].difference_update(seqs)
            if not self._passed[conversation_id]:
                del self._passed[conversation_id]

    async def _read(self, message: Message) -> Reading | None:
        """Return what the bot makes of a message, however long it stays away; None when it cannot."""
        pauses, failures = iter(BACK_OFF), 0
        while failures < MAX_FAILURES:
            try:
                return await self._reader.read(message.content)
            except BotUnavailableError:
                await asyncio.sleep(next(pauses, BACK_OFF[-1]))
            except BotFailedError:
                failures += 1
        return None

    async def _conclude(self, conversation_id: str, message: Message, reading: Reading | None) -> None:
        """Act upon what was understood, and keep nothing of it; None when it will never be."""
        where = {"conversation": conversation_id, "seq": message.seq}
        if reading is None:
            log.error("message_not_understood", **where)
            outcome = "failed"
        elif reading.is_cry:
            log.warning("cry_for_help", **where)
            outcome = "cry"
            await self._service.call_for_help(conversation_id, message)
        elif reading.may_be_cry:
            # Noor would ask; she does not talk over a coach, who reads the same words.
            log.warning("maybe_cry_for_help", **where)
            outcome = "doubt"
        else:
            outcome = "none"
        self._passed[conversation_id].add(message.seq)
        self._watched.labels(outcome).inc()
