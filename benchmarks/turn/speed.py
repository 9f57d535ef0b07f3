"""How fast turns go, with one or more people talking at once."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np

from benchmarks.turn.talking import DIALOGUE, Open, seconds_of


@dataclass(frozen=True, kw_only=True)
class Speed:
    """How long a turn takes, and how many there are in a second."""

    p50_milliseconds: float
    p95_milliseconds: float
    turns_per_second: float

    @classmethod
    def of(cls, seconds: list[float], elapsed: float) -> Self:
        """Work it out from the seconds of every turn, and of all together."""
        p50, p95 = np.quantile(seconds, [0.5, 0.95])
        return cls(
            p50_milliseconds=float(p50) * 1000,
            p95_milliseconds=float(p95) * 1000,
            turns_per_second=len(seconds) / elapsed,
        )


async def speeds(opens: Sequence[Open], talks: int, rounds: int) -> list[Speed]:
    """Let each side in turn hold as many whole dialogues at once as there are talks, `rounds` times.

    In turn, so that a busy moment of the machine hits all sides.
    """
    for open_talk in opens:
        await seconds_of(await open_talk(), DIALOGUE)  # the first one warms caches and does not count
    seconds: list[list[float]] = [[] for _ in opens]
    elapsed = [0.0 for _ in opens]
    for _ in range(rounds):
        for side, open_talk in enumerate(opens):
            started = time.perf_counter()
            says = [await open_talk() for _ in range(talks)]
            for dialogue in await asyncio.gather(*(seconds_of(say, DIALOGUE) for say in says)):
                seconds[side].extend(dialogue)
            elapsed[side] += time.perf_counter() - started
    return [Speed.of(turns, total) for turns, total in zip(seconds, elapsed, strict=True)]
