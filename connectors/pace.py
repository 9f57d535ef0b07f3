"""Not faster than a provider allows: so many a second, for each address and for all together."""

import time
from collections.abc import Callable

# Past this many addresses those that have rested are forgotten.
REMEMBERED = 1000


class Pace:
    """So many a second for each key, after a first burst.

    Known in this process alone: of several, each keeps a pace of its own, and the provider has the last word.
    """

    def __init__(self, per_second: float, *, burst: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._interval = 1 / per_second
        self._slack = (burst - 1) * self._interval
        self._clock = clock
        # When all that was taken for a key would have been used up at an even pace.
        self._used_up_at: dict[str, float] = {}

    def wait(self, key: str) -> float:
        """Return how many seconds from now the next one may go."""
        now = self._clock()
        return max(self._used_up_at.get(key, now) - self._slack - now, 0.0)

    def take(self, key: str) -> None:
        """Count one more, that goes when `wait` is over."""
        now = self._clock()
        if len(self._used_up_at) >= REMEMBERED:
            self._used_up_at = {each: at for each, at in self._used_up_at.items() if at > now}
        self._used_up_at[key] = max(self._used_up_at.get(key, now), now) + self._interval
