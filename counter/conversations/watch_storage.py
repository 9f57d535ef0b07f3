"""Which messages must still be looked at for a cry for help, in the database."""

from collections.abc import Collection, Sequence

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from counter.conversations.model import MessageState
from counter.conversations.storage import MessageRow

is_unwatched = MessageRow.state == MessageState.UNWATCHED.value


async def first_unwatched(
    session: AsyncSession, conversation_id: str, *, besides: Collection[int] = ()
) -> MessageRow | None:
    """Return the oldest message to look at, `besides` those at these places, or None."""
    return await session.scalar(
        select(MessageRow)
        .where(MessageRow.conversation_id == conversation_id, is_unwatched, MessageRow.seq.not_in(besides))
        .order_by(MessageRow.seq)
        .limit(1)
    )


async def mark_watched(session: AsyncSession, conversation_id: str, seq: int) -> bool:
    """Mark a message as looked at; false when somebody else was first, or it is gone."""
    watched = await session.scalar(
        update(MessageRow)
        .where(MessageRow.conversation_id == conversation_id, MessageRow.seq == seq, is_unwatched)
        .values(state=MessageState.DONE.value)
        .returning(MessageRow.seq)
    )
    return watched is not None


async def unwatched(session: AsyncSession, *, limit: int) -> Sequence[str]:
    """Return conversations with a message that must still be looked at, the longest waiting first."""
    rows = await session.scalars(
        select(MessageRow.conversation_id)
        .where(is_unwatched)
        .group_by(MessageRow.conversation_id)
        .order_by(func.min(MessageRow.created_at))
        .limit(limit)
    )
    return rows.all()


async def unwatched_count(session: AsyncSession) -> int:
    """Return how many messages must still be looked at."""
    return await session.scalar(select(func.count()).select_from(MessageRow).where(is_unwatched)) or 0
