"""Ratings in the database."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKeyConstraint, String, Text, delete, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from counter.conversations.model import Sender
from counter.conversations.storage import ConversationRow, MessageRow
from counter.database import Base, UtcDateTime
from counter.ratings.model import Rating


class RatingRow(Base):
    """What the person thinks of one message; a later thought takes the place of an earlier one."""

    __tablename__ = "ratings"
    __table_args__ = (
        ForeignKeyConstraint(
            ["conversation_id", "seq"], ["messages.conversation_id", "messages.seq"], ondelete="CASCADE"
        ),
    )

    conversation_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    is_helpful: Mapped[bool]
    reason: Mapped[str | None] = mapped_column(Text)
    rated_at: Mapped[datetime] = mapped_column(UtcDateTime)


async def is_answer(session: AsyncSession, conversation_id: str, seq: int) -> bool:
    """Tell whether Noor said the message at this place."""
    message = await session.get(MessageRow, (conversation_id, seq))
    return message is not None and message.sender == Sender.BOT.value


async def keep(session: AsyncSession, conversation_id: str, rating: Rating, *, at: datetime) -> None:
    """Keep a rating in place of what the person thought before; their conversation is locked."""
    row = await session.get(RatingRow, (conversation_id, rating.seq))
    if row is None:
        row = RatingRow(conversation_id=conversation_id, seq=rating.seq)
        session.add(row)
    row.is_helpful, row.reason, row.rated_at = rating.is_helpful, rating.reason, at


async def erase(session: AsyncSession, conversation_ids: Sequence[str]) -> None:
    """Delete what was thought of these conversations."""
    await session.execute(delete(RatingRow).where(RatingRow.conversation_id.in_(conversation_ids)))


async def export(session: AsyncSession, person_id: str) -> list[dict[str, Any]]:
    """Return every rating of the person's."""
    rows = await session.scalars(
        select(RatingRow)
        .join(ConversationRow, ConversationRow.id == RatingRow.conversation_id)
        .where(ConversationRow.person_id == person_id)
        .order_by(RatingRow.rated_at, RatingRow.seq)
    )
    return [
        {
            "conversation_id": row.conversation_id,
            "seq": row.seq,
            "helpful": row.is_helpful,
            "reason": row.reason,
            "rated_at": row.rated_at.isoformat(),
        }
        for row in rows
    ]
