"""How alike occupations are by the skills they ask.

The likeness of two occupations is the weighted Jaccard index of their skills: the weight
both give, divided by the weight at least one of them gives. A skill weighs more the fewer
occupations ask it (what everybody needs brings nobody near), and less where it is optional.
Being a Jaccard index, 1 minus the likeness is a true distance: no detour is shorter.
"""

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from skills_taxonomy.model import Occupation

OPTIONAL_WEIGHT = 0.25
"""What an optional skill counts for in the likeness of two occupations; an essential one counts 1."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Neighbour:
    """An occupation beside another one."""

    occupation: Occupation
    likeness: float
    """0 when they share no skill, 1 when they ask the same."""

    @property
    def distance(self) -> float:
        """Return how far they are apart: 0 to 1."""
        return 1 - self.likeness


class Likeness:
    """The likeness of all occupations to one another; built once, then only read.

    The occupations that ask a skill stand together in two flat arrays, so one occupation is
    set beside all others in one pass over its own skills.
    """

    def __init__(self, occupations: Mapping[str, Occupation]) -> None:
        self.occupations = tuple(occupations.values())
        self._positions = {occupation_id: position for position, occupation_id in enumerate(occupations)}
        counts = Counter(skill_id for occupation in self.occupations for skill_id in occupation.needs)
        self._rarity = {
            skill_id: math.log(1 + len(self.occupations) / counts[skill_id]) for skill_id in sorted(counts)
        }
        self._weights = [self._weighed(occupation) for occupation in self.occupations]
        self._slices: dict[str, slice] = {}
        start = 0
        for skill_id in self._rarity:
            self._slices[skill_id] = slice(start, start + counts[skill_id])
            start += counts[skill_id]
        self._asking, self._asked = self._postings(start)
        self._totals = np.bincount(self._asking, self._asked, minlength=len(self.occupations))

    def rarity(self, skill_id: str) -> float:
        """Return what a skill weighs: above 0, and more the fewer occupations ask it."""
        return self._rarity.get(skill_id, math.log(1 + len(self.occupations)))

    def position(self, occupation_id: str) -> int:
        """Return where an occupation stands in `occupations`."""
        return self._positions[occupation_id]

    def between(self, one: str, other: str) -> float:
        """Return how alike two occupations are: 0 to 1, the same either way round."""
        return float(self.to_all(self._positions[one])[self._positions[other]])

    def to_all(self, position: int) -> NDArray[np.float64]:
        """Return how alike each occupation is to the one at this position."""
        weights = self._weights[position]
        shared = np.zeros(len(self.occupations))
        if weights:
            pieces = [self._slices[skill_id] for skill_id in weights]
            least = [
                np.minimum(self._asked[piece], weights[skill])
                for skill, piece in zip(weights, pieces, strict=True)
            ]
            asking = np.concatenate([self._asking[piece] for piece in pieces])
            shared = np.bincount(asking, np.concatenate(least), minlength=len(shared))
        either = self._totals + self._totals[position] - shared
        likeness: NDArray[np.float64] = np.divide(shared, either, out=np.zeros(len(shared)), where=either > 0)
        # Even an occupation nobody named skills for is like itself.
        likeness[position] = 1.0
        return likeness

    def nearest(self, occupation_id: str, limit: int) -> tuple[Neighbour, ...]:
        """Return the `limit` occupations most like this one, by name where equal; none shares nothing."""
        position = self._positions[occupation_id]
        likeness = self.to_all(position)
        likeness[position] = 0.0
        least = np.partition(likeness, -limit)[-limit] if 0 < limit < len(likeness) else 0.0
        near = [int(other) for other in np.flatnonzero((likeness >= least) & (likeness > 0))]
        near.sort(
            key=lambda other: (-likeness[other], self.occupations[other].name, self.occupations[other].id)
        )
        return tuple(
            Neighbour(occupation=self.occupations[other], likeness=float(likeness[other]))
            for other in near[: max(limit, 0)]
        )

    def _weighed(self, occupation: Occupation) -> dict[str, float]:
        """Return what each skill weighs in an occupation; always in one order, so sums come out the same."""
        essential = frozenset(occupation.essential)
        return {
            skill_id: self._rarity[skill_id] * (1.0 if skill_id in essential else OPTIONAL_WEIGHT)
            for skill_id in sorted(occupation.needs)
        }

    def _postings(self, size: int) -> tuple[NDArray[np.int32], NDArray[np.float64]]:
        asking, asked = np.empty(size, dtype=np.int32), np.empty(size)
        filled = {skill_id: piece.start for skill_id, piece in self._slices.items()}
        for position, weights in enumerate(self._weights):
            for skill_id, weight in weights.items():
                asking[filled[skill_id]], asked[filled[skill_id]] = position, weight
                filled[skill_id] += 1
        return asking, asked
