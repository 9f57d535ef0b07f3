"""Does a turn take longer in a long conversation, or where many conversations are stored?"""

import statistics
from dataclasses import dataclass, field

from benchmarks.turn.talking import DIALOGUE, Open, seconds_of

# Half a dialogue and then whole ones, so that both windows hold the same sentences in the same order:
# turns 5 to 12, and turns 197 to 204.
_BEFORE_EARLY = len(DIALOGUE) // 2
_DIALOGUES_BEFORE_LATE = 24
EARLY_TURN = _BEFORE_EARLY + 1
LATE_TURN = _DIALOGUES_BEFORE_LATE * len(DIALOGUE) + EARLY_TURN
# Dialogues that do not count: one of the two has just been started, the other has talked for long.
_WARM_UP = 3
_WINDOW = DIALOGUE[_BEFORE_EARLY:] + DIALOGUE[:_BEFORE_EARLY]


@dataclass(frozen=True, kw_only=True)
class Growth:
    """Seconds of turns without and with what may slow them down, taken by turns."""

    small: list[float] = field(default_factory=list)
    large: list[float] = field(default_factory=list)

    @property
    def small_milliseconds(self) -> float:
        """Return the median of the first."""
        return statistics.median(self.small) * 1000

    @property
    def large_milliseconds(self) -> float:
        """Return the median of the second."""
        return statistics.median(self.large) * 1000

    @property
    def times(self) -> float:
        """Return how many times as long a turn takes."""
        return self.large_milliseconds / self.small_milliseconds


async def growth_with_length(open_talk: Open, rounds: int) -> Growth:
    """Compare turns early in a conversation with turns of one that has gone on for long."""
    growth = Growth()
    long = await open_talk()
    for _ in range(_DIALOGUES_BEFORE_LATE):
        await seconds_of(long, DIALOGUE)
    await seconds_of(long, DIALOGUE[:_BEFORE_EARLY])
    for _ in range(rounds):
        new = await open_talk()
        await seconds_of(new, DIALOGUE[:_BEFORE_EARLY])
        for sentence in _WINDOW:
            growth.small.extend(await seconds_of(new, [sentence]))
            growth.large.extend(await seconds_of(long, [sentence]))
    return growth


async def growth_with_stored(empty: Open, full: Open, rounds: int) -> Growth:
    """Compare the same dialogue where hardly anything is stored and where much is."""
    growth = Growth()
    for _ in range(_WARM_UP):
        for open_talk in (empty, full):
            await seconds_of(await open_talk(), DIALOGUE)
    for _ in range(rounds):
        here, there = await empty(), await full()
        for sentence in DIALOGUE:
            growth.small.extend(await seconds_of(here, [sentence]))
            growth.large.extend(await seconds_of(there, [sentence]))
    return growth
