"""Addresses and deliveries in the database."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, Select, String, delete, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from counter.channels.model import DeliveryState
from counter.conversations.model import Sender
from counter.conversations.storage import ConversationRow, MessageRow
from counter.database import Base, UtcDateTime


class AddressRow(Base):
    """One place where a person is reached: a chat of a channel, and the conversation held there."""

    __tablename__ = "addresses"

    channel: Mapped[str] = mapped_column(String(20), primary_key=True)
    address: Mapped[str] = mapped_column(String(128), primary_key=True)
    conversation_id: Mapped[str] = mapped_column(
        ForeignKey("conversations.id", ondelete="CASCADE"), unique=True
    )
    heard_at: Mapped[datetime] = mapped_column(UtcDateTime)
    # Everything up to here is with the provider, or never will be; of the next message these parts are.
    delivered_seq: Mapped[int] = mapped_column(default=0)
    delivered_parts: Mapped[int] = mapped_column(default=0)
    tries: Mapped[int] = mapped_column(default=0)
    retry_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # When nothing could be sent before the person is heard again: asked to write, or out of reach.
    knocked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    unreachable_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    lease_holder: Mapped[str | None] = mapped_column(String(36))
    lease_until: Mapped[datetime | None] = mapped_column(UtcDateTime)


class DeliveryRow(Base):
    """One part of a message, as the provider has it."""

    __tablename__ = "deliveries"

    # Not of the conversation itself: whoever sends would hold it up, and could meet who erases it.
    conversation_id: Mapped[str] = mapped_column(
        ForeignKey("addresses.conversation_id", ondelete="CASCADE"), primary_key=True
    )
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    part: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    channel: Mapped[str] = mapped_column(String(20))
    # The provider's id; none when it never took the part.
    provider_id: Mapped[str | None] = mapped_column(String(128))
    state: Mapped[str] = mapped_column(String(10))
    error: Mapped[str | None] = mapped_column(String(40))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


# A report names the provider's id alone.
Index("ix_deliveries_provider_id", DeliveryRow.channel, DeliveryRow.provider_id)

_CAN_BE_REACHED = (
    AddressRow.unreachable_at.is_(None),
    or_(AddressRow.knocked_at.is_(None), AddressRow.knocked_at < AddressRow.heard_at),
)


async def lock(session: AsyncSession, channel: str, address: str) -> AddressRow | None:
    """Return the row of an address, held until the unit of work ends, or None."""
    return await session.get(AddressRow, (channel, address), with_for_update=True)


async def address_of(session: AsyncSession, conversation_id: str) -> AddressRow | None:
    """Return where a conversation is held, or None when that is the website."""
    return await session.scalar(select(AddressRow).where(AddressRow.conversation_id == conversation_id))


async def lock_free(
    session: AsyncSession, conversation_id: str, *, holder: str, now: datetime
) -> AddressRow | None:
    """Return the address of a conversation, held, when this holder may send there.

    None when there is no address, it cannot be reached now, or another process sends.
    """
    return await session.scalar(
        select(AddressRow)
        .where(
            AddressRow.conversation_id == conversation_id,
            or_(
                AddressRow.lease_holder.is_(None),
                AddressRow.lease_holder == holder,
                AddressRow.lease_until < now,
            ),
            or_(AddressRow.retry_at.is_(None), AddressRow.retry_at <= now),
            *_CAN_BE_REACHED,
        )
        .with_for_update()
    )


async def next_to_send(session: AsyncSession, conversation_id: str, after: int) -> MessageRow | None:
    """Return the first message past `after` that the person did not write, or None."""
    return await session.scalar(
        select(MessageRow)
        .where(
            MessageRow.conversation_id == conversation_id,
            MessageRow.seq > after,
            MessageRow.sender != Sender.PERSON.value,
        )
        .order_by(MessageRow.seq)
        .limit(1)
    )


async def undelivered(session: AsyncSession, *, now: datetime, limit: int) -> Sequence[str]:
    """Return conversations with something to send that no living process sends, the oldest first."""
    rows = await session.scalars(
        select(AddressRow.conversation_id)
        .join(ConversationRow, ConversationRow.id == AddressRow.conversation_id)
        .where(
            AddressRow.delivered_seq < ConversationRow.last_seq,
            or_(AddressRow.lease_holder.is_(None), AddressRow.lease_until < now),
            or_(AddressRow.retry_at.is_(None), AddressRow.retry_at <= now),
            *_CAN_BE_REACHED,
        )
        .order_by(ConversationRow.last_message_at)
        .limit(limit)
    )
    return rows.all()


async def release_all_leases(session: AsyncSession) -> None:
    """Forget every lease; only right when no other process sends."""
    await session.execute(
        update(AddressRow)
        .where(AddressRow.lease_holder.is_not(None))
        .values(lease_holder=None, lease_until=None)
    )


async def delivery(session: AsyncSession, channel: str, provider_id: str) -> DeliveryRow | None:
    """Return what the provider knows by this id, held until the unit of work ends, or None."""
    return await session.scalar(
        select(DeliveryRow)
        .where(DeliveryRow.channel == channel, DeliveryRow.provider_id == provider_id)
        .with_for_update()
    )


def add_delivery(
    session: AsyncSession,
    row: AddressRow,
    *,
    seq: int,
    part: int,
    provider_id: str | None,
    state: DeliveryState,
    error: str | None,
    at: datetime,
) -> None:
    """Record what became of one part of a message."""
    session.add(
        DeliveryRow(
            conversation_id=row.conversation_id,
            seq=seq,
            part=part,
            channel=row.channel,
            provider_id=provider_id,
            state=state.value,
            error=error,
            at=at,
        )
    )


def stale(before: datetime) -> Select[Any, Any, Any]:
    """Select the conversations of which it is still known what was delivered before a moment."""
    return (
        select(
            DeliveryRow.conversation_id.label("key"),
            func.min(DeliveryRow.at).label("since"),
            ConversationRow.person_id,
        )
        .join(ConversationRow, ConversationRow.id == DeliveryRow.conversation_id)
        .where(DeliveryRow.at < before)
        .group_by(DeliveryRow.conversation_id, ConversationRow.person_id)
    )


async def forget(session: AsyncSession, conversation_ids: Sequence[str], before: datetime) -> None:
    """Forget what was delivered in these conversations before a moment."""
    await session.execute(
        delete(DeliveryRow).where(DeliveryRow.conversation_id.in_(conversation_ids), DeliveryRow.at < before)
    )
