"""When jobs close and open again: by hand, by their last day, or because nobody says they are still there."""

from collections.abc import Sequence
from datetime import timedelta

from counter.calendar import local_date
from counter.clock import Clock
from counter.database import Database
from counter.job_drafts.storage import behind
from counter.notices.model import Notice
from counter.notices.service import NoticeService
from counter.open_hiring import closing_storage, storage
from counter.open_hiring.model import ASKED_BEFORE_DAYS, OPEN_DAYS, Closing, Job, JobQuery
from counter.open_hiring.rows import JobRow, SignUpRow, to_job
from counter.open_hiring.service import OpenHiringService

# How many other jobs somebody is told of when theirs closes.
_SIMILAR = 3


class JobLifecycle:
    """Opens and closes jobs; whoever waits for one that closes is told, with other work."""

    def __init__(
        self, database: Database, clock: Clock, open_hiring: OpenHiringService, notices: NoticeService
    ) -> None:
        self._database = database
        self._clock = clock
        self._open_hiring = open_hiring
        self._notices = notices

    async def close(self, job_id: str, why: Closing) -> None:
        """Close a job: nobody finds it any more, and who waits is told. Closing twice changes nothing.

        Raises:
            UnknownJobError: no job has this id.
        """
        async with self._database.session() as session:
            await closing_storage.close(session, job_id, why, at=self._clock())
        await self._end_waiting()

    async def named_again(self, job_ids: Sequence[str]) -> None:
        """Keep that these jobs are still there, as an import says; open those again that time had closed."""
        now = self._clock()
        async with self._database.session() as session:
            await closing_storage.reopen(session, job_ids, today=local_date(now), at=now)
            await closing_storage.confirm(session, job_ids, at=now)

    async def keep_open(self, job_id: str) -> None:
        """Count the days of this job from now, as who offers it asks."""
        async with self._database.session() as session:
            await closing_storage.confirm(session, [job_id], at=self._clock())

    async def look(self) -> None:
        """Close what is over, ask employers whose job closes soon, and tell who waited; call it often."""
        now = self._clock()
        async with self._database.reading() as session:
            over = await closing_storage.over(
                session, today=local_date(now), unconfirmed_since=now - timedelta(days=OPEN_DAYS)
            )
            asked = await closing_storage.to_be_asked(
                session, now - timedelta(days=OPEN_DAYS - ASKED_BEFORE_DAYS)
            )
        for job_id, why in over:
            await self._close_over(job_id, why)
        for job_id in asked:
            await self._ask(job_id)
        await self._end_waiting()

    async def _close_over(self, job_id: str, why: Closing) -> None:
        """Close a job whose time is over, and tell who offers it in the same unit of work."""
        async with self._database.reading() as session:
            draft = await behind(session, job_id)
        if draft is None:
            async with self._database.session() as session:
                await closing_storage.close(session, job_id, why, at=self._clock())
            return
        async with self._notices.telling(draft.person_id) as telling:
            if await closing_storage.close(telling.session, job_id, why, at=self._clock()):
                telling.tell(Notice.JOB_ENDED, {"nummer": draft.number, "titel": draft.title})

    async def _ask(self, job_id: str) -> None:
        """Ask the employer, once, whether the job is still there; of a job without one an import tells."""
        async with self._database.reading() as session:
            draft = await behind(session, job_id)
        if draft is None:
            async with self._database.session() as session:
                (await storage.hold_job(session, job_id)).asked_at = self._clock()
            return
        async with self._notices.telling(draft.person_id) as telling:
            job = await storage.hold_job(telling.session, job_id)
            if job.asked_at is None and job.closed_at is None:
                job.asked_at = self._clock()
                ends = ends_on(job)
                telling.tell(
                    Notice.JOB_ENDS,
                    {"nummer": draft.number, "titel": draft.title, "datum": ends or ""},
                )

    async def _end_waiting(self) -> None:
        """Tell everybody who waits for a closed job, each in a unit of work with the end of their place."""
        async with self._database.reading() as session:
            waiting = await closing_storage.waiting_in_vain(session)
        for late in waiting:
            similar = await self._similar(await self._open_hiring.get(late.job_id))
            async with self._notices.telling(late.person_id) as telling:
                row = await telling.session.get_one(SignUpRow, late.id)
                if await closing_storage.end_waiting(telling.session, row, at=self._clock()):
                    job = to_job(await telling.session.get_one(JobRow, row.job_id))
                    telling.tell(Notice.JOB_CLOSED, _facts(row.number, job, similar))

    async def _similar(self, job: Job) -> Sequence[Job]:
        """Return open jobs in the same sector, the nearest first."""
        found = await self._open_hiring.search(JobQuery(place=job.place, sector=job.sector), limit=_SIMILAR)
        return [hit.job for hit in found.hits if hit.job.sector == job.sector]


def ends_on(job: JobRow) -> str | None:
    """Return the last day of a job as people write it, when nobody says anything more."""
    days = [job.valid_through] if job.valid_through else []
    if job.confirmed_at is not None and not job.is_sample:
        days.append(local_date(job.confirmed_at + timedelta(days=OPEN_DAYS)))
    first = min(days, default=None)
    return f"{first.day}-{first.month}-{first.year}" if first else None


def _facts(number: str, job: Job, similar: Sequence[Job]) -> dict[str, str]:
    return {
        "nummer": number,
        "titel": job.title,
        "werkgever": job.employer,
        "plaats": job.place,
        "uren": str(job.hours_max),
        "ander_werk": ", ".join(f"{one.title} in {one.place}" for one in similar),
    }
