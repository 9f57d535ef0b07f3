"""The coaches' lists and cases, out of the database; nothing here writes."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Row, and_, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from counter.channels.model import DeliveryState
from counter.channels.storage import AddressRow, DeliveryRow
from counter.conversations.model import Message
from counter.conversations.storage import ConversationRow, MessageRow, to_message
from counter.desk.model import Outcome
from counter.desk.overview import CaseLine, Filters, Place, Pulse
from counter.desk.sight_storage import may_read_back
from counter.desk.storage import LabelRow, PrivateNoteRow, unanswered
from counter.referrals.model import Reason, Slot
from counter.referrals.rows import ReferralEventRow, ReferralRequestRow, ReferralRow, is_open
from counter.referrals.states import ReferralState, Step
from counter.staff.model import StaffMember

is_done = ReferralRow.closed_at.is_not(None)

# The channel is None where the outer join finds none.
type Found = Row[ReferralRow, str]


async def open_lines(session: AsyncSession) -> Sequence[CaseLine]:
    """Return every open referral."""
    found = await session.execute(_LINES.where(is_open))
    return await _lines(session, found.all(), is_open)


async def done_lines(
    session: AsyncSession, filters: Filters, viewer: StaffMember, *, offset: int, limit: int
) -> Sequence[CaseLine]:
    """Return what is over, fits and may be seen, the latest first."""
    found = await session.execute(
        _LINES.where(is_done, may_read_back(viewer), *_conditions(filters))
        .order_by(ReferralRow.closed_at.desc(), ReferralRow.id.desc())
        .offset(offset)
        .limit(limit)
    )
    rows = found.all()
    return await _lines(session, rows, ReferralRow.id.in_([row[0].id for row in rows]))


async def done_count(session: AsyncSession, filters: Filters, viewer: StaffMember) -> int:
    """Return how many that are over fit and may be seen."""
    count = await session.scalar(
        select(func.count())
        .select_from(ReferralRow)
        .where(is_done, may_read_back(viewer), *_conditions(filters))
    )
    return count or 0


async def line_of(session: AsyncSession, number: str) -> CaseLine | None:
    """Return a referral, or None for no such number."""
    found = (await session.execute(_LINES.where(ReferralRow.number == number))).all()
    if not found:
        return None
    (line,) = await _lines(session, found, ReferralRow.number == number)
    return line


async def talk_of(session: AsyncSession, line: CaseLine) -> tuple[ConversationRow | None, Place | None]:
    """Return where somebody is helped, or wrote last while nobody has them, and their place in a channel.

    None for what they erased, and no place for who reads on the website.
    """
    is_nobodys = line.coach_id is None and line.closed_at is None
    found = await session.execute(
        select(ConversationRow, AddressRow)
        .outerjoin(AddressRow, AddressRow.conversation_id == ConversationRow.id)
        .where(
            ConversationRow.person_id == line.person_id
            if is_nobodys
            else ConversationRow.id == line.conversation_id
        )
        .order_by(ConversationRow.last_message_at.desc(), ConversationRow.id)
        .limit(1)
    )
    talk, address = found.one_or_none() or (None, None)
    return talk, None if address is None else _place(address)


async def messages_from(session: AsyncSession, conversation_id: str, *, first: int) -> Sequence[Message]:
    """Return the messages from this place on, in order."""
    rows = await session.scalars(
        select(MessageRow)
        .where(MessageRow.conversation_id == conversation_id, MessageRow.seq >= first)
        .order_by(MessageRow.seq)
    )
    return [to_message(row) for row in rows]


def _place(row: AddressRow) -> Place:
    return Place(
        heard_at=row.heard_at,
        delivered_seq=row.delivered_seq,
        is_held=row.knocked_at is not None and row.knocked_at >= row.heard_at,
        is_unreachable=row.unreachable_at is not None,
    )


async def deliveries_from(
    session: AsyncSession, conversation_id: str, *, first: int
) -> tuple[dict[int, list[DeliveryState]], datetime | None]:
    """Return what the provider said of the parts of each message from this place on, and when it last did."""
    rows = await session.execute(
        select(DeliveryRow.seq, DeliveryRow.state, DeliveryRow.at).where(
            DeliveryRow.conversation_id == conversation_id, DeliveryRow.seq >= first
        )
    )
    states: defaultdict[int, list[DeliveryState]] = defaultdict(list)
    latest: datetime | None = None
    for seq, state, at in rows:
        states[seq].append(DeliveryState(state))
        latest = at if latest is None else max(latest, at)
    return states, latest


async def pulses(session: AsyncSession, watched: Collection[tuple[str, str | None]]) -> dict[str, Pulse]:
    """Return the pulse of cases, each a number and the conversation that is shown with it."""
    notes = await session.execute(
        select(ReferralRow.number, func.count(PrivateNoteRow.id))
        .join(PrivateNoteRow, PrivateNoteRow.referral_id == ReferralRow.id)
        .where(ReferralRow.number.in_([number for number, _ in watched]))
        .group_by(ReferralRow.number)
    )
    counted: dict[str, int] = {row[0]: row[1] for row in notes}
    shown = {conversation_id for _, conversation_id in watched if conversation_id is not None}
    talks = await session.execute(
        select(ConversationRow.id, ConversationRow.last_seq, ConversationRow.owner, func.max(DeliveryRow.at))
        .outerjoin(DeliveryRow, DeliveryRow.conversation_id == ConversationRow.id)
        .where(ConversationRow.id.in_(shown))
        .group_by(ConversationRow.id, ConversationRow.last_seq, ConversationRow.owner)
    )
    by_talk = {talk_id: (last_seq, owner, delivered_at) for talk_id, last_seq, owner, delivered_at in talks}
    addresses = await session.scalars(select(AddressRow).where(AddressRow.conversation_id.in_(shown)))
    places = {row.conversation_id: _place(row) for row in addresses}
    beating = {}
    for number, conversation_id in watched:
        last_seq, owner, delivered_at = by_talk.get(conversation_id or "", (0, "", None))
        beating[number] = Pulse(
            last_seq=last_seq,
            owner=owner,
            notes=counted.get(number, 0),
            delivered_at=delivered_at,
            place=places.get(conversation_id or ""),
        )
    return beating


_LINES = select(ReferralRow, ConversationRow.channel).outerjoin(
    ConversationRow, ConversationRow.id == ReferralRow.conversation_id
)


async def _lines(session: AsyncSession, found: Sequence[Found], which: ColumnElement[bool]) -> list[CaseLine]:
    """Return lines out of referrals and what belongs to them; `which` finds the same referrals."""
    topics = await _words(session, ReferralRequestRow.referral_id, ReferralRequestRow.topic, which)
    labels = await _words(session, LabelRow.referral_id, LabelRow.label, which)
    busy_for = await _busy_for(session, which)
    since = {number: moment for number, _, moment in await unanswered(session, which=which)}
    return [
        _line(
            row,
            channel=channel,
            topics=topics[row.id],
            labels=labels[row.id],
            unanswered_since=since.get(row.number),
            busy_for=busy_for.get(row.id),
        )
        for row, channel in found
    ]


async def _words(
    session: AsyncSession,
    referral: InstrumentedAttribute[int],
    word: InstrumentedAttribute[str] | InstrumentedAttribute[str | None],
    which: ColumnElement[bool],
) -> defaultdict[int, tuple[str, ...]]:
    """Return the topics, or the labels, of referrals; each once, in the order in which they came."""
    rows = await session.execute(
        select(referral, word)
        .join(ReferralRow, ReferralRow.id == referral)
        .where(which, word.is_not(None))
        .order_by(referral.class_.__mapper__.primary_key[0], word)
    )
    words: defaultdict[int, dict[str, None]] = defaultdict(dict)
    for referral_id, text in rows:
        words[referral_id][text or ""] = None
    return defaultdict(tuple, {referral_id: tuple(texts) for referral_id, texts in words.items()})


async def _busy_for(session: AsyncSession, which: ColumnElement[bool]) -> dict[int, str]:
    """Return for whom Noor does something, of each referral that she gives back afterwards."""
    rows = await session.execute(
        select(ReferralRow.id, ReferralEventRow.staff_id)
        .join(ReferralEventRow, ReferralEventRow.referral_id == ReferralRow.id)
        .where(
            which,
            is_open,
            ReferralRow.state == ReferralState.HANDED_BACK.value,
            ReferralEventRow.event == Step.HAND_BACK.value,
        )
        .order_by(ReferralEventRow.id)
    )
    return {referral_id: staff_id for referral_id, staff_id in rows if staff_id is not None}


def _line(
    row: ReferralRow,
    *,
    channel: str | None,
    topics: tuple[str, ...],
    labels: tuple[str, ...],
    unanswered_since: datetime | None,
    busy_for: str | None,
) -> CaseLine:
    return CaseLine(
        id=row.id,
        number=row.number,
        person_id=row.person_id,
        state=ReferralState(row.state),
        reason=Reason(row.reason),
        priority=row.priority,
        topics=topics,
        labels=labels,
        name=row.name,
        region=row.region,
        language=row.language,
        channel=channel,
        conversation_id=row.conversation_id,
        opened_at=row.opened_at,
        answer_before=row.answer_before,
        closed_at=row.closed_at,
        coach_id=row.coach_id,
        coach=row.coach_name,
        organisation=row.coach_organisation or row.offered_to_organisation,
        coach_organisation=row.coach_organisation,
        unanswered_since=unanswered_since,
        in_need_since=row.in_need_at,
        escalated_at=row.escalated_at,
        remind_at=row.remind_at,
        call_back=_slot(row),
        offered_to_coach=row.offered_to_coach,
        offered_to_organisation=row.offered_to_organisation,
        offered_until=row.offered_until,
        busy_for=busy_for,
        outcome=None if row.outcome is None else Outcome(row.outcome),
    )


def _slot(row: ReferralRow) -> Slot | None:
    if row.call_back_from is None or row.call_back_until is None:
        return None
    return Slot(start=row.call_back_from, end=row.call_back_until)


def _conditions(filters: Filters) -> Iterator[ColumnElement[bool]]:
    """Yield what `Filters.fit` asks of a line, for the database to look at."""
    for column, value in (
        (ReferralRow.region, filters.region),
        (ReferralRow.reason, filters.reason),
        (ReferralRow.language, filters.language),
        (
            func.coalesce(ReferralRow.coach_organisation, ReferralRow.offered_to_organisation),
            filters.organisation,
        ),
    ):
        if value is not None:
            yield column == value
    if filters.topic is not None:
        yield _has_topic(ReferralRequestRow.topic == filters.topic)
    if filters.label is not None:
        yield _has_label(LabelRow.label == filters.label)
    if filters.search is not None:
        yield or_(
            ReferralRow.number.icontains(filters.search, autoescape=True),
            ReferralRow.name.icontains(filters.search, autoescape=True),
            _has_topic(ReferralRequestRow.topic.icontains(filters.search, autoescape=True)),
            _has_label(LabelRow.label.icontains(filters.search, autoescape=True)),
        )


def _has_topic(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(ReferralRequestRow.referral_id == ReferralRow.id, condition)


def _has_label(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(and_(LabelRow.referral_id == ReferralRow.id, condition))
