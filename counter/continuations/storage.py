"""Codes and keys that no longer open anything, in the database."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, delete, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from counter.database import Base, UtcDateTime


class CodeRow(Base):
    """One code for one conversation; only its hash is kept."""

    __tablename__ = "continuation_codes"

    code_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    conversation_id: Mapped[str] = mapped_column(
        ForeignKey("conversations.id", ondelete="CASCADE"), unique=True
    )
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)


class FormerKeyRow(Base):
    """A token that opened a conversation until it went on elsewhere: who has it is told so."""

    __tablename__ = "former_keys"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    conversation_id: Mapped[str] = mapped_column(
        ForeignKey("conversations.id", ondelete="CASCADE"), index=True
    )


async def replace_code(
    session: AsyncSession, conversation_id: str, *, code_hash: str, expires_at: datetime
) -> None:
    """Give a conversation this code instead of any other."""
    await session.execute(delete(CodeRow).where(CodeRow.conversation_id == conversation_id))
    session.add(CodeRow(code_hash=code_hash, conversation_id=conversation_id, expires_at=expires_at))


async def conversation_of(session: AsyncSession, code_hash: str, *, now: datetime) -> str | None:
    """Return the conversation that a code moves, or None."""
    return await session.scalar(
        select(CodeRow.conversation_id).where(CodeRow.code_hash == code_hash, CodeRow.expires_at > now)
    )


async def use_code(session: AsyncSession, code_hash: str) -> bool:
    """Take the code away; false when somebody else did just before."""
    used = await session.scalar(
        delete(CodeRow).where(CodeRow.code_hash == code_hash).returning(CodeRow.code_hash)
    )
    return used is not None


async def is_former_key(session: AsyncSession, conversation_id: str, token_hash: str) -> bool:
    """Tell whether this token opened this conversation before it went on elsewhere."""
    row = await session.get(FormerKeyRow, token_hash)
    return row is not None and row.conversation_id == conversation_id


async def delete_expired(session: AsyncSession, *, now: datetime) -> None:
    """Delete codes that open nothing any more."""
    await session.execute(delete(CodeRow).where(CodeRow.expires_at <= now))
