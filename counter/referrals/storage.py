"""Opening, finding and leaving referrals, in the database."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from counter.conversations.model import Owner
from counter.conversations.storage import ConversationRow
from counter.employers.model import Employer
from counter.people.storage import lock_all_of
from counter.referrals.line import place_of
from counter.referrals.model import (
    ClaimFigure,
    Lead,
    OpenReferral,
    QueuedReferral,
    Reason,
    ReferralReceipt,
    Request,
    Slot,
    priority_of,
)
from counter.referrals.rows import (
    ReferralRequestRow,
    ReferralRow,
    hand_over,
    is_in_line,
    is_open,
    take_step,
)
from counter.referrals.states import ReferralState, Step, StepNotPossibleError

# What a referral is without an offer that has to be accepted.
NO_OFFER: Mapping[str, Any] = {
    "offered_by": None,
    "offered_to_coach": None,
    "offered_to_organisation": None,
    "offered_until": None,
}
# What the counter keeps the wait of: enough to tell by, and not of another season.
FIGURES = 200


async def open_or_join(
    session: AsyncSession,
    command: OpenReferral,
    *,
    number: str,
    person_id: str,
    at: datetime,
    answer_before: date,
) -> ReferralRow:
    """Put somebody in the queue, or add to the referral they have open."""
    talks = await lock_all_of(session, person_id)
    row = ReferralRow(
        number=number,
        person_id=person_id,
        conversation_id=command.conversation_id,
        reason=command.reason.value,
        priority=priority_of(command.reason),
        state=ReferralState.WAITING.value,
        region=command.region,
        name=command.name,
        phone=command.phone,
        email=command.email,
        language=command.language,
        opened_at=at,
        answer_before=answer_before,
        in_need_at=at if command.reason is Reason.IN_NEED else None,
    )
    try:
        async with session.begin_nested():
            session.add(row)
            await session.flush()
            await _ask(session, row, command, at=at)
    except IntegrityError:
        first = await referral_by_message(session, command.conversation_id, command.message_id)
        if first is not None:
            return first
        waiting = await open_referral(session, person_id)
        if waiting is None:
            raise
        await _join(session, waiting, command, talks, at=at, answer_before=answer_before)
        return waiting
    row.position_at_first = await place_of(session, row)
    _wait_in(talks, command.conversation_id)
    return row


async def _join(
    session: AsyncSession,
    row: ReferralRow,
    command: OpenReferral,
    talks: Iterable[ConversationRow],
    *,
    at: datetime,
    answer_before: date,
) -> None:
    """Add a request to an open referral; need moves it up, and never back."""
    try:
        async with session.begin_nested():
            await _ask(session, row, command, at=at)
    except IntegrityError:
        # The same message, handled twice at the same moment: the other one did the work.
        return
    is_urgent = priority_of(command.reason) < row.priority
    await take_step(
        session,
        row,
        Step.ASK,
        at=at,
        detail=command.reason.value,
        changes={
            "priority": min(row.priority, priority_of(command.reason)),
            "reason": command.reason.value if is_urgent else row.reason,
            "answer_before": min(row.answer_before, answer_before),
            "in_need_at": at if command.reason is Reason.IN_NEED else row.in_need_at,
            "region": command.region or row.region,
            "name": command.name or row.name,
            "phone": command.phone or row.phone,
            "email": command.email or row.email,
            "language": command.language or row.language,
        },
    )
    if row.state == ReferralState.WAITING.value:
        _wait_in(talks, command.conversation_id)


def _wait_in(talks: Iterable[ConversationRow], conversation_id: str) -> None:
    hand_over((talk for talk in talks if talk.id == conversation_id), Owner.BOT, Owner.WAITING)


async def _ask(session: AsyncSession, row: ReferralRow, command: OpenReferral, *, at: datetime) -> None:
    session.add(
        ReferralRequestRow(
            referral_id=row.id,
            conversation_id=command.conversation_id,
            message_id=command.message_id,
            reason=command.reason.value,
            topic=command.topic,
            region=command.region,
            lead=_as_json(command.lead),
            at=at,
        )
    )
    await session.flush()


async def referral_by_message(
    session: AsyncSession, conversation_id: str, message_id: str
) -> ReferralRow | None:
    """Return the referral this message asked for, or None."""
    return await session.scalar(
        select(ReferralRow)
        .join(ReferralRequestRow, ReferralRequestRow.referral_id == ReferralRow.id)
        .where(
            ReferralRequestRow.conversation_id == conversation_id,
            ReferralRequestRow.message_id == message_id,
        )
    )


async def open_referral(session: AsyncSession, person_id: str) -> ReferralRow | None:
    """Return the person's open referral, held until the unit of work ends, or None."""
    return await session.scalar(
        select(ReferralRow).where(ReferralRow.person_id == person_id, is_open).with_for_update()
    )


async def referral_by_number(session: AsyncSession, number: str) -> ReferralRow | None:
    """Return the referral with this receipt number, or None."""
    return await session.scalar(select(ReferralRow).where(ReferralRow.number == number))


