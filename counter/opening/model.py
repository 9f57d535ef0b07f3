"""When the counters are open: hours by the clock in the Netherlands, asked in UTC; no framework."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import count, islice, takewhile

from counter.calendar import local_date, moment_at, public_holidays
from counter.places.model import Region

DAYS_OF_A_WEEK = 7

# A call-back further ahead than this is no help; a counter that closes over Christmas opens within it.
_CALL_BACK_HORIZON = timedelta(days=28)
_CALL_BACK_LENGTH = timedelta(hours=1)


@dataclass(frozen=True, kw_only=True)
class Span:
    """A part of a day; `end` itself is no longer part of it.

    Raises:
        ValueError: it ends before it starts.
    """

    start: time
    end: time

    def __post_init__(self) -> None:
        if self.start >= self.end:
            message = f"a span from {self.start} to {self.end} contains no time"
            raise ValueError(message)


@dataclass(frozen=True, kw_only=True)
class Period:
    """The time from one moment up to another, in UTC."""

    start: datetime
    end: datetime


@dataclass(frozen=True, kw_only=True)
class Office:
    """The counter of a region: where it is, and when it is open.

    `week` has the spans of each day from Monday on; `days` those of single dates, which count
    before the week and before public holidays: none on a day that it is closed.

    Raises:
        ValueError: the week has another number of days, or is never open.
    """

    name: str
    address: str
    phone: str
    week: tuple[tuple[Span, ...], ...]
    days: Mapping[date, tuple[Span, ...]]

    def __post_init__(self) -> None:
        if len(self.week) != DAYS_OF_A_WEEK or not any(self.week):
            message = "a week has seven days, and a counter is open on one of them"
            raise ValueError(message)

    def spans(self, day: date) -> tuple[Span, ...]:
        """Return when it is open on this day."""
        if day in self.days:
            return self.days[day]
        return () if day in public_holidays(day.year) else self.week[day.weekday()]


@dataclass(frozen=True, kw_only=True)
class OpeningHours:
    """When the counter of each region is open; `general` counts for who lives elsewhere, or did not say."""

    general: Office
    offices: Mapping[Region, Office]
    call_back_notice: timedelta
    """How long before a call-back coaches know of it."""
    is_sample: bool = False

    def office(self, region: Region | None) -> Office:
        """Return the counter of this region."""
        return self.offices.get(region, self.general) if region else self.general

    def is_open(self, region: Region | None, at: datetime) -> bool:
        """Tell whether the region's counter is open at this moment."""
        return self.closing(region, at) is not None

    def closing(self, region: Region | None, at: datetime) -> datetime | None:
        """Return when the region's counter, open at this moment, closes; None when it is closed."""
        opening = next(self._openings(region, at))
        return opening.end if opening.start <= at else None

    def next_opening(self, region: Region | None, at: datetime) -> datetime:
        """Return the first moment from this one on at which the region's counter is open."""
        return max(at, next(self._openings(region, at)).start)

    def call_back_slots(self, region: Region | None, at: datetime, wanted: int) -> tuple[Period, ...]:
        """Return the next hours in which a coach can call back, asked for at this moment.

        Fewer than are wanted when the coming weeks have no more.
        """
        earliest = at + self.call_back_notice
        openings = takewhile(
            lambda opening: opening.start < earliest + _CALL_BACK_HORIZON, self._openings(region, earliest)
        )
        hours = (hour for opening in openings for hour in _hours_of(opening) if hour.start >= earliest)
        return tuple(islice(hours, wanted))

    def opening_minutes_between(self, region: Region | None, a: datetime, b: datetime) -> int:
        """Return how many minutes the region's counter is open from one moment to another.

        Seconds do not count, so that minutes of parts add up to those of the whole.
        """
        since, until = a.replace(second=0, microsecond=0), b.replace(second=0, microsecond=0)
        if until <= since:
            return 0
        openings = takewhile(lambda opening: opening.start < until, self._openings(region, since))
        open_time = (min(opening.end, until) - max(opening.start, since) for opening in openings)
        return sum(open_time, timedelta()) // timedelta(minutes=1)

    def is_call_back_slot(self, region: Region | None, slot: Period, at: datetime) -> bool:
        """Tell whether a coach can call back in this period, asked for at this moment."""
        earliest = max(at, slot.start - self.call_back_notice)
        return slot in self.call_back_slots(region, earliest, 1)

    def _openings(self, region: Region | None, since: datetime) -> Iterator[Period]:
        """Yield, in order, the periods in which the counter is open that end after this moment."""
        office, today = self.office(region), local_date(since)
        for days in count():
            day = today + timedelta(days=days)
            yield from (opening for opening in _openings_on(office, day) if opening.end > since)


def _openings_on(office: Office, day: date) -> Iterator[Period]:
    """Yield when an office is open on this day; spans that touch the hour the clock skips never overlap."""
    reached = moment_at(day, time.min)
    for span in office.spans(day):
        start = max(reached, moment_at(day, span.start))
        reached = max(reached, moment_at(day, span.end))
        if start < reached:
            yield Period(start=start, end=reached)


def _hours_of(opening: Period) -> Iterator[Period]:
    """Yield the whole hours of a period, from its start."""
    start = opening.start
    while (end := start + _CALL_BACK_LENGTH) <= opening.end:
        yield Period(start=start, end=end)
        start = end
