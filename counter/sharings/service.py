"""What can be asked of sharings; who shares something writes it with `storage.add`."""

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from counter.conversations.storage import person_of
from counter.database import Database
from counter.sharings import storage
from counter.sharings.model import Sharing


class SharingService:
    """Who got what of whom, and when."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def shared_with(self, conversation_id: str) -> tuple[Sharing, ...]:
        """Return what was shared of the person who talks here, in any conversation, the latest first.

        Raises:
            UnknownConversationError: there is no such conversation.
        """
        async with self._database.reading() as session:
            return tuple(await storage.of_person(session, await person_of(session, conversation_id)))

    async def erase(self, session: AsyncSession, conversation_ids: Sequence[str]) -> None:
        """Forget what was shared by way of these conversations."""
        await storage.erase(session, conversation_ids)
