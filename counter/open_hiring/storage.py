"""Open-hiring jobs, their lists and what happened on them, in the database."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    ForeignKey,
    Index,
    Select,
    String,
    Text,
    UniqueConstraint,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, aliased, mapped_column

from counter.catalogue import storage as catalogue
from counter.database import Base, UtcDateTime, new_id
from counter.open_hiring.model import (
    ON_LIST,
    AlreadyOnListError,
    Job,
    ListEvent,
    QueuePlace,
    SignUp,
    SignUpState,
    UnknownJobError,
)
from counter.people.model import Detail, KnownDetail
from counter.people.storage import correct_detail, details_of

# An employer still gets in touch about these.
_IN_USE = tuple(state.value for state in (*ON_LIST, SignUpState.ACCEPTED))
# The event that ends a place has the name of the state it ends in.
_OFF_LIST = (SignUpState.LEFT.value, SignUpState.PASSED.value, SignUpState.EXPIRED.value)


class JobRow(catalogue.ItemRow):
    """One job; `last_sequence` is the number last given out on its list.

    `free_places` came free and are offered to nobody yet. An import changes none of these.
    """

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
    free_places: Mapped[int] = mapped_column(default=0)
    # How many places ever came free: who says so of the list as they saw it, says it once.
    freed_places: Mapped[int] = mapped_column(default=0, server_default="0")


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
    # Until when an offered place is kept for this person.
    answer_before: Mapped[datetime | None] = mapped_column(UtcDateTime)


is_waiting = SignUpRow.state == SignUpState.WAITING.value
is_offered = SignUpRow.state == SignUpState.OFFERED.value
_is_on_list = or_(is_waiting, is_offered)

# A person is at most once on a job's list, however many messages arrive at the same moment.
Index(
    "uq_sign_ups_on_list",
    SignUpRow.job_id,
    SignUpRow.person_id,
    unique=True,
    sqlite_where=_is_on_list,
    postgresql_where=_is_on_list,
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
        standing = await sign_up_on_list(session, command.job_id, person_id)
        if standing is None:
            raise
        raise AlreadyOnListError(await queue_place(session, standing)) from None
    record(session, row, ListEvent.JOINED, at)
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
        select(SignUpRow).where(SignUpRow.job_id == job_id, SignUpRow.person_id == person_id, _is_on_list)
    )


async def sign_up_by_number(session: AsyncSession, number: str) -> SignUpRow | None:
    """Return the sign-up with this receipt number, or None."""
    return await session.scalar(select(SignUpRow).where(SignUpRow.number == number))


async def sign_ups_of(session: AsyncSession, person_id: str) -> Sequence[SignUpRow]:
    """Return the person's sign-ups, those still on a list first, then the newest first."""
    rows = await session.scalars(
        select(SignUpRow)
        .where(SignUpRow.person_id == person_id)
        .order_by(_is_on_list.desc(), SignUpRow.signed_up_at.desc(), SignUpRow.id)
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


async def hold_list(session: AsyncSession, row: SignUpRow) -> JobRow:
    """Return the job of a sign-up, its list held until the unit of work ends, and read the row anew.

    Who changes a list holds it first, so that two changes never wait for each other.
    """
    job = await session.get_one(JobRow, row.job_id, with_for_update=True, populate_existing=True)
    await session.refresh(row)
    return job


async def leave(session: AsyncSession, row: SignUpRow, *, at: datetime) -> None:
    """Take somebody off the list; a place kept for them comes free. Does nothing for who is off it."""
    job = await hold_list(session, row)
    if row.state not in ON_LIST:
        return
    if row.state == SignUpState.OFFERED.value:
        job.free_places += 1
    row.state = SignUpState.LEFT.value
    record(session, row, ListEvent.LEFT, at)
    await session.flush()


def record(session: AsyncSession, row: SignUpRow, event: ListEvent, at: datetime) -> None:
    """Note what happened on a list."""
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
    rows = await session.scalars(
        select(SignUpRow)
        .where(SignUpRow.conversation_id.in_(conversation_ids))
        .order_by(SignUpRow.job_id, SignUpRow.sequence)
    )
    for row in rows.all():
        await leave(session, row, at=at)
        row.name = row.phone = row.email = None


async def person_of_number(session: AsyncSession, number: str) -> str | None:
    """Return the person who has this receipt number, or None."""
    return await session.scalar(select(SignUpRow.person_id).where(SignUpRow.number == number))


def with_open() -> Select[str]:
    """Select the people on a list."""
    return select(SignUpRow.person_id).where(_is_on_list)


def stale(before: datetime) -> Select[Any, Any, Any]:
    """Select who came off a list without a job before a moment, and is still named there."""
    since = (
        select(func.max(SignUpEventRow.at))
        .where(SignUpEventRow.sign_up_id == SignUpRow.id, SignUpEventRow.event == SignUpRow.state)
        .scalar_subquery()
    )
    details = (SignUpRow.name, SignUpRow.phone, SignUpRow.email)
    return select(SignUpRow.id.label("key"), since.label("since"), SignUpRow.person_id).where(
        SignUpRow.state.in_(_OFF_LIST), since < before, or_(*(detail.is_not(None) for detail in details))
    )


async def forget(session: AsyncSession, sign_up_ids: Sequence[str], before: datetime) -> None:
    """Blank who it was that came off a list without a job; the order and what happened stay."""
    del before
    await session.execute(
        update(SignUpRow)
        .where(SignUpRow.id.in_(sign_up_ids), SignUpRow.state.in_(_OFF_LIST))
        .values(name=None, phone=None, email=None)
        .execution_options(synchronize_session=False)
    )


async def details(session: AsyncSession, person_id: str) -> list[KnownDetail]:
    """Return the details the person gave on lists."""
    return [
        known
        for row in await sign_ups_of(session, person_id)
        for known in details_of(row, is_used=row.state in _IN_USE)
    ]


async def correct(
    session: AsyncSession, person_id: str, detail: Detail, value: str, at: datetime
) -> list[str]:
    """Replace a detail in the person's sign-ups in use; returns their numbers."""
    rows = await session.scalars(
        select(SignUpRow)
        .where(SignUpRow.person_id == person_id, SignUpRow.state.in_(_IN_USE))
        .order_by(SignUpRow.id)
        .with_for_update()
    )
    corrected = [row for row in rows.all() if correct_detail(row, detail, value)]
    for row in corrected:
        record(session, row, ListEvent.CORRECTED, at)
    return [row.number for row in corrected]


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
            "answer_before": None if row.answer_before is None else row.answer_before.isoformat(),
        }
        for row in await sign_ups_of(session, person_id)
    ]
