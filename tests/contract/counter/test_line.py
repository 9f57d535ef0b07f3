"""Where somebody stands in line and who is there, as it is told beside the conversation; both databases."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

from counter.places.model import Region
from counter.referrals.model import OpenReferral, Reason, Slot, Standing
from counter.services import Counter
from tests.contract.counter.conftest import SettableClock
from tests.support.staff import a_coach

type NewConversation = Callable[[], Awaitable[str]]
type TwoConversations = Callable[[], Awaitable[tuple[str, str]]]

SANNE, PIET = a_coach("Sanne"), a_coach("Piet")


async def ask(
    counter: Counter, conversation: str, *, reason: Reason = Reason.ASKED, region: str | None = None
) -> str:
    command = OpenReferral(conversation_id=conversation, message_id="m1", reason=reason, region=region)
    return (await counter.referrals.open(command)).number


async def test_a_place_counts_who_is_in_line_before_and_nobody_else(
    counter: Counter, new_conversation: NewConversation
) -> None:
    gone, calm, in_need = [await new_conversation() for _ in range(3)]
    number = await ask(counter, gone)
    await ask(counter, calm, region=Region.GROOT_AMSTERDAM.value)
    await ask(counter, in_need, reason=Reason.IN_NEED)
    assert (await counter.referrals.standing(calm)).place == 3
    await counter.referrals.cancel(number, gone)
    assert await counter.referrals.standing(calm) == Standing(place=2, region=Region.GROOT_AMSTERDAM)
    assert await counter.referrals.places() == {in_need: 1, calm: 2}
    assert await counter.referrals.standing(gone) == Standing()


async def test_everybody_in_line_has_the_place_that_is_told_to_them(
    counter: Counter, new_conversation: NewConversation
) -> None:
    talks = [await new_conversation() for _ in range(6)]
    numbers = [await ask(counter, talk, reason=list(Reason)[at % 3]) for at, talk in enumerate(talks)]
    await counter.desk.claim(numbers[2], SANNE)
    # Who erased the conversation waits no more.
    await counter.conversations.erase(talks[4])
    places = await counter.referrals.places()
    assert sorted(places.values()) == [1, 2, 3, 4]
    assert {talk: (await counter.referrals.standing(talk)).place for talk in places} == places


async def test_a_coach_is_named_where_they_are_and_nowhere_else(
    counter: Counter, two_conversations: TwoConversations
) -> None:
    here, elsewhere = await two_conversations()
    number = await ask(counter, here)
    # The coach goes where the person was last.
    await counter.desk.claim(number, SANNE)
    there = {talk: (await counter.referrals.standing(talk)).coach for talk in (here, elsewhere)}
    assert set(there.values()) == {None, "Sanne"}
    await counter.desk.offer(number, SANNE, to_coach=PIET)
    assert "Sanne" in {(await counter.referrals.standing(talk)).coach for talk in there}
    await counter.desk.claim(number, PIET)
    assert "Piet" in {(await counter.referrals.standing(talk)).coach for talk in there}
    await counter.desk.release(number, PIET)
    assert {(await counter.referrals.standing(talk)).coach for talk in there} == {None}
    assert (await counter.referrals.standing(here)).place == 1


async def test_who_is_called_back_or_asked_nothing_has_no_place(
    counter: Counter, clock: SettableClock, new_conversation: NewConversation
) -> None:
    person, other = await new_conversation(), await new_conversation()
    number = await ask(counter, person)
    start = clock() + timedelta(days=1)
    slot = Slot(start=start, end=start + timedelta(hours=1))
    await counter.referrals.plan_call_back(number, person, slot, phone="+31612345678")
    assert (await counter.referrals.standing(person)).place is None
    assert await counter.referrals.standing(other) == Standing()
    assert await counter.referrals.places() == {}
