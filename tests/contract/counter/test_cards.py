"""The card on both databases: all that is known of who was referred, and nothing of anybody else."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest

from counter.conversations.model import Content, UnknownConversationError
from counter.desk.model import Outcome
from counter.desk.sight import NotForYouError
from counter.passport.model import EntryKind, Told
from counter.people.model import Detail
from counter.referrals.model import Helped, Reason, UnknownReferralError
from counter.services import Counter
from tests.contract.counter.conftest import SettableClock
from tests.contract.counter.test_referrals import a_request
from tests.contract.counter.test_vouchers import an_application
from tests.support.staff import a_coach, an_administrator

type NewConversation = Callable[[], Awaitable[str]]

ASKS = Content(text="Klopt dit?", response="utter_coach_samenvatting_hier")


async def say(counter: Counter, conversation: str, text: str, *replies: Content) -> str:
    """Say something that Noor answers with these; returns the id of what was said."""
    received = await counter.conversations.receive(conversation, Content(text=text))
    await counter.conversations.answer(conversation, received.message.seq, replies)
    return received.message.id


async def test_the_card_tells_what_somebody_wants_gave_tried_and_agreed_to(
    counter: Counter, new_conversation: NewConversation
) -> None:
    conversation = await new_conversation()
    await say(counter, conversation, "cursus lassen", Content(text="…", response="utter_cursus_gevonden"))
    await say(counter, conversation, "dinges", Content(text="…", response="utter_terugval_menu"))
    await say(counter, conversation, "een mens graag", ASKS)
    agreed = await say(counter, conversation, "ja hoor", Content(text="Staat genoteerd."))
    receipt = await counter.referrals.open(a_request(conversation, message_id=agreed))
    voucher = await counter.vouchers.apply(an_application(conversation))
    await counter.passports.add(
        conversation,
        [
            Told(skill_id=next(iter(counter.taxonomy.skills)), words="lassen", kind=EntryKind.WISH),
        ],
    )

    card = await counter.cards.card(receipt.number, a_coach())

    assert (card.number, card.topics, card.conversation_id) == (receipt.number, ("ontslag",), conversation)
    assert (Detail.NAME, "Fatima") in {(known.detail, known.value) for known in card.details}
    assert [application.number for application in card.applications] == [voucher.number]
    assert len(card.passport.wishes) == 1
    assert card.tried == ("cursus", "coach")
    assert [one.text for one in card.misunderstood] == ["dinges"]
    [agreement] = card.agreements
    assert (agreement.number, agreement.answer) == (receipt.number, "ja hoor")
    assert card.reach is not None
    assert card.reach.channel == "website"
    assert card.summary is None


async def test_who_was_sent_to_a_coach_without_being_asked_agreed_to_nothing(
    counter: Counter, new_conversation: NewConversation
) -> None:
    conversation = await new_conversation()
    message = await say(counter, conversation, "ik sta op straat", Content(text="Bel 112."))
    receipt = await counter.referrals.open(a_request(conversation, message_id=message))
    [agreement] = (await counter.cards.card(receipt.number, a_coach())).agreements
    assert agreement.answer is None


async def test_the_card_shows_how_it_went_before_and_in_which_conversations(
    counter: Counter,
    two_conversations: Callable[[], Awaitable[tuple[str, str]]],
    clock: SettableClock,
) -> None:
    first, second = await two_conversations()
    await say(counter, first, "hoi")
    before = await counter.referrals.open(a_request(first))
    coach = a_coach()
    await counter.desk.claim(before.number, coach)
    await counter.desk.close(before.number, coach, Outcome.REFERRED)
    await counter.referrals.rate(before.number, first, Helped.A_LITTLE, comment="ging wel")
    clock.advance(days=2)
    await say(counter, second, "hoi weer")
    now = await counter.referrals.open(a_request(second, message_id="m2"))

    card = await counter.cards.card(now.number, a_coach())

    [earlier] = card.earlier
    assert earlier.receipt is not None
    assert (earlier.receipt.number, earlier.receipt.coach, earlier.outcome) == (
        before.number,
        "Sanne",
        "doorverwezen",
    )
    assert (earlier.helped, earlier.comment) == (Helped.A_LITTLE, "ging wel")
    assert [talk.id for talk in card.talks] == [second, first]


async def test_of_an_earlier_time_at_another_organisation_the_card_tells_only_when_why_how_and_where(
    counter: Counter,
    two_conversations: Callable[[], Awaitable[tuple[str, str]]],
    clock: SettableClock,
) -> None:
    first, second = await two_conversations()
    clock.advance(minutes=1)
    agreed = await say(counter, first, "ja hoor", ASKS)
    before = await counter.referrals.open(a_request(first, message_id=agreed))
    els, sanne = a_coach("Els", organisation="UWV"), a_coach()
    await counter.desk.claim(before.number, els)
    await counter.desk.say(before.number, els, "Over je schulden", client_id="1")
    await counter.desk.close(before.number, els, Outcome.REFERRED)
    await counter.referrals.rate(before.number, first, Helped.A_LITTLE, comment="ging wel")
    clock.advance(days=2)
    await say(counter, second, "hoi weer")
    now = await counter.referrals.open(a_request(second, message_id="m2"))
    await counter.desk.claim(now.number, sanne)

    card = await counter.cards.card(now.number, sanne)

    [earlier] = card.earlier
    assert (earlier.reason, earlier.outcome, earlier.organisation) == (Reason.ASKED, "doorverwezen", "UWV")
    assert (earlier.opened_at, earlier.closed_at) == (before.opened_at, before.opened_at)
    assert (earlier.receipt, earlier.helped, earlier.comment) == (None, None, None)
    assert [talk.id for talk in card.talks] == [second]
    assert before.number not in {agreement.number for agreement in card.agreements}
    with pytest.raises(UnknownConversationError):
        await counter.cards.talk(now.number, first, sanne)
    with pytest.raises(NotForYouError):
        await counter.cards.talk(before.number, first, sanne)
    seen = await counter.cards.card(now.number, an_administrator())
    assert seen.earlier[0].comment == "ging wel"
    assert len(await counter.cards.talk(now.number, first, an_administrator())) > 0


async def test_a_coach_reads_back_what_this_person_said_and_nobody_else(
    counter: Counter, new_conversation: NewConversation
) -> None:
    own, other = await new_conversation(), await new_conversation()
    await say(counter, own, "van mij")
    await say(counter, other, "van een ander")
    receipt = await counter.referrals.open(a_request(own))
    [message] = await counter.cards.talk(receipt.number, own, a_coach())
    assert message.content.text == "van mij"
    with pytest.raises(UnknownConversationError):
        await counter.cards.talk(receipt.number, other, a_coach())
    with pytest.raises(UnknownReferralError):
        await counter.cards.talk("C-BESTAAT-NIET", own, a_coach())


async def test_what_a_coach_writes_in_short_and_plans_stands_on_the_card(
    counter: Counter, new_conversation: NewConversation, clock: SettableClock
) -> None:
    conversation, coach = await new_conversation(), a_coach()
    receipt = await counter.referrals.open(a_request(conversation))
    await counter.desk.claim(receipt.number, coach)
    await counter.desk.summarise(receipt.number, coach, "Wil werk dicht bij huis.")
    await counter.desk.remind(receipt.number, coach, clock() + timedelta(days=1))
    await counter.desk.label(receipt.number, a_coach(), ["ontslag", "Bèta"])
    await counter.desk.offer(receipt.number, coach, to_organisation="UWV Haarlem")
    card = await counter.cards.card(receipt.number, a_coach())
    assert card.summary == "Wil werk dicht bij huis."
    assert card.remind_at == clock() + timedelta(days=1)
    assert set(card.labels) == {"Bèta", "ontslag"}
    assert card.offer is not None
    assert (card.offer.by, card.offer.to_organisation) == (coach.id, "UWV Haarlem")


async def test_of_who_erased_the_conversation_the_card_is_empty_but_for_the_number(
    counter: Counter, new_conversation: NewConversation
) -> None:
    conversation = await new_conversation()
    message = await say(counter, conversation, "ja", ASKS)
    receipt = await counter.referrals.open(a_request(conversation, message_id=message))
    await counter.conversations.erase(conversation)
    card = await counter.cards.card(receipt.number, an_administrator())
    assert (card.conversation_id, card.reach) == (None, None)
    assert (card.details, card.agreements, card.talks, card.topics) == ((), (), (), ())
