"""The way from one occupation to another: what one takes along, what is still asked, and in which steps."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from skills_taxonomy.comparison import Near, compare
from skills_taxonomy.kinship import Kinship
from skills_taxonomy.likeness import Likeness
from skills_taxonomy.model import Occupation, Skill

WORTH_A_STOP = 1.5
"""How many times as alike a further stop must make the hardest step: changing work costs something too."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Bridge:
    """Two occupations, for somebody who goes from one to the other."""

    origin: Occupation
    goal: Occupation
    shared: tuple[Skill, ...]
    """The bridge skills: nobody does the first work without, and the other asks them; the rarest first."""
    near: tuple[Near, ...]
    missing_essential: tuple[Skill, ...]
    missing_optional: tuple[Skill, ...]
    likeness: float
    """0 to 1, the same either way round."""


class Bridges:
    """Finds the way between occupations."""

    def __init__(self, likeness: Likeness, skills: Mapping[str, Skill], kinship: Kinship) -> None:
        self._likeness = likeness
        self._skills = skills
        self._kinship = kinship

    def bridge(self, origin: Occupation, goal: Occupation) -> Bridge:
        """Set what somebody brings from one occupation beside what another asks."""
        comparison = compare(origin.essential, goal, self._skills, self._kinship)
        return Bridge(
            origin=origin,
            goal=goal,
            shared=tuple(sorted(comparison.shared, key=lambda skill: -self._likeness.rarity(skill.id))),
            near=comparison.near,
            missing_essential=comparison.missing_essential,
            missing_optional=comparison.missing_optional,
            likeness=self._likeness.between(origin.id, goal.id),
        )

    def route(self, origin: Occupation, goal: Occupation) -> tuple[Bridge, ...]:
        """Return the steps from one occupation to the other, with at most two others between.

        Of all ways the one is chosen whose hardest step is easiest; each stop must make it
        easier by `WORTH_A_STOP`. Every step is then easier than going directly.
        """
        occupations = self._likeness.occupations
        start, end = self._likeness.position(origin.id), self._likeness.position(goal.id)
        stops = [occupations[stop] for stop in self._stops(start, end)]
        return tuple(self.bridge(one, other) for one, other in pairwise((origin, *stops, goal)))

    def _stops(self, start: int, end: int) -> tuple[int, ...]:
        """Return the stops of the best way, by position; none when going directly is best."""
        if start == end:
            return ()
        from_start, to_end = self._likeness.to_all(start), self._likeness.to_all(end)
        best: tuple[int, ...] = ()
        easiness = float(from_start[end])
        from_start[[start, end]] = to_end[[start, end]] = 0.0
        stop, hardest = _best_between(from_start, to_end)
        if hardest > WORTH_A_STOP * easiness:
            best, easiness = (stop,), hardest / WORTH_A_STOP
        # A way is no easier than its first step: once that is too hard, so are all that follow.
        for first in np.argsort(-from_start, kind="stable"):
            if from_start[first] <= WORTH_A_STOP**2 * easiness:
                break
            onwards = self._likeness.to_all(int(first))
            onwards[[first, start, end]] = 0.0
            second, hardest = _best_between(onwards, to_end)
            hardest = min(hardest, float(from_start[first]))
            if hardest > WORTH_A_STOP**2 * easiness:
                best, easiness = (int(first), second), hardest / WORTH_A_STOP**2
        return best


def _best_between(before: NDArray[np.float64], after: NDArray[np.float64]) -> tuple[int, float]:
    """Return the stop whose harder step is easiest, and how alike the ends of that step are."""
    hardest = np.minimum(before, after)
    stop = int(hardest.argmax())
    return stop, float(hardest[stop])
