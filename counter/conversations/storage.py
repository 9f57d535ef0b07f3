"""Conversations and messages in the database."""

import secrets
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    ForeignKey,
    Index,
    ScalarSelect,
    String,
    Text,
    UniqueConstraint,
    delete,
    func,
    select,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from counter.conversations.model import (
    Content,
    Conversation,
    Message,
    MessageState,
    Owner,
    Sender,
    UnknownConversationError,
)
from counter.database import Base, UtcDateTime, new_id


class ConversationRow(Base):
    """One conversation in one channel."""

    __tablename__ = "conversations"

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"), index=True)
    channel: Mapped[str] = mapped_column(String(20))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    owner: Mapped[str] = mapped_column(String(10), default=Owner.BOT.value)
    last_seq: Mapped[int] = mapped_column(default=0)
    # From this message on something was said that the bot was not asked: by a coach, or to one.
    unheard_from: Mapped[int | None]
    # The app process that is answering; another may take over once the lease has run out.
    lease_holder: Mapped[str | None] = mapped_column(String(36))
    lease_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # When the person asked here to erase everything; until that is done, nothing of theirs is answered.
    erase_requested_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    last_message_at: Mapped[datetime] = mapped_column(UtcDateTime)


wishes_erasure = ConversationRow.erase_requested_at.is_not(None)

# Every turn looks whether its person asked to erase everything; nearly nobody has.
Index(
    "ix_conversations_erase_requested",
    ConversationRow.person_id,
    sqlite_where=wishes_erasure,
    postgresql_where=wishes_erasure,
)


class MessageRow(Base):
    """One message; its place in the conversation is its key."""

    __tablename__ = "messages"
    __table_args__ = (UniqueConstraint("id"), UniqueConstraint("conversation_id", "client_id"))

    conversation_id: Mapped[str] = mapped_column(
        ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True
    )
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    id: Mapped[str] = mapped_column(String(36), default=new_id)
    sender: Mapped[str] = mapped_column(String(10))
    text: Mapped[str] = mapped_column(Text)
    payload: Mapped[str | None] = mapped_column(Text)
    buttons: Mapped[list[dict[str, str]]] = mapped_column(JSON)
    cards: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    simpler: Mapped[str] = mapped_column(Text, server_default="")
    # Which of the bot's responses this is, and by what name a coach said it.
    response: Mapped[str] = mapped_column(String(100), server_default="")
    author: Mapped[str] = mapped_column(Text, server_default="")
    client_id: Mapped[str | None] = mapped_column(String(100))
    # How often the bot was asked: past the first time it may have answered already.
    tries: Mapped[int] = mapped_column(default=0)
    state: Mapped[str] = mapped_column(String(10))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


# Finding work must not slow down with the number of answered messages.
Index(
    "ix_messages_pending",
    MessageRow.conversation_id,
    MessageRow.seq,
    sqlite_where=MessageRow.state == MessageState.PENDING.value,
    postgresql_where=MessageRow.state == MessageState.PENDING.value,
)
Index(
    "ix_messages_unwatched",
    MessageRow.conversation_id,
    MessageRow.seq,
    sqlite_where=MessageRow.state == MessageState.UNWATCHED.value,
    postgresql_where=MessageRow.state == MessageState.UNWATCHED.value,
)


def to_conversation(row: ConversationRow) -> Conversation:
    """Return the row as the model knows it."""
    return Conversation(id=row.id, person_id=row.person_id, channel=row.channel, owner=Owner(row.owner))


def to_message(row: MessageRow) -> Message:
    """Return the row as the model knows it."""
    return Message(
        id=row.id,
        seq=row.seq,
        sender=Sender(row.sender),
        content=Content(
            text=row.text,
            payload=row.payload,
            buttons=row.buttons,
            cards=row.cards,
            simpler=row.simpler,
            response=row.response,
            author=row.author,
        ),
        state=MessageState(row.state),
        at=row.created_at,
    )


async def person_of(session: AsyncSession, conversation_id: str) -> str:
    """Return the id of the person whose conversation this is.

    Raises:
        UnknownConversationError: there is no such conversation.
    """
    person_id = await session.scalar(
        select(ConversationRow.person_id).where(ConversationRow.id == conversation_id)
    )
    if person_id is None:
        raise UnknownConversationError(conversation_id)
    return person_id


async def lock(session: AsyncSession, conversation_id: str) -> ConversationRow:
    """Return the conversation's row, held until the unit of work ends.

    Raises:
        UnknownConversationError: there is no such conversation.
    """
    row = await session.scalar(
        select(ConversationRow).where(ConversationRow.id == conversation_id).with_for_update()
    )
    if row is None:
        raise UnknownConversationError(conversation_id)
    return row


async def conversation(session: AsyncSession, conversation_id: str) -> ConversationRow | None:
    """Return the conversation's row, or None."""
    return await session.get(ConversationRow, conversation_id)


async def conversation_by_token_hash(session: AsyncSession, token_hash: str) -> ConversationRow | None:
    """Return the conversation this token opens, or None."""
    return await session.scalar(select(ConversationRow).where(ConversationRow.token_hash == token_hash))


