"""Free places and to whom they are offered, in the database. Each function holds the list it changes."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import and_, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from counter.open_hiring.model import (
    Introduction,
    JobClosedError,
    JobList,
    ListEvent,
    NoFreePlaceError,
    PlaceFreedError,
    SignUpState,
)
from counter.open_hiring.rows import JobRow, SignUpRow, is_offered, is_open, is_waiting, to_job
from counter.open_hiring.storage import give_back, hold_job, hold_list, sign_up_on_list
from counter.open_hiring.trail_storage import record


async def free(session: AsyncSession, job_id: str, *, at: datetime, freed_before: int | None = None) -> None:
    """Add a free place to the job; with `freed_before` only when no more than that many came free yet.

    Raises:
        UnknownJobError: no job has this id.
        JobClosedError: the job is closed.
        PlaceFreedError: one came free since.
    """
    job = await hold_job(session, job_id)
    if job.closed_at is not None:
        raise JobClosedError(job_id)
    if freed_before not in {None, job.freed_places}:
        raise PlaceFreedError(job_id)
    job.free_places += 1
    job.freed_places += 1
    record(session, job, ListEvent.FREED, at)
    await session.flush()


async def withdraw(session: AsyncSession, job_id: str, *, at: datetime, free_before: int) -> None:
    """Take a place away that is offered to nobody, when as many are free as somebody saw.

    Raises:
        UnknownJobError: no job has this id.
        NoFreePlaceError: none is free, or not as many as they saw.
    """
    job = await hold_job(session, job_id)
    if not job.free_places or job.free_places != free_before:
        raise NoFreePlaceError(job_id)
    job.free_places -= 1
    record(session, job, ListEvent.WITHDRAWN, at)
    await session.flush()


async def lists(session: AsyncSession) -> Sequence[JobList]:
    """Return every open job with the length of its list, by title."""
    rows = await session.execute(
        select(JobRow, func.count(SignUpRow.id))
        .where(is_open)
        .outerjoin(SignUpRow, and_(SignUpRow.job_id == JobRow.id, is_waiting))
        .group_by(JobRow.id)
        .order_by(JobRow.title, JobRow.id)
    )
    return [
        JobList(job=to_job(row), waiting=waiting, free=row.free_places, freed=row.freed_places)
        for row, waiting in rows
    ]


async def next_in_line(session: AsyncSession, job_id: str) -> SignUpRow | None:
    """Return whom a free place is for; None when nothing is free, or nobody waits."""
    return await session.scalar(
        select(SignUpRow)
        .join(JobRow, JobRow.id == SignUpRow.job_id)
        .where(JobRow.id == job_id, JobRow.free_places > 0, is_waiting)
        .order_by(SignUpRow.sequence)
        .limit(1)
    )


async def offer(session: AsyncSession, row: SignUpRow, *, until: datetime, at: datetime) -> bool:
    """Keep a free place for this person; false when there is none, or others go before."""
    job = await hold_list(session, row)
    first = await next_in_line(session, row.job_id)
    if first is None or first.id != row.id:
        return False
    job.free_places -= 1
    row.state, row.answer_before = SignUpState.OFFERED.value, until
    record(session, job, ListEvent.OFFERED, at, row=row)
    await session.flush()
    return True


async def accept(session: AsyncSession, row: SignUpRow, introduction: Introduction, *, at: datetime) -> bool:
    """Give the person the place that is kept for them; false when none is, or it is too late."""
    job = await hold_list(session, row)
    if row.state != SignUpState.OFFERED.value or (row.answer_before and row.answer_before < at):
        return False
    row.state = SignUpState.ACCEPTED.value
    row.name, row.phone, row.email = introduction.name, introduction.phone, introduction.email
    record(session, job, ListEvent.ACCEPTED, at, row=row)
    await session.flush()
    return True


async def release(session: AsyncSession, row: SignUpRow, state: SignUpState, *, at: datetime) -> bool:
    """Free the place that is kept for this person, who passes it on or let the time run out.

    False when none is kept, or when it is not yet time.
    """
    job = await hold_list(session, row)
    is_due = row.answer_before is not None and row.answer_before < at
    if row.state != SignUpState.OFFERED.value or (state is SignUpState.EXPIRED and not is_due):
        return False
    give_back(job)
    row.state = state.value
    record(session, job, ListEvent(state.value), at, row=row)
    await session.flush()
    return True


async def started(session: AsyncSession, row: SignUpRow, *, at: datetime) -> bool:
    """Keep that somebody who took a place began; false when they took none, or it is told already."""
    job = await hold_list(session, row)
    if row.state != SignUpState.ACCEPTED.value:
        return False
    row.state = SignUpState.STARTED.value
    record(session, job, ListEvent.STARTED, at, row=row)
    await session.flush()
    return True


async def absent(session: AsyncSession, row: SignUpRow, *, at: datetime) -> bool:
    """Free the place of somebody who took it and did not come; false as above."""
    job = await hold_list(session, row)
    if row.state != SignUpState.ACCEPTED.value:
        return False
    give_back(job)
    row.state = SignUpState.ABSENT.value
    record(session, job, ListEvent.ABSENT, at, row=row)
    await session.flush()
    return True


async def take_back(session: AsyncSession, row: SignUpRow, *, at: datetime) -> bool:
    """Let somebody whose place is no more stand where they stood in line; false as above.

    Where there is no line any more, or they joined it again, it ends for them.
    """
    job = await hold_list(session, row)
    if row.state != SignUpState.ACCEPTED.value:
        return False
    is_back = job.closed_at is None and await sign_up_on_list(session, row.job_id, row.person_id) is None
    state, event = (
        (SignUpState.WAITING, ListEvent.RETURNED) if is_back else (SignUpState.ENDED, ListEvent.ENDED)
    )
    row.state, row.answer_before = state.value, None
    # What the employer had to know is needed no longer; who takes another place is asked anew.
    row.name = row.phone = row.email = None
    record(session, job, event, at, row=row)
    await session.flush()
    return True


async def overdue(session: AsyncSession, now: datetime) -> Sequence[SignUpRow]:
    """Return whom a place was kept for that did not answer in time, the longest ago first."""
    rows = await session.scalars(
        select(SignUpRow)
        .where(is_offered, SignUpRow.answer_before < now)
        .order_by(SignUpRow.answer_before, SignUpRow.sequence)
    )
    return rows.all()


async def jobs_with_somebody_next(session: AsyncSession) -> Sequence[str]:
    """Return the jobs with a free place for which somebody waits."""
    jobs = await session.scalars(
        select(JobRow.id)
        .where(
            JobRow.free_places > 0,
            select(SignUpRow.id).where(SignUpRow.job_id == JobRow.id, is_waiting).exists(),
        )
        .order_by(JobRow.id)
    )
    return jobs.all()


async def listed(session: AsyncSession, job_id: str) -> Sequence[SignUpRow]:
    """Return who ever signed up for this job, in the order of the list."""
    rows = await session.scalars(
        select(SignUpRow).where(SignUpRow.job_id == job_id).order_by(SignUpRow.sequence)
    )
    return rows.all()
