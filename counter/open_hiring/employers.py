"""What employers see of their jobs and say about them: how many wait, who comes, and what became of it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from counter.clock import Clock
from counter.conversations.storage import person_of
from counter.database import Database
from counter.job_drafts.storage import JobDraftRow, behind, by_number, drafts_of
from counter.notices.model import Notice
from counter.notices.service import NoticeService
from counter.open_hiring import offer_storage, storage
from counter.open_hiring.lifecycle import JobLifecycle, ends_on
from counter.open_hiring.model import (
    Closing,
    Job,
    NotAcceptedError,
    SignUpState,
    UnknownJobError,
    UnknownPlaceError,
)
from counter.open_hiring.rows import JobRow, SignUpRow, to_job
from counter.open_hiring.service import OpenHiringService

type _Change = Callable[..., Awaitable[bool]]


@dataclass(frozen=True, kw_only=True)
class Comer:
    """Somebody who took a place, as the employer knows them; `number` is that of their place."""

    number: str
    name: str
    phone: str | None
    email: str | None
    is_started: bool


@dataclass(frozen=True, kw_only=True)
class OwnJob:
    """A job as the employer sees it: of who waits only how many.

    `freed` is how many places ever came free; `ends` is the last day as people write it.
    """

    number: str
    job: Job
    is_open: bool
    waiting: int
    offered: int
    free: int
    freed: int
    ends: str | None
    comers: tuple[Comer, ...]


class EmployerJobService:
    """The jobs that somebody offered, for who offered them and nobody else."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        open_hiring: OpenHiringService,
        lifecycle: JobLifecycle,
        notices: NoticeService,
    ) -> None:
        self._database = database
        self._clock = clock
        self._open_hiring = open_hiring
        self._lifecycle = lifecycle
        self._notices = notices

    async def jobs_of(self, conversation_id: str) -> tuple[OwnJob, ...]:
        """Return the jobs this person offered that are public, or were; the newest first.

        Raises:
            UnknownConversationError: there is no such conversation.
        """
        async with self._database.reading() as session:
            drafts = await drafts_of(session, await person_of(session, conversation_id))
            return tuple([await _own_job(session, draft) for draft in drafts if draft.job_id])

    async def free_place(self, number: str, conversation_id: str, *, freed_before: int) -> None:
        """Note that another place came free; the next in line is offered it. As often as it was seen so.

        Raises:
            UnknownConversationError: there is no such conversation.
            UnknownJobError: this person has no job with this number.
            JobClosedError: the job is closed.
            PlaceFreedError: one came free since.
        """
        job_id = await self._own(number, conversation_id)
        await self._open_hiring.free_place(job_id, freed_before=freed_before)

    async def withdraw_place(self, number: str, conversation_id: str, *, free_before: int) -> None:
        """Take away a free place that is offered to nobody.

        Raises:
            UnknownConversationError: there is no such conversation.
            UnknownJobError: this person has no job with this number.
            NoFreePlaceError: none is free, or not as many as they saw.
        """
        job_id = await self._own(number, conversation_id)
        async with self._database.session() as session:
            await offer_storage.withdraw(session, job_id, at=self._clock(), free_before=free_before)

    async def keep_open(self, number: str, conversation_id: str) -> None:
        """Count the days of the job from now.

        Raises:
            UnknownConversationError: there is no such conversation.
            UnknownJobError: this person has no job with this number.
        """
        await self._lifecycle.keep_open(await self._own(number, conversation_id))

    async def close(self, number: str, conversation_id: str) -> None:
        """Close the job; who waits is told. Closing twice changes nothing.

        Raises:
            UnknownConversationError: there is no such conversation.
            UnknownJobError: this person has no job with this number.
        """
        await self._lifecycle.close(await self._own(number, conversation_id), Closing.BY_EMPLOYER)

    async def started(self, number: str, conversation_id: str) -> Comer:
        """Keep that who took this place began; telling it twice changes nothing.

        Raises:
            UnknownConversationError: there is no such conversation.
            UnknownPlaceError: no place with this number is of a job of this person's.
            NotAcceptedError: nobody took this place, or something else is told of it already.
        """
        return await self._tell(number, conversation_id, SignUpState.STARTED, offer_storage.started)

    async def absent(self, number: str, conversation_id: str) -> Comer:
        """Free the place of who took it and did not come; they read it, and can have a person look into it.

        Raises:
            as `started`.
        """
        comer = await self._tell(
            number, conversation_id, SignUpState.ABSENT, offer_storage.absent, Notice.SAID_ABSENT
        )
        await self._offer_again(number)
        return comer

    async def gone(self, number: str, conversation_id: str) -> Comer:
        """Tell who took this place that it is no more; they stand in line again where they stood.

        Raises:
            as `started`.
        """
        comer = await self._tell(
            number, conversation_id, SignUpState.WAITING, offer_storage.take_back, Notice.PLACE_GONE
        )
        await self._offer_again(number)
        return comer

    async def _tell(
        self,
        number: str,
        conversation_id: str,
        becomes: SignUpState,
        change: _Change,
        notice: Notice | None = None,
    ) -> Comer:
        async with self._database.reading() as session:
            found = await self._place(session, number, conversation_id)
            comer = _comer(found)
            job = to_job(await session.get_one(JobRow, found.job_id))
        async with self._notices.telling(found.person_id) as telling:
            row = await telling.session.get_one(SignUpRow, found.id)
            if not await change(telling.session, row, at=self._clock()):
                if row.state == becomes.value:
                    return comer
                raise NotAcceptedError(number)
            if notice is not None:
                telling.tell(notice, {"nummer": row.number, "titel": job.title, "werkgever": job.employer})
        return comer

    async def _offer_again(self, number: str) -> None:
        place = await self._open_hiring.place_by_number(number)
        if place is not None:
            await self._open_hiring.offer_free_places(place.job.id)

    async def _own(self, number: str, conversation_id: str) -> str:
        async with self._database.reading() as session:
            person_id = await person_of(session, conversation_id)
            draft = await by_number(session, number)
        if draft is None or draft.person_id != person_id or draft.job_id is None:
            raise UnknownJobError(number)
        return draft.job_id

    async def _place(self, session: AsyncSession, number: str, conversation_id: str) -> SignUpRow:
        person_id = await person_of(session, conversation_id)
        row = await storage.sign_up_by_number(session, number)
        draft = None if row is None else await behind(session, row.job_id)
        if row is None or draft is None or draft.person_id != person_id:
            raise UnknownPlaceError(number)
        return row


async def _own_job(session: AsyncSession, draft: JobDraftRow) -> OwnJob:
    job = await session.get_one(JobRow, draft.job_id)
    by_state = await storage.counts(session, job.id)
    return OwnJob(
        number=draft.number,
        job=to_job(job),
        is_open=job.closed_at is None,
        waiting=by_state.get(SignUpState.WAITING, 0),
        offered=by_state.get(SignUpState.OFFERED, 0),
        free=job.free_places,
        freed=job.freed_places,
        ends=ends_on(job),
        comers=tuple(
            [
                _comer(row)
                for row in await offer_storage.listed(session, job.id)
                if row.state in {SignUpState.ACCEPTED.value, SignUpState.STARTED.value} and row.name
            ]
        ),
    )


def _comer(row: SignUpRow) -> Comer:
    return Comer(
        number=row.number,
        name=row.name or "",
        phone=row.phone,
        email=row.email,
        is_started=row.state == SignUpState.STARTED.value,
    )
