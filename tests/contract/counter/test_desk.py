"""Coaches at work on both databases: one has somebody, and Noor is silent."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from counter.conversations.model import Content, Owner, Sender
from counter.desk import storage
from counter.desk.model import (
    AlreadyClaimedError,
    NotOfferedError,
    NotYoursError,
    Outcome,
)
from counter.desk.sight import NotForYouError
from counter.referrals.model import (
    UnknownReferralError,
)
from counter.services import Counter
from tests.contract.counter.conftest import SettableClock
from tests.contract.counter.desking import PIET, SANNE, UWV, ask, events_of, owner_of, row_of, said, told
from tests.support.staff import a_coach

type NewConversation = Callable[[], Awaitable[str]]


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
    with pytest.raises(NotForYouError):
        await counter.desk.claim(number, UWV)
    with pytest.raises(NotOfferedError):
        await counter.desk.claim(number, a_coach("Karim"))
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
        await counter.desk.decline(number, SANNE)
    with pytest.raises(NotForYouError):
        await counter.desk.decline(number, UWV)
    await counter.desk.decline(number, PIET, why="Ik heb pauze.")
    assert (await told(counter, conversation))[-1] == "coach_blijft"
    row = await row_of(counter, number)
    assert (row.state, row.coach_id, row.offered_to_coach) == ("with_coach", SANNE.id, None)
