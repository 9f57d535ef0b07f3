"""What can be done with ratings: one method per use case."""

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from counter.clock import Clock
from counter.conversations.storage import lock
from counter.database import Database
from counter.ratings import storage
from counter.ratings.model import NotAnAnswerError, Rating


class RatingService:
    """What people think of Noor's answers."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def rate(self, conversation_id: str, rating: Rating) -> None:
        """Keep what somebody thinks of an answer; the same again changes nothing, another replaces it.

        Raises:
            UnknownConversationError: there is no such conversation.
            NotAnAnswerError: Noor said nothing at this place.
        """
        async with self._database.session() as session:
            await lock(session, conversation_id)
            if not await storage.is_answer(session, conversation_id, rating.seq):
                raise NotAnAnswerError(rating.seq)
            await storage.keep(session, conversation_id, rating, at=self._clock())

    async def erase(self, session: AsyncSession, conversation_ids: Sequence[str]) -> None:
        """Forget what was thought of these conversations."""
        await storage.erase(session, conversation_ids)
