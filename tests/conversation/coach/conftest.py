"""A coach at the desk, and somebody who asked for one."""

from collections.abc import AsyncIterator, Awaitable, Callable

import pytest

from counter.presence.model import PresenceState
from counter.referrals.model import ReferralReceipt
from counter.services import Counter
from counter.staff.model import StaffMember
from tests.support.staff import a_coach
from tests.support.talking import Answer, Conversation

type Ask = Callable[..., Awaitable[Answer]]


@pytest.fixture
async def coach(counter: Counter) -> AsyncIterator[StaffMember]:
    """Give a coach who is at the desk, and leaves it afterwards: other tests have none."""
    sanne = a_coach()
    await counter.presence.choose(sanne.id, PresenceState.PRESENT)
    yield sanne
    await counter.presence.choose(sanne.id, PresenceState.ABSENT)


@pytest.fixture
def ask(conversation: Conversation) -> Ask:
    """Give a function with which somebody asks for a person, up to the receipt."""

    async def ask_for_a_coach(*, place: str = "Zaandam", contact: str | None = "fatima@example.nl") -> Answer:
        await conversation.clicks("/coach_spreken")
        for said in filter(None, ("over een andere baan", place, "Fatima", contact)):
            await conversation.says(said)
        return await conversation.says("ja")

    return ask_for_a_coach


@pytest.fixture
def request_of(counter: Counter, conversation: Conversation) -> Callable[[], Awaitable[ReferralReceipt]]:
    """Give a function that returns the person's latest request, as it is stored."""

    async def latest() -> ReferralReceipt:
        return (await counter.referrals.of_person(conversation.id))[0]

    return latest
