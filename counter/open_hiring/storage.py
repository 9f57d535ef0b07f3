"""Open-hiring jobs, their lists and what happened on them, in the database."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint, func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, aliased, mapped_column

from counter.catalogue import storage as catalogue
from counter.database import Base, UtcDateTime, new_id
from counter.open_hiring.model import (
    AlreadyOnListError,
    Job,
    ListEvent,
    QueuePlace,
    SignUp,
    SignUpState,
    UnknownJobError,
)


class JobRow(catalogue.ItemRow):
    """One job; `last_sequence` is the number last given out on its list."""

    __tablename__ = "jobs"

    title: Mapped[str] = mapped_column(Text)
    employer: Mapped[str] = mapped_column(Text)
    place: Mapped[str] = mapped_column(Text)
    sector: Mapped[str] = mapped_column(String(50))
    hours_min: Mapped[int]
    hours_max: Mapped[int]
    wage_text: Mapped[str] = mapped_column(Text)
    tasks: Mapped[str] = mapped_column(Text)
    practical_needs: Mapped[list[str]] = mapped_column(JSON)
    is_sample: Mapped[bool]
    open_places: Mapped[int]
    last_sequence: Mapped[int] = mapped_column(default=0)


class SignUpRow(Base):
    """One place on one list; who left keeps the row, not the place."""

    __tablename__ = "sign_ups"
    __table_args__ = (
        UniqueConstraint("conversation_id", "message_id"),
        UniqueConstraint("job_id", "sequence"),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    number: Mapped[str] = mapped_column(String(20), unique=True)
    job_id: Mapped[str] = mapped_column(ForeignKey("jobs.id"))
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"), index=True)
    conversation_id: Mapped[str | None] = mapped_column(ForeignKey("conversations.id", ondelete="SET NULL"))
    message_id: Mapped[str] = mapped_column(String(100))
    sequence: Mapped[int]
    state: Mapped[str] = mapped_column(String(20))
    name: Mapped[str | None] = mapped_column(Text)
    phone: Mapped[str | None] = mapped_column(Text)
    email: Mapped[str | None] = mapped_column(Text)
    signed_up_at: Mapped[datetime] = mapped_column(UtcDateTime)


_is_waiting = SignUpRow.state == SignUpState.WAITING.value

# A person is at most once on a job's list, however many messages arrive at the same moment.
Index(
    "uq_sign_ups_waiting",
    SignUpRow.job_id,
    SignUpRow.person_id,
    unique=True,
    sqlite_where=_is_waiting,
    postgresql_where=_is_waiting,
)


class SignUpEventRow(Base):
    """Something that happened on a list; rows are only ever added, and name nobody."""

    __tablename__ = "sign_up_events"

    id: Mapped[int] = mapped_column(primary_key=True)
    sign_up_id: Mapped[str] = mapped_column(ForeignKey("sign_ups.id"), index=True)
    event: Mapped[str] = mapped_column(String(20))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


def to_job(row: JobRow) -> Job:
    """Return the row as the model knows it."""
    return Job(
        id=row.id,
        title=row.title,
        employer=row.employer,
        place=row.place,
        sector=row.sector,
        hours_min=row.hours_min,
        hours_max=row.hours_max,
        wage_text=row.wage_text,
        tasks=row.tasks,
        practical_needs=tuple(row.practical_needs),
        is_sample=row.is_sample,
        open_places=row.open_places,
    )


async def all_jobs(session: AsyncSession) -> list[Job]:
    """Return every job, by id."""
    return [to_job(row) for row in await session.scalars(select(JobRow).order_by(JobRow.id))]


async def job(session: AsyncSession, job_id: str) -> Job | None:
    """Return the job, or None."""
    row = await session.get(JobRow, job_id)
    return None if row is None else to_job(row)


async def store(session: AsyncSession, jobs: Sequence[Job]) -> None:
    """Add jobs, or replace those with the same id; what their lists have given out stays."""
    await catalogue.store(session, JobRow, [asdict(new) for new in jobs])


async def add_sign_up(
    session: AsyncSession, command: SignUp, *, number: str, person_id: str, at: datetime
) -> SignUpRow:
    """Put somebody at the end of the list; the same message again gives the first sign-up.

    Raises:
        UnknownJobError: no job has this id.
        AlreadyOnListError: the person is on this list.
    """
    try:
        async with session.begin_nested():
            # One statement hands out the next number and holds the list until the unit of work ends.
            sequence = await session.scalar(
                update(JobRow)
                .where(JobRow.id == command.job_id)
                .values(last_sequence=JobRow.last_sequence + 1)
                .returning(JobRow.last_sequence)
                .execution_options(synchronize_session=False)
            )
            if sequence is None:
                raise UnknownJobError(command.job_id)
            row = SignUpRow(
                id=new_id(),
                number=number,
                job_id=command.job_id,
                person_id=person_id,
                conversation_id=command.conversation_id,
                message_id=command.message_id,
                sequence=sequence,
                state=SignUpState.WAITING.value,
                name=command.name,
                phone=command.phone,
                email=command.email,
                signed_up_at=at,
            )
            session.add(row)
            await session.flush()
    except IntegrityError:
        first = await sign_up_by_message(session, command.conversation_id, command.message_id)
        if first is not None:
            return first
        waiting = await waiting_sign_up(session, command.job_id, person_id)
        if waiting is None:
            raise
        raise AlreadyOnListError(await queue_place(session, waiting)) from None
    _record(session, row, ListEvent.JOINED, at)
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


async def waiting_sign_up(session: AsyncSession, job_id: str, person_id: str) -> SignUpRow | None:
    """Return the person's place on the job's list, or None."""
    return await session.scalar(
        select(SignUpRow).where(SignUpRow.job_id == job_id, SignUpRow.person_id == person_id, _is_waiting)
    )


async def sign_up_by_number(session: AsyncSession, number: str) -> SignUpRow | None:
    """Return the sign-up with this receipt number, or None."""
    return await session.scalar(select(SignUpRow).where(SignUpRow.number == number))


async def sign_ups_of(session: AsyncSession, person_id: str) -> Sequence[SignUpRow]:
    """Return the person's sign-ups, waiting ones first, then the newest first."""
    rows = await session.scalars(
        select(SignUpRow)
        .where(SignUpRow.person_id == person_id)
        .order_by(_is_waiting.desc(), SignUpRow.signed_up_at.desc(), SignUpRow.id)
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
    )


