"""Who looked at somebody, and what they did: told to that somebody, by first name and organisation."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from counter.receipts import numbers_in
from counter.referrals.rows import ReferralEventRow, ReferralRow
from counter.staff.model import StaffEvent
from counter.staff.storage import StaffEventRow, StaffRow

_SEEN = (
    StaffEvent.LOOKED,
    StaffEvent.REFUSED,
    StaffEvent.CLAIMED,
    StaffEvent.DECIDED,
    StaffEvent.CORRECTED,
)


async def export(session: AsyncSession, person_id: str) -> list[dict[str, Any]]:
    """Return what staff looked at and did about this person, the oldest first."""
    looked = await session.execute(
        select(StaffEventRow.at, StaffEventRow.event, StaffEventRow.detail, StaffRow)
        .join(StaffRow, StaffRow.id == StaffEventRow.staff_id)
        .where(StaffEventRow.person_id == person_id, StaffEventRow.event.in_(_SEEN))
        .order_by(StaffEventRow.at, StaffEventRow.id)
    )
    helped = await session.execute(
        select(ReferralEventRow.at, ReferralEventRow.event, ReferralRow.number, StaffRow)
        .join(ReferralRow, ReferralRow.id == ReferralEventRow.referral_id)
        .join(StaffRow, StaffRow.id == ReferralEventRow.staff_id)
        .where(ReferralRow.person_id == person_id)
        .order_by(ReferralEventRow.at, ReferralEventRow.id)
    )
    found = [_told(at, what, numbers_in(detail), who) for at, what, detail, who in looked]
    found += [_told(at, what, [number], who) for at, what, number, who in helped]
    return sorted(found, key=lambda one: one["at"])


def _told(at: datetime, what: str, about: Iterable[str], who: StaffRow) -> dict[str, Any]:
    """Say it as the person reads it; a first name is what they know their coach by."""
    return {
        "at": at.isoformat(),
        "first_name": who.name.split()[0],
        "organisation": who.organisation,
        "roles": who.roles,
        "what": what,
        "about": list(about),
    }
