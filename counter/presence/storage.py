"""Presence in the database."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import String, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from counter.database import Base, UtcDateTime
from counter.presence.model import Presence, PresenceState


class PresenceRow(Base):
    """One coach; a beat of a newer page takes the place of an older one."""

    __tablename__ = "presence"

    staff_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    chosen: Mapped[str] = mapped_column(String(10))
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime)
    active_at: Mapped[datetime] = mapped_column(UtcDateTime)
    looking_at: Mapped[str | None] = mapped_column(String(20))


async def row_of(session: AsyncSession, staff_id: str, *, at: datetime) -> PresenceRow:
    """Return somebody's row, held; a new one says that they are there."""
    row = await session.get(PresenceRow, staff_id, with_for_update=True)
    if row is None:
        row = PresenceRow(
            staff_id=staff_id, chosen=PresenceState.PRESENT.value, seen_at=at, active_at=at, looking_at=None
        )
        session.add(row)
    return row


async def presence_of(session: AsyncSession, staff_id: str, *, since: datetime) -> Presence | None:
    """Return somebody's presence if the desk has seen them since then."""
    row = await session.get(PresenceRow, staff_id)
    return None if row is None or row.seen_at < since else to_presence(row)


async def seen_since(session: AsyncSession, moment: datetime) -> Sequence[Presence]:
    """Return whom the desk has seen since then."""
    rows = await session.scalars(select(PresenceRow).where(PresenceRow.seen_at >= moment))
    return [to_presence(row) for row in rows]


def to_presence(row: PresenceRow) -> Presence:
    """Return the row as the model knows it."""
    return Presence(
        staff_id=row.staff_id,
        chosen=PresenceState(row.chosen),
        seen_at=row.seen_at,
        active_at=row.active_at,
        looking_at=row.looking_at,
    )
