"""Referrals and who asked for them, in the database."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
    and_,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, aliased, mapped_column

from counter.conversations.model import Owner
from counter.conversations.storage import ConversationRow
from counter.database import Base, UtcDateTime
from counter.employers.model import Employer
from counter.referrals.model import (
    Lead,
    OpenReferral,
    QueuedReferral,
    Reason,
    ReferralReceipt,
    ReferralState,
    Request,
    priority_of,
)


class ReferralRow(Base):
    """Somebody's place in the coaches' queue; `id` is the order of arrival, low `priority` goes first."""

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
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    answer_before: Mapped[date]


_is_open = ReferralRow.state == ReferralState.OPEN.value

# Who waits already keeps that place, however many messages arrive at the same moment.
Index(
    "uq_referrals_open",
    ReferralRow.person_id,
    unique=True,
    sqlite_where=_is_open,
    postgresql_where=_is_open,
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

    `detail` is the coach who `replied`, or the name of the detail that was `corrected`.
    """

    __tablename__ = "referral_events"

    id: Mapped[int] = mapped_column(primary_key=True)
    referral_id: Mapped[int] = mapped_column(ForeignKey("referrals.id"), index=True)
    event: Mapped[str] = mapped_column(String(20))
    detail: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(UtcDateTime)


def record(session: AsyncSession, referral_id: int, event: str, detail: str, *, at: datetime) -> None:
    """Note what happened to a referral."""
    session.add(ReferralEventRow(referral_id=referral_id, event=event, detail=detail, at=at))


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
    row = ReferralRow(
        number=number,
        person_id=person_id,
        conversation_id=command.conversation_id,
        reason=command.reason.value,
        priority=priority_of(command.reason),
        state=ReferralState.OPEN.value,
        region=command.region,
        name=command.name,
        phone=command.phone,
        email=command.email,
        opened_at=at,
        answer_before=answer_before,
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
        await _join(session, waiting, command, at=at, answer_before=answer_before)
        return waiting
    await _set_owner(session, command.conversation_id, Owner.BOT, Owner.WAITING)
    return row


async def _join(
    session: AsyncSession, row: ReferralRow, command: OpenReferral, *, at: datetime, answer_before: date
) -> None:
    """Add a request to an open referral; need moves it up, and never back."""
    try:
        async with session.begin_nested():
            await _ask(session, row, command, at=at)
    except IntegrityError:
        # The same message, handled twice at the same moment: the other one did the work.
        return
    if priority_of(command.reason) < row.priority:
        row.priority = priority_of(command.reason)
        row.reason = command.reason.value
    row.answer_before = min(row.answer_before, answer_before)
    row.region = command.region or row.region
    row.name = command.name or row.name
    row.phone = command.phone or row.phone
    row.email = command.email or row.email
    await _set_owner(session, command.conversation_id, Owner.BOT, Owner.WAITING)


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


async def _set_owner(session: AsyncSession, conversation_id: str, before: Owner, after: Owner) -> None:
    # A coach who has the conversation keeps it.
    await session.execute(
        update(ConversationRow)
        .where(ConversationRow.id == conversation_id, ConversationRow.owner == before.value)
        .values(owner=after.value)
        .execution_options(synchronize_session=False)
    )


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
        select(ReferralRow).where(ReferralRow.person_id == person_id, _is_open).with_for_update()
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
        select(ReferralRow).where(_is_open).order_by(ReferralRow.priority, ReferralRow.id)
    )
    asked = await session.scalars(
        select(ReferralRequestRow)
        .join(ReferralRow, ReferralRow.id == ReferralRequestRow.referral_id)
        .where(_is_open)
        .order_by(ReferralRequestRow.id)
    )
    requests_of: defaultdict[int, list[Request]] = defaultdict(list)
    for request in asked:
        requests_of[request.referral_id].append(_to_request(request))
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


def _to_request(row: ReferralRequestRow) -> Request:
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


async def requests_for(session: AsyncSession, row: ReferralRow) -> Sequence[ReferralRequestRow]:
    """Return each time somebody asked for this referral, in order."""
    rows = await session.scalars(
        select(ReferralRequestRow)
        .where(ReferralRequestRow.referral_id == row.id)
        .order_by(ReferralRequestRow.id)
    )
    return rows.all()


async def to_receipt(session: AsyncSession, row: ReferralRow) -> ReferralReceipt:
    """Return the row as the person may see it, with how many are before them."""
    await session.flush()
    ahead = aliased(ReferralRow)
    position = None
    if row.state == ReferralState.OPEN.value:
        before = await session.scalar(
            select(func.count())
            .select_from(ahead)
            .where(
                ahead.state == ReferralState.OPEN.value,
                or_(
                    ahead.priority < row.priority,
                    and_(ahead.priority == row.priority, ahead.id < row.id),
                ),
            )
        )
        position = (before or 0) + 1
    return _receipt(row, position)


def _receipt(row: ReferralRow, position: int | None) -> ReferralReceipt:
    return ReferralReceipt(
        number=row.number,
        position=position,
        state=ReferralState(row.state),
        opened_at=row.opened_at,
        answer_before=row.answer_before,
    )


async def cancel(session: AsyncSession, row: ReferralRow, *, at: datetime) -> None:
    """Leave the queue; does nothing for a referral that is no longer open."""
    cancelled = await session.scalar(
        update(ReferralRow)
        .where(ReferralRow.id == row.id, _is_open)
        .values(state=ReferralState.CANCELLED.value, closed_at=at)
        .returning(ReferralRow.id)
        .execution_options(synchronize_session=False)
    )
    await session.refresh(row)
    if cancelled is None:
        return
    for request in await requests_for(session, row):
        if request.conversation_id is not None:
            await _set_owner(session, request.conversation_id, Owner.WAITING, Owner.BOT)
