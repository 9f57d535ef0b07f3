"""Whose a case is, out of the database; and the rule of `sight`, for the database to look at."""

from sqlalchemy import ColumnElement, false, or_, select, true
from sqlalchemy.ext.asyncio import AsyncSession

from counter.desk.sight import Standing, works_at_desk
from counter.referrals.rows import ReferralEventRow, ReferralRow, is_open
from counter.referrals.states import ReferralState, Step
from counter.staff.model import StaffMember


async def standing_of(session: AsyncSession, row: ReferralRow) -> Standing:
    """Return whose a referral is now."""
    state, is_over = ReferralState(row.state), row.closed_at is not None
    is_busy = state is ReferralState.HANDED_BACK and not is_over
    return Standing(
        person_id=row.person_id,
        state=state,
        is_over=is_over,
        keeper=await _giver(session, row.id) if is_busy else row.coach_id,
        coach=row.coach_name,
        organisation=row.coach_organisation,
        offered_to_coach=row.offered_to_coach,
        offered_to_organisation=row.offered_to_organisation,
    )


async def open_case_of(session: AsyncSession, person_id: str) -> ReferralRow | None:
    """Return the referral of a person that is open, or None."""
    return await session.scalar(select(ReferralRow).where(ReferralRow.person_id == person_id, is_open))


async def _giver(session: AsyncSession, referral_id: int) -> str | None:
    """Return for whom Noor does something before it comes back."""
    return await session.scalar(
        select(ReferralEventRow.staff_id)
        .where(
            ReferralEventRow.referral_id == referral_id,
            ReferralEventRow.event == Step.HAND_BACK.value,
        )
        .order_by(ReferralEventRow.id.desc())
        .limit(1)
    )


def may_read_back(viewer: StaffMember) -> ColumnElement[bool]:
    """Return what is true of the referrals that are over which somebody may see."""
    if not works_at_desk(viewer):
        return false()
    if viewer.is_administrator:
        return true()
    return or_(
        ReferralRow.coach_id == viewer.id,
        ReferralRow.coach_organisation == viewer.organisation,
    )
