"""Retention when something goes wrong: killed half-way, twice at once, without a bot, with a wrong clock."""

import asyncio
from datetime import UTC, datetime

import pytest

from counter.conversations.model import Content, UnknownConversationError
from counter.retention.model import ClockLeapError, Run
from counter.services import Counter
from tests.contract.counter.conftest import NewConversation, SettableClock
from tests.contract.counter.test_people import say
from tests.contract.counter.test_retention import (
    YEAR,
    Heard,
    KilledError,
    Memory,
    close_everything,
    exists,
    outcome,
    run,
)


async def test_nobody_is_erased_whom_the_bot_does_not_forget_and_that_is_an_alarm(
    counter: Counter, new_conversation: NewConversation, clock: SettableClock
) -> None:
    stubborn, other = await new_conversation(), await new_conversation()
    clock.advance(days=YEAR)
    done = await run(counter, Memory(stubborn=frozenset({stubborn})))
    assert (outcome(done).due, outcome(done).deleted, outcome(done).failed) == (2, 1, 1)
    assert (done.difference, done.is_complete) == (1, False)
    assert await exists(counter, stubborn)
    assert not await exists(counter, other)
    clock.advance(minutes=5)
    again = await run(counter)
    assert (outcome(again).due, outcome(again).deleted, again.is_complete) == (2, 2, True)


async def test_a_bot_that_is_away_is_not_asked_on_for_everybody(
    counter: Counter, new_conversation: NewConversation, clock: SettableClock
) -> None:
    for _ in range(6):
        await new_conversation()
    clock.advance(days=YEAR)
    heard = Heard()
    done = await counter.retention.run(Memory(is_away=True).forget, heard)
    assert done is not None
    assert (done.difference, len(heard.failures)) == (6, 3)


async def test_a_run_that_is_killed_half_way_is_finished_by_the_next_and_the_figures_are_true(
    counter: Counter, new_conversation: NewConversation, clock: SettableClock
) -> None:
    for _ in range(5):
        await say(counter, await new_conversation(), "hoi")
    clock.advance(days=YEAR)
    with pytest.raises(KilledError):
        await counter.retention.run(Memory(dies_after=2).forget, Heard())
    [broken_off] = await counter.retention.report(days=1)
    assert (outcome(broken_off).due, outcome(broken_off).deleted, broken_off.ended_at) == (5, 2, None)
    assert not broken_off.is_complete
    # Nobody takes it over before the dead one must be dead.
    assert await counter.retention.run(Memory().forget, Heard()) is None
    clock.advance(minutes=3)
    assert await counter.retention.is_time()
    done = await run(counter)
    assert (outcome(done).due, outcome(done).deleted, done.is_complete) == (5, 5, True)


async def test_two_processes_at_once_delete_everything_once(
    counter: Counter, new_conversation: NewConversation, clock: SettableClock
) -> None:
    for _ in range(8):
        await say(counter, await new_conversation(), "hoi")
    clock.advance(days=YEAR)
    memory = Memory()
    done = await asyncio.gather(*(counter.retention.run(memory.forget, Heard()) for _ in range(4)))
    [first, *_] = [one for one in done if one is not None]
    assert (outcome(first).due, outcome(first).deleted) == (8, 8)
    assert len(memory.forgotten) == len(set(memory.forgotten)) == 8


async def test_who_comes_back_while_the_bot_forgets_is_not_erased(
    counter: Counter, new_conversation: NewConversation, clock: SettableClock
) -> None:
    conversation = await new_conversation()
    clock.advance(days=YEAR)

    async def forget(conversation_id: str) -> None:
        await say(counter, conversation_id, "daar ben ik weer")

    done = await counter.retention.run(forget, Heard())
    assert done is not None
    assert (outcome(done).due, outcome(done).deleted, done.is_complete) == (0, 0, True)
    assert len((await counter.conversations.transcript(conversation)).messages) == 1


async def test_who_is_being_answered_is_left_alone_until_the_next_time(
    counter: Counter, new_conversation: NewConversation, clock: SettableClock
) -> None:
    conversation = await new_conversation()
    await say(counter, conversation, "hoi")
    clock.advance(days=YEAR)
    assert await counter.conversations.take_turn(conversation, "een-proces") is not None
    assert not (await run(counter)).is_complete
    assert await exists(counter, conversation)
    clock.advance(minutes=1)
    assert (await run(counter)).is_complete


