"""The tables of referrals, and the one way a referral goes from state to state."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from counter.conversations.model import Owner
from counter.conversations.storage import ConversationRow
from counter.database import Base, UtcDateTime
from counter.referrals.states import ReferralState, Step, after


class ReferralRow(Base):
    """Somebody who asked for a coach; in line `id` is the order of arrival, low `priority` goes first."""

    __tablename__ = "referrals"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(20), unique=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"), index=True)
    conversation_id: Mapped[str | None] = mapped_column(
        ForeignKey("conversations.id", ondelete="SET NULL"), index=True
    )
    reason: Mapped[str] = mapped_column(String(20))
    priority: Mapped[int]
    state: Mapped[str] = mapped_column(String(20))
    region: Mapped[str | None] = mapped_column(Text)
    name: Mapped[str | None] = mapped_column(Text)
    phone: Mapped[str | None] = mapped_column(Text)
    email: Mapped[str | None] = mapped_column(Text)
    language: Mapped[str | None] = mapped_column(String(10))
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    # Coaches leaf through what is over, the latest first.
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    answer_before: Mapped[date]
    # How many stood in line when they came, with them; and when a coach first took them.
    position_at_first: Mapped[int | None]
    first_claimed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # Who has it, or had it last once it is closed.
    coach_id: Mapped[str | None] = mapped_column(String(36), index=True)
    coach_name: Mapped[str | None] = mapped_column(Text)
    coach_organisation: Mapped[str | None] = mapped_column(Text)
    coach_since: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # Who has to accept it, and until when; a coach, or any coach of an organisation.
    offered_by: Mapped[str | None] = mapped_column(String(36))
    offered_to_coach: Mapped[str | None] = mapped_column(String(36), index=True)
    offered_to_organisation: Mapped[str | None] = mapped_column(Text)
    offered_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # Since when they are in need, as far as anybody knows: when they cried for help last.
    in_need_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # When an offer lapsed: somebody has to look at it.
    escalated_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    call_back_from: Mapped[datetime | None] = mapped_column(UtcDateTime)
    call_back_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # What the coach says it is about, and when they want to think of it again.
    summary: Mapped[str | None] = mapped_column(Text)
    remind_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    outcome: Mapped[str | None] = mapped_column(String(20))
    # What the person says of the help, afterwards.
    helped: Mapped[str | None] = mapped_column(String(10))
    helped_comment: Mapped[str | None] = mapped_column(Text)


is_open = ReferralRow.closed_at.is_(None)
is_in_line = ReferralRow.state == ReferralState.WAITING.value

# Who waits already keeps that place, however many messages arrive at the same moment.
Index(
    "uq_referrals_open",
    ReferralRow.person_id,
    unique=True,
    sqlite_where=is_open,
    postgresql_where=is_open,
)
# A coach looks at who waits all day; nearly all referrals are closed.
Index(
    "ix_referrals_in_line",
    ReferralRow.priority,
    ReferralRow.id,
    sqlite_where=is_in_line,
    postgresql_where=is_in_line,
)


class ReferralRequestRow(Base):
    """One time somebody asked; a referral collects all that came while it was open."""

    __tablename__ = "referral_requests"
    __table_args__ = (UniqueConstraint("conversation_id", "message_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    referral_id: Mapped[int] = mapped_column(ForeignKey("referrals.id"), index=True)
    conversation_id: Mapped[str | None] = mapped_column(ForeignKey("conversations.id", ondelete="SET NULL"))
    message_id: Mapped[str] = mapped_column(String(100))
    reason: Mapped[str] = mapped_column(String(20))
    topic: Mapped[str | None] = mapped_column(Text)
    region: Mapped[str | None] = mapped_column(Text)
    # What a firm asks: the fields of a Lead, the day as ISO text.
    lead: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class ReferralEventRow(Base):
    """Something that happened to a referral after it was opened; rows are only ever added.

    `event` is a step, `replied` or `corrected`; `detail` says to whom, why, or which detail. It holds no
    words of the person's.
    """

    __tablename__ = "referral_events"

    id: Mapped[int] = mapped_column(primary_key=True)
    referral_id: Mapped[int] = mapped_column(ForeignKey("referrals.id"), index=True)
    event: Mapped[str] = mapped_column(String(20))
    detail: Mapped[str] = mapped_column(Text)
    staff_id: Mapped[str | None] = mapped_column(String(36))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


CORRECTED = "corrected"
"""The event of a detail that was put right; every other event is a step, or `replied`."""


def record(
    session: AsyncSession,
    referral_id: int,
    event: str,
    detail: str,
    *,
    at: datetime,
    staff_id: str | None = None,
) -> None:
    """Note what happened to a referral."""
    session.add(
        ReferralEventRow(referral_id=referral_id, event=event, detail=detail, staff_id=staff_id, at=at)
    )


async def take_step(
    session: AsyncSession,
    row: ReferralRow,
    step: Step,
    *,
    at: datetime,
    detail: str = "",
    staff_id: str | None = None,
    stays_open: bool = False,
    changes: Mapping[str, Any] = MappingProxyType({}),
) -> bool:
    """Take a step with a referral as it was read; false when somebody else was first.

    Closed, cancelled and, unless it `stays_open`, handed back: nothing can be done with it any more.
    `changes` are other columns of the row.

    Raises:
        StepNotPossibleError: this cannot be done in this state.
    """
    before = ReferralState(row.state)
    following = after(before, step, has_coach=row.coach_id is not None)
    is_end = following in _ENDS and not stays_open
    taken = await session.scalar(
        update(ReferralRow)
        .where(
            ReferralRow.id == row.id,
            is_open,
            ReferralRow.state == before.value,
            ReferralRow.coach_id.is_not_distinct_from(row.coach_id),
        )
        .values(state=following.value, closed_at=at if is_end else None, **changes)
        .returning(ReferralRow.id)
        .execution_options(synchronize_session=False)
    )
    if taken is None:
        return False
    record(session, row.id, step.value, detail, at=at, staff_id=staff_id)
    await session.refresh(row)
    return True


_ENDS = frozenset({ReferralState.HANDED_BACK, ReferralState.CLOSED, ReferralState.CANCELLED})


async def lock(session: AsyncSession, referral_id: int) -> ReferralRow:
    """Return a referral as it is now, held until the unit of work ends; its conversation is held first."""
    return await session.get_one(ReferralRow, referral_id, with_for_update=True, populate_existing=True)


async def requests_for(session: AsyncSession, row: ReferralRow) -> Sequence[ReferralRequestRow]:
    """Return each time somebody asked for this referral, in order."""
    rows = await session.scalars(
        select(ReferralRequestRow)
        .where(ReferralRequestRow.referral_id == row.id)
        .order_by(ReferralRequestRow.id)
    )
    return rows.all()


def hand_over(talks: Iterable[ConversationRow], before: Owner, following: Owner) -> None:
    """Give the conversations with this owner to the following one; they are held."""
    for talk in talks:
        if talk.owner == before.value:
            talk.owner = following.value
