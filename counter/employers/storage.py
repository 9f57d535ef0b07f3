"""Whose firm is whose, in the database."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, Text, delete
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from counter.database import Base, UtcDateTime
from counter.employers.model import Employer


class EmployerRow(Base):
    """The firm a person speaks for, as they told it last, and the conversation in which they did."""

    __tablename__ = "employers"

    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"), primary_key=True)
    conversation_id: Mapped[str | None] = mapped_column(ForeignKey("conversations.id", ondelete="SET NULL"))
    kvk_number: Mapped[str | None] = mapped_column(String(8))
    name: Mapped[str | None] = mapped_column(Text)
    told_at: Mapped[datetime] = mapped_column(UtcDateTime)


async def remember(
    session: AsyncSession, employer: Employer, *, person_id: str, conversation_id: str, at: datetime
) -> None:
    """Keep for which firm this person speaks, in place of what was known."""
    told = {
        "conversation_id": conversation_id,
        "kvk_number": employer.kvk_number,
        "name": employer.name,
        "told_at": at,
    }
    row = await session.get(EmployerRow, person_id)
    if row is None:
        try:
            async with session.begin_nested():
                session.add(EmployerRow(person_id=person_id, **told))
                await session.flush()
        except IntegrityError:
            # Told twice at the same moment: the later one counts.
            row = await session.get_one(EmployerRow, person_id)
        else:
            return
    for column, value in told.items():
        setattr(row, column, value)


async def employer_of(session: AsyncSession, person_id: str) -> Employer | None:
    """Return the firm this person speaks for, or None."""
    row = await session.get(EmployerRow, person_id)
    return None if row is None else Employer(kvk_number=row.kvk_number, name=row.name)


async def erase(session: AsyncSession, conversation_ids: Sequence[str]) -> None:
    """Forget the firms that were told of in these conversations."""
    await session.execute(delete(EmployerRow).where(EmployerRow.conversation_id.in_(conversation_ids)))


async def export(session: AsyncSession, person_id: str) -> list[dict[str, Any]]:
    """Return everything kept about the firm of the person."""
    row = await session.get(EmployerRow, person_id)
    if row is None:
        return []
    return [{"kvk_number": row.kvk_number, "name": row.name, "told_at": row.told_at.isoformat()}]
