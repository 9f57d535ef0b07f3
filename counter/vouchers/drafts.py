"""An application that somebody began and did not send, kept so that they can go on with it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, delete, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from counter.database import Base, UtcDateTime
from counter.schemes.model import VoucherKind


class VoucherDraftRow(Base):
    """What somebody filled in so far for one kind, as they typed it."""

    __tablename__ = "voucher_drafts"

    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    conversation_id: Mapped[str] = mapped_column(
        ForeignKey("conversations.id", ondelete="CASCADE"), index=True
    )
    fields: Mapped[dict[str, Any]] = mapped_column(JSON)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)


async def keep(
    session: AsyncSession,
    person_id: str,
    conversation_id: str,
    kind: VoucherKind,
    fields: Mapping[str, Any],
    *,
    at: datetime,
) -> None:
    """Keep what somebody filled in, in place of what they filled in before."""
    row = await session.get(VoucherDraftRow, (person_id, kind.value), with_for_update=True)
    if row is None:
        row = VoucherDraftRow(person_id=person_id, kind=kind.value)
        session.add(row)
    row.conversation_id, row.fields, row.updated_at = conversation_id, dict(fields), at


async def drafts_of(session: AsyncSession, person_id: str) -> dict[VoucherKind, dict[str, Any]]:
    """Return what the person filled in so far, by kind."""
    rows = await session.scalars(select(VoucherDraftRow).where(VoucherDraftRow.person_id == person_id))
    return {VoucherKind(row.kind): row.fields for row in rows}


async def forget(session: AsyncSession, person_id: str, kind: VoucherKind) -> None:
    """Delete what somebody filled in for a kind: it was sent, or they throw it away."""
    await session.execute(
        delete(VoucherDraftRow)
        .where(VoucherDraftRow.person_id == person_id, VoucherDraftRow.kind == kind.value)
        .execution_options(synchronize_session=False)
    )


async def erase(session: AsyncSession, conversation_ids: Sequence[str]) -> None:
    """Delete what was filled in from these conversations."""
    await session.execute(
        delete(VoucherDraftRow)
        .where(VoucherDraftRow.conversation_id.in_(conversation_ids))
        .execution_options(synchronize_session=False)
    )


async def export(session: AsyncSession, person_id: str) -> list[dict[str, Any]]:
    """Return what the person filled in and did not send."""
    found = await drafts_of(session, person_id)
    return [{"kind": kind.value, **fields} for kind, fields in found.items()]
