"""Nobody is forgotten, on both databases: offers in vain, silent coaches, calls that were not made."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

import pytest

from counter.conversations.model import Content, Owner, Sender
from counter.desk.model import (
    NotYoursError,
)
from counter.desk.sight import NotForYouError
from counter.referrals.model import (
    OpenReferral,
    PhoneMissingError,
    Reason,
    Slot,
)
from counter.referrals.states import ReferralState, StepNotPossibleError
from counter.services import Counter
from tests.contract.counter.conftest import SettableClock
from tests.contract.counter.desking import SANNE, UWV, events_of, owner_of, row_of, said, told

type NewConversation = Callable[[], Awaitable[str]]

TOMORROW_AT_TEN = Slot(
    start=datetime(2026, 11, 24, 9, 0, tzinfo=UTC), end=datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
)


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
    with pytest.raises(NotForYouError):
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
