"""Offering somebody to a colleague or another organisation: accepted, declined, taken back or escalated."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest

from counter.conversations.model import Sender
from counter.desk.model import (
    ORGANISATION_ACCEPTS_WITHIN,
    MomentPassedError,
)
from counter.desk.sight import NotForYouError
from counter.referrals.model import Slot
from counter.referrals.states import ReferralState
from counter.services import Counter
from counter.staff.model import Role, StaffMember
from tests.contract.counter.conftest import SettableClock
from tests.contract.counter.test_referrals import a_request
from tests.support.staff import a_coach, an_administrator

SANNE, KARIM = a_coach("Sanne", organisation="Loket Haarlem"), a_coach("Karim", organisation="UWV Zaandam")
BOSS = a_coach("Mila", roles=frozenset({Role.ADMINISTRATOR}))


@pytest.fixture
async def number(counter: Counter, new_conversation: Callable[[], Awaitable[str]]) -> str:
    """Give somebody whom Sanne has."""
    receipt = await counter.referrals.open(a_request(await new_conversation()))
    await counter.desk.claim(receipt.number, SANNE)
    return receipt.number


async def where(counter: Counter, number: str) -> tuple[ReferralState, str | None]:
    card = await counter.cards.card(number, an_administrator())
    return card.state, card.coach_id


async def escalated(counter: Counter, who: StaffMember) -> list[str]:
    return [one.number for one in await counter.cards.escalated(who)]


async def test_an_organisation_accepts_with_whoever_works_there(counter: Counter, number: str) -> None:
    await counter.desk.offer(number, SANNE, to_organisation="UWV Zaandam", why="dichter bij huis")
    assert await where(counter, number) == (ReferralState.OFFERED, SANNE.id)
    await counter.desk.claim(number, KARIM)
    assert await where(counter, number) == (ReferralState.WITH_COACH, KARIM.id)


async def test_nobody_accepts_in_time_and_it_is_seen_by_who_offered_and_who_is_in_charge(
    counter: Counter, number: str, clock: SettableClock
) -> None:
    await counter.desk.offer(number, SANNE, to_organisation="UWV Zaandam")
    await counter.upkeep.look()
    assert await escalated(counter, SANNE) == []
    clock.now += ORGANISATION_ACCEPTS_WITHIN + timedelta(minutes=1)
    await counter.upkeep.look()
    assert await where(counter, number) == (ReferralState.WITH_COACH, SANNE.id)
    assert await escalated(counter, SANNE) == [number]
    assert await escalated(counter, BOSS) == [number]
    assert await escalated(counter, KARIM) == []
    [one] = await counter.cards.escalated(SANNE)
    assert (one.offered_to, one.coach, one.escalated_at) == ("UWV Zaandam", "Sanne", clock())


async def test_who_is_offered_again_and_accepted_is_off_the_list(
    counter: Counter, number: str, clock: SettableClock
) -> None:
    await counter.desk.offer(number, SANNE, to_coach=KARIM)
    clock.advance(hours=1)
    await counter.upkeep.look()
    await counter.desk.offer(number, SANNE, to_coach=KARIM)
    assert await escalated(counter, BOSS) == []
    await counter.desk.claim(number, KARIM)
    assert await escalated(counter, BOSS) == []


async def test_an_offer_that_is_taken_back_leaves_somebody_with_their_coach(
    counter: Counter, number: str
) -> None:
    await counter.desk.offer(number, SANNE, to_coach=KARIM)
    await counter.desk.take_back(number, SANNE)
    assert await where(counter, number) == (ReferralState.WITH_COACH, SANNE.id)
    card = await counter.cards.card(number, an_administrator())
    said = await counter.cards.talk(number, card.conversation_id or "", an_administrator())
    await counter.desk.take_back(number, SANNE)
    assert len(await counter.cards.talk(number, card.conversation_id or "", an_administrator())) == len(said)
    assert said[-1].sender is Sender.SYSTEM


async def test_what_a_colleague_accepted_cannot_be_taken_back(counter: Counter, number: str) -> None:
    await counter.desk.offer(number, SANNE, to_coach=KARIM)
    await counter.desk.claim(number, KARIM)
    with pytest.raises(NotForYouError):
        await counter.desk.take_back(number, SANNE)
    assert await where(counter, number) == (ReferralState.WITH_COACH, KARIM.id)


async def test_nobody_is_called_or_remembered_in_the_past(
    counter: Counter, number: str, clock: SettableClock
) -> None:
    past = Slot(start=clock.now - timedelta(hours=2), end=clock.now + timedelta(hours=2))
    with pytest.raises(MomentPassedError):
        await counter.desk.plan_call_back(number, SANNE, past, phone="+31612345678")
    with pytest.raises(MomentPassedError):
        await counter.desk.remind(number, SANNE, clock.now)
    assert await where(counter, number) == (ReferralState.WITH_COACH, SANNE.id)
    await counter.desk.remind(number, SANNE, None)


async def test_a_call_that_was_not_made_is_seen_by_who_agreed_to_it(
    counter: Counter, number: str, clock: SettableClock
) -> None:
    start = clock.now + timedelta(hours=1)
    slot = Slot(start=start, end=start + timedelta(minutes=30))
    await counter.desk.plan_call_back(number, SANNE, slot, phone="+31612345678")
    clock.advance(hours=3)
    await counter.upkeep.look()
    assert await where(counter, number) == (ReferralState.WAITING, None)
    assert await escalated(counter, SANNE) == [number]
    assert await escalated(counter, KARIM) == []
    [one] = await counter.cards.escalated(SANNE)
    assert one.offered_to == ""