async def referrals_of(session: AsyncSession, person_id: str) -> Sequence[ReferralRow]:
    """Return the person's referrals, the newest first."""
    rows = await session.scalars(
        select(ReferralRow).where(ReferralRow.person_id == person_id).order_by(ReferralRow.id.desc())
    )
    return rows.all()


async def queue(session: AsyncSession) -> tuple[QueuedReferral, ...]:
    """Return who waits, in order."""
    rows = await session.scalars(
        select(ReferralRow).where(is_in_line).order_by(ReferralRow.priority, ReferralRow.id)
    )
    asked = await session.scalars(
        select(ReferralRequestRow)
        .join(ReferralRow, ReferralRow.id == ReferralRequestRow.referral_id)
        .where(is_in_line)
        .order_by(ReferralRequestRow.id)
    )
    requests_of: defaultdict[int, list[Request]] = defaultdict(list)
    for request in asked:
        requests_of[request.referral_id].append(to_request(request))
    return tuple(
        QueuedReferral(
            receipt=_receipt(row, position),
            conversation_id=row.conversation_id,
            reason=Reason(row.reason),
            topics=tuple(dict.fromkeys(filter(None, (asked.topic for asked in requests_of[row.id])))),
            region=row.region,
            name=row.name,
            phone=row.phone,
            email=row.email,
            requests=tuple(requests_of[row.id]),
        )
        for position, row in enumerate(rows, start=1)
    )


def to_request(row: ReferralRequestRow) -> Request:
    """Return the row as the model knows it."""
    return Request(
        reason=Reason(row.reason),
        topic=row.topic,
        region=row.region,
        lead=None if row.lead is None else _to_lead(row.lead),
        at=row.at,
    )


def _as_json(lead: Lead | None) -> dict[str, Any] | None:
    if lead is None:
        return None
    return {**asdict(lead), "start": None if lead.start is None else lead.start.isoformat()}


def _to_lead(stored: dict[str, Any]) -> Lead:
    employer, start = stored["employer"], stored["start"]
    return Lead(
        **{
            **stored,
            "employer": None if employer is None else Employer(**employer),
            "start": None if start is None else date.fromisoformat(start),
        }
    )


async def to_receipt(session: AsyncSession, row: ReferralRow) -> ReferralReceipt:
    """Return the row as the person may see it, with their place in line."""
    await session.flush()
    return _receipt(row, await place_of(session, row))


def _receipt(row: ReferralRow, position: int | None) -> ReferralReceipt:
    return ReferralReceipt(
        number=row.number,
        position=position,
        state=ReferralState(row.state),
        opened_at=row.opened_at,
        answer_before=row.answer_before,
        is_open=row.closed_at is None,
        coach=row.coach_name,
        call_back=_call_back(row),
        region=row.region,
    )


def _call_back(row: ReferralRow) -> Slot | None:
    if row.call_back_from is None or row.call_back_until is None:
        return None
    return Slot(start=row.call_back_from, end=row.call_back_until)


async def cancel(session: AsyncSession, row: ReferralRow, *, at: datetime) -> None:
    """Leave, in line or not; does nothing for a referral that is closed."""
    talks = await lock_all_of(session, row.person_id)
    await session.refresh(row, with_for_update=True)
    if row.closed_at is None and await take_step(session, row, Step.CANCEL, at=at, changes=NO_OFFER):
        for owner in (Owner.WAITING, Owner.COACH):
            hand_over(talks, owner, Owner.BOT)


async def plan_call_back(
    session: AsyncSession, row: ReferralRow, slot: Slot, *, phone: str | None, at: datetime
) -> None:
    """Agree on a moment to call somebody who waits; the same moment again changes nothing.

    Raises:
        StepNotPossibleError: a coach has the conversation, or it is closed.
    """
    await lock_all_of(session, row.person_id)
    await session.refresh(row, with_for_update=True)
    if row.coach_id is not None or row.closed_at is not None:
        raise StepNotPossibleError(ReferralState(row.state), Step.PLAN_CALL_BACK)
    if (_call_back(row), row.phone) != (slot, phone) or row.state != ReferralState.CALL_BACK.value:
        await take_step(
            session,
            row,
            Step.PLAN_CALL_BACK,
            at=at,
            detail=slot.start.isoformat(),
            changes={"phone": phone, "call_back_from": slot.start, "call_back_until": slot.end},
        )


async def recent_claims(session: AsyncSession, *, limit: int = FIGURES) -> tuple[ClaimFigure, ...]:
    """Return how long people waited who were claimed last, the newest first."""
    rows = await session.execute(
        select(
            ReferralRow.region,
            ReferralRow.opened_at,
            ReferralRow.first_claimed_at,
            ReferralRow.position_at_first,
        )
        .where(ReferralRow.first_claimed_at.is_not(None), ReferralRow.position_at_first.is_not(None))
        .order_by(ReferralRow.first_claimed_at.desc())
        .limit(limit)
    )
    return tuple(
        ClaimFigure(region=region, asked_at=asked_at, claimed_at=claimed_at, position=position)
        for region, asked_at, claimed_at, position in rows
        if claimed_at is not None and position is not None
    )
