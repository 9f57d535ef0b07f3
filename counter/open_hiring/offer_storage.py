"""Free places and to whom they are offered, in the database. Each function holds the list it changes."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import and_, func, select, true, update
from sqlalchemy.ext.asyncio import AsyncSession

from counter.open_hiring.model import JobList, ListEvent, PlaceFreedError, SignUpState, UnknownJobError
from counter.open_hiring.storage import JobRow, SignUpRow, hold_list, is_offered, is_waiting, record, to_job


async def free(session: AsyncSession, job_id: str, *, freed_before: int | None = None) -> None:
    """Add a free place to the job; with `freed_before` only when no more than that many came free yet.

    Raises:
        UnknownJobError: no job has this id.
        PlaceFreedError: one came free since.
    """
    is_as_seen = true() if freed_before is None else JobRow.freed_places == freed_before
    found = await session.scalar(
        update(JobRow)
        .where(JobRow.id == job_id, is_as_seen)
        .values(free_places=JobRow.free_places + 1, freed_places=JobRow.freed_places + 1)
        .returning(JobRow.id)
        .execution_options(synchronize_session=False)
    )
    if found is None and await session.get(JobRow, job_id) is not None:
        raise PlaceFreedError(job_id)
    if found is None:
        raise UnknownJobError(job_id)


async def lists(session: AsyncSession) -> Sequence[JobList]:
    """Return every job with the length of its list, by title."""
    rows = await session.execute(
        select(JobRow, func.count(SignUpRow.id))
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
    record(session, row, ListEvent.OFFERED, at)
    await session.flush()
    return True


async def accept(session: AsyncSession, row: SignUpRow, *, at: datetime) -> bool:
    """Give the person the place that is kept for them; false when none is, or it is too late."""
    await hold_list(session, row)
    if row.state != SignUpState.OFFERED.value or (row.answer_before and row.answer_before < at):
        return False
    row.state = SignUpState.ACCEPTED.value
    record(session, row, ListEvent.ACCEPTED, at)
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
    job.free_places += 1
    row.state = state.value
    record(session, row, ListEvent(state.value), at)
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
