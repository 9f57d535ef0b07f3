"""What can be done with open hiring: one method per use case."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from counter.catalogue.memory import InMemory
from counter.clock import Clock
from counter.conversations.storage import person_of
from counter.database import Database
from counter.open_hiring import storage
from counter.open_hiring.catalogue import JobCatalogue
from counter.open_hiring.model import (
    Job,
    JobQuery,
    JobSearch,
    ListEvent,
    QueuePlace,
    SignUp,
    UnknownJobError,
    UnknownPlaceError,
)
from counter.places.gazetteer import Gazetteer
from counter.receipts import new_number


class OpenHiringService:
    """Open-hiring jobs, and the list of each."""

    def __init__(self, database: Database, clock: Clock, gazetteer: Gazetteer) -> None:
        self._database = database
        self._clock = clock
        self._catalogue = InMemory(
            database,
            storage.JobRow.__tablename__,
            read=storage.all_jobs,
            build=lambda jobs: JobCatalogue(jobs, gazetteer),
        )

    async def store(self, jobs: Sequence[Job]) -> None:
        """Add these jobs, or replace those with the same id; all or none. Lists stay as they are."""
        async with self._database.session() as session:
            await storage.store(session, jobs)

    async def search(self, query: JobQuery, limit: int = 3, offset: int = 0) -> JobSearch:
        """Return the best jobs; when nothing fits, the nearest ones and what was let go."""
        return (await self._catalogue.current()).search(query, limit=limit, offset=offset)

    async def get(self, job_id: str) -> Job:
        """Return the job.

        Raises:
            UnknownJobError: no job has this id.
        """
        async with self._database.reading() as session:
            job = await storage.job(session, job_id)
        if job is None:
            raise UnknownJobError(job_id)
        return job

    async def sign_up(self, command: SignUp) -> QueuePlace:
        """Put somebody at the end of a job's list; the same message again changes nothing.

        Raises:
            UnknownConversationError: there is no such conversation.
            UnknownJobError: no job has this id.
            AlreadyOnListError: the person is on this list; the error carries the place.
        """
        async with self._database.session() as session:
            person_id = await person_of(session, command.conversation_id)
            row = await storage.add_sign_up(
                session, command, number=new_number("H"), person_id=person_id, at=self._clock()
            )
            return await storage.queue_place(session, row)

    async def places_of(self, conversation_id: str) -> tuple[QueuePlace, ...]:
        """Return the person's places on all lists, waiting ones first, then the newest first.

        Raises:
            UnknownConversationError: there is no such conversation.
        """
        async with self._database.reading() as session:
            rows = await storage.sign_ups_of(session, await person_of(session, conversation_id))
            return tuple([await storage.queue_place(session, row) for row in rows])

    async def place_by_number(self, number: str) -> QueuePlace | None:
        """Return the place with this receipt number, or None."""
        async with self._database.reading() as session:
            row = await storage.sign_up_by_number(session, number)
            return None if row is None else await storage.queue_place(session, row)

    async def leave(self, number: str, conversation_id: str) -> QueuePlace:
        """Take the person off a list; those behind move up. Leaving twice changes nothing.

        Raises:
            UnknownConversationError: there is no such conversation.
            UnknownPlaceError: this person has no place with this number.
        """
        async with self._database.session() as session:
            person_id = await person_of(session, conversation_id)
            row = await storage.sign_up_by_number(session, number)
            if row is None or row.person_id != person_id:
                raise UnknownPlaceError(number)
            await storage.leave(session, row, at=self._clock())
            return await storage.queue_place(session, row)

    async def history(self, job_id: str) -> list[tuple[str, ListEvent, datetime]]:
        """Return what happened on a job's list, in order: receipt number, event, moment."""
        async with self._database.reading() as session:
            return await storage.history(session, job_id)

    async def erase(self, session: AsyncSession, conversation_ids: Sequence[str]) -> None:
        """Take off the lists whoever signed up in these conversations, and blank who they were."""
        await storage.erase(session, conversation_ids, at=self._clock())
