"""What was shared, in the database; rows are only ever added, until the person is erased."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, Text, delete, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from counter.database import Base, UtcDateTime
from counter.people.model import Detail
from counter.sharings.model import Sharing


class SharingRow(Base):
    """One time that details of a person went to somebody."""

    __tablename__ = "sharings"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"), index=True)
    conversation_id: Mapped[str | None] = mapped_column(ForeignKey("conversations.id", ondelete="SET NULL"))
    recipient: Mapped[str] = mapped_column(Text)
    details: Mapped[list[str]] = mapped_column(JSON)
    number: Mapped[str] = mapped_column(String(20))
    consent: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(UtcDateTime)


def add(session: AsyncSession, sharing: Sharing, *, person_id: str, conversation_id: str) -> None:
    """Keep that something was shared; in the unit of work that shares it."""
    session.add(
        SharingRow(
            person_id=person_id,
            conversation_id=conversation_id,
            recipient=sharing.recipient,
            details=[detail.value for detail in sharing.details],
            number=sharing.number,
            consent=sharing.consent,
            at=sharing.at,
        )
    )


async def of_person(session: AsyncSession, person_id: str) -> list[Sharing]:
    """Return what was shared of the person, the latest first."""
    rows = await session.scalars(
        select(SharingRow).where(SharingRow.person_id == person_id).order_by(SharingRow.id.desc())
    )
    return [
        Sharing(
            recipient=row.recipient,
            details=tuple(Detail(detail) for detail in row.details),
            number=row.number,
            consent=row.consent,
            at=row.at,
        )
        for row in rows
    ]


async def erase(session: AsyncSession, conversation_ids: Sequence[str]) -> None:
    """Delete what these conversations say was shared."""
    await session.execute(delete(SharingRow).where(SharingRow.conversation_id.in_(conversation_ids)))


async def export(session: AsyncSession, person_id: str) -> list[dict[str, Any]]:
    """Return everything kept about what was shared of the person."""
    return [
        {
            "recipient": sharing.recipient,
            "details": [detail.value for detail in sharing.details],
            "number": sharing.number,
            "consent": sharing.consent,
            "at": sharing.at.isoformat(),
        }
        for sharing in await of_person(session, person_id)
    ]
