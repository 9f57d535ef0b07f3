"""What can be done with job drafts: one method per use case."""

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager

from sqlalchemy.ext.asyncio import AsyncSession

from counter.calendar import local_date, working_days_after
from counter.clock import Clock
from counter.conversations.storage import person_of
from counter.database import Database, new_id
from counter.employers import storage as employers
from counter.job_drafts import storage
from counter.job_drafts.model import (
    CHECKED_WITHIN,
    AlreadyCheckedError,
    AsksForPastError,
    JobDraft,
    JobDraftReceipt,
    JobDraftState,
    SubmitJob,
    UnknownJobDraftError,
)
from counter.notices.model import Notice
from counter.notices.service import NoticeService, Telling
from counter.open_hiring import offer_storage as offers
from counter.open_hiring import storage as open_hiring
from counter.open_hiring.model import Job
from counter.open_hiring.principle import Principle
from counter.receipts import new_number
from counter.staff.storage import record_decision


class JobDraftService:
    """Jobs that employers offer; `sector_of` guesses the sector of a job by its title."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        principle: Principle,
        sector_of: Callable[[str], str],
        notices: NoticeService,
    ) -> None:
        self._database = database
        self._clock = clock
        self._notices = notices
        self._principle = principle
        self.sector_of = sector_of

    def asks_for_past(self, text: str) -> str | None:
        """Return the words of a text that no job of open hiring may use, or None."""
        return self._principle.asks_for_past(text)

    async def submit(self, command: SubmitJob) -> JobDraftReceipt:
        """Keep a job for an adviser's check, and remember the firm; the same message again changes nothing.

        Raises:
            UnknownConversationError: there is no such conversation.
            AsksForPastError: the title or a need asks who somebody is or was.
        """
        for text in (command.title, *command.practical_needs):
            if words := self.asks_for_past(text):
                raise AsksForPastError(words)
        now = self._clock()
        async with self._database.session() as session:
            person_id = await person_of(session, command.conversation_id)
            row = await storage.add(
                session,
                command,
                number=new_number("B"),
                person_id=person_id,
                sector=command.sector or self.sector_of(command.title),
                at=now,
                answer_before=working_days_after(local_date(now), CHECKED_WITHIN),
            )
            await employers.remember(
                session,
                command.employer,
                person_id=person_id,
                conversation_id=command.conversation_id,
                at=now,
            )
            return storage.to_receipt(row)

    async def of_person(self, conversation_id: str) -> tuple[JobDraftReceipt, ...]:
        """Return all jobs this person offered, the newest first.

        Raises:
            UnknownConversationError: there is no such conversation.
        """
        async with self._database.reading() as session:
            person_id = await person_of(session, conversation_id)
            return tuple(map(storage.to_receipt, await storage.drafts_of(session, person_id)))

    async def by_number(self, number: str) -> JobDraftReceipt | None:
        """Return the draft with this receipt number, or None."""
        async with self._database.reading() as session:
            row = await storage.by_number(session, number)
            return None if row is None else storage.to_receipt(row)

    async def draft(self, number: str) -> JobDraft:
        """Return a draft as an adviser checks it.

        Raises:
            UnknownJobDraftError: no draft has this number.
        """
        async with self._database.reading() as session:
            row = await storage.by_number(session, number)
        if row is None:
            raise UnknownJobDraftError(number)
        return storage.to_draft(row)

    async def in_review(self) -> tuple[JobDraft, ...]:
        """Return the drafts that wait for an adviser, in order of arrival."""
        async with self._database.reading() as session:
            return tuple(map(storage.to_draft, await storage.in_review(session)))

    async def approve(self, number: str, *, adviser: str, staff_id: str | None = None) -> JobDraftReceipt:
        """Make the job public, in the name of an adviser, and tell the employer; people find it from then on.

        With the `staff_id` of the adviser it is kept among what staff did, or not done at all.

        Raises:
            UnknownJobDraftError: no draft has this number.
            AlreadyCheckedError: the draft is no longer in review.
        """
        async with self._closing(number, JobDraftState.APPROVED, adviser=adviser) as (telling, row):
            job = self._published(storage.to_draft(row))
            await open_hiring.store(telling.session, [job], at=self._clock())
            # Each place is for who signs up first.
            for _ in range(job.open_places):
                await offers.free(telling.session, job.id, at=self._clock())
            row.job_id = job.id
            self._record(telling, row, staff_id)
            telling.tell(Notice.JOB_APPROVED, _facts(row))
        return storage.to_receipt(row)

    async def reject(
        self, number: str, *, adviser: str, reason: str, staff_id: str | None = None
    ) -> JobDraftReceipt:
        """Turn the job down, in the name of an adviser; the employer reads the reason, nobody finds the job.

        With the `staff_id` of the adviser it is kept among what staff did, or not done at all.

        Raises:
            UnknownJobDraftError: no draft has this number.
            AlreadyCheckedError: the draft is no longer in review.
        """
        closing = self._closing(number, JobDraftState.REJECTED, adviser=adviser, reason=reason)
        async with closing as (telling, row):
            self._record(telling, row, staff_id)
            telling.tell(Notice.JOB_REJECTED, {**_facts(row), "reden": reason})
        return storage.to_receipt(row)

    @asynccontextmanager
    async def _closing(
        self, number: str, state: JobDraftState, **outcome: str
    ) -> AsyncIterator[tuple[Telling, storage.JobDraftRow]]:
        async with self._database.reading() as session:
            found = await storage.by_number(session, number)
        if found is None:
            raise UnknownJobDraftError(number)
        async with self._notices.telling(found.person_id) as telling:
            row = await telling.session.get_one(storage.JobDraftRow, found.id)
            if not await storage.close(telling.session, row, state, checked_at=self._clock(), **outcome):
                raise AlreadyCheckedError(storage.to_receipt(row))
            yield telling, row

    def _record(self, telling: Telling, row: storage.JobDraftRow, staff_id: str | None) -> None:
        record_decision(
            telling.session, staff_id, f"{row.state} {row.number}", row.person_id, at=self._clock()
        )

    def _published(self, draft: JobDraft) -> Job:
        return Job(
            id=new_id(),
            title=draft.receipt.title,
            employer=draft.employer.name or "",
            place=draft.receipt.place,
            sector=draft.sector,
            hours_min=draft.hours_min,
            hours_max=draft.hours_max,
            wage_text=self._principle.wage_text,
            tasks="",
            practical_needs=draft.practical_needs,
            open_places=draft.open_places,
        )

    async def erase(self, session: AsyncSession, conversation_ids: Sequence[str]) -> None:
        """Withdraw what is in review in these conversations, and blank who offered what."""
        await storage.erase(session, conversation_ids)


def _facts(row: storage.JobDraftRow) -> Mapping[str, str]:
    return {"nummer": row.number, "titel": row.title}
