"""Preservations in the database."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, ForeignKey, String, Text, exists, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from counter.calendar import local_date
from counter.conversations.storage import ConversationRow
from counter.database import Base, UtcDateTime
from counter.preservations.model import Ground, MustBeKeptError, Preservation, Preserve


class PreservationRow(Base):
    """One time a conversation was kept longer; rows are added and released, and never changed otherwise.

    A later one takes the place of an earlier one, which is released then.
    """

    __tablename__ = "preservations"

    id: Mapped[int] = mapped_column(primary_key=True)
    # Of the conversation, not its person: two people can turn out to be one.
    conversation_id: Mapped[str] = mapped_column(
        ForeignKey("conversations.id", ondelete="CASCADE"), index=True
    )
    ground: Mapped[str] = mapped_column(String(20))
    why: Mapped[str] = mapped_column(Text)
    kept_by: Mapped[str] = mapped_column(Text)
    since: Mapped[datetime] = mapped_column(UtcDateTime)
    until: Mapped[date]
    released_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    released_by: Mapped[str | None] = mapped_column(Text)


def is_preserved(person_id: Any, today: date) -> ColumnElement[bool]:  # noqa: ANN401 - a column
    """Say in SQL that somebody keeps this person today."""
    return exists(
        select(PreservationRow.id)
        .join(ConversationRow, ConversationRow.id == PreservationRow.conversation_id)
        .where(ConversationRow.person_id == person_id, *_stand(today))
    )


async def standing(
    session: AsyncSession, today: date, *, person_id: str | None = None
) -> Sequence[Preservation]:
    """Return what is kept longer today, of one person or of all, the first to end first."""
    rows = await session.scalars(
        select(PreservationRow)
        .join(ConversationRow, ConversationRow.id == PreservationRow.conversation_id)
        .where(*_stand(today), *(() if person_id is None else (ConversationRow.person_id == person_id,)))
        .order_by(PreservationRow.until, PreservationRow.id)
    )
    return [_to_preservation(row) for row in rows]


async def check_may_be_erased(session: AsyncSession, conversation_id: str, *, now: datetime) -> None:
    """See that no claim keeps the person of this conversation; of one that is gone nothing is kept.

    Raises:
        MustBeKeptError: a claim does.
    """
    of_person = select(ConversationRow.person_id).where(ConversationRow.id == conversation_id)
    until = await session.scalar(
        select(func.max(PreservationRow.until))
        .join(ConversationRow, ConversationRow.id == PreservationRow.conversation_id)
        .where(
            ConversationRow.person_id == of_person.scalar_subquery(),
            PreservationRow.ground == Ground.CLAIM.value,
            *_stand(local_date(now)),
        )
    )
    if until is not None:
        raise MustBeKeptError(until)


def add(session: AsyncSession, command: Preserve, *, at: datetime) -> None:
    """Keep a conversation longer."""
    session.add(
        PreservationRow(
            conversation_id=command.conversation_id,
            ground=command.ground.value,
            why=command.why,
            kept_by=command.by,
            since=at,
            until=command.until,
        )
    )


async def release(session: AsyncSession, conversation_ids: Sequence[str], *, by: str, at: datetime) -> bool:
    """End what keeps these conversations longer; false when nothing did."""
    released = await session.scalars(
        update(PreservationRow)
        .where(PreservationRow.conversation_id.in_(conversation_ids), *_stand(local_date(at)))
        .values(released_at=at, released_by=by)
        .returning(PreservationRow.id)
        .execution_options(synchronize_session=False)
    )
    return bool(released.all())


async def export(session: AsyncSession, person_id: str) -> list[dict[str, Any]]:
    """Return every time this person was kept longer, and why."""
    rows = await session.scalars(
        select(PreservationRow)
        .join(ConversationRow, ConversationRow.id == PreservationRow.conversation_id)
        .where(ConversationRow.person_id == person_id)
        .order_by(PreservationRow.id)
    )
    return [
        {
            "ground": row.ground,
            "why": row.why,
            "since": row.since.isoformat(),
            "until": row.until.isoformat(),
            "released_at": None if row.released_at is None else row.released_at.isoformat(),
        }
        for row in rows
    ]


def _stand(today: date) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return PreservationRow.released_at.is_(None), PreservationRow.until >= today


def _to_preservation(row: PreservationRow) -> Preservation:
    return Preservation(
        conversation_id=row.conversation_id,
        ground=Ground(row.ground),
        why=row.why,
        by=row.kept_by,
        since=row.since,
        until=row.until,
    )
