"""What referrals keep of a person: to show, to correct, to take away and to erase."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from counter.people.model import Detail, KnownDetail
from counter.people.storage import correct_detail, details_of
from counter.referrals import storage
from counter.referrals.rows import (
    CORRECTED,
    ReferralEventRow,
    ReferralRequestRow,
    ReferralRow,
    is_open,
    record,
    requests_for,
)


async def erase(session: AsyncSession, conversation_ids: Sequence[str], *, at: datetime) -> None:
    """Cancel what was asked for in these conversations, and blank who asked and why."""
    rows = await session.scalars(
        select(ReferralRow)
        .join(ReferralRequestRow, ReferralRequestRow.referral_id == ReferralRow.id)
        .where(ReferralRequestRow.conversation_id.in_(conversation_ids))
        .distinct()
    )
    for row in rows.all():
        await storage.cancel(session, row, at=at)
        row.name = row.phone = row.email = row.region = row.language = row.helped_comment = None
        row.in_need_at = None
        for request in await requests_for(session, row):
            request.topic = request.region = request.lead = None


async def person_of_number(session: AsyncSession, number: str) -> str | None:
    """Return the person who has this receipt number, or None."""
    return await session.scalar(select(ReferralRow.person_id).where(ReferralRow.number == number))


def with_open() -> Select[str]:
    """Select the people with a referral that is not closed."""
    return select(ReferralRow.person_id).where(is_open)


async def details(session: AsyncSession, person_id: str) -> list[KnownDetail]:
    """Return the details the person gave to reach them."""
    return [
        known
        for row in await storage.referrals_of(session, person_id)
        for known in details_of(row, is_used=row.closed_at is None)
    ]


async def correct(
    session: AsyncSession, person_id: str, detail: Detail, value: str, at: datetime
) -> list[str]:
    """Replace a detail in the person's open referral; returns its number."""
    row = await storage.open_referral(session, person_id)
    if row is None or not correct_detail(row, detail, value):
        return []
    record(session, row.id, CORRECTED, detail.value, at=at)
    return [row.number]


async def export(session: AsyncSession, person_id: str) -> list[dict[str, Any]]:
    """Return everything kept about the person's referrals."""
    return [
        {
            "number": row.number,
            "reason": row.reason,
            "state": row.state,
            "region": row.region,
            "name": row.name,
            "phone": row.phone,
            "email": row.email,
            "opened_at": row.opened_at.isoformat(),
            "closed_at": None if row.closed_at is None else row.closed_at.isoformat(),
            "answer_before": row.answer_before.isoformat(),
            "in_need_at": None if row.in_need_at is None else row.in_need_at.isoformat(),
            "coach": row.coach_name,
            "language": row.language,
            "call_back_at": None if row.call_back_from is None else row.call_back_from.isoformat(),
            "outcome": row.outcome,
            "helped": row.helped,
            "helped_comment": row.helped_comment,
            "requests": [
                {
                    "reason": request.reason,
                    "topic": request.topic,
                    "region": request.region,
                    "lead": request.lead,
                    "at": request.at.isoformat(),
                }
                for request in await requests_for(session, row)
            ],
            "events": [
                {"event": event.event, "at": event.at.isoformat()}
                for event in await session.scalars(
                    select(ReferralEventRow)
                    .where(ReferralEventRow.referral_id == row.id)
                    .order_by(ReferralEventRow.id)
                )
            ],
        }
        for row in await storage.referrals_of(session, person_id)
    ]
