"""Links to shared passports in the database; of every key only the hash is kept."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Select, String, Text, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from counter.database import Base, UtcDateTime
from counter.shared_passports.model import Link, Share, Ticked


class SharedPassportRow(Base):
    """A link somebody gave; `conversation_id` is where they came from, and so what erases it."""

    __tablename__ = "shared_passports"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"), index=True)
    conversation_id: Mapped[str] = mapped_column(
        ForeignKey("conversations.id", ondelete="CASCADE"), index=True
    )
    key_hash: Mapped[str] = mapped_column(String(64), unique=True)
    label: Mapped[str] = mapped_column(Text)
    first_name: Mapped[str] = mapped_column(Text)
    skills: Mapped[list[str]] = mapped_column(JSON)
    with_experience: Mapped[bool]
    with_words: Mapped[bool]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    looks: Mapped[int] = mapped_column(default=0)
    last_look: Mapped[date | None]


def to_ticked(row: SharedPassportRow) -> Ticked:
    """Return what was ticked, as the model knows it."""
    return Ticked(
        skill_ids=frozenset(row.skills),
        with_experience=row.with_experience,
        with_words=row.with_words,
        first_name=row.first_name,
    )


def to_link(row: SharedPassportRow) -> Link:
    """Return the row as the model knows it."""
    return Link(
        id=row.id,
        label=row.label,
        ticked=to_ticked(row),
        created_at=row.created_at,
        expires_at=row.expires_at,
        looks=row.looks,
        last_look=row.last_look,
    )


def to_row(
    share: Share, *, link_id: str, person_id: str, conversation_id: str, key_hash: str, at: datetime
) -> SharedPassportRow:
    """Return a new row for what somebody wants to share."""
    ticked = share.ticked
    return SharedPassportRow(
        id=link_id,
        person_id=person_id,
        conversation_id=conversation_id,
        key_hash=key_hash,
        label=share.label,
        first_name=ticked.first_name,
        skills=sorted(ticked.skill_ids),
        with_experience=ticked.with_experience,
        with_words=ticked.with_words,
        created_at=at,
        expires_at=at + share.period.duration,
        looks=0,
    )


async def links_of(session: AsyncSession, person_id: str, *, now: datetime) -> Sequence[SharedPassportRow]:
    """Return the links of a person that work, the newest first."""
    rows = await session.scalars(
        select(SharedPassportRow)
        .where(SharedPassportRow.person_id == person_id, SharedPassportRow.expires_at > now)
        .order_by(SharedPassportRow.created_at.desc(), SharedPassportRow.id)
    )
    return rows.all()


async def count_of(session: AsyncSession, person_id: str, *, now: datetime) -> int:
    """Return how many links of a person work."""
    count = await session.scalar(
        select(func.count())
        .select_from(SharedPassportRow)
        .where(SharedPassportRow.person_id == person_id, SharedPassportRow.expires_at > now)
    )
    return count or 0


async def by_key(session: AsyncSession, key_hash: str, *, now: datetime) -> SharedPassportRow | None:
    """Return the link with a key, when it works."""
    return await session.scalar(
        select(SharedPassportRow).where(
            SharedPassportRow.key_hash == key_hash, SharedPassportRow.expires_at > now
        )
    )


async def count_look(session: AsyncSession, link_id: str, *, day: date) -> None:
    """Count that somebody looked, and on which day last; not who."""
    await session.execute(
        update(SharedPassportRow)
        .where(SharedPassportRow.id == link_id)
        .values(looks=SharedPassportRow.looks + 1, last_look=day)
        .execution_options(synchronize_session=False)
    )


async def withdraw(session: AsyncSession, person_id: str, link_id: str) -> None:
    """Delete a link of this person; one that is gone is fine."""
    await session.execute(
        delete(SharedPassportRow).where(
            SharedPassportRow.person_id == person_id, SharedPassportRow.id == link_id
        )
    )


async def erase(session: AsyncSession, conversation_ids: Sequence[str]) -> None:
    """Delete the links that were made from these conversations."""
    await session.execute(
        delete(SharedPassportRow).where(SharedPassportRow.conversation_id.in_(conversation_ids))
    )


async def export(session: AsyncSession, person_id: str) -> list[dict[str, Any]]:
    """Return every link of this person: what it shows, until when, and how often it was looked at."""
    rows = await session.scalars(
        select(SharedPassportRow)
        .where(SharedPassportRow.person_id == person_id)
        .order_by(SharedPassportRow.created_at)
    )
    return [
        {
            "label": row.label,
            "first_name": row.first_name,
            "skills": row.skills,
            "with_experience": row.with_experience,
            "with_words": row.with_words,
            "created_at": row.created_at.isoformat(),
            "expires_at": row.expires_at.isoformat(),
            "looks": row.looks,
            "last_look": None if row.last_look is None else row.last_look.isoformat(),
        }
        for row in rows
    ]


def stale(before: datetime) -> Select[Any, Any, Any]:
    """Select the links that showed nothing any more before a moment."""
    return select(
        SharedPassportRow.id.label("key"),
        SharedPassportRow.expires_at.label("since"),
        SharedPassportRow.person_id,
    ).where(SharedPassportRow.expires_at < before)


async def forget(session: AsyncSession, link_ids: Sequence[str], before: datetime) -> None:
    """Delete those of these links that showed nothing any more before a moment."""
    await session.execute(
        delete(SharedPassportRow).where(
            SharedPassportRow.id.in_(link_ids), SharedPassportRow.expires_at < before
        )
    )
