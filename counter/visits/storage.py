"""Visits and the links that begin them, in the database; of every secret only the hash is kept."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Select, String, delete, select, union_all, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from counter.conversations.storage import ConversationRow
from counter.database import Base, UtcDateTime


class LinkRow(Base):
    """A link that begins one visit; a conversation has one at a time."""

    __tablename__ = "visit_links"

    key_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    conversation_id: Mapped[str] = mapped_column(
        ForeignKey("conversations.id", ondelete="CASCADE"), unique=True
    )
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    # The page whose button used it: only that button, pressed twice, opens it again.
    used_on: Mapped[str | None] = mapped_column(String(64))


class VisitRow(Base):
    """A visit from one browser."""

    __tablename__ = "visits"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    conversation_id: Mapped[str] = mapped_column(
        ForeignKey("conversations.id", ondelete="CASCADE"), index=True
    )
    began_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime)


async def replace_link(
    session: AsyncSession, conversation_id: str, *, key_hash: str, expires_at: datetime
) -> None:
    """Give a conversation this link instead of any other."""
    await session.execute(delete(LinkRow).where(LinkRow.conversation_id == conversation_id))
    session.add(LinkRow(key_hash=key_hash, conversation_id=conversation_id, expires_at=expires_at))


async def conversation_of(session: AsyncSession, key_hash: str) -> str | None:
    """Return the conversation of a link, whether or not it still opens anything."""
    return await session.scalar(select(LinkRow.conversation_id).where(LinkRow.key_hash == key_hash))


async def use_link(session: AsyncSession, key_hash: str, *, page_hash: str, now: datetime) -> bool:
    """Use a link on one page; false when it opens nothing there."""
    used = await session.scalar(
        update(LinkRow)
        .where(LinkRow.key_hash == key_hash, LinkRow.expires_at > now)
        .where(LinkRow.used_on.is_(None) | (LinkRow.used_on == page_hash))
        .values(used_on=page_hash)
        .returning(LinkRow.key_hash)
        .execution_options(synchronize_session=False)
    )
    return used is not None


async def visit(session: AsyncSession, token_hash: str, *, now: datetime) -> VisitRow | None:
    """Return the visit of a browser, unless it is over."""
    return await session.scalar(
        select(VisitRow).where(VisitRow.token_hash == token_hash, VisitRow.ends_at > now)
    )


async def prolong(session: AsyncSession, token_hash: str, *, ends_at: datetime) -> None:
    """Have a visit last until then."""
    await session.execute(
        update(VisitRow)
        .where(VisitRow.token_hash == token_hash)
        .values(ends_at=ends_at)
        .execution_options(synchronize_session=False)
    )


async def end(session: AsyncSession, token_hash: str) -> None:
    """End the visit of one browser; one that is over is fine."""
    await session.execute(delete(VisitRow).where(VisitRow.token_hash == token_hash))


async def end_all_of(session: AsyncSession, conversation_id: str) -> None:
    """End every visit that began in a conversation, and the link that would begin another."""
    await session.execute(delete(VisitRow).where(VisitRow.conversation_id == conversation_id))
    await session.execute(delete(LinkRow).where(LinkRow.conversation_id == conversation_id))


async def end_all_of_person(session: AsyncSession, person_id: str, *, but: str) -> None:
    """End every visit of a person but one, and every link that would begin another."""
    talks = select(ConversationRow.id).where(ConversationRow.person_id == person_id)
    await session.execute(
        delete(VisitRow).where(VisitRow.conversation_id.in_(talks), VisitRow.token_hash != but)
    )
    await session.execute(delete(LinkRow).where(LinkRow.conversation_id.in_(talks)))


async def delete_over(session: AsyncSession, *, now: datetime) -> None:
    """Delete links and visits that open nothing any more."""
    await session.execute(delete(LinkRow).where(LinkRow.expires_at <= now))
    await session.execute(delete(VisitRow).where(VisitRow.ends_at <= now))


async def export(session: AsyncSession, person_id: str) -> list[dict[str, Any]]:
    """Return where this person's own pages are open: since when, and until when at the latest."""
    rows = await session.scalars(
        select(VisitRow)
        .join(ConversationRow, ConversationRow.id == VisitRow.conversation_id)
        .where(ConversationRow.person_id == person_id)
        .order_by(VisitRow.began_at)
    )
    return [{"began_at": row.began_at.isoformat(), "ends_at": row.ends_at.isoformat()} for row in rows]


def stale(before: datetime) -> Select[Any, Any, Any]:
    """Select the links and visits that opened nothing any more before a moment."""
    return select(
        union_all(
            select(
                LinkRow.key_hash.label("key"), LinkRow.expires_at.label("since"), ConversationRow.person_id
            )
            .join(ConversationRow, ConversationRow.id == LinkRow.conversation_id)
            .where(LinkRow.expires_at < before),
            select(
                VisitRow.token_hash.label("key"), VisitRow.ends_at.label("since"), ConversationRow.person_id
            )
            .join(ConversationRow, ConversationRow.id == VisitRow.conversation_id)
            .where(VisitRow.ends_at < before),
        ).subquery()
    )


async def forget(session: AsyncSession, hashes: Sequence[str], before: datetime) -> None:
    """Delete those of these links and visits that opened nothing any more before a moment."""
    await session.execute(delete(LinkRow).where(LinkRow.key_hash.in_(hashes), LinkRow.expires_at < before))
    await session.execute(delete(VisitRow).where(VisitRow.token_hash.in_(hashes), VisitRow.ends_at < before))
