"""Codes and keys that no longer open anything, in the database."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Select, String, delete, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from counter.conversations.storage import ConversationRow
from counter.database import Base, UtcDateTime


class _Secret:
    """A secret that opens one conversation, once; only its hash is kept."""

    code_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    conversation_id: Mapped[str] = mapped_column(
        ForeignKey("conversations.id", ondelete="CASCADE"), unique=True
    )
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)


class CodeRow(_Secret, Base):
    """A code that moves a conversation."""

    __tablename__ = "continuation_codes"


class ReadingKeyRow(_Secret, Base):
    """A key with which a conversation can be read, and nothing else."""

    __tablename__ = "reading_keys"


type Kind = type[CodeRow | ReadingKeyRow]


class FormerKeyRow(Base):
    """A token that opened a conversation until it went on elsewhere: who has it is told so."""

    __tablename__ = "former_keys"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    conversation_id: Mapped[str] = mapped_column(
        ForeignKey("conversations.id", ondelete="CASCADE"), index=True
    )


async def replace_code(
    session: AsyncSession, kind: Kind, conversation_id: str, *, code_hash: str, expires_at: datetime
) -> None:
    """Give a conversation this code instead of any other of its kind."""
    await session.execute(delete(kind).where(kind.conversation_id == conversation_id))
    session.add(kind(code_hash=code_hash, conversation_id=conversation_id, expires_at=expires_at))


async def conversation_of(session: AsyncSession, kind: Kind, code_hash: str, *, now: datetime) -> str | None:
    """Return the conversation that a code opens, or None."""
    return await session.scalar(
        select(kind.conversation_id).where(kind.code_hash == code_hash, kind.expires_at > now)
    )


async def use_code(session: AsyncSession, kind: Kind, code_hash: str) -> bool:
    """Take the code away; false when somebody else did just before."""
    used = await session.scalar(delete(kind).where(kind.code_hash == code_hash).returning(kind.code_hash))
    return used is not None


async def is_former_key(session: AsyncSession, conversation_id: str, token_hash: str) -> bool:
    """Tell whether this token opened this conversation before it went on elsewhere."""
    row = await session.get(FormerKeyRow, token_hash)
    return row is not None and row.conversation_id == conversation_id


async def delete_expired(session: AsyncSession, *, now: datetime) -> None:
    """Delete codes that open nothing any more."""
    for kind in (CodeRow, ReadingKeyRow):
        await session.execute(delete(kind).where(kind.expires_at <= now))


def stale(before: datetime) -> Select[Any, Any, Any]:
    """Select the codes and keys that opened nothing any more before a moment."""
    return select(
        union_all(
            *(
                select(kind.code_hash.label("key"), kind.expires_at.label("since"), ConversationRow.person_id)
                .join(ConversationRow, ConversationRow.id == kind.conversation_id)
                .where(kind.expires_at < before)
                for kind in (CodeRow, ReadingKeyRow)
            )
        ).subquery()
    )


async def forget(session: AsyncSession, code_hashes: Sequence[str], before: datetime) -> None:
    """Delete those of these codes and keys that opened nothing any more before a moment."""
    for kind in (CodeRow, ReadingKeyRow):
        await session.execute(delete(kind).where(kind.code_hash.in_(code_hashes), kind.expires_at < before))
