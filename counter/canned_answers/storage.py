"""Canned answers in the database."""

from collections.abc import Sequence

from sqlalchemy import ForeignKey, String, Text, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from counter.canned_answers.model import MAX_NAME, CannedAnswer
from counter.database import Base, new_id


class CannedAnswerRow(Base):
    """One answer; without an owner it is everybody's."""

    __tablename__ = "canned_answers"

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    owner_id: Mapped[str | None] = mapped_column(ForeignKey("staff.id"), index=True)
    name: Mapped[str] = mapped_column(String(MAX_NAME))
    text: Mapped[str] = mapped_column(Text)


async def answers_for(session: AsyncSession, staff_id: str) -> Sequence[CannedAnswer]:
    """Return what is shared and what is somebody's own, by name."""
    rows = await session.scalars(
        select(CannedAnswerRow)
        .where(or_(CannedAnswerRow.owner_id.is_(None), CannedAnswerRow.owner_id == staff_id))
        .order_by(CannedAnswerRow.name, CannedAnswerRow.id)
    )
    return [to_answer(row) for row in rows]


async def lock(session: AsyncSession, answer_id: str, staff_id: str) -> CannedAnswerRow | None:
    """Return an answer that somebody may change, held until the unit of work ends, or None."""
    row = await session.get(CannedAnswerRow, answer_id, with_for_update=True)
    return row if row is not None and row.owner_id in {None, staff_id} else None


def to_answer(row: CannedAnswerRow) -> CannedAnswer:
    """Return the row as the model knows it."""
    return CannedAnswer(id=row.id, name=row.name, text=row.text, owner_id=row.owner_id)