async def leave(session: AsyncSession, row: SignUpRow, *, at: datetime) -> None:
    """Take somebody off the list; does nothing for who left before."""
    left = await session.scalar(
        update(SignUpRow)
        .where(SignUpRow.id == row.id, _is_waiting)
        .values(state=SignUpState.LEFT.value)
        .returning(SignUpRow.id)
        .execution_options(synchronize_session=False)
    )
    if left is not None:
        _record(session, row, ListEvent.LEFT, at)
    await session.refresh(row)


def _record(session: AsyncSession, row: SignUpRow, event: ListEvent, at: datetime) -> None:
    session.add(SignUpEventRow(sign_up_id=row.id, event=event.value, at=at))


async def history(session: AsyncSession, job_id: str) -> list[tuple[str, ListEvent, datetime]]:
    """Return what happened on a job's list: receipt number, event and moment, in order."""
    rows = await session.execute(
        select(SignUpRow.number, SignUpEventRow.event, SignUpEventRow.at)
        .join(SignUpRow, SignUpRow.id == SignUpEventRow.sign_up_id)
        .where(SignUpRow.job_id == job_id)
        .order_by(SignUpEventRow.id)
    )
    return [(number, ListEvent(event), at) for number, event, at in rows]


async def erase(session: AsyncSession, conversation_ids: Sequence[str], *, at: datetime) -> None:
    """Take off the lists whoever signed up in these conversations, and blank who they were."""
    rows = await session.scalars(select(SignUpRow).where(SignUpRow.conversation_id.in_(conversation_ids)))
    for row in rows.all():
        await leave(session, row, at=at)
        row.name = row.phone = row.email = None


async def export(session: AsyncSession, person_id: str) -> list[dict[str, Any]]:
    """Return everything kept about the person's places on lists."""
    return [
        {
            "number": row.number,
            "job_id": row.job_id,
            "state": row.state,
            "name": row.name,
            "phone": row.phone,
            "email": row.email,
            "signed_up_at": row.signed_up_at.isoformat(),
        }
        for row in await sign_ups_of(session, person_id)
    ]
