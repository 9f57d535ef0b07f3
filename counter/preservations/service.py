"""What the counter can do to keep somebody longer: preserve, release, look."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import date

from sqlalchemy.ext.asyncio import AsyncSession

from counter.calendar import local_date
from counter.clock import Clock
from counter.conversations import storage as conversations
from counter.conversations.model import UnknownConversationError
from counter.database import Database
from counter.people.storage import lock_all_of
from counter.preservations import storage
from counter.preservations.model import (
    LONGEST,
    AlreadyLeavingError,
    NotPreservedError,
    Preservation,
    Preserve,
    WrongPreservationError,
)

type FindPerson = Callable[[AsyncSession, str], Awaitable[str | None]]
"""Returns the id of the person who has something under this receipt number, or None."""


class PreservationService:
    """Keeps people longer than the retention rules say, at most a year at a time."""

    def __init__(self, database: Database, clock: Clock, *, find_person: Sequence[FindPerson] = ()) -> None:
        self._database = database
        self._clock = clock
        self._find_person = tuple(find_person)

    async def conversation_of(self, number: str) -> str | None:
        """Return the conversation a person had last, by a receipt number or by its own id, or None."""
        async with self._database.reading() as session:
            if await conversations.conversation(session, number) is not None:
                return number
            for find in self._find_person:
                person_id = await find(session, number)
                talks = [] if person_id is None else await conversations.conversations_of(session, person_id)
                if talks:
                    return max(talks, key=lambda talk: talk.last_message_at).id
        return None

    async def preserve(self, command: Preserve) -> None:
        """Keep the person of a conversation until and with a day, in place of what kept it before.

        Raises:
            WrongPreservationError: there is no reason, or the day is past or over a year ahead.
            UnknownConversationError: there is no such conversation.
            AlreadyLeavingError: the person asked to erase everything just before.
        """
        now = self._clock()
        today = local_date(now)
        if not command.why.strip() or not today <= command.until <= today + LONGEST:
            raise WrongPreservationError
        async with self._database.session() as session:
            rows = await self._hold(session, command.conversation_id)
            if any(row.erase_requested_at for row in rows):
                raise AlreadyLeavingError
            await storage.release(session, [command.conversation_id], by=command.by, at=now)
            storage.add(session, command, at=now)

    async def release(self, conversation_id: str, *, by: str) -> None:
        """End whatever keeps the person of this conversation longer.

        Raises:
            UnknownConversationError: there is no such conversation.
            NotPreservedError: nothing does.
        """
        async with self._database.session() as session:
            rows = await self._hold(session, conversation_id)
            if not await storage.release(session, [row.id for row in rows], by=by, at=self._clock()):
                raise NotPreservedError

    async def preserved_until(self, conversation_id: str) -> date | None:
        """Return the day until and with which the person of a conversation is kept, or None.

        Raises:
            UnknownConversationError: there is no such conversation.
        """
        async with self._database.reading() as session:
            person_id = await conversations.person_of(session, conversation_id)
            kept = await storage.standing(session, local_date(self._clock()), person_id=person_id)
        return max((one.until for one in kept), default=None)

    async def standing(self) -> Sequence[Preservation]:
        """Return everything that is kept longer today, the first to end first."""
        async with self._database.reading() as session:
            return await storage.standing(session, local_date(self._clock()))

    @staticmethod
    async def _hold(session: AsyncSession, conversation_id: str) -> Sequence[conversations.ConversationRow]:
        # Erasing holds these first as well, so that a person is either kept or gone.
        rows = await lock_all_of(session, await conversations.person_of(session, conversation_id))
        if not rows:
            raise UnknownConversationError(conversation_id)
        return rows
