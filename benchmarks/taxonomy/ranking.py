"""How good rankings are, as MELO scores them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from statistics import fmean

LOOKED_AT = 1000
"""Places of a ranking that count."""


@dataclass(frozen=True, kw_only=True)
class Quality:
    """Averages over all queries, each 0 to 1."""

    mean_reciprocal_rank: float
    success_at: dict[int, float]
    """The share of queries with a right answer among the first so many."""


def quality(rankings: Sequence[Sequence[str]], right: Sequence[Collection[str]]) -> Quality:
    """Score rankings of ids, the best first, against the right ids of each."""
    places = [first_right(ranking, answers) for ranking, answers in zip(rankings, right, strict=True)]
    return Quality(
        mean_reciprocal_rank=fmean(1 / place if place else 0.0 for place in places),
        success_at={
            most: fmean(place is not None and place <= most for place in places) for most in (1, 5, 10)
        },
    )


def first_right(ranking: Sequence[str], right: Collection[str]) -> int | None:
    """Return the place of the first right id, counted from 1, or None when it comes too late."""
    return next((place for place, one in enumerate(ranking[:LOOKED_AT], start=1) if one in right), None)


def each_concept_once(ranking: Sequence[str], concept_of: dict[str, str]) -> list[str]:
    """Return a ranking of names in which the best of every concept come first, then the rest."""
    seen: set[str] = set()
    first: list[str] = []
    rest: list[str] = []
    for name in ranking:
        (rest if concept_of[name] in seen else first).append(name)
        seen.add(concept_of[name])
    return first + rest
