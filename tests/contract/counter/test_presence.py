"""Who is at the desk, and whom they look at, when they have more than one page open."""

from counter.presence.model import PresenceState
from counter.services import Counter
from tests.contract.counter.conftest import SettableClock

SANNE = "staff-sanne"


async def looked_at(counter: Counter) -> str | None:
    return (await counter.presence.seen())[SANNE].looking_at


async def test_a_page_in_the_background_does_not_take_the_place_of_the_one_in_use(
    counter: Counter, clock: SettableClock
) -> None:
    await counter.presence.beat(SANNE, is_active=True, looking_at="C-EEN")
    clock.advance(seconds=5)
    await counter.presence.beat(SANNE, is_active=False, looking_at="C-TWEE")
    assert await looked_at(counter) == "C-EEN"
    await counter.presence.beat(SANNE, is_active=True, looking_at="C-TWEE")
    assert await looked_at(counter) == "C-TWEE"


async def test_a_page_on_which_nobody_does_anything_keeps_its_coach_there(
    counter: Counter, clock: SettableClock
) -> None:
    await counter.presence.beat(SANNE, is_active=True, looking_at="C-EEN")
    for _ in range(12):
        clock.advance(seconds=20)
        await counter.presence.beat(SANNE, is_active=False, looking_at="C-EEN")
    assert (await counter.presence.seen())[SANNE].state(clock()) is PresenceState.PRESENT
    clock.advance(seconds=80)
    assert SANNE not in await counter.presence.seen()


async def test_a_page_in_the_background_keeps_its_coach_there_when_the_one_in_use_was_closed(
    counter: Counter, clock: SettableClock
) -> None:
    await counter.presence.beat(SANNE, is_active=True, looking_at="C-EEN")
    clock.advance(seconds=60)
    await counter.presence.beat(SANNE, is_active=False, looking_at="C-TWEE")
    assert await looked_at(counter) == "C-TWEE"
    clock.advance(seconds=60)
    assert SANNE in await counter.presence.seen()
