"""Results on pages: how many are shown at once, and which of them somebody points at."""

from collections.abc import Sequence

from bot.actions.turn import Turn
from counter.places.gazetteer import Gazetteer

PAGE = 3
DEFAULT_RADIUS_KM = 25


def chosen(shown: Sequence[str], choice: int) -> str | None:
    """Return what was pointed at: 1 is the first, -1 the last; None when there is no such thing."""
    index = choice - 1 if choice > 0 else choice
    return shown[index] if choice and -len(shown) <= index < len(shown) else None


def place_named(gazetteer: Gazetteer, turn: Turn) -> str | None:
    """Return the place that was named, by its name or its postcode."""
    if "plaats" in turn.entities:
        return str(turn.entities["plaats"])
    place = gazetteer.by_postcode(str(turn.entities.get("postcode", "")))
    return place.name if place else None


def with_distance(place: str, distance_km: float | None) -> str:
    """Return the place, with how far away it is when it is somewhere else."""
    return f"{place} ({distance_km:.0f} km)" if distance_km and distance_km >= 1 else place
