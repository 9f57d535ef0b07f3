"""Who is kept longer: at most a year, for a reason, and against their own wish only for a claim."""

from collections.abc import Awaitable, Callable
from datetime import date, timedelta

import pytest

from counter.conversations.model import UnknownConversationError
from counter.preservations.model import (
    AlreadyLeavingError,
    Ground,
    MustBeKeptError,
    NotPreservedError,
    Preserve,
    WrongPreservationError,
)
from counter.services import Counter
from tests.contract.counter.conftest import NewConversation, SettableClock
from tests.contract.counter.test_people import erase, every_stored_value, say, submit_everything

type TwoConversations = Callable[[], Awaitable[tuple[str, str]]]

TODAY = date(2026, 11, 23)
SPRING = date(2027, 3, 31)


def a_preservation(
    conversation_id: str,
    *,
    ground: Ground = Ground.HELP,
    why: str = "het traject loopt tot maart",
    until: date = SPRING,
) -> Preserve:
    return Preserve(conversation_id=conversation_id, ground=ground, why=why, by="anja", until=until)


async def test_everybody_of_the_counter_sees_who_is_kept_by_whom_why_and_until_when(
    counter: Counter, two_conversations: TwoConversations
) -> None:
    one, other = await two_conversations()
    assert await counter.preservations.preserved_until(other) is None
    await counter.preservations.preserve(a_preservation(one))
    assert await counter.preservations.preserved_until(other) == SPRING
    [kept] = await counter.preservations.standing()
    assert (kept.conversation_id, kept.why, kept.by) == (one, "het traject loopt tot maart", "anja")
    assert (kept.until, kept.since) == (SPRING, counter.clock())


@pytest.mark.parametrize("until", [TODAY - timedelta(days=1), TODAY + timedelta(days=367)])
async def test_nobody_is_kept_over_a_year_nor_until_a_day_that_is_past(
    counter: Counter, new_conversation: NewConversation, until: date
) -> None:
    with pytest.raises(WrongPreservationError):
        await counter.preservations.preserve(a_preservation(await new_conversation(), until=until))


async def test_nobody_is_kept_without_a_reason(counter: Counter, new_conversation: NewConversation) -> None:
    with pytest.raises(WrongPreservationError):
        await counter.preservations.preserve(a_preservation(await new_conversation(), why="  "))


async def test_it_can_be_renewed_and_the_history_keeps_both(
    counter: Counter, new_conversation: NewConversation, clock: SettableClock
) -> None:
    conversation = await new_conversation()
    await counter.preservations.preserve(a_preservation(conversation))
    clock.advance(days=60)
    later = SPRING + timedelta(days=90)
    await counter.preservations.preserve(a_preservation(conversation, until=later))
    assert [one.until for one in await counter.preservations.standing()] == [later]
    exported = (await counter.conversations.export(conversation))["preservations"]
    assert [(one["until"], one["released_at"] is None) for one in exported] == [
        ("2027-03-31", False),
        ("2027-06-29", True),
    ]


async def test_releasing_what_is_not_kept_says_so(
    counter: Counter, new_conversation: NewConversation
) -> None:
    conversation = await new_conversation()
    with pytest.raises(NotPreservedError):
        await counter.preservations.release(conversation, by="anja")
    with pytest.raises(UnknownConversationError):
        await counter.preservations.release("niemand", by="anja")


async def test_a_receipt_number_finds_the_conversation_the_person_had_last(
    counter: Counter, two_conversations: TwoConversations, clock: SettableClock
) -> None:
    one, other = await two_conversations()
    for number in await submit_everything(counter, one):
        clock.advance(minutes=1)
        await say(counter, other, "hoi")
        assert await counter.preservations.conversation_of(number) == other
    assert await counter.preservations.conversation_of(one) == one
    assert await counter.preservations.conversation_of("V-0000-0000") is None


async def test_the_own_wish_is_stronger_than_help_that_goes_on(
    counter: Counter, new_conversation: NewConversation
) -> None:
    conversation = await new_conversation()
    await counter.preservations.preserve(a_preservation(conversation))
    await erase(counter, conversation)
    assert await counter.preservations.standing() == []
    assert "het traject" not in await every_stored_value(counter)


async def test_a_claim_is_stronger_than_the_own_wish_until_it_is_over(
    counter: Counter, two_conversations: TwoConversations, clock: SettableClock
) -> None:
    one, other = await two_conversations()
    await counter.preservations.preserve(a_preservation(one, ground=Ground.CLAIM))
    with pytest.raises(MustBeKeptError) as refused:
        await counter.people.ask_erasure(other)
    assert refused.value.until == SPRING
    with pytest.raises(MustBeKeptError):
        await counter.conversations.erase(other)
    assert await counter.people.erasure_wishes() == []
    clock.now = clock.now.replace(year=2027, month=4, day=1)
    await erase(counter, other)
    assert await counter.preservations.standing() == []


async def test_who_asked_to_be_erased_first_cannot_be_kept_any_more(
    counter: Counter, two_conversations: TwoConversations
) -> None:
    one, other = await two_conversations()
    await counter.people.ask_erasure(one)
    with pytest.raises(AlreadyLeavingError):
        await counter.preservations.preserve(a_preservation(other, ground=Ground.CLAIM))
