"""Working days of the Dutch public service."""

from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

_HERE = ZoneInfo("Europe/Amsterdam")
_SATURDAY, _SUNDAY = 5, 6


# When an answer that is due on a day must be there, by the clock in the Netherlands.
CLOSING_TIME = time(17)


def closing_of(day: date) -> datetime:
    """Return the moment the counter closes on this day."""
    return moment_at(day, CLOSING_TIME)


def moment_at(day: date, clock_time: time) -> datetime:
    """Return the moment it is this time on this day, by the clock in the Netherlands.

    A time that the clock skips in spring counts from the hour before; one it shows twice in
    autumn is the first.
    """
    return datetime.combine(day, clock_time, _HERE).astimezone(UTC)


def local_date(moment: datetime) -> date:
    """Return the day it is in the Netherlands at this moment."""
    return local_moment(moment).date()


def local_moment(moment: datetime) -> datetime:
    """Return this moment by the clock in the Netherlands."""
    return moment.astimezone(_HERE)


def written(day: date) -> str:
    """Return a day as people write it: `7-12-2026`."""
    return f"{day.day}-{day.month}-{day.year}"


def easter(year: int) -> date:
    """Return Easter Sunday (the anonymous Gregorian algorithm)."""
    golden = year % 19
    century, of_century = divmod(year, 100)
    leap_centuries, centuries_over = divmod(century, 4)
    correction = (century - (century + 8) // 25 + 1) // 3
    full_moon = (19 * golden + century - leap_centuries - correction + 15) % 30
    leap_years, years_over = divmod(of_century, 4)
    to_sunday = (32 + 2 * centuries_over + 2 * leap_years - full_moon - years_over) % 7
    late = (golden + 11 * full_moon + 22 * to_sunday) // 451
    month, day = divmod(full_moon + to_sunday - 7 * late + 114, 31)
    return date(year, month, day + 1)


@cache
def public_holidays(year: int) -> frozenset[date]:
    """Return the days that count as public holidays (Algemene termijnenwet, article 3)."""
    sunday = easter(year)
    birthday = date(year, 4, 27)
    if birthday.weekday() == _SUNDAY:
        birthday -= timedelta(days=1)
    around_easter = (-2, 1, 39, 50)  # Good Friday, Easter Monday, Ascension Day, Whit Monday
    return frozenset(
        {
            date(year, 1, 1),
            birthday,
            date(year, 5, 5),
            date(year, 12, 25),
            date(year, 12, 26),
            *(sunday + timedelta(days=days) for days in around_easter),
        }
    )


def months_after(day: date, months: int) -> date:
    """Return the same day this many months later, or the last day of a month that is too short."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def last_day_to_object(decided_on: date) -> date:
    """Return the last day to object to a decision made known on this day: six weeks later.

    The term begins the day after (Algemene wet bestuursrecht, articles 6:7 and 6:8), and one that would end
    in a weekend or on a holiday ends on the next day that is neither (Algemene termijnenwet, article 1).
    """
    day = decided_on + timedelta(weeks=6)
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def is_working_day(day: date) -> bool:
    """Say whether the counter works on this day."""
    return day.weekday() < _SATURDAY and day not in public_holidays(day.year)


def working_days_after(day: date, count: int) -> date:
    """Return the working day that is `count` working days later; `day` itself never counts."""
    while count:
        day += timedelta(days=1)
        count -= is_working_day(day)
    return day
