"""Reading the card, and the earlier conversations of somebody who was referred."""

from sqlalchemy.ext.asyncio import AsyncSession

from counter.conversations import storage as conversations
from counter.conversations.model import Message, Sender, UnknownConversationError
from counter.database import Database
from counter.desk import card_storage
from counter.desk import storage as desk_storage
from counter.desk.card import Card, language_signs, misunderstood, tried
from counter.desk.model import Escalated
from counter.desk.sight import check_sight
from counter.desk.sight_storage import standing_of
from counter.job_drafts.storage import drafts_of
from counter.job_drafts.storage import to_receipt as to_draft_receipt
from counter.passport.storage import passport_of
from counter.people.service import FindDetails
from counter.referrals.model import Reason, UnknownReferralError
from counter.referrals.rows import ReferralRow, requests_for
from counter.referrals.storage import referral_by_number, to_receipt, to_request
from counter.staff.model import Role, StaffMember
from counter.tasks.storage import of_referral, to_task
from counter.vouchers.rows import to_receipt as to_voucher_receipt
from counter.vouchers.storage import applications_of


class CardService:
    """What coaches read about who was referred to them."""

    def __init__(self, database: Database, *, find_details: tuple[FindDetails, ...] = ()) -> None:
        self._database = database
        self._find_details = find_details

    async def card(self, number: str, viewer: StaffMember) -> Card:
        """Return everything a coach must know before the first word.

        Raises:
            UnknownReferralError: no referral has this number.
            NotForYouError: it is none of the viewer's business.
        """
        async with self._database.reading() as session:
            row = await _seen(session, number, viewer)
            hidden = await card_storage.hidden_from(session, viewer, row)
            person_id = row.person_id
            details = [known for find in self._find_details for known in await find(session, person_id)]
            messages = await card_storage.messages_of(session, row)
            return Card(
                receipt=await to_receipt(session, row),
                person_id=person_id,
                conversation_id=row.conversation_id,
                coach_id=row.coach_id,
                offer=card_storage.offer_of(row),
                escalated_at=row.escalated_at,
                remind_at=row.remind_at,
                reason=Reason(row.reason),
                requests=tuple(map(to_request, await requests_for(session, row))),
                labels=await card_storage.labels_of(session, row),
                details=tuple(known for known in details if known.is_used),
                corrected=await card_storage.corrected_in(session, row),
                applications=tuple(map(to_voucher_receipt, await applications_of(session, person_id))),
                places=await card_storage.places_of(session, person_id),
                drafts=tuple(map(to_draft_receipt, await drafts_of(session, person_id))),
                passport=await passport_of(session, person_id),
                tasks=tuple(map(to_task, await of_referral(session, row.id))),
                tried=tried(message.content for message in messages if message.sender is Sender.BOT),
                misunderstood=misunderstood(messages),
                language=language_signs(messages, wanted=row.language),
                reach=await card_storage.reach_of(session, row.conversation_id),
                agreements=await card_storage.agreements_of(session, person_id, hidden),
                earlier=await card_storage.earlier_than(session, row, hidden),
                talks=await card_storage.talks_of(session, row, hidden),
                outcome=row.outcome,
                summary=row.summary,
            )

    async def escalated(self, coach: StaffMember) -> tuple[Escalated, ...]:
        """Return whom nobody accepted or called in time: all, or those this coach saw to last."""
        async with self._database.reading() as session:
            found = await desk_storage.escalated(session)
        sees_all = Role.ADMINISTRATOR in coach.roles
        return tuple(one for one in found if sees_all or one.promised_by == coach.id)

    async def talk(self, number: str, conversation_id: str, viewer: StaffMember) -> tuple[Message, ...]:
        """Return what was said in a conversation of the person who was referred under this number.

        Raises:
            UnknownReferralError: no referral has this number.
            NotForYouError: it is none of the viewer's business.
            UnknownConversationError: there is no such conversation on their card.
        """
        async with self._database.reading() as session:
            row = await _seen(session, number, viewer)
            hidden = await card_storage.hidden_from(session, viewer, row)
            talks = await card_storage.talks_of(session, row, hidden)
            if conversation_id not in {one.id for one in talks}:
                raise UnknownConversationError(conversation_id)
            rows = await conversations.messages_after(session, conversation_id, 0)
            return tuple(map(conversations.to_message, rows))


async def _seen(session: AsyncSession, number: str, viewer: StaffMember) -> ReferralRow:
    row = await referral_by_number(session, number)
    if row is None:
        raise UnknownReferralError(number)
    check_sight(viewer, number, await standing_of(session, row))
    return row
