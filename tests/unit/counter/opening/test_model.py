"""When a counter is open, and when it can call back; laws hold across the clock changes of a year."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter.opening.model import Office, OpeningHours, Period, Span
from counter.places.model import Region

MONDAY = date(2026, 11, 30)
NINE_TO_FIVE = (Span(start=time(9), end=time(17)),)
REGION = Region.GROOT_AMSTERDAM


def here(day: date, hour: int, minute: int = 0) -> datetime:
    """Return a moment of a winter day, by the clock in the Netherlands."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC) - timedelta(hours=1)


def hours(*week: tuple[Span, ...], days: dict[date, tuple[Span, ...]] | None = None) -> OpeningHours:
    office = Office(
        name="Loket",
        address="Voorbeeldplein 1",
        phone="023 555 01 23",
        week=week or (*5 * (NINE_TO_FIVE,), (), ()),
        days=days or {},
    )
    return OpeningHours(general=office, offices={REGION: office}, call_back_notice=timedelta(hours=1))


def test_a_counter_opens_on_the_minute_and_is_closed_on_the_closing_minute() -> None:
    opening = hours()
    assert not opening.is_open(REGION, here(MONDAY, 8, 59))
    assert opening.is_open(REGION, here(MONDAY, 9))
    assert opening.closing(REGION, here(MONDAY, 9)) == here(MONDAY, 17)
    assert not opening.is_open(REGION, here(MONDAY, 17))
    assert opening.closing(REGION, here(MONDAY, 17)) is None


def test_who_comes_on_saturday_hears_of_monday() -> None:
    saturday = MONDAY - timedelta(days=2)
    assert hours().next_opening(REGION, here(saturday, 12)) == here(MONDAY, 9)
    assert hours().next_opening(REGION, here(MONDAY, 12)) == here(MONDAY, 12)


def test_nine_oclock_is_nine_oclock_in_summer_and_in_winter() -> None:
    assert hours().next_opening(None, datetime(2026, 7, 6, tzinfo=UTC)) == datetime(2026, 7, 6, 7, tzinfo=UTC)
    assert hours().next_opening(None, datetime(2026, 12, 7, tzinfo=UTC)) == datetime(
        2026, 12, 7, 8, tzinfo=UTC
    )


def test_a_holiday_is_closed_unless_the_counter_says_otherwise() -> None:
    good_friday = date(2027, 3, 26)
    noon = datetime(2027, 3, 26, 11, tzinfo=UTC)
    assert not hours().is_open(REGION, noon)
    assert hours(days={good_friday: NINE_TO_FIVE}).is_open(REGION, noon)


def test_an_own_closing_day_is_closed() -> None:
    opening = hours(days={MONDAY: ()})
    assert opening.next_opening(REGION, here(MONDAY, 10)) == here(MONDAY + timedelta(days=1), 9)


def test_who_lives_outside_the_regions_has_the_general_counter() -> None:
    opening = hours()
    assert opening.office(None) is opening.general
    assert opening.office(Region.GOOI_VECHTSTREEK) is opening.general


def test_call_backs_skip_lunch_and_leave_coaches_time_to_know() -> None:
    with_lunch = (Span(start=time(9), end=time(12, 30)), Span(start=time(13), end=time(15)))
    slots = hours(*7 * (with_lunch,)).call_back_slots(REGION, here(MONDAY, 9, 30), 4)
    starts = [here(MONDAY, 11), here(MONDAY, 13), here(MONDAY, 14), here(MONDAY + timedelta(days=1), 9)]
    assert slots == tuple(Period(start=start, end=start + timedelta(hours=1)) for start in starts)


def test_a_counter_that_never_has_an_hour_offers_no_call_back() -> None:
    half_an_hour = (Span(start=time(9), end=time(9, 30)),)
    assert hours(*7 * (half_an_hour,)).call_back_slots(REGION, here(MONDAY, 9), 3) == ()


def test_the_night_the_clock_goes_forward_has_an_hour_less() -> None:
    night = (Span(start=time(1), end=time(2, 30)), Span(start=time(3), end=time(5)))
    sunday = datetime(2027, 3, 28, tzinfo=UTC)
    counted = hours(*7 * (night,)).opening_minutes_between(
        None, sunday - timedelta(hours=1), sunday.replace(hour=3)
    )
    assert counted == 60 + 120


