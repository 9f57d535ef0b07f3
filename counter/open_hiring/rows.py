"""The tables of open hiring: jobs, their lists, and what happened on them."""

from datetime import date, datetime

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint, or_
from sqlalchemy.orm import Mapped, mapped_column

from counter.catalogue import storage as catalogue
from counter.database import Base, UtcDateTime, new_id
from counter.open_hiring.model import Job, SignUpState


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
    # How many of those came free before the trail told of it.
    untold_places: Mapped[int] = mapped_column(default=0, server_default="0")
    # The digest of the last event on the trail: each is computed over the one before.
    trail_digest: Mapped[str] = mapped_column(String(64), default="", server_default="")
    valid_through: Mapped[date | None]
    opened_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # When who offers it last said that it is still there; and when they were asked after that.
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    asked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closing: Mapped[str | None] = mapped_column(String(20))


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


is_open = JobRow.closed_at.is_(None)
is_waiting = SignUpRow.state == SignUpState.WAITING.value
is_offered = SignUpRow.state == SignUpState.OFFERED.value
is_on_list = or_(is_waiting, is_offered)

# A person is at most once on a job's list, however many messages arrive at the same moment.
Index(
    "uq_sign_ups_on_list",
    SignUpRow.job_id,
    SignUpRow.person_id,
    unique=True,
    sqlite_where=is_on_list,
    postgresql_where=is_on_list,
)


class ListEventRow(Base):
    """Something that happened to a job or on its list; rows are only ever added, and name nobody."""

    __tablename__ = "list_events"

    id: Mapped[int] = mapped_column(primary_key=True)
    job_id: Mapped[str] = mapped_column(ForeignKey("jobs.id"), index=True)
    sign_up_id: Mapped[str | None] = mapped_column(ForeignKey("sign_ups.id"), index=True)
    event: Mapped[str] = mapped_column(String(20))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    # None: it happened before events were chained.
    digest: Mapped[str | None] = mapped_column(String(64))


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
        valid_through=row.valid_through,
    )
