"""Giving way when nothing fits: which wishes to let go, so that something is left."""

from collections.abc import Iterable, Sequence
from enum import StrEnum


def give_way[Item, Wish: StrEnum](
    candidates: Iterable[tuple[Item, frozenset[Wish]]], order: Sequence[Wish]
) -> tuple[list[Item], tuple[Wish, ...]]:
    """Return the candidates that are left when as little as possible is let go, and what that is.

    Each candidate comes with the wishes it does not meet. A wish later in `order` is let go only
    when letting go all earlier ones together would not leave anything.
    """
    candidates = list(candidates)
    if not candidates:
        return [], ()
    # Twice the cost at each step: a wish costs more than all earlier ones together.
    cost = {wish: 2**step for step, wish in enumerate(order)}
    relaxed = min((failed for _, failed in candidates), key=lambda failed: sum(cost[w] for w in failed))
    return [item for item, failed in candidates if failed <= relaxed], tuple(
        wish for wish in order if wish in relaxed
    )
