"""What people hear about their wait comes from real waits, and is never better than those."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter.opening.waiting import MIN_WAITS, Wait, expected_minutes

WAITS = st.lists(
    st.builds(Wait, place=st.integers(1, 30), minutes=st.integers(0, 600)), min_size=MIN_WAITS, max_size=25
)


def waits(*figures: tuple[int, int]) -> list[Wait]:
    return [Wait(place=place, minutes=minutes) for place, minutes in figures]


def test_with_few_figures_nothing_is_promised() -> None:
    assert expected_minutes(waits((1, 5), (2, 10), (3, 15), (4, 20)), 1) is None


@pytest.mark.parametrize(("place", "minutes"), [(1, 5), (2, 10), (3, 15), (5, 30), (12, 60), (30, 180)])
def test_a_wait_grows_with_the_place_in_line(place: int, minutes: int) -> None:
    assert expected_minutes(waits((1, 5), (2, 10), (3, 15), (4, 20), (6, 30)), place) == minutes


def test_one_forgotten_referral_makes_nobody_despair() -> None:
    assert expected_minutes(waits((1, 4), (1, 5), (2, 9), (2, 10), (1, 4), (2, 3000)), 1) == 5


def test_who_waits_further_on_than_anybody_did_waits_longer() -> None:
    assert expected_minutes(waits(*[(1, 10)] * 5), 3) == 30


@given(WAITS, st.integers(1, 50))
def test_a_later_place_never_waits_shorter(figures: list[Wait], place: int) -> None:
    here, further = expected_minutes(figures, place), expected_minutes(figures, place + 1)
    assert here is not None
    assert further is not None
    assert 5 <= here <= further


@given(st.lists(st.builds(Wait, place=st.just(1), minutes=st.integers(0, 600)), min_size=5, max_size=25))
def test_at_least_half_of_those_before_waited_no_longer_than_is_told(figures: list[Wait]) -> None:
    told = expected_minutes(figures, 1)
    assert told is not None
    assert sum(wait.minutes <= told for wait in figures) * 2 >= len(figures)
