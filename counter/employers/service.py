"""What can be done with employers: one method per use case."""

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from counter.conversations.storage import person_of
from counter.database import Database
from counter.employers import storage
from counter.employers.model import Employer


class EmployerService:
    """The firms people speak for; a lead or a job that is submitted makes one known."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def of_person(self, conversation_id: str) -> Employer | None:
        """Return the firm this person told of before, in any conversation, or None.

        Raises:
            UnknownConversationError: there is no such conversation.
        """
        async with self._database.reading() as session:
            return await storage.employer_of(session, await person_of(session, conversation_id))

    async def erase(self, session: AsyncSession, conversation_ids: Sequence[str]) -> None:
        """Forget the firms that were told of in these conversations."""
        await storage.erase(session, conversation_ids)
