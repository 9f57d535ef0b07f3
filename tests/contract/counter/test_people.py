"""Everything of one person on both databases: seen, corrected where it is used, erased for good."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from sqlalchemy import select

from counter.conversations.model import Content, Sender, UnknownConversationError
from counter.database import Base
from counter.open_hiring import storage as open_hiring_storage
from counter.people.model import Detail, Subject
from counter.referrals import storage as referrals_storage
from counter.referrals.model import OpenReferral, Reason
from counter.referrals.rows import ReferralEventRow
from counter.referrals.states import ReferralState
from counter.schemes.model import VoucherKind
from counter.services import Counter
from counter.vouchers import storage as vouchers_storage
from counter.vouchers.model import Decision
from tests.contract.counter.conftest import SettableClock
from tests.contract.counter.test_open_hiring import a_job, a_sign_up, an_introduction
from tests.contract.counter.test_vouchers import an_application

type NewConversation = Callable[[], Awaitable[str]]
type TwoConversations = Callable[[], Awaitable[tuple[str, str]]]

NEW_PHONE = "+31687654321"
HOLDER = "een-proces"


async def submit_everything(counter: Counter, conversation_id: str) -> tuple[str, str, str]:
    """Apply for a voucher, sign up for a job and ask for a coach; returns the receipt numbers."""
    await counter.open_hiring.store([a_job()])
    voucher = await counter.vouchers.apply(an_application(conversation_id))
    place = await counter.open_hiring.sign_up(a_sign_up(conversation_id))
    referral = await counter.referrals.open(
        OpenReferral(
            conversation_id=conversation_id,
            message_id="m1",
            reason=Reason.ASKED,
            topic="mijn gezondheid",
            name="Fatima",
            phone="+31612345678",
        )
    )
    return voucher.number, place.number, referral.number


async def take_place(counter: Counter, conversation_id: str, number: str) -> None:
    await counter.open_hiring.free_place("magazijn")
    await counter.open_hiring.accept(number, conversation_id, an_introduction())


async def say(counter: Counter, conversation_id: str, text: str) -> None:
    await counter.conversations.receive(conversation_id, Content(text=text))


async def every_stored_value(counter: Counter) -> str:
    async with counter.database.session() as session:
        rows = [
            str(tuple(row))
            for table in Base.metadata.sorted_tables
            for row in await session.execute(table.select())
        ]
    return "\n".join(rows)


async def test_a_person_sees_what_is_kept_over_all_conversations(
    counter: Counter, two_conversations: TwoConversations
) -> None:
    one, other = await two_conversations()
    numbers = await submit_everything(counter, one)
    await say(counter, one, "hoi")
    await say(counter, other, "daar ben ik weer")
    overview = await counter.people.overview(other)
    assert (overview.conversations, overview.messages) == (2, 2)
    kept = {subject: one.numbers for subject, one in overview.kept.items() if one.count}
    assert kept == {
        Subject.VOUCHERS: (numbers[0],),
        Subject.OPEN_HIRING: (numbers[1],),
        Subject.REFERRALS: (numbers[2],),
    }
    assert overview.values(Detail.NAME, is_used=True) == ("Fatima",)
    assert overview.values(Detail.POSTCODE, is_used=True) == ("1506 AB",)
    assert overview.values(Detail.AGE, is_used=True) == ("34",)
    assert overview.since == counter.clock()


async def test_a_stranger_sees_nothing_of_somebody_else(
    counter: Counter, new_conversation: NewConversation
) -> None:
    await submit_everything(counter, await new_conversation())
    overview = await counter.people.overview(await new_conversation())
    assert not overview.is_anything_submitted
    assert overview.details == ()
    with pytest.raises(UnknownConversationError):
        await counter.people.overview("niemand")


async def test_a_corrected_phone_number_changes_wherever_it_is_used_and_the_history_says_so(
    counter: Counter, two_conversations: TwoConversations
) -> None:
    one, other = await two_conversations()
    numbers = await submit_everything(counter, one)
    await take_place(counter, one, numbers[1])
    changed = await counter.people.correct(other, Detail.PHONE, NEW_PHONE)
    assert set(changed) == set(numbers)
    overview = await counter.people.overview(one)
    assert overview.values(Detail.PHONE, is_used=True) == (NEW_PHONE,)
    exported = await counter.conversations.export(one)
    assert [event["state"] for event in exported["vouchers"][0]["events"]] == ["submitted", "corrected"]
    events = [one.event.value for one in await counter.open_hiring.history("magazijn")]
    assert events == ["joined", "freed", "offered", "accepted", "corrected"]
    async with counter.database.session() as session:
        happened = list(await session.scalars(select(ReferralEventRow)))
    assert [(event.event, event.detail) for event in happened] == [("corrected", "telefoon")]
    assert [event["event"] for event in exported["referrals"][0]["events"]] == ["corrected"]
    assert NEW_PHONE not in str([event.detail for event in happened])


async def test_correcting_twice_changes_nothing_more(
    counter: Counter, new_conversation: NewConversation
) -> None:
    conversation = await new_conversation()
    await submit_everything(counter, conversation)
    assert await counter.people.correct(conversation, Detail.AGE, "35")
    assert await counter.people.correct(conversation, Detail.AGE, "35") == ()
    assert (await counter.people.overview(conversation)).values(Detail.AGE, is_used=True) == ("35",)


async def test_what_is_closed_stays_as_it_was_submitted(
    counter: Counter, new_conversation: NewConversation
) -> None:
    conversation = await new_conversation()
    voucher, place, referral = await submit_everything(counter, conversation)
    await counter.vouchers.withdraw(voucher, conversation)
    await counter.open_hiring.leave(place, conversation)
    await counter.referrals.cancel(referral, conversation)
    assert await counter.people.correct(conversation, Detail.NAME, "Samira") == ()
    overview = await counter.people.overview(conversation)
    assert overview.values(Detail.NAME, is_used=True) == ()
    assert overview.values(Detail.NAME, is_used=False) == ("Fatima",)


async def test_a_correction_touches_nobody_else(counter: Counter, new_conversation: NewConversation) -> None:
    mine, theirs = await new_conversation(), await new_conversation()
    await submit_everything(counter, theirs)
    assert await counter.people.correct(mine, Detail.PHONE, NEW_PHONE) == ()
    overview = await counter.people.overview(theirs)
    assert overview.values(Detail.PHONE, is_used=True) == ("+31612345678",)


async def erase(counter: Counter, conversation_id: str) -> None:
    await counter.people.ask_erasure(conversation_id)
    assert await counter.people.take_erasure(conversation_id, HOLDER)
    await counter.people.erase(conversation_id)


async def test_erasing_leaves_nothing_of_the_person_in_any_table(
    counter: Counter, two_conversations: TwoConversations
) -> None:
    one, other = await two_conversations()
    voucher, place, referral = await submit_everything(counter, one)
    await take_place(counter, one, place)
    await counter.voucher_desk.decide(
        voucher, Decision.AWARDED, adviser="jan", reason="Fatima heeft een plan"
    )
    await counter.referrals.reply(referral, "Dag Fatima", coach="anja")
    await say(counter, other, "ik ben Fatima uit Zaandam")
    await erase(counter, other)
    left = await every_stored_value(counter)
    for secret in ("Fatima", "+31612345678", "fatima@example.org", "1506 AB", "gezondheid", "lasser", one):
        assert secret not in left, secret


async def test_who_is_erased_reads_in_an_empty_conversation_what_was_erased(
    counter: Counter, two_conversations: TwoConversations
) -> None:
    one, other = await two_conversations()
    await submit_everything(counter, one)
    await say(counter, one, "wis alles")
    await erase(counter, one)
    [message] = (await counter.conversations.transcript(one)).messages
    assert message.sender is Sender.SYSTEM
    # It continues where the person was reading.
    assert message.seq == 2
    assert message.content.text == (
        "alles_gewist: datum=23-11-2026, gesprekken=2, voucheraanvragen=1, aanmeldingen=1, coachvragen=1"
    )
    with pytest.raises(UnknownConversationError):
        await counter.conversations.transcript(other)
    assert not (await counter.people.overview(one)).is_anything_submitted


async def test_what_must_be_kept_leads_to_nobody(counter: Counter, new_conversation: NewConversation) -> None:
    conversation = await new_conversation()
    voucher, place, referral = await submit_everything(counter, conversation)
    await counter.voucher_desk.decide(voucher, Decision.AWARDED, adviser="jan", reason="ja")
    await erase(counter, conversation)
    assert await counter.vouchers.applications_of(conversation) == ()
    # Nobody can use the award any more, so its money is free for somebody else.
    assert (await counter.schemes.budgets())[VoucherKind.OPLEIDING].bound == 0
    async with counter.database.session() as session:
        kept = await vouchers_storage.application_by_number(session, voucher)
        sign_up = await open_hiring_storage.sign_up_by_number(session, place)
        asked = await referrals_storage.referral_by_number(session, referral)
    assert kept is not None
    assert (kept.state, kept.amount_eur, kept.name, kept.conversation_id) == ("withdrawn", 1500, None, None)
    assert sign_up is not None
    assert (sign_up.state, sign_up.name, sign_up.conversation_id) == ("left", None, None)
    assert asked is not None
    assert (asked.state, asked.phone, asked.conversation_id) == ("cancelled", None, None)
    assert ReferralState(asked.state) is ReferralState.CANCELLED


async def test_nothing_of_a_person_is_answered_once_they_asked_to_be_erased(
    counter: Counter, two_conversations: TwoConversations, new_conversation: NewConversation
) -> None:
    one, other = await two_conversations()
    stranger = await new_conversation()
    for conversation in (one, other, stranger):
        await say(counter, conversation, "hoi")
    await counter.people.ask_erasure(one)
    assert await counter.conversations.take_turn(one, HOLDER) is None
    assert await counter.conversations.take_turn(other, HOLDER) is None
    assert await counter.conversations.take_turn(stranger, HOLDER) is not None


async def test_erasing_waits_until_nobody_is_answering_the_person_any_more(
    counter: Counter, two_conversations: TwoConversations, clock: SettableClock
) -> None:
    one, other = await two_conversations()
    await say(counter, other, "hoi")
    turn = await counter.conversations.take_turn(other, HOLDER)
    assert turn is not None
    await counter.people.ask_erasure(one)
    assert await counter.people.take_erasure(one, HOLDER) == ()
    await counter.conversations.answer(other, turn.message.seq, [Content(text="dag")])
    assert set(await counter.people.take_erasure(one, HOLDER)) == {one, other}
    # One process at a time, until that one must be dead.
    assert await counter.people.take_erasure(one, "een-ander") == ()
    clock.advance(seconds=31)
    assert await counter.people.take_erasure(one, "een-ander")


async def test_nobody_is_erased_who_did_not_ask(counter: Counter, new_conversation: NewConversation) -> None:
    conversation = await new_conversation()
    await say(counter, conversation, "hoi")
    assert await counter.people.take_erasure(conversation, HOLDER) == ()
    await counter.people.erase(conversation)
    assert len((await counter.conversations.transcript(conversation)).messages) == 1
    assert await counter.people.take_erasure("niemand", HOLDER) == ()


async def test_erasing_ten_times_at_once_erases_once(
    counter: Counter, new_conversation: NewConversation
) -> None:
    conversation = await new_conversation()
    await submit_everything(counter, conversation)
    await counter.people.ask_erasure(conversation)
    assert await counter.people.erasure_wishes() == [conversation]
    await asyncio.gather(*(counter.people.erase(conversation) for _ in range(10)))
    assert len((await counter.conversations.transcript(conversation)).messages) == 1
    assert await counter.people.erasure_wishes() == []


async def test_decisions_offers_and_erasing_at_the_same_moment_never_wait_for_each_other(
    counter: Counter, new_conversation: NewConversation
) -> None:
    conversations = [await new_conversation() for _ in range(6)]
    submitted = [await submit_everything(counter, conversation) for conversation in conversations]
    for conversation in conversations:
        await counter.people.ask_erasure(conversation)
    outcomes = await asyncio.gather(
        *(
            counter.voucher_desk.decide(voucher, Decision.AWARDED, adviser="jan", reason="ja")
            for voucher, _, _ in submitted
        ),
        *(counter.people.erase(conversation) for conversation in conversations),
        *(counter.open_hiring.free_place("magazijn") for _ in range(3)),
        return_exceptions=True,
    )
    unexpected = [
        outcome
        for outcome in outcomes
        if isinstance(outcome, BaseException) and type(outcome).__name__ != "AlreadyDecidedError"
    ]
    assert unexpected == []
    await counter.open_hiring.keep_lists_moving()
    assert {person.name for person in await counter.open_hiring.list_of("magazijn")} == {None}


def test_a_subject_that_nobody_named_is_counted_with_the_rest() -> None:
    assert Subject("iets_nieuws") is Subject.OTHER
