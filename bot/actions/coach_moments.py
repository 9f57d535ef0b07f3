"""Moments at which a coach can call somebody back: shown as buttons, and recognised in words."""

import re
from collections.abc import Sequence
from datetime import date, datetime, time

from bot.actions.results import chosen
from bot.actions.turn import Turn
from counter.calendar import local_date, local_moment, moment_at
from counter.opening.model import OpeningHours, Period
from counter.opening.wording import another_moment, as_soon_as_possible, period_on_a_button
from counter.places.model import Region

SHOWN = 4
SHOWN_MOMENTS = "coach_momenten"
AS_SOON_AS_POSSIBLE = "zodra"
_HOUR = re.compile(r"\b(?:om\s+(\d{1,2})|(\d{1,2})(?:[.:]\d{2})?\s*(?:uur|u)\b)")
_NOT = re.compile(r"\b(?:niet|geen|nooit)\b")
_NOON, _EARLIEST_HOUR = 12, 7
_MOMENTS_A_DAY = 24

type Button = dict[str, str]


def moments_after(
    opening: OpeningHours, region: Region | None, wanted: datetime, now: datetime, count: int = SHOWN
) -> tuple[Period, ...]:
    """Return the first moments from the one that is wanted on at which a coach can call."""
    return opening.call_back_slots(region, max(now, wanted - opening.call_back_notice), count)


def moments_on(opening: OpeningHours, region: Region | None, day: date, now: datetime) -> tuple[Period, ...]:
    """Return the moments of a day, or else those that come first after it."""
    return moments_after(opening, region, moment_at(day, time.min), now)


def as_buttons(moments: Sequence[Period], now: datetime) -> list[Button]:
    """Return a button for each moment, for as soon as possible, and for those that come after."""
    choices = [
        _button(period_on_a_button(moment, now), "moment", moment.start.isoformat()) for moment in moments
    ]
    later = [_button(another_moment(), "vanaf", moment.end.isoformat()) for moment in moments[-1:]]
    return [*choices, _button(as_soon_as_possible(), "moment", AS_SOON_AS_POSSIBLE), *later]


def moment_meant(
    opening: OpeningHours, region: Region | None, turn: Turn, shown: Sequence[str], now: datetime
) -> str | None:
    """Return the start of the moment that was pressed, pointed at or named by its hour, or None."""
    if "moment" in turn.entities:
        return str(turn.entities["moment"])
    if "keuze" in turn.entities and "datum" not in turn.entities:
        return chosen(shown, turn.entities["keuze"])
    day, hour = _day_meant(turn, shown), hour_named(turn.text)
    if day is None or hour is None:
        return None
    that_day = moments_after(opening, region, moment_at(day, time.min), now, _MOMENTS_A_DAY)
    starts = (moment.start for moment in that_day)
    wanted = (start for start in starts if (local_date(start), local_moment(start).hour) == (day, hour))
    return next((start.isoformat() for start in wanted), None)


def _day_meant(turn: Turn, shown: Sequence[str]) -> date | None:
    """Return the day that was named, else the one of which moments are shown: an hour alone is on it."""
    if "datum" in turn.entities:
        return date.fromisoformat(turn.entities["datum"])
    return local_date(datetime.fromisoformat(shown[0])) if shown else None


def names_a_time(turn: Turn) -> bool:
    """Tell whether a turn is about when to call, whatever intent it resembles."""
    is_named = {"moment", "vanaf", "datum", "keuze"} & turn.entities.keys()
    return bool(is_named) or hour_named(turn.text) is not None


def hour_named(text: str) -> int | None:
    """Return the hour somebody wants; nobody is called at two at night, so "om 2 uur" is 14."""
    found = _HOUR.search(text.lower())
    if found is None or _NOT.search(text.lower()):
        return None
    hour = int(found[1] or found[2])
    return hour + _NOON if hour < _EARLIEST_HOUR else hour


def _button(title: str, entity: str, value: str) -> Button:
    return {"title": title, "payload": f'/coach_terugbellen{{"{entity}":"{value}"}}'}