async def test_one_subject_that_fails_does_not_keep_the_others(
    counter: Counter,
    new_conversation: NewConversation,
    clock: SettableClock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    conversation = await new_conversation()
    await close_everything(counter, conversation)
    clock.advance(days=200)

    async def fail(*_: object) -> None:
        raise OSError

    subject = counter.retention._subjects["doorverwijzingen"]
    monkeypatch.setitem(
        counter.retention._subjects, "doorverwijzingen", type(subject)(find=subject.find, forget=fail)
    )
    done = await run(counter)
    assert outcome(done, "doorverwijzingen").difference == 1
    assert outcome(done, "voucheraanvragen").deleted == 1


async def test_a_subject_that_says_it_deletes_and_does_not_is_caught(
    counter: Counter,
    new_conversation: NewConversation,
    clock: SettableClock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    await close_everything(counter, await new_conversation())
    clock.advance(days=200)

    async def pretend(*_: object) -> None:
        return

    subject = counter.retention._subjects["aanmeldingen"]
    monkeypatch.setitem(
        counter.retention._subjects, "aanmeldingen", type(subject)(find=subject.find, forget=pretend)
    )
    done = await run(counter)
    assert (outcome(done, "aanmeldingen").due, outcome(done, "aanmeldingen").deleted) == (1, 0)
    assert not done.is_complete


async def test_saying_something_and_forgetting_at_the_same_moment_never_wait_for_each_other(
    counter: Counter, new_conversation: NewConversation, clock: SettableClock
) -> None:
    conversations = [await new_conversation() for _ in range(6)]
    for conversation in conversations:
        await close_everything(counter, conversation)
    clock.advance(days=YEAR)
    outcomes = await asyncio.gather(
        run(counter),
        *(
            counter.conversations.receive(conversation, Content(text="hoi"))
            for conversation in conversations[:3]
        ),
        return_exceptions=True,
    )
    assert isinstance(outcomes[0], Run)
    assert not any(
        isinstance(one, BaseException) and not isinstance(one, UnknownConversationError) for one in outcomes
    )
    assert outcomes[0].is_complete


# --- when ------------------------------------------------------------------------------------


async def test_it_runs_at_night_once_and_a_missed_night_is_made_up_for(
    counter: Counter, clock: SettableClock
) -> None:
    # A winter's night: three o'clock in the Netherlands is two in UTC.
    clock.now = datetime(2026, 11, 24, 1, 59, tzinfo=UTC)
    assert not await counter.retention.is_time()
    clock.advance(minutes=1)
    assert await counter.retention.is_time()
    await run(counter)
    assert not await counter.retention.is_time()
    clock.advance(days=3, hours=8)
    assert await counter.retention.is_time()


async def test_what_failed_is_tried_again_after_an_hour_on_the_same_day(
    counter: Counter, new_conversation: NewConversation, clock: SettableClock
) -> None:
    await new_conversation()
    clock.advance(days=YEAR)
    await run(counter, Memory(is_away=True))
    assert not await counter.retention.is_time()
    clock.advance(hours=1)
    assert await counter.retention.is_time()


async def test_a_clock_that_leapt_ahead_deletes_nothing_by_itself(
    counter: Counter, new_conversation: NewConversation, clock: SettableClock
) -> None:
    conversation = await new_conversation()
    await run(counter)
    clock.advance(days=4 * YEAR)
    with pytest.raises(ClockLeapError):
        await counter.retention.is_time()
    assert await exists(counter, conversation)
    # Whoever looked at it can say that it is right.
    assert outcome(await run(counter)).deleted == 1


async def test_a_clock_that_was_set_back_deletes_nothing_too_soon(
    counter: Counter, new_conversation: NewConversation, clock: SettableClock
) -> None:
    conversation = await new_conversation()
    await run(counter)
    clock.advance(days=-30)
    await run(counter)
    assert await exists(counter, conversation)
    clock.advance(days=30 + YEAR)
    assert (await run(counter)).is_complete
