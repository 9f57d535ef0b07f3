"""Which messages wait for an answer, and who has the right to give it, in the database."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from counter.conversations.model import MessageState, Owner
from counter.conversations.storage import ConversationRow, MessageRow


async def first_pending(session: AsyncSession, conversation_id: str) -> MessageRow | None:
    """Return the oldest message that still waits for an answer, or None."""
    return await session.scalar(
        select(MessageRow)
        .where(
            MessageRow.conversation_id == conversation_id,
            MessageRow.state == MessageState.PENDING.value,
        )
        .order_by(MessageRow.seq)
        .limit(1)
    )


async def mark_done(session: AsyncSession, conversation_id: str, seq: int, *, is_left: bool = False) -> bool:
    """Mark a waiting message as answered, or as left to a coach; false when it was before."""
    following = MessageState.UNWATCHED if is_left else MessageState.DONE
    done = await session.scalar(
        update(MessageRow)
        .where(
            MessageRow.conversation_id == conversation_id,
            MessageRow.seq == seq,
            MessageRow.state == MessageState.PENDING.value,
        )
        .values(state=following.value)
        .returning(MessageRow.seq)
    )
    return done is not None


async def leave_to_coach(session: AsyncSession, conversation: ConversationRow) -> None:
    """Have a coach answer what the bot has not begun to; the bot looks for cries, and will hear of it."""
    left = await session.scalars(
        update(MessageRow)
        .where(
            MessageRow.conversation_id == conversation.id,
            MessageRow.state == MessageState.PENDING.value,
            MessageRow.tries == 0,
        )
        .values(state=MessageState.UNWATCHED.value)
        .returning(MessageRow.seq)
    )
    conversation.unheard_from = conversation.unheard_from or min(left.all(), default=None)


async def take_lease(
    session: AsyncSession, conversation_id: str, *, holder: str, now: datetime, until: datetime
) -> bool:
    """Take or renew the right to answer this conversation.

    False when another process or a coach has it, or when the person is to be erased.
    """
    leaving = aliased(ConversationRow)
    taken = await session.scalar(
        update(ConversationRow)
        .where(
            ConversationRow.id == conversation_id,
            ConversationRow.owner != Owner.COACH.value,
            or_(
                ConversationRow.lease_holder.is_(None),
                ConversationRow.lease_holder == holder,
                ConversationRow.lease_until < now,
            ),
            ConversationRow.person_id.not_in(
                select(leaving.person_id).where(leaving.erase_requested_at.is_not(None))
            ),
        )
        .values(lease_holder=holder, lease_until=until)
        .returning(ConversationRow.id)
        .execution_options(synchronize_session=False)
    )
    return taken is not None


async def release_all_leases(session: AsyncSession) -> None:
    """Forget every lease; only right when no other process answers."""
    await session.execute(
        update(ConversationRow)
        .where(ConversationRow.lease_holder.is_not(None))
        .values(lease_holder=None, lease_until=None)
    )


async def unattended(session: AsyncSession, *, now: datetime, limit: int) -> Sequence[str]:
    """Return conversations with a pending message that no living process answers, oldest first."""
    rows = await session.scalars(
        select(MessageRow.conversation_id)
        .join(ConversationRow, ConversationRow.id == MessageRow.conversation_id)
        .where(
            MessageRow.state == MessageState.PENDING.value,
            or_(ConversationRow.lease_holder.is_(None), ConversationRow.lease_until < now),
        )
        .group_by(MessageRow.conversation_id)
        .order_by(func.min(MessageRow.created_at))
        .limit(limit)
    )
    return rows.all()


async def pending_count(session: AsyncSession) -> int:
    """Return how many messages wait for an answer."""
    count = await session.scalar(
        select(func.count()).select_from(MessageRow).where(MessageRow.state == MessageState.PENDING.value)
    )
    return count or 0
