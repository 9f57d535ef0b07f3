"""Working days of the Dutch public service."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter.calendar import easter, is_working_day, local_date, public_holidays, working_days_after


@pytest.mark.parametrize(
    ("year", "day"),
    [
        (2000, date(2000, 4, 23)),
        (2024, date(2024, 3, 31)),
        (2025, date(2025, 4, 20)),
        (2026, date(2026, 4, 5)),
        (2027, date(2027, 3, 28)),
        (2038, date(2038, 4, 25)),
    ],
)
def test_easter_falls_where_the_church_says(year: int, day: date) -> None:
    assert easter(year) == day


def test_the_holidays_of_2026_are_those_of_the_law() -> None:
    assert sorted(public_holidays(2026)) == [
        date(2026, 1, 1),
        date(2026, 4, 3),
        date(2026, 4, 6),
        date(2026, 4, 27),
        date(2026, 5, 5),
        date(2026, 5, 14),
        date(2026, 5, 25),
        date(2026, 12, 25),
        date(2026, 12, 26),
    ]


def test_the_kings_birthday_moves_to_saturday_when_it_is_a_sunday() -> None:
    assert date(2031, 4, 26) in public_holidays(2031)
    assert date(2031, 4, 27) not in public_holidays(2031)


def test_an_answer_after_christmas_takes_the_holidays_into_account() -> None:
    assert working_days_after(date(2026, 12, 24), 1) == date(2026, 12, 28)


def test_an_evening_in_utc_is_the_next_day_here() -> None:
    assert local_date(datetime(2026, 7, 1, 22, 30, tzinfo=UTC)) == date(2026, 7, 2)


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(min_value=1, max_value=30))
def test_working_days_add_up(day: date, count: int) -> None:
    later = working_days_after(day, count)
    assert later > day
    assert is_working_day(later)
    assert working_days_after(working_days_after(day, count), 1) == working_days_after(day, count + 1)
