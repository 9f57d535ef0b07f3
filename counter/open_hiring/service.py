"""What can be done with open hiring: one method per use case."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from counter.calendar import closing_of, local_date, working_days_after
from counter.catalogue.memory import InMemory
from counter.clock import Clock
from counter.conversations.storage import person_of
from counter.database import Database
from counter.notices.model import Notice
from counter.notices.service import NoticeService
from counter.open_hiring import offer_storage, storage
from counter.open_hiring.catalogue import JobCatalogue
from counter.open_hiring.model import (
    OFFER_WORKING_DAYS,
    Job,
    JobList,
    JobQuery,
    JobSearch,
    ListedPerson,
    ListEvent,
    NotOfferedError,
    QueuePlace,
    SignUp,
    SignUpState,
    UnknownJobError,
    UnknownPlaceError,
)
from counter.places.gazetteer import Gazetteer
from counter.receipts import new_number
from counter.staff.storage import record_decision


class OpenHiringService:
    """Open-hiring jobs, and the list of each."""

    def __init__(
        self, database: Database, clock: Clock, gazetteer: Gazetteer, notices: NoticeService
    ) -> None:
        self._database = database
        self._clock = clock
        self._notices = notices
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

        Who finds a free place and nobody waiting is offered it at once.

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
            await offer_storage.offer(session, row, until=self._offer_ends(), at=self._clock())
            return await storage.queue_place(session, row)

    async def places_of(self, conversation_id: str) -> tuple[QueuePlace, ...]:
        """Return the person's places on all lists, those still on one first, then the newest first.

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
        """Take the person off a list; those behind move up, and a place kept for them is passed on.

        Leaving twice changes nothing.

        Raises:
            UnknownConversationError: there is no such conversation.
            UnknownPlaceError: this person has no place with this number.
        """
        async with self._database.session() as session:
            row = await _own(session, number, conversation_id)
            await storage.leave(session, row, at=self._clock())
            place = await storage.queue_place(session, row)
        await self._offer_free_places(place.job.id)
        return place

    async def accept(self, number: str, conversation_id: str) -> QueuePlace:
        """Take the place that is offered; accepting twice changes nothing.

        Raises:
            UnknownConversationError: there is no such conversation.
            UnknownPlaceError: this person has no place with this number.
            NotOfferedError: no place is offered, or the time to answer has run out.
        """
        async with self._database.session() as session:
            row = await _own(session, number, conversation_id)
            if not await offer_storage.accept(session, row, at=self._clock()):
                # Too late is told at once, not when somebody next looks at the clock.
                await offer_storage.release(session, row, SignUpState.EXPIRED, at=self._clock())
            place = await storage.queue_place(session, row)
        if place.state is not SignUpState.ACCEPTED:
            await self._offer_free_places(place.job.id)
            raise NotOfferedError(place)
        return place

    async def pass_on(self, number: str, conversation_id: str) -> QueuePlace:
        """Leave the offered place to the next in line; passing twice changes nothing.

        Raises:
            UnknownConversationError: there is no such conversation.
            UnknownPlaceError: this person has no place with this number.
            NotOfferedError: no place is offered.
        """
        async with self._database.session() as session:
            row = await _own(session, number, conversation_id)
            await offer_storage.release(session, row, SignUpState.PASSED, at=self._clock())
            place = await storage.queue_place(session, row)
        if place.state is not SignUpState.PASSED:
            raise NotOfferedError(place)
        await self._offer_free_places(place.job.id)
        return place

    async def free_place(
        self, job_id: str, *, freed_before: int | None = None, staff_id: str | None = None
    ) -> None:
        """Note that a place of this job came free, and offer it to the next in line.

        While nobody waits the place stays free for who signs up first. `freed_before` is how many came
        free before, as somebody saw it: a form that is sent twice frees one place. With the `staff_id` of
        the adviser it is kept among what staff did, or not noted at all.

        Raises:
            UnknownJobError: no job has this id.
            PlaceFreedError: one came free since.
        """
        async with self._database.session() as session:
            await offer_storage.free(session, job_id, freed_before=freed_before)
            record_decision(session, staff_id, f"freed {job_id}", None, at=self._clock())
        await self._offer_free_places(job_id)

    async def keep_lists_moving(self) -> None:
        """Pass on places that were not answered in time, and offer every free place; call it often."""
        async with self._database.reading() as session:
            overdue = await offer_storage.overdue(session, self._clock())
        for late in overdue:
            async with self._notices.telling(late.person_id) as telling:
                row = await telling.session.get_one(storage.SignUpRow, late.id)
                if await offer_storage.release(telling.session, row, SignUpState.EXPIRED, at=self._clock()):
                    place = await storage.queue_place(telling.session, row)
                    telling.tell(Notice.OFFER_EXPIRED, _facts(place))
        async with self._database.reading() as session:
            jobs = await offer_storage.jobs_with_somebody_next(session)
        for job_id in jobs:
            await self._offer_free_places(job_id)

    async def _offer_free_places(self, job_id: str) -> None:
        """Offer the job's free places, each in a unit of work of its own with the message that tells it.

        Whoever dies in between leaves a free place and somebody waiting, and `keep_lists_moving`
        finds them.
        """
        while True:
            async with self._database.reading() as session:
                first = await offer_storage.next_in_line(session, job_id)
            if first is None:
                return
            async with self._notices.telling(first.person_id) as telling:
                row = await telling.session.get_one(storage.SignUpRow, first.id)
                if await offer_storage.offer(
                    telling.session, row, until=self._offer_ends(), at=self._clock()
                ):
                    place = await storage.queue_place(telling.session, row)
                    telling.tell(Notice.PLACE_OFFERED, _facts(place))

    def _offer_ends(self) -> datetime:
        return closing_of(working_days_after(local_date(self._clock()), OFFER_WORKING_DAYS))

    async def lists(self) -> tuple[JobList, ...]:
        """Return every job with the length of its list, by title."""
        async with self._database.reading() as session:
            return tuple(await offer_storage.lists(session))

    async def list_of(self, job_id: str) -> tuple[ListedPerson, ...]:
        """Return who signed up for this job, in order, also who is off the list by now.

        Raises:
            UnknownJobError: no job has this id.
        """
        await self.get(job_id)
        async with self._database.reading() as session:
            return tuple(
                [
                    ListedPerson(
                        place=await storage.queue_place(session, row),
                        name=row.name,
                        phone=row.phone,
                        email=row.email,
                    )
                    for row in await offer_storage.listed(session, job_id)
                ]
            )

    async def history(self, job_id: str) -> list[tuple[str, ListEvent, datetime]]:
        """Return what happened on a job's list, in order: receipt number, event, moment."""
        async with self._database.reading() as session:
            return await storage.history(session, job_id)

    async def erase(self, session: AsyncSession, conversation_ids: Sequence[str]) -> None:
        """Take off the lists whoever signed up in these conversations, and blank who they were."""
        await storage.erase(session, conversation_ids, at=self._clock())


async def _own(session: AsyncSession, number: str, conversation_id: str) -> storage.SignUpRow:
    """Return the sign-up with this number, when it is of the person who talks here.

    Raises:
        UnknownConversationError: there is no such conversation.
        UnknownPlaceError: this person has no place with this number.
    """
    person_id = await person_of(session, conversation_id)
    row = await storage.sign_up_by_number(session, number)
    if row is None or row.person_id != person_id:
        raise UnknownPlaceError(number)
    return row


def _facts(place: QueuePlace) -> dict[str, str]:
    day = local_date(place.answer_before) if place.answer_before else None
    return {
        "nummer": place.number,
        "titel": place.job.title,
        "werkgever": place.job.employer,
        **({"antwoord": f"{day.day}-{day.month}-{day.year}"} if day else {}),
    }
