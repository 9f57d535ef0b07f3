"""The line of people who wait for a coach, in the database: who stands where."""

from collections.abc import Mapping

from sqlalchemy import and_, case, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from counter.conversations.model import Owner
from counter.conversations.storage import ConversationRow
from counter.places.model import Region
from counter.referrals.model import Standing
from counter.referrals.rows import ReferralRow, is_in_line, is_open
from counter.referrals.states import ReferralState

_ahead = aliased(ReferralRow)
# The place, from 1, of a referral that is in line.
_place = (
    select(func.count() + 1)
    .where(
        _ahead.state == ReferralState.WAITING.value,
        or_(
            _ahead.priority < ReferralRow.priority,
            and_(_ahead.priority == ReferralRow.priority, _ahead.id < ReferralRow.id),
        ),
    )
    .correlate(ReferralRow)
    .scalar_subquery()
)


async def place_of(session: AsyncSession, row: ReferralRow) -> int | None:
    """Return the place in line, from 1, or None for who is not in it."""
    return await session.scalar(select(_place).where(ReferralRow.id == row.id, is_in_line))


async def standing(session: AsyncSession, conversation_id: str) -> Standing:
    """Return how it stands with a coach in this conversation."""
    is_here = and_(ReferralRow.conversation_id == ConversationRow.id, ReferralRow.coach_id.is_not(None))
    found = await session.execute(
        select(case((is_in_line, _place)), ReferralRow.region, case((is_here, ReferralRow.coach_name)))
        .join(ConversationRow, ConversationRow.person_id == ReferralRow.person_id)
        .where(ConversationRow.id == conversation_id, is_open)
    )
    place, region, coach = found.one_or_none() or (None, None, None)
    return Standing(place=place, region=Region(region) if region in set(Region) else None, coach=coach)


async def places(session: AsyncSession) -> Mapping[str, int]:
    """Return the place of everybody in line, by each conversation in which they wait."""
    line = (
        select(
            ReferralRow.person_id,
            func.row_number().over(order_by=(ReferralRow.priority, ReferralRow.id)).label("place"),
        )
        .where(is_in_line)
        .subquery()
    )
    rows = await session.execute(
        select(ConversationRow.id, line.c.place)
        .join(line, line.c.person_id == ConversationRow.person_id)
        .where(ConversationRow.owner == Owner.WAITING.value)
    )
    return dict(rows.all())
