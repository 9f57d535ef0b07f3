"""Job drafts in the database, apart from the jobs people can find."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    ForeignKey,
    Select,
    String,
    Text,
    UniqueConstraint,
    and_,
    or_,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from counter.database import Base, UtcDateTime
from counter.employers.model import Employer
from counter.job_drafts.model import JobDraft, JobDraftReceipt, JobDraftState, SubmitJob
from counter.open_hiring.rows import JobRow, is_open


class JobDraftRow(Base):
    """One job an employer offered; `id` is the order of arrival, `job_id` the job it became."""

    __tablename__ = "job_drafts"
    __table_args__ = (UniqueConstraint("conversation_id", "message_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(20), unique=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"), index=True)
    conversation_id: Mapped[str | None] = mapped_column(ForeignKey("conversations.id", ondelete="SET NULL"))
    message_id: Mapped[str] = mapped_column(String(100))
    state: Mapped[str] = mapped_column(String(20))
    kvk_number: Mapped[str | None] = mapped_column(String(8))
    employer: Mapped[str | None] = mapped_column(Text)
    title: Mapped[str] = mapped_column(Text)
    place: Mapped[str] = mapped_column(Text)
    sector: Mapped[str] = mapped_column(String(50))
    hours_min: Mapped[int]
    hours_max: Mapped[int]
    practical_needs: Mapped[list[str]] = mapped_column(JSON)
    open_places: Mapped[int]
    name: Mapped[str | None] = mapped_column(Text)
    phone: Mapped[str | None] = mapped_column(Text)
    email: Mapped[str | None] = mapped_column(Text)
    submitted_at: Mapped[datetime] = mapped_column(UtcDateTime)
    answer_before: Mapped[date]
    # Who checked it, when, and why it was rejected.
    adviser: Mapped[str | None] = mapped_column(Text)
    reason: Mapped[str | None] = mapped_column(Text)
    checked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    job_id: Mapped[str | None] = mapped_column(ForeignKey("jobs.id"))


_is_in_review = JobDraftRow.state == JobDraftState.IN_REVIEW.value
_is_rejected = JobDraftRow.state == JobDraftState.REJECTED.value


def to_receipt(row: JobDraftRow) -> JobDraftReceipt:
    """Return the row as the employer may see it."""
    return JobDraftReceipt(
        number=row.number,
        title=row.title,
        place=row.place,
        state=JobDraftState(row.state),
        submitted_at=row.submitted_at,
        answer_before=row.answer_before,
    )


def to_draft(row: JobDraftRow) -> JobDraft:
    """Return the row as an adviser sees it."""
    return JobDraft(
        receipt=to_receipt(row),
        person_id=row.person_id,
        employer=Employer(kvk_number=row.kvk_number, name=row.employer),
        sector=row.sector,
        hours_min=row.hours_min,
        hours_max=row.hours_max,
        practical_needs=tuple(row.practical_needs),
        open_places=row.open_places,
        name=row.name,
        phone=row.phone,
        email=row.email,
    )


async def add(
    session: AsyncSession,
    command: SubmitJob,
    *,
    number: str,
    person_id: str,
    sector: str,
    at: datetime,
    answer_before: date,
) -> JobDraftRow:
    """Keep a draft; the same message again gives the first one."""
    row = JobDraftRow(
        number=number,
        person_id=person_id,
        conversation_id=command.conversation_id,
        message_id=command.message_id,
        state=JobDraftState.IN_REVIEW.value,
        kvk_number=command.employer.kvk_number,
        employer=command.employer.name,
        title=command.title,
        place=command.place,
        sector=sector,
        hours_min=command.hours_min,
        hours_max=command.hours_max,
        practical_needs=list(command.practical_needs),
        open_places=command.open_places,
        name=command.name,
        phone=command.phone,
        email=command.email,
        submitted_at=at,
        answer_before=answer_before,
    )
    try:
        async with session.begin_nested():
            session.add(row)
            await session.flush()
    except IntegrityError:
        first = await _by_message(session, command.conversation_id, command.message_id)
        if first is None:
            raise
        return first
    return row


async def _by_message(session: AsyncSession, conversation_id: str, message_id: str) -> JobDraftRow | None:
    return await session.scalar(
        select(JobDraftRow).where(
            JobDraftRow.conversation_id == conversation_id, JobDraftRow.message_id == message_id
        )
    )


async def by_number(session: AsyncSession, number: str) -> JobDraftRow | None:
    """Return the draft with this receipt number, or None."""
    return await session.scalar(select(JobDraftRow).where(JobDraftRow.number == number))


async def drafts_of(session: AsyncSession, person_id: str) -> Sequence[JobDraftRow]:
    """Return the person's drafts, the newest first."""
    rows = await session.scalars(
        select(JobDraftRow).where(JobDraftRow.person_id == person_id).order_by(JobDraftRow.id.desc())
    )
    return rows.all()


