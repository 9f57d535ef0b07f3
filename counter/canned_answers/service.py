"""What can be done with canned answers: one method per use case."""

from counter.canned_answers import storage
from counter.canned_answers.model import CannedAnswer, UnknownAnswerError
from counter.database import Database


class CannedAnswerService:
    """The answers that coaches choose from; everybody at the desk looks after the shared ones."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def of(self, staff_id: str) -> tuple[CannedAnswer, ...]:
        """Return what somebody can choose from, by name: what is shared, and their own."""
        async with self._database.reading() as session:
            return tuple(await storage.answers_for(session, staff_id))

    async def add(self, staff_id: str, name: str, text: str, *, is_shared: bool) -> CannedAnswer:
        """Add an answer, for everybody or for oneself."""
        row = storage.CannedAnswerRow(owner_id=None if is_shared else staff_id, name=name, text=text)
        async with self._database.session() as session:
            session.add(row)
        return storage.to_answer(row)

    async def change(self, staff_id: str, answer_id: str, name: str, text: str) -> None:
        """Change an answer.

        Raises:
            UnknownAnswerError: there is no such answer, or it is another's own.
        """
        async with self._database.session() as session:
            row = await storage.lock(session, answer_id, staff_id)
            if row is None:
                raise UnknownAnswerError(answer_id)
            row.name, row.text = name, text

    async def delete(self, staff_id: str, answer_id: str) -> None:
        """Take an answer away.

        Raises:
            UnknownAnswerError: there is no such answer, or it is another's own.
        """
        async with self._database.session() as session:
            row = await storage.lock(session, answer_id, staff_id)
            if row is None:
                raise UnknownAnswerError(answer_id)
            await session.delete(row)
