"""Moments, opening hours and waits in words; an editor writes the words in `words.toml`."""

import tomllib
from datetime import date, datetime, time, timedelta
from functools import cache
from importlib import resources
from itertools import groupby
from typing import Any

from counter.calendar import local_date, local_moment
from counter.opening.model import DAYS_OF_A_WEEK, Office, Period, Span

_MINUTES_AN_HOUR = 60


@cache
def _words(section: str) -> dict[str, Any]:
    source = resources.files("counter.opening").joinpath("words.toml")
    words: dict[str, Any] = tomllib.loads(source.read_text(encoding="utf-8"))[section]
    return words


def moment_in_words(moment: datetime, now: datetime) -> str:
    """Return a coming moment as people say it now: "morgen om 9 uur"."""
    there = local_moment(moment)
    day, clock_time = _day(there.date(), local_date(now)), _time(there.time())
    return _filled("tijd", "moment", dag=day, tijd=clock_time)


def time_in_words(moment: datetime) -> str:
    """Return the time of day of a moment: "17 uur"."""
    return _filled("tijd", "klok", tijd=_time(local_moment(moment).time()))


def period_in_words(period: Period, now: datetime) -> str:
    """Return a coming part of a day as people say it now: "dinsdag 1 december tussen 9 en 10 uur"."""
    day = _day(local_date(period.start), local_date(now))
    return _filled("tijd", "tussen", dag=day, **_times(period))


def period_on_a_button(period: Period, now: datetime) -> str:
    """Return a coming part of a day in few letters: "dinsdag 9-10 uur"."""
    day, today = local_date(period.start), local_date(now)
    if day - today < timedelta(days=DAYS_OF_A_WEEK):
        return _filled("tijd", "knop", dag=_soon(day, today) or _name(day), **_times(period))
    return _filled("tijd", "knop_verder", nummer=day.day, maand=_month(day), **_times(period))


def as_soon_as_possible() -> str:
    """Return what a button says for who wants to be called at any moment."""
    return _filled("bellen", "zodra")


def another_moment() -> str:
    """Return what a button says for who wants to see other moments."""
    return _filled("bellen", "ander")


def week_in_words(office: Office) -> tuple[str, ...]:
    """Return when an office is open, a line for days in a row with the same hours."""
    runs = groupby(enumerate(office.week), key=lambda day: day[1])
    return tuple(_run_in_words([number for number, _ in run], spans) for spans, run in runs if spans)


def wait_in_words(minutes: int) -> str:
    """Return a rounded wait in words: "ongeveer een kwartier"."""
    words = _words("wachten")
    if str(minutes) in words:
        return str(words[str(minutes)])
    return _filled("wachten", "langer", uren=minutes // _MINUTES_AN_HOUR)


def _day(day: date, today: date) -> str:
    further = {"naam": _name(day), "nummer": day.day, "maand": _month(day)}
    return _soon(day, today) or _filled("dag", "verder", **further)


def _soon(day: date, today: date) -> str:
    near = {0: "vandaag", 1: "morgen"}.get((day - today).days)
    return _filled("dag", near) if near else ""


def _name(day: date) -> str:
    return str(_words("dag")["namen"][day.weekday()])


def _month(day: date) -> str:
    return str(_words("dag")["maanden"][day.month - 1])


def _times(period: Period) -> dict[str, str]:
    start, end = local_moment(period.start), local_moment(period.end)
    return {"van": _time(start.time()), "tot": _time(end.time())}


def _time(clock_time: time) -> str:
    form = "minuten" if clock_time.minute else "heel"
    return _filled("tijd", form, uur=clock_time.hour, minuut=f"{clock_time.minute:02}")


def _run_in_words(days: list[int], spans: tuple[Span, ...]) -> str:
    names = [_words("dag")["namen"][day] for day in (days[0], days[-1])]
    row = _filled("week", "dagen", eerste=names[0], laatste=names[1]) if len(days) > 1 else names[0]
    times = (_filled("week", "tijden", van=_time(span.start), tot=_time(span.end)) for span in spans)
    return _filled("week", "open", dagen=row, tijden=_words("week")["en"].join(times))


def _filled(section: str, name: str, **values: object) -> str:
    text: str = _words(section)[name]
    return text.format(**values)
