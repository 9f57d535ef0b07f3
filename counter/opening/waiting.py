"""How long somebody will wait for a coach, from how long others did; no framework."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import combinations
from statistics import median

MIN_WAITS = 5
"""With fewer figures nothing is promised."""

# What people can picture, in minutes; beyond the last in whole hours.
_STEPS = (5, 10, 15, 20, 30, 45, 60, 90, 120)
_HOUR = 60


@dataclass(frozen=True, kw_only=True)
class Wait:
    """How long somebody waited for a coach, in minutes that the counter was open.

    `place` is where they stood in line when they asked; the first is 1.
    """

    place: int
    minutes: int


class Situation(StrEnum):
    """Whether somebody who asks for a coach can be helped at once."""

    COACH_PRESENT = "coach_present"
    NO_COACH = "no_coach"
    """The counter is open, and no coach is at the desk."""
    CLOSED = "closed"


@dataclass(frozen=True, kw_only=True)
class Prospect:
    """What somebody who asks for a coach can expect.

    `opens_at` is the moment from which the counter is open, the present one when it is; `wait_minutes`
    is rounded to what people can picture, and None when nothing can be promised.
    """

    situation: Situation
    opens_at: datetime
    wait_minutes: int | None


def expected_minutes(waits: Sequence[Wait], place: int) -> int | None:
    """Return how many opening minutes somebody at this place in line will wait, rounded up.

    None when there are too few figures. The estimate is the line of Theil (1950) and Sen (1968):
    medians, so that a few odd waits change nothing. A later place never waits shorter.
    """
    if len(waits) < MIN_WAITS:
        return None
    a_place = _minutes_a_place(waits)
    at_the_front = median(wait.minutes - a_place * wait.place for wait in waits)
    return _rounded_up(at_the_front + a_place * place)


def _minutes_a_place(waits: Sequence[Wait]) -> float:
    """Return how much longer one waits a place further on; never less than nothing."""
    rises = [
        (later.minutes - earlier.minutes) / (later.place - earlier.place)
        for earlier, later in combinations(waits, 2)
        if later.place != earlier.place
    ]
    # Where everybody stood at one place, each place before it took as long.
    return max(0.0, median(rises or [wait.minutes / wait.place for wait in waits]))


def _rounded_up(minutes: float) -> int:
    step = next((step for step in _STEPS if minutes <= step), None)
    return step if step is not None else -int(-minutes // _HOUR) * _HOUR
