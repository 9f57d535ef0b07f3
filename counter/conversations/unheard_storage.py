"""What was said without the bot, in the database."""

from collections.abc import Sequence

from sqlalchemy import and_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from counter.conversations.model import Message, Sender
from counter.conversations.storage import ConversationRow, MessageRow, to_message


async def unheard(session: AsyncSession, conversation: ConversationRow, before: int) -> Sequence[Message]:
    """Return what a coach said, and what the person said to one, before message `before`, in order."""
    if conversation.unheard_from is None:
        return []
    rows = await session.scalars(
        select(MessageRow)
        .where(
            MessageRow.conversation_id == conversation.id,
            MessageRow.seq >= conversation.unheard_from,
            MessageRow.seq < before,
            or_(
                MessageRow.sender == Sender.COACH.value,
                # What the bot was asked, it knows.
                and_(MessageRow.sender == Sender.PERSON.value, MessageRow.tries == 0),
            ),
        )
        .order_by(MessageRow.seq)
    )
    return [to_message(row) for row in rows]


def mark_heard(conversation: ConversationRow, before: int) -> None:
    """Note that the bot knows what was said before message `before`; the conversation's row is locked."""
    if conversation.unheard_from is not None and conversation.unheard_from < before:
        # What came in meanwhile is looked through at the next turn.
        conversation.unheard_from = before if conversation.last_seq > before else None
