"""What people can do with open hiring: find a job, stand in line, take a place or leave it."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from counter.calendar import closing_of, local_date, working_days_after
from counter.catalogue.memory import InMemory
from counter.clock import Clock
from counter.conversations.storage import person_of
from counter.database import Database
from counter.job_drafts.storage import JobDraftRow, behind
from counter.notices.model import Notice
from counter.notices.service import NoticeService, Telling
from counter.open_hiring import offer_storage, personal, storage, trail_storage
from counter.open_hiring.catalogue import JobCatalogue
from counter.open_hiring.model import (
    OFFER_WORKING_DAYS,
    Introduction,
    Job,
    JobClosedError,
    JobList,
    JobQuery,
    JobSearch,
    ListedPerson,
    NotOfferedError,
    PublicJob,
    QueuePlace,
    SignUp,
    SignUpState,
    UnknownJobError,
    UnknownPlaceError,
)
from counter.open_hiring.rows import JobRow, SignUpRow, to_job
from counter.open_hiring.trail import Happening, ListAudit, ListState, audited
from counter.people.model import Detail
from counter.places.gazetteer import Gazetteer
from counter.receipts import new_number
from counter.sharings import storage as sharings
from counter.sharings.model import Sharing
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
            JobRow.__tablename__,
            read=storage.open_jobs,
            build=lambda jobs: JobCatalogue(jobs, gazetteer),
        )

    async def store(self, jobs: Sequence[Job]) -> None:
        """Add these jobs, or replace those with the same id; all or none. Lists stay as they are."""
        async with self._database.session() as session:
            await storage.store(session, jobs, at=self._clock())

    async def search(self, query: JobQuery, limit: int = 3, offset: int = 0) -> JobSearch:
        """Return the best jobs; when nothing fits, the nearest ones and what was let go."""
        return (await self._catalogue.current()).search(query, limit=limit, offset=offset)

    async def get(self, job_id: str) -> Job:
        """Return the job, also when it is closed: people may stand on its list.

        Raises:
            UnknownJobError: no job has this id.
        """
        async with self._database.reading() as session:
            return to_job(await self._found(session, job_id))

    async def public(self, job_id: str) -> PublicJob:
        """Return the job as everybody may read it.

        Raises:
            UnknownJobError: no job has this id.
            JobClosedError: the job is closed.
        """
        async with self._database.reading() as session:
            row = await self._found(session, job_id)
            if row.closed_at is not None:
                raise JobClosedError(job_id)
            waiting = (await storage.counts(session, job_id)).get(SignUpState.WAITING, 0)
            return PublicJob(job=to_job(row), opened_at=row.opened_at, waiting=waiting)

    async def _found(self, session: AsyncSession, job_id: str) -> JobRow:
        row = await storage.job(session, job_id)
        if row is None:
            raise UnknownJobError(job_id)
        return row

    async def sign_up(self, command: SignUp) -> QueuePlace:
        """Put somebody at the end of a job's list; the same message again changes nothing.

        Who finds a free place and nobody waiting is offered it at once.

        Raises:
            UnknownConversationError: there is no such conversation.
            UnknownJobError: no job has this id.
            JobClosedError: the job is closed.
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
        await self.offer_free_places(place.job.id)
        return place

    async def offered_place(self, number: str, conversation_id: str) -> QueuePlace:
        """Return the place that is offered to this person, while there is time to answer.

        Raises:
            UnknownConversationError: there is no such conversation.
            UnknownPlaceError: this person has no place with this number.
            NotOfferedError: no place is offered, or the time to answer has run out.
        """
        async with self._database.reading() as session:
            place = await storage.queue_place(session, await _own(session, number, conversation_id))
        if place.answer_before is not None and place.answer_before < self._clock():
            place = replace(place, state=SignUpState.EXPIRED)
        if place.state is not SignUpState.OFFERED:
            raise NotOfferedError(place)
        return place

    async def accept(self, number: str, conversation_id: str, introduction: Introduction) -> QueuePlace:
        """Take the place that is offered, and let the employer know who comes; twice changes nothing.

        What the employer hears, and that they heard it, is kept in the same unit of work.

        Raises:
            UnknownConversationError: there is no such conversation.
            UnknownPlaceError: this person has no place with this number.
            NotOfferedError: no place is offered, or the time to answer has run out.
        """
        async with self._database.reading() as session:
            job_id = (await _own(session, number, conversation_id)).job_id
            draft = await behind(session, job_id)
        async with self._with_employer(draft) as (session, employer):
            row = await _own(session, number, conversation_id)
            is_first = row.state != SignUpState.ACCEPTED.value
            if await offer_storage.accept(session, row, introduction, at=self._clock()):
                place = await storage.queue_place(session, row)
                sharing = _sharing(place, introduction, at=self._clock())
                sharings.add(session, sharing, person_id=row.person_id, conversation_id=conversation_id)
                if employer is not None:
                    employer.tell(Notice.PLACE_TAKEN, _who_comes(place, introduction))
            elif is_first:
                # Too late is told at once, not when somebody next looks at the clock.
                await offer_storage.release(session, row, SignUpState.EXPIRED, at=self._clock())
            place = await storage.queue_place(session, row)
        if place.state is not SignUpState.ACCEPTED:
            await self.offer_free_places(job_id)
            raise NotOfferedError(place)
        return place

    @asynccontextmanager
    async def _with_employer(
        self, draft: JobDraftRow | None
    ) -> AsyncIterator[tuple[AsyncSession, Telling | None]]:
        """Run a unit of work in which the employer of a job can be told something, when there is any."""
        if draft is None:
            async with self._database.session() as session:
                yield session, None
        else:
            async with self._notices.telling(draft.person_id) as telling:
                yield telling.session, telling

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
        await self.offer_free_places(place.job.id)
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
            JobClosedError: the job is closed.
            PlaceFreedError: one came free since.
        """
        async with self._database.session() as session:
            await offer_storage.free(session, job_id, at=self._clock(), freed_before=freed_before)
            record_decision(session, staff_id, f"freed {job_id}", None, at=self._clock())
        await self.offer_free_places(job_id)

    async def keep_lists_moving(self) -> None:
        """Pass on places that were not answered in time, and offer every free place; call it often."""
        async with self._database.reading() as session:
            overdue = await offer_storage.overdue(session, self._clock())
        for late in overdue:
            async with self._notices.telling(late.person_id) as telling:
                row = await telling.session.get_one(SignUpRow, late.id)
                if await offer_storage.release(telling.session, row, SignUpState.EXPIRED, at=self._clock()):
                    place = await storage.queue_place(telling.session, row)
                    telling.tell(Notice.OFFER_EXPIRED, _facts(place))
        async with self._database.reading() as session:
            jobs = await offer_storage.jobs_with_somebody_next(session)
        for job_id in jobs:
            await self.offer_free_places(job_id)

    async def offer_free_places(self, job_id: str) -> None:
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
                row = await telling.session.get_one(SignUpRow, first.id)
                if await offer_storage.offer(
                    telling.session, row, until=self._offer_ends(), at=self._clock()
                ):
                    place = await storage.queue_place(telling.session, row)
                    telling.tell(Notice.PLACE_OFFERED, _facts(place))

    def _offer_ends(self) -> datetime:
        return closing_of(working_days_after(local_date(self._clock()), OFFER_WORKING_DAYS))

    async def lists(self) -> tuple[JobList, ...]:
        """Return every open job with the length of its list, by title."""
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

    async def history(self, job_id: str) -> list[Happening]:
        """Return what happened to a job and on its list, in order."""
        async with self._database.reading() as session:
            return await trail_storage.history(session, job_id)

    async def every_id(self) -> list[str]:
        """Return the id of every job, also of those that are closed."""
        async with self._database.reading() as session:
            return [job.id for job in await storage.all_jobs(session)]

    async def audit(self, job_id: str) -> ListAudit:
        """Play the trail of a list again, and hold what comes out next to how the list stands.

        Raises:
            UnknownJobError: no job has this id.
        """
        async with self._database.session() as session:
            # Held, so that nothing changes between the trail and the list.
            job = await storage.hold_job(session, job_id)
            stored = {
                row.number: SignUpState(row.state) for row in await offer_storage.listed(session, job_id)
            }
            trail = await trail_storage.history(session, job_id)
        return audited(
            job_id,
            trail,
            ListState(free=job.free_places, is_open=job.closed_at is None, states=stored),
            untold=job.untold_places,
            digest=job.trail_digest,
        )

    async def erase(self, session: AsyncSession, conversation_ids: Sequence[str]) -> None:
        """Take off the lists whoever signed up in these conversations, and blank who they were."""
        await personal.erase(session, conversation_ids, at=self._clock())


async def _own(session: AsyncSession, number: str, conversation_id: str) -> SignUpRow:
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


def _sharing(place: QueuePlace, introduction: Introduction, *, at: datetime) -> Sharing:
    told = {
        Detail.NAME: introduction.name,
        Detail.PHONE: introduction.phone,
        Detail.EMAIL: introduction.email,
    }
    return Sharing(
        recipient=place.job.employer,
        details=tuple(detail for detail, value in told.items() if value),
        number=place.number,
        consent=introduction.consent,
        at=at,
    )


def _who_comes(place: QueuePlace, introduction: Introduction) -> dict[str, str]:
    contact = ", ".join(filter(None, (introduction.phone, introduction.email)))
    return {"nummer": place.number, "titel": place.job.title, "naam": introduction.name, "contact": contact}


def _facts(place: QueuePlace) -> dict[str, str]:
    day = local_date(place.answer_before) if place.answer_before else None
    return {
        "nummer": place.number,
        "titel": place.job.title,
        "werkgever": place.job.employer,
        **({"antwoord": f"{day.day}-{day.month}-{day.year}"} if day else {}),
    }
