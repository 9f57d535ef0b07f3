"""A cry for help to a coach, on both databases: heard once, told once an hour, and first in every line."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from counter.conversations import watch_storage
from counter.conversations.model import (
    Content,
    Message,
    MessageState,
    Owner,
    Sender,
    UnknownConversationError,
)
from counter.desk.model import NotYoursError, Outcome
from counter.desk.overview import CaseLine, desk_of
from counter.referrals.model import OpenReferral, Reason
from counter.services import Counter
from tests.contract.counter.conftest import SettableClock
from tests.contract.counter.desking import PIET, SANNE, ask, events_of, owner_of, row_of, said, told

type NewConversation = Callable[[], Awaitable[str]]


async def says(counter: Counter, conversation: str, text: str = "Ik wil niet meer leven") -> Message:
    return (await counter.conversations.receive(conversation, Content(text=text))).message


async def cries(counter: Counter, conversation: str) -> Message:
    cry = await says(counter, conversation)
    await counter.watch.call_for_help(conversation, cry)
    return cry


async def line_of(counter: Counter, number: str) -> CaseLine:
    return next(line for line in await counter.desk_reader.open_lines() if line.number == number)


async def test_what_is_written_to_a_coach_is_looked_at_in_order_and_once(
    counter: Counter, asked: tuple[str, str]
) -> None:
    conversation, number = asked
    await counter.desk.claim(number, SANNE)
    texts = ["Hoi", "Ik slaap slecht"]
    written = [await says(counter, conversation, text) for text in texts]
    assert [message.state for message in written] == [MessageState.UNWATCHED] * 2
    assert await counter.watch.unwatched() == [conversation]
    seen = []
    while (message := await counter.watch.next_in(conversation)) is not None:
        seen.append(message.content.text)
        await counter.watch.pass_by({conversation: {message.seq}})
    assert seen == texts
    assert await counter.watch.unwatched() == []
    # Nothing of it is kept, and nothing is said.
    assert await events_of(counter, number) == [("claimed", SANNE.id)]
    assert await told(counter, conversation) == ["coach_is_er"]


async def test_noor_hears_what_she_had_not_begun_to_answer_when_the_coach_came(
    counter: Counter, asked: tuple[str, str]
) -> None:
    conversation, number = asked
    left = await says(counter, conversation)
    await counter.desk.claim(number, SANNE)
    waiting = await counter.watch.next_in(conversation)
    assert waiting is not None
    assert waiting.id == left.id


async def test_an_answer_of_noors_that_is_withheld_leaves_its_question_to_be_looked_at(
    counter: Counter, asked: tuple[str, str]
) -> None:
    conversation, number = asked
    message = await says(counter, conversation)
    assert await counter.conversations.take_turn(conversation, "een") is not None
    await counter.desk.claim(number, SANNE)
    await counter.conversations.answer(conversation, message.seq, [Content(text="Bel nu 112.")])
    assert await said(counter, conversation, Sender.BOT) == []
    assert await counter.watch.unwatched() == [conversation]


async def test_a_cry_that_noor_died_on_is_looked_at_when_a_coach_came_meanwhile(
    counter: Counter, clock: SettableClock, asked: tuple[str, str]
) -> None:
    conversation, number = asked
    await says(counter, conversation)
    assert await counter.conversations.take_turn(conversation, "een") is not None
    await counter.desk.claim(number, SANNE)
    clock.advance(minutes=1)
    assert await counter.conversations.take_turn(conversation, "ander") is None
    assert await counter.watch.unwatched() == [conversation]


async def test_noor_answers_who_waits_and_nothing_is_looked_at_besides(
    counter: Counter, asked: tuple[str, str]
) -> None:
    conversation, _ = asked
    assert (await says(counter, conversation)).state is MessageState.PENDING
    assert await counter.watch.unwatched() == []


async def test_a_cry_puts_somebody_first_and_says_whom_to_call(
    counter: Counter, asked: tuple[str, str]
) -> None:
    conversation, number = asked
    await counter.desk.claim(number, SANNE)
    cry = await cries(counter, conversation)
    row = await row_of(counter, number)
    assert (row.priority, row.reason, row.in_need_at) == (0, Reason.ASKED.value, cry.at)
    assert await events_of(counter, number) == [("claimed", SANNE.id), ("cried_for_help", None)]
    assert await told(counter, conversation) == ["coach_is_er", "nood"]
    # The coach still has them, and Noor says nothing.
    assert await owner_of(counter, conversation) is Owner.COACH
    assert await said(counter, conversation, Sender.BOT) == []


async def test_many_who_look_at_one_cry_call_once(counter: Counter, asked: tuple[str, str]) -> None:
    conversation, number = asked
    await counter.desk.claim(number, SANNE)
    cry = await says(counter, conversation)
    await asyncio.gather(*(counter.watch.call_for_help(conversation, cry) for _ in range(5)))
    assert [event for event, _ in await events_of(counter, number)].count("cried_for_help") == 1
    assert (await told(counter, conversation)).count("nood") == 1


async def test_whom_to_call_is_said_once_an_hour_and_every_cry_is_in_the_trail(
    counter: Counter, clock: SettableClock, asked: tuple[str, str]
) -> None:
    conversation, number = asked
    await counter.desk.claim(number, SANNE)
    for minutes in (0, 20, 39):
        clock.advance(minutes=minutes)
        await cries(counter, conversation)
    assert (await told(counter, conversation)).count("nood") == 1
    clock.advance(minutes=2)
    last = await cries(counter, conversation)
    assert (await told(counter, conversation)).count("nood") == 2
    assert [event for event, _ in await events_of(counter, number)].count("cried_for_help") == 4
    assert (await row_of(counter, number)).in_need_at == last.at


async def test_a_cry_just_before_the_coach_closed_opens_a_new_referral(
    counter: Counter, asked: tuple[str, str]
) -> None:
    conversation, number = asked
    await counter.desk.claim(number, SANNE)
    cry = await says(counter, conversation)
    await counter.desk.close(number, SANNE, Outcome.HELPED)
    await counter.watch.call_for_help(conversation, cry)
    newest = (await counter.referrals.of_person(conversation))[0]
    assert newest.number != number
    assert (newest.position, (await line_of(counter, newest.number)).is_in_need) == (1, True)


async def test_of_an_erased_conversation_nothing_is_left_to_look_at(
    counter: Counter, asked: tuple[str, str]
) -> None:
    conversation, number = asked
    await counter.desk.claim(number, SANNE)
    cry = await cries(counter, conversation)
    await says(counter, conversation, "En nog iets")
    await counter.conversations.erase(conversation)
    assert await counter.watch.unwatched() == []
    with pytest.raises(UnknownConversationError):
        await counter.watch.call_for_help(conversation, cry)
    assert (await row_of(counter, number)).in_need_at is None


async def test_somebody_reads_in_their_own_data_that_they_were_in_need(
    counter: Counter, asked: tuple[str, str]
) -> None:
    conversation, number = asked
    await counter.desk.claim(number, SANNE)
    cry = await cries(counter, conversation)
    [kept] = (await counter.conversations.export(conversation))["referrals"]
    assert kept["in_need_at"] == cry.at.isoformat()


async def test_who_cries_stands_first_with_their_coach_and_counts_until_they_are_answered(
    counter: Counter, clock: SettableClock, new_conversation: NewConversation
) -> None:
    talks = [await new_conversation() for _ in range(2)]
    first, second = [await ask(counter, talk) for talk in talks]
    for number, talk in zip((first, second), talks, strict=True):
        await counter.desk.claim(number, SANNE)
        await says(counter, talk, "Hoi")
        clock.advance(seconds=10)
    await cries(counter, talks[1])
    desk = desk_of(SANNE, await counter.desk_reader.open_lines())
    assert [line.number for line in desk.mine] == [second, first]
    assert (desk.in_need, desk_of(PIET, await counter.desk_reader.open_lines()).in_need) == (1, 0)
    await counter.desk.say(second, SANNE, "Ik ben er.", client_id="een")
    desk = desk_of(SANNE, await counter.desk_reader.open_lines())
    assert [line.number for line in desk.mine] == [second, first]
    assert desk.in_need == 0


async def test_who_noor_put_in_line_for_need_is_marked_as_well(
    counter: Counter, new_conversation: NewConversation
) -> None:
    talk = await new_conversation()
    number = await ask(counter, talk)
    assert not (await line_of(counter, number)).is_in_need
    for message_id in ("nood-1", "nood-2"):
        await counter.referrals.open(
            OpenReferral(conversation_id=talk, message_id=message_id, reason=Reason.IN_NEED)
        )
    assert (await line_of(counter, number)).is_in_need


async def test_the_coach_says_that_there_is_no_need_any_more_and_another_cannot(
    counter: Counter, asked: tuple[str, str]
) -> None:
    conversation, number = asked
    await counter.desk.claim(number, SANNE)
    await cries(counter, conversation)
    with pytest.raises(NotYoursError):
        await counter.desk.calm(number, PIET)
    for _ in range(2):
        await counter.desk.calm(number, SANNE)
    row = await row_of(counter, number)
    assert (row.in_need_at, row.priority, row.state) == (None, 0, "with_coach")
    assert [event for event, _ in await events_of(counter, number)].count("need_over") == 1
    await cries(counter, conversation)
    assert (await line_of(counter, number)).is_in_need


async def at_the_desk(counter: Counter) -> None:
    await counter.presence.beat(SANNE.id, is_active=True)


async def test_a_cry_waits_two_minutes_for_a_coach_who_is_there_and_then_goes_to_all(
    counter: Counter, clock: SettableClock, asked: tuple[str, str], new_conversation: NewConversation
) -> None:
    conversation, number = asked
    earlier = await ask(counter, await new_conversation())
    await counter.desk.claim(number, SANNE)
    await says(counter, conversation, "Hoi")
    clock.advance(minutes=1)
    await cries(counter, conversation)
    clock.advance(minutes=1, seconds=50)
    await at_the_desk(counter)
    await counter.upkeep.look()
    assert await owner_of(counter, conversation) is Owner.COACH
    clock.advance(seconds=20)
    await asyncio.gather(*(counter.upkeep.look() for _ in range(3)))
    assert await owner_of(counter, conversation) is Owner.WAITING
    assert (await told(counter, conversation))[-2:] == ["nood", "coach_weg"]
    assert (await events_of(counter, number))[-1] == ("fell_silent", None)
    waiting = desk_of(PIET, await counter.desk_reader.open_lines()).waiting
    assert [line.number for line in waiting] == [number, earlier]
    assert [line.is_in_need for line in waiting] == [True, False]


async def test_a_cry_that_was_answered_gives_the_coach_the_time_of_every_other_word(
    counter: Counter, clock: SettableClock, asked: tuple[str, str]
) -> None:
    conversation, number = asked
    await counter.desk.claim(number, SANNE)
    await cries(counter, conversation)
    clock.advance(seconds=30)
    await counter.desk.say(number, SANNE, "Ik ben er. Waar ben je?", client_id="een")
    await says(counter, conversation, "Thuis")
    clock.advance(minutes=9)
    await at_the_desk(counter)
    await counter.upkeep.look()
    assert await owner_of(counter, conversation) is Owner.COACH


async def test_a_calm_person_still_has_ten_minutes(
    counter: Counter, clock: SettableClock, asked: tuple[str, str]
) -> None:
    conversation, number = asked
    await counter.desk.claim(number, SANNE)
    await says(counter, conversation, "Hoi")
    clock.advance(minutes=2, seconds=30)
    await at_the_desk(counter)
    await counter.upkeep.look()
    assert await owner_of(counter, conversation) is Owner.COACH


async def test_how_many_are_unwatched_is_known(counter: Counter, asked: tuple[str, str]) -> None:
    conversation, number = asked
    await counter.desk.claim(number, SANNE)
    for text in ("een", "twee"):
        await says(counter, conversation, text)
    assert await counter.watch.unwatched_count() == 2
    async with counter.database.session() as session:
        assert await watch_storage.mark_watched(session, conversation, 1) is False  # it was never unwatched
