"""What somebody who asks for a coach hears on both databases: who is there, and waits as they really were."""

from collections.abc import Awaitable, Callable

from counter.opening.waiting import MIN_WAITS, Situation
from counter.places.model import Region
from counter.presence.model import PresenceState
from counter.referrals.model import OpenReferral, Reason, ReferralReceipt
from counter.services import Counter
from tests.contract.counter.conftest import SettableClock
from tests.support.staff import a_coach

type NewConversation = Callable[[], Awaitable[str]]

REGION = Region.GROOT_AMSTERDAM


async def ask(counter: Counter, conversation_id: str) -> ReferralReceipt:
    return await counter.referrals.open(
        OpenReferral(
            conversation_id=conversation_id, message_id="m1", reason=Reason.ASKED, region=REGION.value
        )
    )


async def test_who_asks_hears_whether_a_coach_is_at_the_desk(counter: Counter, clock: SettableClock) -> None:
    assert await counter.prospects.situation(REGION) is Situation.NO_COACH
    await counter.presence.beat("staff-sanne", is_active=True)
    assert await counter.prospects.situation(REGION) is Situation.COACH_PRESENT
    await counter.presence.choose("staff-sanne", PresenceState.AWAY)
    assert await counter.prospects.situation(REGION) is Situation.NO_COACH
    clock.advance(hours=12)
    await counter.presence.choose("staff-sanne", PresenceState.PRESENT)
    assert await counter.prospects.situation(REGION) is Situation.CLOSED


async def test_a_wait_is_told_once_five_people_were_helped(
    counter: Counter, clock: SettableClock, new_conversation: NewConversation
) -> None:
    coach = a_coach()
    for helped in range(MIN_WAITS):
        await counter.presence.beat(coach.id, is_active=True)
        prospect = await counter.prospects.of(REGION, place=1)
        assert prospect.wait_minutes is None, helped
        receipt = await ask(counter, await new_conversation())
        clock.advance(minutes=12)
        await counter.desk.claim(receipt.number, coach)
    await counter.presence.beat(coach.id, is_active=True)
    assert (await counter.prospects.of(REGION, place=1)).wait_minutes == 15
    assert (await counter.prospects.of(REGION, place=2)).wait_minutes == 30
    # Nobody in line waits for nothing; and with the coaches away nothing is promised.
    assert (await counter.prospects.of(REGION, place=None)).wait_minutes is None
    clock.advance(minutes=5)
    assert (await counter.prospects.of(REGION, place=1)).wait_minutes is None


async def test_a_night_in_between_is_no_waiting(
    counter: Counter, clock: SettableClock, new_conversation: NewConversation
) -> None:
    coach = a_coach()
    clock.advance(hours=6, minutes=58)  # two minutes before five
    asked = [await ask(counter, await new_conversation()) for _ in range(MIN_WAITS)]
    clock.advance(hours=16, minutes=5)
    for receipt in asked:
        await counter.desk.claim(receipt.number, coach)
    await counter.presence.beat(coach.id, is_active=True)
    # Five minutes of opening for each, at whatever place they stood.
    assert (await counter.prospects.of(REGION, place=3)).wait_minutes == 5