def begin(
    session: AsyncSession, *, person_id: str, channel: str, at: datetime, token_hash: str | None = None
) -> ConversationRow:
    """Add a new conversation; without a `token_hash` no token opens it."""
    row = ConversationRow(
        id=new_id(),
        person_id=person_id,
        channel=channel,
        token_hash=token_hash or secrets.token_hex(32),
        created_at=at,
        last_message_at=at,
    )
    session.add(row)
    return row


def append(
    session: AsyncSession,
    conversation: ConversationRow,
    *,
    sender: Sender,
    content: Content,
    state: MessageState,
    at: datetime,
    client_id: str | None = None,
) -> MessageRow:
    """Add a message at the end of a conversation whose row is locked."""
    conversation.last_seq += 1
    conversation.last_message_at = at
    if sender is Sender.COACH or (sender is Sender.PERSON and conversation.owner == Owner.COACH.value):
        conversation.unheard_from = conversation.unheard_from or conversation.last_seq
    row = MessageRow(
        id=new_id(),
        conversation_id=conversation.id,
        seq=conversation.last_seq,
        sender=sender.value,
        text=content.text,
        payload=content.payload,
        buttons=[dict(button) for button in content.buttons],
        cards=[dict(card) for card in content.cards],
        simpler=content.simpler,
        response=content.response,
        author=content.author,
        client_id=client_id,
        state=state.value,
        created_at=at,
    )
    session.add(row)
    return row


async def message(session: AsyncSession, conversation_id: str, seq: int) -> MessageRow | None:
    """Return one message of a conversation, or None."""
    return await session.get(MessageRow, (conversation_id, seq))


async def message_by_client_id(
    session: AsyncSession, conversation_id: str, client_id: str
) -> MessageRow | None:
    """Return the message that carried this client id, or None."""
    return await session.scalar(
        select(MessageRow).where(
            MessageRow.conversation_id == conversation_id, MessageRow.client_id == client_id
        )
    )


async def messages_after(
    session: AsyncSession, conversation_id: str, after: int | ScalarSelect[int]
) -> Sequence[MessageRow]:
    """Return the messages past `after`, in order."""
    rows = await session.scalars(
        select(MessageRow)
        .where(MessageRow.conversation_id == conversation_id, MessageRow.seq > after)
        .order_by(MessageRow.seq)
    )
    return rows.all()


async def said_to_person(session: AsyncSession, conversation_id: str, *, limit: int) -> Iterable[MessageRow]:
    """Return what the counter said, newest first: that is where buttons are."""
    return await session.scalars(
        select(MessageRow)
        .where(MessageRow.conversation_id == conversation_id, MessageRow.sender != Sender.PERSON.value)
        .order_by(MessageRow.seq.desc())
        .limit(limit)
    )


async def last_said_by_person(session: AsyncSession, conversation_id: str) -> int:
    """Return the place of the person's last message; nought when they said nothing."""
    last = await session.scalar(
        select(func.max(MessageRow.seq)).where(
            MessageRow.conversation_id == conversation_id, MessageRow.sender == Sender.PERSON.value
        )
    )
    return last or 0


async def was_said(session: AsyncSession, conversation_id: str, response: str, *, since: datetime) -> bool:
    """Tell whether a response was said in a conversation after a moment."""
    found = await session.scalar(
        select(MessageRow.seq)
        .where(
            MessageRow.conversation_id == conversation_id,
            MessageRow.response == response,
            MessageRow.created_at > since,
        )
        .limit(1)
    )
    return found is not None


async def said_since(session: AsyncSession, conversation_id: str) -> Sequence[MessageRow]:
    """Return what the counter said since the person's last message."""
    return await messages_after(session, conversation_id, await last_said_by_person(session, conversation_id))


async def positions(session: AsyncSession, conversation_ids: Sequence[str]) -> dict[str, int]:
    """Return how far each of these conversations has come; one that is gone is left out."""
    rows = await session.execute(
        select(ConversationRow.id, ConversationRow.last_seq).where(ConversationRow.id.in_(conversation_ids))
    )
    return {row.id: row.last_seq for row in rows}


async def said_before(session: AsyncSession, conversation_id: str, message_id: str) -> MessageRow | None:
    """Return what the counter said last before this message, or None."""
    seq = select(MessageRow.seq).where(MessageRow.id == message_id).scalar_subquery()
    return await session.scalar(
        select(MessageRow)
        .where(
            MessageRow.conversation_id == conversation_id,
            MessageRow.sender != Sender.PERSON.value,
            MessageRow.seq < seq,
        )
        .order_by(MessageRow.seq.desc())
        .limit(1)
    )


async def conversations_of(session: AsyncSession, person_id: str) -> Sequence[ConversationRow]:
    """Return a person's conversations, oldest first."""
    rows = await session.scalars(
        select(ConversationRow)
        .where(ConversationRow.person_id == person_id)
        .order_by(ConversationRow.created_at, ConversationRow.id)
    )
    return rows.all()


async def delete_conversation(session: AsyncSession, conversation_id: str) -> None:
    """Delete a conversation with its messages."""
    await session.execute(delete(MessageRow).where(MessageRow.conversation_id == conversation_id))
    await session.execute(delete(ConversationRow).where(ConversationRow.id == conversation_id))
