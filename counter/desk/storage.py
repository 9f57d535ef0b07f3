"""What coaches keep of people, in tables no channel reads."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    ForeignKey,
    Select,
    String,
    Text,
    UniqueConstraint,
    delete,
    exists,
    func,
    or_,
    select,
    true,
    update,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from counter.conversations.model import Content, Sender
from counter.conversations.storage import MessageRow
from counter.database import Base, UtcDateTime
from counter.desk.model import Escalated, PrivateNote
from counter.referrals.rows import ReferralEventRow, ReferralRequestRow, ReferralRow, is_open
from counter.referrals.states import ReferralState, Step

# What says who asked, and what for; the rest are days and figures.
_DETAILS = (
    "name",
    "phone",
    "email",
    "region",
    "language",
    "summary",
    "remind_at",
    "helped_comment",
    "in_need_at",
)
_ASKED = ("topic", "region", "lead")


class PrivateNoteRow(Base):
    """What somebody of the staff, or Noor, wrote for whoever helps this person."""

    __tablename__ = "private_notes"
    __table_args__ = (UniqueConstraint("referral_id", "client_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    referral_id: Mapped[int] = mapped_column(ForeignKey("referrals.id"), index=True)
    # None when Noor wrote it.
    staff_id: Mapped[str | None] = mapped_column(String(36))
    author: Mapped[str | None] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    client_id: Mapped[str | None] = mapped_column(String(100))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class LabelRow(Base):
    """A word by which coaches find a referral again."""

    __tablename__ = "referral_labels"

    referral_id: Mapped[int] = mapped_column(ForeignKey("referrals.id"), primary_key=True)
    label: Mapped[str] = mapped_column(String(30), primary_key=True)


async def add_note(
    session: AsyncSession,
    row: ReferralRow,
    text: str,
    *,
    at: datetime,
    author: str | None = None,
    staff_id: str | None = None,
    client_id: str | None = None,
) -> PrivateNoteRow:
    """Keep a note; the same `client_id` again returns the first one. The referral is held."""
    if client_id is not None:
        earlier = await session.scalar(
            select(PrivateNoteRow).where(
                PrivateNoteRow.referral_id == row.id, PrivateNoteRow.client_id == client_id
            )
        )
        if earlier is not None:
            return earlier
    note = PrivateNoteRow(
        referral_id=row.id, staff_id=staff_id, author=author, text=text, client_id=client_id, at=at
    )
    session.add(note)
    await session.flush()
    return note


async def notes_of(session: AsyncSession, referral_ids: Collection[int]) -> Sequence[PrivateNote]:
    """Return the notes with these referrals, in order."""
    rows = await session.scalars(
        select(PrivateNoteRow).where(PrivateNoteRow.referral_id.in_(referral_ids)).order_by(PrivateNoteRow.id)
    )
    return [to_note(row) for row in rows]


def to_note(row: PrivateNoteRow) -> PrivateNote:
    """Return the row as the model knows it."""
    return PrivateNote(id=row.id, author=row.author, text=row.text, at=row.at)


async def set_labels(session: AsyncSession, row: ReferralRow, labels: Iterable[str]) -> None:
    """Give a referral these labels and no others."""
    await session.execute(delete(LabelRow).where(LabelRow.referral_id == row.id))
    session.add_all(LabelRow(referral_id=row.id, label=label) for label in sorted(set(labels)))


async def open_referral_in(session: AsyncSession, conversation_id: str) -> ReferralRow | None:
    """Return the referral that is dealt with in this conversation, or None."""
    return await session.scalar(
        select(ReferralRow).where(ReferralRow.conversation_id == conversation_id, is_open)
    )


async def withhold(
    session: AsyncSession, conversation_id: str, replies: Iterable[Content], at: datetime
) -> None:
    """Keep what Noor wanted to say after a coach took over; a receipt may stand in it."""
    row = await open_referral_in(session, conversation_id)
    text = "\n\n".join(filter(None, map(_in_words, replies)))
    if row is not None and text:
        await add_note(session, row, text, at=at)


def _in_words(content: Content) -> str:
    facts = (f"{fact['label']}: {fact['value']}" for card in content.cards for fact in card.get("facts", ()))
    titles = (card[part] for card in content.cards for part in ("title", "text") if part in card)
    return "\n".join(filter(None, (content.text, *titles, *facts)))


async def lapsed_offers(session: AsyncSession, now: datetime) -> Sequence[str]:
    """Return the numbers of what was offered and not accepted in time."""
    rows = await session.scalars(
        select(ReferralRow.number).where(
            ReferralRow.state == ReferralState.OFFERED.value, ReferralRow.offered_until < now
        )
    )
    return rows.all()


async def missed_calls(session: AsyncSession, before: datetime) -> Sequence[str]:
    """Return the numbers of who was to be called by this moment, and was not."""
    rows = await session.scalars(
        select(ReferralRow.number).where(
            ReferralRow.state == ReferralState.CALL_BACK.value, ReferralRow.call_back_until < before
        )
    )
    return rows.all()


async def in_need(session: AsyncSession) -> Mapping[str, datetime]:
    """Return the numbers of who is in need and has a coach, each with when they cried for help last."""
    rows = await session.execute(
        select(ReferralRow.number, ReferralRow.in_need_at).where(
            is_open, ReferralRow.coach_id.is_not(None), ReferralRow.in_need_at.is_not(None)
        )
    )
    return {number: cried_at for number, cried_at in rows if cried_at is not None}


async def escalated(session: AsyncSession) -> Sequence[Escalated]:
    """Return whom nobody accepted or called in time, the longest ago first."""
    last_promise = (
        select(func.max(ReferralEventRow.id))
        .where(
            ReferralEventRow.referral_id == ReferralRow.id,
            ReferralEventRow.event.in_((Step.OFFER.value, Step.PLAN_CALL_BACK.value)),
        )
        .correlate(ReferralRow)
        .scalar_subquery()
    )
    rows = await session.execute(
        select(ReferralRow, ReferralEventRow)
        .outerjoin(ReferralEventRow, ReferralEventRow.id == last_promise)
        .where(is_open, ReferralRow.escalated_at.is_not(None))
        .order_by(ReferralRow.escalated_at, ReferralRow.id)
    )
    return [
        Escalated(
            number=row.number,
            state=ReferralState(row.state),
            name=row.name,
            region=row.region,
            coach=row.coach_name,
            escalated_at=row.escalated_at,
            promised_by=None if promise is None else promise.staff_id,
            offered_to=promise.detail if promise and promise.event == Step.OFFER.value else "",
        )
        for row, promise in rows
        if row.escalated_at is not None
    ]


async def unanswered(
    session: AsyncSession, *, before: datetime | None = None, which: ColumnElement[bool] = is_open
) -> Sequence[tuple[str, str, datetime]]:
    """Return number, coach and moment of who wrote to a coach and heard nothing since.

    With `before` only who wrote before that moment; `which` are the referrals to look at.
    """
    answered = (
        select(func.max(MessageRow.seq))
        .where(
            MessageRow.conversation_id == ReferralRow.conversation_id,
            MessageRow.sender == Sender.COACH.value,
        )
        .correlate(ReferralRow)
        .scalar_subquery()
    )
    asked_at = func.min(MessageRow.created_at)
    rows = await session.execute(
        select(ReferralRow.number, ReferralRow.coach_id, asked_at)
        .join(MessageRow, MessageRow.conversation_id == ReferralRow.conversation_id)
        .where(
            is_open,
            which,
            ReferralRow.coach_id.is_not(None),
            MessageRow.sender == Sender.PERSON.value,
            MessageRow.created_at >= ReferralRow.coach_since,
            or_(answered.is_(None), MessageRow.seq > answered),
        )
        .group_by(ReferralRow.number, ReferralRow.coach_id)
        .having(true() if before is None else asked_at < before)
    )
    return [(number, coach_id, moment) for number, coach_id, moment in rows if coach_id is not None]


async def erase(session: AsyncSession, conversation_ids: Sequence[str]) -> None:
    """Delete what was written about who asked in these conversations, and the words to find them by."""
    asked = select(ReferralRequestRow.referral_id).where(
        ReferralRequestRow.conversation_id.in_(conversation_ids)
    )
    for table in (PrivateNoteRow, LabelRow):
        await session.execute(delete(table).where(table.referral_id.in_(asked)))
    await session.execute(
        update(ReferralRow)
        .where(ReferralRow.id.in_(asked))
        .values(summary=None, remind_at=None)
        .execution_options(synchronize_session="fetch")
    )


def stale(before: datetime) -> Select[Any, Any, Any]:
    """Select the referrals that were closed before a moment, and still say who asked or why."""
    left = [exists().where(table.referral_id == ReferralRow.id) for table in (PrivateNoteRow, LabelRow)]
    still_asks = or_(*(getattr(ReferralRequestRow, part).is_not(None) for part in _ASKED))
    return select(
        ReferralRow.id.label("key"), ReferralRow.closed_at.label("since"), ReferralRow.person_id
    ).where(
        ReferralRow.closed_at < before,
        or_(
            *left,
            exists().where(ReferralRequestRow.referral_id == ReferralRow.id, still_asks),
            *(getattr(ReferralRow, detail).is_not(None) for detail in _DETAILS),
        ),
    )


async def forget(session: AsyncSession, referral_ids: Sequence[int], before: datetime) -> None:
    """Blank who asked and why in closed referrals, with what coaches wrote; that somebody asked stays."""
    held = await session.scalars(
        select(ReferralRow.id)
        .where(ReferralRow.id.in_(referral_ids), ReferralRow.closed_at < before)
        # Whoever erases the person holds their row already; there is no need to wait.
        .with_for_update(skip_locked=True)
    )
    ids = held.all()
    for table in (PrivateNoteRow, LabelRow):
        await session.execute(delete(table).where(table.referral_id.in_(ids)))
    await session.execute(
        update(ReferralRequestRow)
        .where(ReferralRequestRow.referral_id.in_(ids))
        .values(dict.fromkeys(_ASKED))
        .execution_options(synchronize_session=False)
    )
    await session.execute(
        update(ReferralRow)
        .where(ReferralRow.id.in_(ids))
        .values(dict.fromkeys(_DETAILS))
        .execution_options(synchronize_session=False)
    )


async def export(session: AsyncSession, person_id: str) -> list[dict[str, Any]]:
    """Return what coaches keep about somebody.

    Of private notes only that they are there: others may be named in them, so a person decides who asks
    to read them (docs/adr/0016).
    """
    rows = await session.scalars(
        select(ReferralRow).where(ReferralRow.person_id == person_id).order_by(ReferralRow.id)
    )
    kept = []
    for row in rows.all():
        labels = await session.scalars(
            select(LabelRow.label).where(LabelRow.referral_id == row.id).order_by(LabelRow.label)
        )
        notes = await notes_of(session, [row.id])
        found = {
            "labels": list(labels),
            "summary": row.summary,
            "notes_written_at": [note.at.isoformat() for note in notes],
        }
        if any(found.values()):
            kept.append({"number": row.number, **found})
    return kept
