"""What the card is made of, read from the tables of every subject."""

from collections.abc import Collection

from sqlalchemy import func, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession

from counter.channels.storage import address_of
from counter.conversations.model import Message, Sender
from counter.conversations.storage import ConversationRow, MessageRow, messages_after, to_message
from counter.desk.card import ASKS_AGREEMENT, Agreement, EarlierReferral, Offer, Reach, Talk
from counter.desk.sight import Sight, sight
from counter.desk.sight_storage import standing_of
from counter.desk.storage import LabelRow
from counter.job_drafts.storage import JobDraftRow
from counter.open_hiring.model import QueuePlace
from counter.open_hiring.rows import SignUpRow
from counter.open_hiring.storage import queue_place, sign_ups_of
from counter.people.model import Detail
from counter.referrals.model import Helped, Reason
from counter.referrals.rows import CORRECTED, ReferralEventRow, ReferralRequestRow, ReferralRow
from counter.referrals.states import ReferralState
from counter.referrals.storage import referrals_of, to_receipt
from counter.staff.model import StaffMember
from counter.vouchers.rows import VoucherRow


async def labels_of(session: AsyncSession, row: ReferralRow) -> tuple[str, ...]:
    """Return the words by which coaches find it again."""
    labels = await session.scalars(
        select(LabelRow.label).where(LabelRow.referral_id == row.id).order_by(LabelRow.label)
    )
    return tuple(labels)


async def corrected_in(session: AsyncSession, row: ReferralRow) -> frozenset[Detail]:
    """Return which details of a referral were corrected since its coach is there."""
    if row.coach_since is None:
        return frozenset()
    details = await session.scalars(
        select(ReferralEventRow.detail).where(
            ReferralEventRow.referral_id == row.id,
            ReferralEventRow.event == CORRECTED,
            ReferralEventRow.at >= row.coach_since,
        )
    )
    return frozenset(map(Detail, details))


def offer_of(row: ReferralRow) -> Offer | None:
    """Return who has to accept it, or None."""
    if row.state != ReferralState.OFFERED.value:
        return None
    return Offer(
        by=row.offered_by,
        to_coach=row.offered_to_coach,
        to_organisation=row.offered_to_organisation,
        until=row.offered_until,
    )


async def messages_of(session: AsyncSession, row: ReferralRow) -> list[Message]:
    """Return what was said where the person is helped; nothing when they erased it."""
    if row.conversation_id is None:
        return []
    return [to_message(message) for message in await messages_after(session, row.conversation_id, 0)]


async def reach_of(session: AsyncSession, conversation_id: str | None) -> Reach | None:
    """Return where somebody can be reached; None when they erased the conversation."""
    if conversation_id is None or (talk := await session.get(ConversationRow, conversation_id)) is None:
        return None
    address = await address_of(session, conversation_id)
    if address is not None:
        return Reach(
            channel=talk.channel,
            heard_at=address.heard_at,
            is_out_of_reach=address.unreachable_at is not None,
        )
    heard_at = await session.scalar(
        select(func.max(MessageRow.created_at)).where(
            MessageRow.conversation_id == conversation_id, MessageRow.sender == Sender.PERSON.value
        )
    )
    return Reach(channel=talk.channel, heard_at=heard_at or talk.created_at)


async def places_of(session: AsyncSession, person_id: str) -> tuple[QueuePlace, ...]:
    """Return the person's places on lists, those still on one first."""
    return tuple([await queue_place(session, row) for row in await sign_ups_of(session, person_id)])


async def agreements_of(
    session: AsyncSession, person_id: str, hidden: Collection[ReferralRow]
) -> tuple[Agreement, ...]:
    """Return what the person sent, in order, and how they agreed to that; not at a `hidden` time.

    Of what was sent in a conversation that is erased nothing is known any more.
    """
    submitted = union_all(
        select(ReferralRow.number, ReferralRequestRow.message_id)
        .join(ReferralRow, ReferralRow.id == ReferralRequestRow.referral_id)
        .where(ReferralRow.person_id == person_id, ReferralRow.id.not_in([one.id for one in hidden])),
        *(
            select(table.number, table.message_id).where(table.person_id == person_id)
            for table in (VoucherRow, SignUpRow, JobDraftRow)
        ),
    ).subquery()
    sent = await session.execute(
        select(submitted.c.number, MessageRow)
        .join(MessageRow, MessageRow.id == submitted.c.message_id)
        .order_by(MessageRow.created_at, submitted.c.number)
    )
    return tuple(
        [
            Agreement(
                number=number,
                at=message.created_at,
                answer=message.text if await _asked(session, message) in ASKS_AGREEMENT else None,
            )
            for number, message in sent.all()
        ]
    )


async def _asked(session: AsyncSession, answer: MessageRow) -> str | None:
    """Return which response of Noor's somebody answered."""
    return await session.scalar(
        select(MessageRow.response)
        .where(
            MessageRow.conversation_id == answer.conversation_id,
            MessageRow.sender == Sender.BOT.value,
            MessageRow.seq < answer.seq,
        )
        .order_by(MessageRow.seq.desc())
        .limit(1)
    )


async def hidden_from(
    session: AsyncSession, viewer: StaffMember, row: ReferralRow
) -> tuple[ReferralRow, ...]:
    """Return the other times this person was referred that are none of the viewer's business."""
    others = [one for one in await referrals_of(session, row.person_id) if one.id != row.id]
    return tuple([one for one in others if sight(viewer, await standing_of(session, one)) is Sight.NOTHING])


async def earlier_than(
    session: AsyncSession, row: ReferralRow, hidden: Collection[ReferralRow]
) -> tuple[EarlierReferral, ...]:
    """Return the other times this person was referred, the newest first; of some only that they were."""
    others = [one for one in await referrals_of(session, row.person_id) if one.id != row.id]
    return tuple([await _earlier(session, one, is_seen=one not in hidden) for one in others])


async def _earlier(session: AsyncSession, row: ReferralRow, *, is_seen: bool) -> EarlierReferral:
    return EarlierReferral(
        receipt=await to_receipt(session, row) if is_seen else None,
        opened_at=row.opened_at,
        state=ReferralState(row.state),
        reason=Reason(row.reason),
        organisation=row.coach_organisation,
        closed_at=row.closed_at,
        outcome=row.outcome,
        helped=Helped(row.helped) if row.helped and is_seen else None,
        comment=row.helped_comment if is_seen else None,
    )


async def talks_of(
    session: AsyncSession, row: ReferralRow, hidden: Collection[ReferralRow]
) -> tuple[Talk, ...]:
    """Return the person's conversations in which something was said, the newest first.

    Those in which they were helped at a `hidden` time are left out; that in which this referral is dealt
    with is shown whole.
    """
    elsewhere = {one.conversation_id for one in hidden if one.conversation_id is not None}
    rows = await session.execute(
        select(ConversationRow, func.count(MessageRow.seq))
        .join(MessageRow, MessageRow.conversation_id == ConversationRow.id)
        .where(
            ConversationRow.person_id == row.person_id,
            ConversationRow.id.not_in(elsewhere - {row.conversation_id}),
        )
        .group_by(ConversationRow.id)
        .order_by(ConversationRow.last_message_at.desc(), ConversationRow.id)
    )
    return tuple(
        Talk(
            id=talk.id,
            channel=talk.channel,
            opened_at=talk.created_at,
            last_message_at=talk.last_message_at,
            messages=count,
        )
        for talk, count in rows
    )
