"""Coaches at work on both databases: one has somebody, Noor is silent, and nobody is forgotten."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from counter.conversations.model import Content, Owner, Sender
from counter.desk import storage
from counter.desk.model import (
    AlreadyClaimedError,
    NobodyThereError,
    NotOfferedError,
    NotYoursError,
    Outcome,
    ReferralClosedError,
)
from counter.desk.storage import LabelRow, PrivateNoteRow
from counter.referrals.model import (
    Helped,
    OpenReferral,
    PhoneMissingError,
    Reason,
    Slot,
    UnknownReferralError,
)
from counter.referrals.rows import ReferralEventRow, ReferralRow
from counter.referrals.states import ReferralState, StepNotPossibleError
from counter.referrals.storage import referral_by_number
from counter.services import Counter
from counter.tasks.model import Assignment, TaskFlow
from tests.contract.counter.conftest import SettableClock
from tests.support.staff import a_coach

type NewConversation = Callable[[], Awaitable[str]]

SANNE, PIET = a_coach("Sanne"), a_coach("Piet")
UWV = a_coach("Noor-Jan", organisation="UWV Zaandam")
TOMORROW_AT_TEN = Slot(
    start=datetime(2026, 11, 24, 9, 0, tzinfo=UTC), end=datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
)


@pytest.fixture
async def asked(counter: Counter, new_conversation: NewConversation) -> tuple[str, str]:
    """Give the conversation and the number of somebody who asked for a coach."""
    conversation = await new_conversation()
    return conversation, await ask(counter, conversation)


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


async def test_of_fifty_coaches_at_once_one_gets_somebody_and_the_others_hear_who(
    counter: Counter, asked: tuple[str, str]
) -> None:
    conversation, number = asked
    coaches = [a_coach(f"Coach {index}") for index in range(50)]
    outcomes = await asyncio.gather(
        *(counter.desk.claim(number, coach) for coach in coaches), return_exceptions=True
    )
    winners = [coach for coach, outcome in zip(coaches, outcomes, strict=True) if outcome is None]
    assert len(winners) == 1
    refused = [outcome for outcome in outcomes if outcome is not None]
    assert all(isinstance(outcome, AlreadyClaimedError) for outcome in refused)
    assert {outcome.coach for outcome in refused if isinstance(outcome, AlreadyClaimedError)} == {
        winners[0].name
    }
    assert await told(counter, conversation) == ["coach_is_er"]
    assert [event for event, _ in await events_of(counter, number)] == ["claimed"]


async def test_claiming_twice_changes_nothing(counter: Counter, asked: tuple[str, str]) -> None:
    conversation, number = asked
    await counter.desk.claim(number, SANNE)
    await counter.desk.claim(number, SANNE)
    assert await told(counter, conversation) == ["coach_is_er"]
    assert await owner_of(counter, conversation) is Owner.COACH


async def test_a_number_nobody_was_given_is_told(counter: Counter) -> None:
    with pytest.raises(UnknownReferralError):
        await counter.desk.claim("C-0000-0000", SANNE)


async def test_what_noor_has_not_begun_to_answer_is_left_to_the_coach(
    counter: Counter, asked: tuple[str, str]
) -> None:
    conversation, number = asked
    await counter.conversations.receive(conversation, Content(text="hallo?"))
    await counter.desk.claim(number, SANNE)
    await counter.conversations.receive(conversation, Content(text="bent u daar?"))
    assert await counter.conversations.take_turn(conversation, "an app") is None
    assert await counter.conversations.pending_count() == 0


async def test_what_noor_was_still_saying_is_kept_for_the_coach_and_not_said(
    counter: Counter, asked: tuple[str, str]
) -> None:
    conversation, number = asked
    await counter.conversations.receive(conversation, Content(text="ik vraag een voucher aan"))
    turn = await counter.conversations.take_turn(conversation, "an app")
    assert turn is not None
    await counter.desk.claim(number, SANNE)
    reply = Content(text="Het is gelukt.", cards=({"facts": [{"label": "Nummer", "value": "V-1234-ABCD"}]},))
    await counter.conversations.answer(conversation, turn.message.seq, [reply])
    assert await said(counter, conversation, Sender.BOT) == []
    async with counter.database.reading() as session:
        [note] = await storage.notes_of(session, [(await row_of(counter, number)).id])
    assert (note.author, note.text) == (None, "Het is gelukt.\nNummer: V-1234-ABCD")


async def test_a_question_on_which_the_bot_died_is_not_answered_over_the_coach(
    counter: Counter, clock: SettableClock, asked: tuple[str, str]
) -> None:
    conversation, number = asked
    await counter.conversations.receive(conversation, Content(text="hallo?"))
    assert await counter.conversations.take_turn(conversation, "an app that dies") is not None
    await counter.desk.claim(number, SANNE)
    clock.advance(minutes=2)
    assert await counter.conversations.unattended() == [conversation]
    assert await counter.conversations.take_turn(conversation, "another app") is None
    assert await counter.conversations.pending_count() == 0


async def test_a_coach_is_heard_by_name_and_once_however_often_it_is_sent(
    counter: Counter, asked: tuple[str, str]
) -> None:
    conversation, number = asked
    await counter.desk.claim(number, SANNE)
    sent = await asyncio.gather(
        *(counter.desk.say(number, SANNE, "Dag Fatima", client_id="k1") for _ in range(5))
    )
    assert {message.seq for message in sent} == {sent[0].seq}
    messages = (await counter.conversations.transcript(conversation)).messages
    [message] = [message for message in messages if message.sender is Sender.COACH]
    assert (message.content.text, message.content.author) == ("Dag Fatima", "Sanne")


async def test_only_who_has_somebody_can_speak_to_them(counter: Counter, asked: tuple[str, str]) -> None:
    conversation, number = asked
    for each in (SANNE, PIET):
        with pytest.raises(NotYoursError):
            await counter.desk.say(number, each, "Dag", client_id="k1")
    await counter.desk.claim(number, SANNE)
    for work in (
        counter.desk.say(number, PIET, "Dag", client_id="k1"),
        counter.desk.release(number, PIET),
        counter.desk.close(number, PIET, Outcome.HELPED),
        counter.desk.hand_back(number, PIET),
        counter.desk.summarise(number, PIET, "iets anders"),
        counter.desk.offer(number, PIET, to_coach=SANNE),
    ):
        with pytest.raises(NotYoursError):
            await work
    assert await said(counter, conversation, Sender.COACH) == []


async def test_who_is_put_back_keeps_their_place_and_noor_answers(
    counter: Counter, asked: tuple[str, str], new_conversation: NewConversation
) -> None:
    conversation, number = asked
    await ask(counter, await new_conversation())
    await counter.desk.claim(number, SANNE)
    await counter.desk.release(number, SANNE)
    receipt = await counter.referrals.by_number(number)
    assert receipt is not None
    assert (receipt.position, receipt.coach) == (1, None)
    assert await told(counter, conversation) == ["coach_is_er", "coach_weg"]
    assert await owner_of(counter, conversation) is Owner.WAITING
    await counter.desk.claim(number, PIET)
    assert (await row_of(counter, number)).coach_id == PIET.id


async def test_a_colleague_has_to_accept_and_until_then_the_coach_stays(
    counter: Counter, asked: tuple[str, str]
) -> None:
    conversation, number = asked
    await counter.desk.claim(number, SANNE)
    await counter.desk.offer(number, SANNE, to_coach=PIET, why="Piet kent de zorg.")
    await counter.desk.say(number, SANNE, "Ik vraag het even.", client_id="k1")
    with pytest.raises(NotOfferedError):
        await counter.desk.claim(number, UWV)
    await counter.desk.claim(number, PIET)
    assert await told(counter, conversation) == ["coach_is_er", "coach_vraagt_ander", "coach_wisselt"]
    with pytest.raises(NotYoursError):
        await counter.desk.say(number, SANNE, "Nog iets", client_id="k2")
    await counter.desk.say(number, PIET, "Dag, met Piet", client_id="k3")
    assert await events_of(counter, number) == [
        ("claimed", SANNE.id),
        ("offered", SANNE.id),
        ("accepted", PIET.id),
    ]


async def test_any_coach_of_another_organisation_can_accept_and_two_cannot(
    counter: Counter, asked: tuple[str, str]
) -> None:
    _, number = asked
    other = a_coach("Els", organisation=UWV.organisation)
    await counter.desk.claim(number, SANNE)
    await counter.desk.offer(number, SANNE, to_organisation=UWV.organisation)
    outcomes = await asyncio.gather(
        counter.desk.claim(number, UWV), counter.desk.claim(number, other), return_exceptions=True
    )
    assert [type(outcome) for outcome in outcomes].count(AlreadyClaimedError) == 1


async def test_who_says_no_leaves_somebody_where_they_were(counter: Counter, asked: tuple[str, str]) -> None:
    conversation, number = asked
    await counter.desk.claim(number, SANNE)
    await counter.desk.offer(number, SANNE, to_coach=PIET)
    with pytest.raises(NotOfferedError):
        await counter.desk.decline(number, UWV)
    await counter.desk.decline(number, PIET, why="Ik heb pauze.")
    assert (await told(counter, conversation))[-1] == "coach_blijft"
    row = await row_of(counter, number)
    assert (row.state, row.coach_id, row.offered_to_coach) == ("with_coach", SANNE.id, None)


async def test_an_offer_nobody_accepts_comes_back_and_somebody_has_to_look(
    counter: Counter, clock: SettableClock, asked: tuple[str, str]
) -> None:
    conversation, number = asked
    await counter.desk.claim(number, SANNE)
    await counter.desk.offer(number, SANNE, to_organisation=UWV.organisation)
    clock.advance(hours=23)
    await counter.upkeep.look()
    assert (await row_of(counter, number)).state == "offered"
    clock.advance(hours=2)
    await asyncio.gather(*(counter.upkeep.look() for _ in range(3)))
    row = await row_of(counter, number)
    assert (row.state, row.coach_id, row.escalated_at) == ("with_coach", SANNE.id, clock())
    assert (await told(counter, conversation)).count("coach_blijft") == 1
    with pytest.raises(AlreadyClaimedError):
        await counter.desk.claim(number, UWV)


async def at_the_desk(counter: Counter) -> None:
    await counter.presence.beat(SANNE.id, is_active=True)


async def test_who_hears_nothing_from_a_coach_goes_back_in_line(
    counter: Counter, clock: SettableClock, asked: tuple[str, str]
) -> None:
    conversation, number = asked
    await counter.desk.claim(number, SANNE)
    await counter.desk.say(number, SANNE, "Waar kan ik mee helpen?", client_id="k1")
    await counter.conversations.receive(conversation, Content(text="Mijn baan stopt."))
    clock.advance(minutes=9)
    await at_the_desk(counter)
    await counter.upkeep.look()
    assert await owner_of(counter, conversation) is Owner.COACH
    clock.advance(minutes=2)
    await at_the_desk(counter)
    await asyncio.gather(*(counter.upkeep.look() for _ in range(3)))
    assert await owner_of(counter, conversation) is Owner.WAITING
    assert (await told(counter, conversation)).count("coach_weg") == 1
    assert (await events_of(counter, number))[-1] == ("fell_silent", None)


async def test_a_coach_who_answered_keeps_somebody_who_thinks_it_over(
    counter: Counter, clock: SettableClock, asked: tuple[str, str]
) -> None:
    conversation, number = asked
    await counter.conversations.receive(conversation, Content(text="Is daar iemand?"))
    await counter.desk.claim(number, SANNE)
    await counter.conversations.receive(conversation, Content(text="Mijn baan stopt."))
    await counter.desk.say(number, SANNE, "Wat naar. Wanneer?", client_id="k1")
    clock.advance(hours=2)
    await counter.upkeep.look()
    assert await owner_of(counter, conversation) is Owner.COACH


async def test_when_the_coach_is_gone_nobody_waits_for_them_long(
    counter: Counter, clock: SettableClock, asked: tuple[str, str]
) -> None:
    conversation, number = asked
    await at_the_desk(counter)
    await counter.desk.claim(number, SANNE)
    await counter.conversations.receive(conversation, Content(text="Hallo?"))
    clock.advance(minutes=4)
    await counter.upkeep.look()
    assert await owner_of(counter, conversation) is Owner.WAITING
    with pytest.raises(NotYoursError):
        await counter.desk.say(number, SANNE, "Ik ben er weer", client_id="k1")


async def test_a_call_is_planned_by_who_waits_and_another_moment_replaces_it(
    counter: Counter, asked: tuple[str, str]
) -> None:
    conversation, number = asked
    receipt = await counter.referrals.plan_call_back(number, conversation, TOMORROW_AT_TEN)
    assert (receipt.state, receipt.call_back, receipt.position) == (
        ReferralState.CALL_BACK,
        TOMORROW_AT_TEN,
        None,
    )
    later = Slot(start=TOMORROW_AT_TEN.end, end=TOMORROW_AT_TEN.end + timedelta(hours=1))
    for _ in range(2):
        changed = await counter.referrals.plan_call_back(number, conversation, later, phone="+31687654321")
    assert changed.call_back == later
    assert (await row_of(counter, number)).phone == "+31687654321"
    assert [event for event, _ in await events_of(counter, number)] == ["call_back_planned"] * 2


async def test_nobody_is_called_back_without_a_number(
    counter: Counter, new_conversation: NewConversation
) -> None:
    conversation = await new_conversation()
    command = OpenReferral(conversation_id=conversation, message_id="m1", reason=Reason.STUCK)
    number = (await counter.referrals.open(command)).number
    with pytest.raises(PhoneMissingError):
        await counter.referrals.plan_call_back(number, conversation, TOMORROW_AT_TEN)
    await counter.desk.claim(number, SANNE)
    with pytest.raises(StepNotPossibleError):
        await counter.referrals.plan_call_back(number, conversation, TOMORROW_AT_TEN, phone="+31612345678")


async def test_who_was_not_called_goes_back_in_line_and_is_told(
    counter: Counter, clock: SettableClock, asked: tuple[str, str]
) -> None:
    conversation, number = asked
    await counter.desk.claim(number, SANNE)
    await counter.desk.plan_call_back(number, SANNE, TOMORROW_AT_TEN, phone="+31612345678")
    assert await owner_of(counter, conversation) is Owner.WAITING
    [*_, planned] = await said(counter, conversation, Sender.SYSTEM)
    assert planned.endswith("naam=Sanne, datum=24-11-2026, van=10.00, tot=11.00")
    clock.now = TOMORROW_AT_TEN.end + timedelta(minutes=31)
    await counter.upkeep.look()
    row = await row_of(counter, number)
    assert (row.state, row.call_back_from, row.escalated_at) == ("waiting", None, clock())
    assert (await told(counter, conversation))[-1] == "terugbellen_gemist"


async def test_who_is_handed_back_is_answered_by_noor_and_can_ask_again(
    counter: Counter, asked: tuple[str, str]
) -> None:
    conversation, number = asked
    await counter.desk.claim(number, SANNE)
    await counter.desk.hand_back(number, SANNE)
    assert await owner_of(counter, conversation) is Owner.BOT
    assert (await told(counter, conversation))[-1] == "coach_geeft_terug"
    await counter.conversations.receive(conversation, Content(text="en nu?"))
    assert await counter.conversations.take_turn(conversation, "an app") is not None
    with pytest.raises(NotYoursError):
        await counter.desk.say(number, SANNE, "nog iets", client_id="k1")
    assert await ask(counter, conversation, "m2") != number


async def test_who_is_handed_back_with_a_task_stays_known_to_the_coach(
    counter: Counter, asked: tuple[str, str]
) -> None:
    conversation, number = asked
    await counter.desk.claim(number, SANNE)
    await counter.desk.hand_back(number, SANNE, assignment=Assignment(flow=TaskFlow.COURSE))
    assert (await told(counter, conversation))[-1] == "taak_cursus"
    row = await row_of(counter, number)
    assert (row.state, row.closed_at, row.coach_name) == ("handed_back", None, "Sanne")
    assert await owner_of(counter, conversation) is Owner.WAITING
    assert await ask(counter, conversation, "m2") == number
    assert (await row_of(counter, number)).state == "waiting"


async def test_what_is_closed_is_over_and_can_be_rated_again_and_again(
    counter: Counter, asked: tuple[str, str]
) -> None:
    conversation, number = asked
    await counter.desk.claim(number, SANNE)
    await counter.desk.close(number, SANNE, Outcome.HELPED)
    assert (await told(counter, conversation))[-1] == "coach_klaar"
    with pytest.raises(ReferralClosedError):
        await counter.desk.claim(number, SANNE)
    await counter.referrals.rate(number, conversation, Helped.NO, comment="te kort")
    await counter.referrals.rate(number, conversation, Helped.A_LITTLE)
    row = await row_of(counter, number)
    assert (row.outcome, row.helped, row.helped_comment) == ("geholpen", "beetje", "te kort")


async def test_who_wants_noor_back_gets_her_and_the_coach_is_through(
    counter: Counter, asked: tuple[str, str]
) -> None:
    conversation, number = asked
    await counter.referrals.leave_coach(conversation)
    assert (await row_of(counter, number)).state == "waiting"
    await counter.desk.claim(number, SANNE)
    for _ in range(2):
        await counter.referrals.leave_coach(conversation)
    assert await owner_of(counter, conversation) is Owner.BOT
    assert await told(counter, conversation) == ["coach_is_er", "coach_verlaten"]
    assert (await row_of(counter, number)).state == "cancelled"


async def test_a_private_note_reaches_nobody_but_colleagues(counter: Counter, asked: tuple[str, str]) -> None:
    conversation, number = asked
    await counter.desk.claim(number, SANNE)
    notes = [await counter.desk.note(number, PIET, "Klinkt somber.", client_id="k1") for _ in range(2)]
    assert notes[0] == notes[1]
    export = await counter.conversations.export(conversation)
    assert "somber" not in str(export)
    assert export["desk"] == [
        {
            "number": number,
            "labels": [],
            "summary": None,
            "notes_written_at": [counter.clock().isoformat()],
        }
    ]
    assert "somber" not in str((await counter.conversations.transcript(conversation)).messages)


async def test_erasing_takes_the_conversation_from_the_coach_with_all_that_was_written(
    counter: Counter, asked: tuple[str, str]
) -> None:
    conversation, number = asked
    await counter.desk.claim(number, SANNE)
    await counter.desk.note(number, SANNE, "Klinkt somber.", client_id="k1")
    await counter.desk.label(number, ["zorg", "spoed"])
    await counter.desk.summarise(number, SANNE, "Wil naar de zorg.")
    await counter.conversations.erase(conversation)
    row = await row_of(counter, number)
    assert (row.state, row.summary, row.name, row.conversation_id) == ("cancelled", None, None, None)
    async with counter.database.reading() as session:
        assert (await session.scalars(select(PrivateNoteRow))).all() == []
        assert (await session.scalars(select(LabelRow))).all() == []
    with pytest.raises(NotYoursError):
        await counter.desk.say(number, SANNE, "Dag", client_id="k1")


async def test_to_who_went_on_elsewhere_without_this_conversation_nothing_can_be_said(
    counter: Counter, clock: SettableClock, two_conversations: Callable[[], Awaitable[tuple[str, str]]]
) -> None:
    one, other = await two_conversations()
    number = await ask(counter, other)
    clock.advance(minutes=1)
    await counter.conversations.receive(one, Content(text="ik schrijf nu hier"))
    await counter.desk.claim(number, SANNE)
    assert await owner_of(counter, one) is Owner.COACH
    assert await owner_of(counter, other) is Owner.BOT
    await counter.conversations.erase(one)
    with pytest.raises(NobodyThereError):
        await counter.desk.say(number, SANNE, "Dag", client_id="k1")
