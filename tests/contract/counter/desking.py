"""What tests of the desk look at."""

from sqlalchemy import select

from counter.conversations.model import Owner, Sender
from counter.referrals.model import OpenReferral, Reason
from counter.referrals.rows import ReferralEventRow, ReferralRow
from counter.referrals.storage import referral_by_number
from counter.services import Counter
from tests.support.staff import a_coach

SANNE, PIET = a_coach("Sanne"), a_coach("Piet")
UWV = a_coach("Noor-Jan", organisation="UWV Zaandam")


async def ask(counter: Counter, conversation: str, message_id: str = "m1") -> str:
    command = OpenReferral(
        conversation_id=conversation,
        message_id=message_id,
        reason=Reason.ASKED,
        topic="ontslag",
        region="Groot Amsterdam",
        name="Fatima",
        phone="+31612345678",
    )
    return (await counter.referrals.open(command)).number


async def row_of(counter: Counter, number: str) -> ReferralRow:
    async with counter.database.reading() as session:
        row = await referral_by_number(session, number)
    assert row is not None
    return row


async def owner_of(counter: Counter, conversation: str) -> Owner:
    return (await counter.conversations.transcript(conversation)).owner


async def told(counter: Counter, conversation: str) -> list[str]:
    """Return the names of the notices in a conversation."""
    messages = (await counter.conversations.transcript(conversation)).messages
    return [m.content.text.partition(":")[0] for m in messages if m.sender is Sender.SYSTEM]


async def said(counter: Counter, conversation: str, sender: Sender) -> list[str]:
    messages = (await counter.conversations.transcript(conversation)).messages
    return [message.content.text for message in messages if message.sender is sender]


async def events_of(counter: Counter, number: str) -> list[tuple[str, str | None]]:
    row = await row_of(counter, number)
    async with counter.database.reading() as session:
        found = await session.scalars(
            select(ReferralEventRow)
            .where(ReferralEventRow.referral_id == row.id)
            .order_by(ReferralEventRow.id)
        )
        return [(event.event, event.staff_id) for event in found]
