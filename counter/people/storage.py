"""Where people are kept: nothing but an id and a date; contact data stays with what was submitted."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import Select, String, delete, exists, func, not_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, make_transient, mapped_column

from counter.channels.storage import address_of
from counter.conversations.storage import (
    ConversationRow,
    MessageRow,
    delete_conversation,
    wishes_erasure,
)
from counter.database import Base, UtcDateTime, new_id
from counter.people.model import Detail, KnownDetail

# The column that holds a detail, in every table that holds it.
_COLUMNS = {
    Detail.NAME: "name",
    Detail.PHONE: "phone",
    Detail.EMAIL: "email",
    Detail.POSTCODE: "postcode",
    Detail.AGE: "age",
}


class PersonRow(Base):
    """Somebody who talked to the counter, in one or more conversations."""

    __tablename__ = "people"

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class NumberedRow(Protocol):
    """Something a person submitted, under a receipt number, with details in columns."""

    number: str


def details_of(row: NumberedRow, *, is_used: bool) -> Iterator[KnownDetail]:
    """Yield the details a row holds."""
    for detail, column in _COLUMNS.items():
        if value := getattr(row, column, None):
            yield KnownDetail(detail=detail, value=str(value), number=row.number, is_used=is_used)


def correct_detail(row: NumberedRow, detail: Detail, value: str) -> bool:
    """Replace a detail the row holds; false when it holds none, or this very value."""
    column = _COLUMNS[detail]
    before = getattr(row, column, None)
    if not before or str(before) == value:
        return False
    setattr(row, column, int(value) if detail is Detail.AGE else value)
    return True


async def lock_all_of(session: AsyncSession, person_id: str) -> Sequence[ConversationRow]:
    """Return all of a person's conversations, held until the unit of work ends."""
    rows = await session.scalars(
        select(ConversationRow)
        .where(ConversationRow.person_id == person_id)
        # One order for everybody, so that nobody waits for somebody who waits for them.
        .order_by(ConversationRow.id)
        .with_for_update()
    )
    return rows.all()


def without_anything(before: datetime) -> Select[Any, Any, Any]:
    """Select the people who came before a moment and of whom nothing is left that refers to them."""
    refer = [
        exists().where(column == PersonRow.id)
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if any(key.column is PersonRow.__table__.c.id for key in column.foreign_keys)
    ]
    return select(
        PersonRow.id.label("key"), PersonRow.created_at.label("since"), PersonRow.id.label("person_id")
    ).where(PersonRow.created_at < before, not_(or_(*refer)))


async def forget_people(session: AsyncSession, person_ids: Sequence[str], before: datetime) -> None:
    """Delete those of these people of whom nothing is left."""
    keys = select(without_anything(before).subquery().c.key)
    await session.execute(
        delete(PersonRow)
        .where(PersonRow.id.in_(person_ids), PersonRow.id.in_(keys))
        .execution_options(synchronize_session=False)
    )


async def message_count(session: AsyncSession, person_id: str) -> int:
    """Return how many messages a person's conversations hold together."""
    count = await session.scalar(
        select(func.count())
        .select_from(MessageRow)
        .join(ConversationRow, ConversationRow.id == MessageRow.conversation_id)
        .where(ConversationRow.person_id == person_id)
    )
    return count or 0


async def erasure_wishes(session: AsyncSession) -> Sequence[str]:
    """Return the conversations in which somebody asked to erase everything, the oldest wish first."""
    rows = await session.scalars(
        select(ConversationRow.id).where(wishes_erasure).order_by(ConversationRow.erase_requested_at)
    )
    return rows.all()


async def begin_anew(
    session: AsyncSession, row: ConversationRow, *, person_id: str, at: datetime
) -> ConversationRow:
    """Replace a conversation by an empty one under the same key, of somebody nobody knows.

    The old row is really deleted, so that whatever pointed at it no longer does. Only its address
    stays: the person reads there that everything was erased.
    """
    address = await address_of(session, row.id)
    session.expunge(row)
    if address is not None:
        make_transient(address)
    await delete_conversation(session, row.id)
    fresh = ConversationRow(
        id=row.id,
        person_id=person_id,
        channel=row.channel,
        token_hash=row.token_hash,
        # Who reads on from a message must not miss the next one.
        last_seq=row.last_seq,
        created_at=at,
        last_message_at=at,
    )
    session.add(fresh)
    await session.flush()
    if address is not None:
        session.add(address)
    return fresh