def test_a_wait_over_the_night_counts_opening_minutes_alone() -> None:
    tuesday = MONDAY + timedelta(days=1)
    assert hours().opening_minutes_between(REGION, here(MONDAY, 16, 50), here(tuesday, 9, 5)) == 15


@pytest.mark.parametrize("week", [(), 6 * (NINE_TO_FIVE,), 7 * ((),)])
def test_an_office_is_open_on_a_day_of_a_whole_week(week: tuple[tuple[Span, ...], ...]) -> None:
    with pytest.raises(ValueError, match="seven days"):
        Office(name="a", address="b", phone="c", week=week, days={})


def test_a_span_cannot_end_before_it_starts() -> None:
    with pytest.raises(ValueError, match="no time"):
        Span(start=time(17), end=time(9))


@st.composite
def spans(draw: st.DrawFn) -> tuple[Span, ...]:
    """Draw a day: up to three spans on five minutes, also at night, in order and apart."""
    marks = draw(st.lists(st.integers(0, 287), max_size=6, unique=True).map(sorted))
    times = [time(mark // 12, mark % 12 * 5) for mark in marks]
    return tuple(Span(start=a, end=b) for a, b in zip(times[::2], times[1::2], strict=False))


WEEKS = st.lists(spans(), min_size=7, max_size=7).filter(any).map(lambda week: hours(*week))
# From a quiet week to one with a clock change, a holiday or the turn of the year in it.
MOMENTS = st.one_of(
    st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC)),  # noqa: DTZ001 - Hypothesis adds the zone
    st.datetimes(datetime(2027, 3, 27), datetime(2027, 3, 29), timezones=st.just(UTC)),  # noqa: DTZ001
    st.datetimes(datetime(2026, 10, 24), datetime(2026, 10, 26), timezones=st.just(UTC)),  # noqa: DTZ001
)
LATER = st.timedeltas(timedelta(0), timedelta(days=9))


@given(WEEKS, MOMENTS)
def test_it_is_open_at_the_next_opening_and_never_before(opening: OpeningHours, at: datetime) -> None:
    found = opening.next_opening(REGION, at)
    assert found >= at
    assert opening.is_open(REGION, found)
    assert opening.is_open(REGION, at) == (found == at)
    assert opening.opening_minutes_between(REGION, at, found) == 0


@given(WEEKS, MOMENTS)
def test_it_is_closed_at_closing_or_the_next_span_begins_right_there(
    opening: OpeningHours, at: datetime
) -> None:
    closing = opening.closing(REGION, at)
    assert (closing is not None) == opening.is_open(REGION, at)
    if closing is not None:
        assert closing > at
        assert opening.is_open(REGION, closing - timedelta(microseconds=1))


@given(WEEKS, MOMENTS, st.integers(0, 8))
def test_a_call_back_lies_within_opening_and_in_time(
    opening: OpeningHours, at: datetime, wanted: int
) -> None:
    slots = opening.call_back_slots(REGION, at, wanted)
    assert len(slots) <= wanted
    for slot in slots:
        assert slot.end - slot.start == timedelta(hours=1)
        assert slot.start >= at + opening.call_back_notice
        assert opening.opening_minutes_between(REGION, slot.start, slot.end) == 60
    assert all(earlier.end <= later.start for earlier, later in pairwise(slots))


@given(WEEKS, MOMENTS, LATER, LATER)
def test_minutes_of_parts_add_up_to_those_of_the_whole(
    opening: OpeningHours, at: datetime, first: timedelta, second: timedelta
) -> None:
    middle, end = at + first, at + first + second
    parts = [
        opening.opening_minutes_between(REGION, at, middle),
        opening.opening_minutes_between(REGION, middle, end),
    ]
    assert opening.opening_minutes_between(REGION, at, end) == sum(parts)
    assert 0 <= parts[0] <= first / timedelta(minutes=1) + 1
    assert opening.opening_minutes_between(REGION, end, at) == 0
