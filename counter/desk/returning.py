"""Coming back to a coach: Noor did what that coach asked, or the person wants a human."""

from sqlalchemy.ext.asyncio import AsyncSession

from counter.desk.model import COLLEAGUE_ACCEPTS_WITHIN
from counter.referrals.rows import lock, take_step
from counter.referrals.states import ReferralState, Step
from counter.tasks.model import Task


async def return_to_coach(session: AsyncSession, task: Task) -> None:
    """Offer the referral of a task that has ended to who gave the task; the conversation is held.

    Whoever asked for a coach meanwhile stands in line, or has one: that stays so.
    """
    row = await lock(session, task.referral_id)
    if not task.returns or task.ended_at is None or row.closed_at is not None:
        return
    if row.state == ReferralState.HANDED_BACK.value:
        offer = {"offered_to_coach": task.coach_id, "offered_until": task.ended_at + COLLEAGUE_ACCEPTS_WITHIN}
        await take_step(
            session, row, Step.RETURN, at=task.ended_at, detail=task.cause or task.state, changes=offer
        )
