"""When jobs close and open again, in the database. Each function holds the list it changes."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import and_, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from counter.catalogue import storage as catalogue
from counter.open_hiring.model import Closing, ListEvent, SignUpState
from counter.open_hiring.rows import JobRow, SignUpRow, is_open, is_waiting
from counter.open_hiring.storage import hold_job, hold_list
from counter.open_hiring.trail_storage import record

# What a file that names the job again opens again.
_REOPENED_BY_IMPORT = (Closing.DATE_PASSED.value, Closing.UNCONFIRMED.value)


async def close(session: AsyncSession, job_id: str, why: Closing, *, at: datetime) -> bool:
    """Take the job out of sight, with the places that are offered to nobody; false when it is closed.

    What is offered to somebody stays theirs to take.

    Raises:
        UnknownJobError: no job has this id.
    """
    # The catalogue goes first, as in an import: two that hold in one order never wait for each other.
    await catalogue.changed(session, JobRow)
    job = await hold_job(session, job_id)
    if job.closed_at is not None:
        return False
    job.closed_at, job.closing, job.free_places = at, why.value, 0
    record(session, job, ListEvent.CLOSED, at)
    await session.flush()
    return True


async def end_waiting(session: AsyncSession, row: SignUpRow, *, at: datetime) -> bool:
    """Take somebody off the list of a closed job; false when they do not wait, or it is open again."""
    job = await hold_list(session, row)
    if job.closed_at is None or row.state != SignUpState.WAITING.value:
        return False
    row.state = SignUpState.ENDED.value
    record(session, job, ListEvent.ENDED, at, row=row)
    await session.flush()
    return True


async def waiting_in_vain(session: AsyncSession) -> Sequence[SignUpRow]:
    """Return who waits on the list of a closed job, each list in its order."""
    rows = await session.scalars(
        select(SignUpRow)
        .join(JobRow, JobRow.id == SignUpRow.job_id)
        .where(JobRow.closed_at.is_not(None), is_waiting)
        .order_by(SignUpRow.job_id, SignUpRow.sequence)
    )
    return rows.all()


async def confirm(session: AsyncSession, job_ids: Sequence[str], *, at: datetime) -> None:
    """Keep that these jobs are still there: their days count from now."""
    await session.execute(
        update(JobRow)
        .where(JobRow.id.in_(job_ids))
        .values(confirmed_at=at, asked_at=None)
        .execution_options(synchronize_session=False)
    )


async def reopen(session: AsyncSession, job_ids: Sequence[str], *, today: date, at: datetime) -> None:
    """Open those of these jobs again that time closed, and whose last day is not over."""
    found = await session.scalars(
        select(JobRow.id)
        .where(
            JobRow.id.in_(job_ids),
            JobRow.closing.in_(_REOPENED_BY_IMPORT),
            or_(JobRow.valid_through.is_(None), JobRow.valid_through >= today),
        )
        .order_by(JobRow.id)
    )
    closed = found.all()
    if closed:
        await catalogue.changed(session, JobRow)
    for job_id in closed:
        job = await hold_job(session, job_id)
        if job.closed_at is not None:
            job.closed_at = job.closing = None
            record(session, job, ListEvent.REOPENED, at)


async def over(
    session: AsyncSession, *, today: date, unconfirmed_since: datetime
) -> Sequence[tuple[str, Closing]]:
    """Return the jobs whose last day is over, or that nobody confirmed since a moment; samples stay."""
    is_past = and_(JobRow.valid_through.is_not(None), JobRow.valid_through < today)
    is_silent = and_(JobRow.confirmed_at < unconfirmed_since, JobRow.is_sample.is_(False))
    rows = await session.execute(
        select(JobRow.id, is_past).where(is_open, or_(is_past, is_silent)).order_by(JobRow.id)
    )
    return [(job_id, Closing.DATE_PASSED if past else Closing.UNCONFIRMED) for job_id, past in rows]


async def to_be_asked(session: AsyncSession, confirmed_before: datetime) -> Sequence[str]:
    """Return the open jobs that nobody confirmed since a moment, and of which nobody was asked yet."""
    rows = await session.scalars(
        select(JobRow.id)
        .where(
            is_open,
            JobRow.is_sample.is_(False),
            JobRow.confirmed_at < confirmed_before,
            JobRow.asked_at.is_(None),
        )
        .order_by(JobRow.id)
    )
    return rows.all()
