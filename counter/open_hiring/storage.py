"""Open-hiring jobs and places on their lists, in the database."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from counter.catalogue import storage as catalogue
from counter.database import new_id
from counter.open_hiring.model import (
    ON_LIST,
    AlreadyOnListError,
    Job,
    JobClosedError,
    ListEvent,
    QueuePlace,
    SignUp,
    SignUpState,
    UnknownJobError,
)
from counter.open_hiring.rows import JobRow, SignUpRow, is_on_list, is_open, to_job
from counter.open_hiring.trail_storage import record


async def all_jobs(session: AsyncSession) -> list[Job]:
    """Return every job, by id."""
    return [to_job(row) for row in await session.scalars(select(JobRow).order_by(JobRow.id))]


async def open_jobs(session: AsyncSession) -> list[Job]:
    """Return the jobs people can sign up for, by id."""
    rows = await session.scalars(select(JobRow).where(is_open).order_by(JobRow.id))
    return [to_job(row) for row in rows]


async def job(session: AsyncSession, job_id: str) -> JobRow | None:
    """Return the job, also when it is closed, or None."""
    return await session.get(JobRow, job_id)


async def counts(session: AsyncSession, job_id: str) -> dict[SignUpState, int]:
    """Return how many sign-ups of a job are in each state."""
    rows = await session.execute(
        select(SignUpRow.state, func.count()).where(SignUpRow.job_id == job_id).group_by(SignUpRow.state)
    )
    return {SignUpState(state): count for state, count in rows}


async def store(session: AsyncSession, jobs: Sequence[Job], *, at: datetime) -> None:
    """Add jobs, or replace those with the same id; what their lists have given out stays."""
    await catalogue.store(session, JobRow, [asdict(new) | {"confirmed_at": at} for new in jobs])
    await session.execute(
        update(JobRow)
        .where(JobRow.id.in_([new.id for new in jobs]), JobRow.opened_at.is_(None))
        .values(opened_at=at)
        .execution_options(synchronize_session=False)
    )


async def add_sign_up(
    session: AsyncSession, command: SignUp, *, number: str, person_id: str, at: datetime
) -> SignUpRow:
    """Put somebody at the end of the list; the same message again gives the first sign-up.

    Raises:
        UnknownJobError: no job has this id.
        JobClosedError: the job is closed.
        AlreadyOnListError: the person is on this list.
    """
    try:
        async with session.begin_nested():
            # One statement hands out the next number and holds the list until the unit of work ends.
            sequence = await session.scalar(
                update(JobRow)
                .where(JobRow.id == command.job_id, is_open)
                .values(last_sequence=JobRow.last_sequence + 1)
                .returning(JobRow.last_sequence)
                .execution_options(synchronize_session=False)
            )
            if sequence is None:
                is_known = await session.get(JobRow, command.job_id) is not None
                raise (JobClosedError if is_known else UnknownJobError)(command.job_id)
            row = SignUpRow(
                id=new_id(),
                number=number,
                job_id=command.job_id,
                person_id=person_id,
                conversation_id=command.conversation_id,
                message_id=command.message_id,
                sequence=sequence,
                state=SignUpState.WAITING.value,
                signed_up_at=at,
            )
            session.add(row)
            await session.flush()
    except IntegrityError:
        first = await sign_up_by_message(session, command.conversation_id, command.message_id)
        if first is not None:
            return first
        standing = await sign_up_on_list(session, command.job_id, person_id)
        if standing is None:
            raise
        raise AlreadyOnListError(await queue_place(session, standing)) from None
    job = await hold_list(session, row)
    record(session, job, ListEvent.JOINED, at, row=row)
    return row


async def sign_up_by_message(
    session: AsyncSession, conversation_id: str, message_id: str
) -> SignUpRow | None:
    """Return what this message signed up for, or None."""
    return await session.scalar(
        select(SignUpRow).where(
            SignUpRow.conversation_id == conversation_id, SignUpRow.message_id == message_id
        )
    )


async def sign_up_on_list(session: AsyncSession, job_id: str, person_id: str) -> SignUpRow | None:
    """Return the person's place on the job's list, or None."""
    return await session.scalar(
        select(SignUpRow).where(SignUpRow.job_id == job_id, SignUpRow.person_id == person_id, is_on_list)
    )


async def sign_up_by_number(session: AsyncSession, number: str) -> SignUpRow | None:
    """Return the sign-up with this receipt number, or None."""
    return await session.scalar(select(SignUpRow).where(SignUpRow.number == number))


async def sign_ups_of(session: AsyncSession, person_id: str) -> Sequence[SignUpRow]:
    """Return the person's sign-ups, those still on a list first, then the newest first."""
    rows = await session.scalars(
        select(SignUpRow)
        .where(SignUpRow.person_id == person_id)
        .order_by(is_on_list.desc(), SignUpRow.signed_up_at.desc(), SignUpRow.id)
    )
    return rows.all()


async def queue_place(session: AsyncSession, row: SignUpRow) -> QueuePlace:
    """Return the row with its job, and how many are before it."""
    ahead = aliased(SignUpRow)
    position = None
    if row.state == SignUpState.WAITING.value:
        before = await session.scalar(
            select(func.count())
            .select_from(ahead)
            .where(
                ahead.job_id == row.job_id,
                ahead.state == SignUpState.WAITING.value,
                ahead.sequence < row.sequence,
            )
        )
        position = (before or 0) + 1
    return QueuePlace(
        number=row.number,
        job=to_job(await session.get_one(JobRow, row.job_id)),
        position=position,
        signed_up_at=row.signed_up_at,
        state=SignUpState(row.state),
        answer_before=row.answer_before if row.state == SignUpState.OFFERED.value else None,
    )


async def hold_job(session: AsyncSession, job_id: str) -> JobRow:
    """Return the job, its list held until the unit of work ends.

    Raises:
        UnknownJobError: no job has this id.
    """
    job = await session.get(JobRow, job_id, with_for_update=True, populate_existing=True)
    if job is None:
        raise UnknownJobError(job_id)
    return job


async def hold_list(session: AsyncSession, row: SignUpRow) -> JobRow:
    """Return the job of a sign-up, its list held until the unit of work ends, and read the row anew.

    Who changes a list holds it first, so that two changes never wait for each other.
    """
    job = await hold_job(session, row.job_id)
    await session.refresh(row)
    return job


def give_back(job: JobRow) -> None:
    """Free a place that was kept for somebody; of a closed job it is gone."""
    if job.closed_at is None:
        job.free_places += 1


async def leave(session: AsyncSession, row: SignUpRow, *, at: datetime) -> None:
    """Take somebody off the list; a place kept for them comes free. Does nothing for who is off it."""
    job = await hold_list(session, row)
    if row.state not in ON_LIST:
        return
    if row.state == SignUpState.OFFERED.value:
        give_back(job)
    row.state = SignUpState.LEFT.value
    record(session, job, ListEvent.LEFT, at, row=row)
    await session.flush()