async def in_review(session: AsyncSession) -> Sequence[JobDraftRow]:
    """Return what waits for an adviser, in order of arrival."""
    rows = await session.scalars(select(JobDraftRow).where(_is_in_review).order_by(JobDraftRow.id))
    return rows.all()


async def behind(session: AsyncSession, job_id: str) -> JobDraftRow | None:
    """Return the draft that became this job, with who offered it; None for a job that came otherwise."""
    return await session.scalar(select(JobDraftRow).where(JobDraftRow.job_id == job_id))


async def close(session: AsyncSession, row: JobDraftRow, state: JobDraftState, **outcome: object) -> bool:
    """End a review, once; False when the draft was no longer in review."""
    closed = await session.scalar(
        update(JobDraftRow)
        .where(JobDraftRow.id == row.id, _is_in_review)
        .values(state=state.value, **outcome)
        .returning(JobDraftRow.id)
        .execution_options(synchronize_session=False)
    )
    await session.refresh(row)
    return closed is not None


async def erase(session: AsyncSession, conversation_ids: Sequence[str]) -> None:
    """Withdraw what is still in review in these conversations, and blank who offered what.

    A job that was approved stays: it names a firm, and people wait on its list.
    """
    rows = await session.scalars(select(JobDraftRow).where(JobDraftRow.conversation_id.in_(conversation_ids)))
    for row in rows.all():
        await close(session, row, JobDraftState.WITHDRAWN)
        _blank(row)


def _blank(row: JobDraftRow) -> None:
    row.kvk_number = row.employer = row.name = row.phone = row.email = row.reason = None
    row.title = row.place = ""
    row.practical_needs = []


async def person_of_number(session: AsyncSession, number: str) -> str | None:
    """Return the person who has this receipt number, or None."""
    return await session.scalar(select(JobDraftRow.person_id).where(JobDraftRow.number == number))


def with_open() -> Select[str]:
    """Select the people who offered a job that waits for an adviser, or that is open."""
    return (
        select(JobDraftRow.person_id)
        .outerjoin(JobRow, JobRow.id == JobDraftRow.job_id)
        .where(or_(_is_in_review, and_(JobRow.id.is_not(None), is_open, JobDraftRow.title != "")))
    )


def stale(before: datetime) -> Select[Any, Any, Any]:
    """Select the jobs that were rejected before a moment and still say who offered what."""
    return select(
        JobDraftRow.id.label("key"), JobDraftRow.checked_at.label("since"), JobDraftRow.person_id
    ).where(_is_rejected, JobDraftRow.checked_at < before, JobDraftRow.title != "")


async def forget(session: AsyncSession, draft_ids: Sequence[int], before: datetime) -> None:
    """Blank who offered what in jobs that were rejected."""
    del before
    rows = await session.scalars(
        select(JobDraftRow)
        .where(JobDraftRow.id.in_(draft_ids), _is_rejected)
        .with_for_update(skip_locked=True)
    )
    for row in rows.all():
        _blank(row)


async def export(session: AsyncSession, person_id: str) -> list[dict[str, Any]]:
    """Return everything kept about the jobs the person offered."""
    return [
        {
            "number": row.number,
            "state": row.state,
            "kvk_number": row.kvk_number,
            "employer": row.employer,
            "title": row.title,
            "place": row.place,
            "sector": row.sector,
            "hours_min": row.hours_min,
            "hours_max": row.hours_max,
            "practical_needs": row.practical_needs,
            "open_places": row.open_places,
            "name": row.name,
            "phone": row.phone,
            "email": row.email,
            "submitted_at": row.submitted_at.isoformat(),
            "answer_before": row.answer_before.isoformat(),
            "reason": row.reason,
            "job_id": row.job_id,
        }
        for row in await drafts_of(session, person_id)
    ]
