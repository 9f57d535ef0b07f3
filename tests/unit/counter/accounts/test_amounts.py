"""Amounts are read and written as people do, to the cent."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter.accounts.amounts import in_euros, parse_euros


@pytest.mark.parametrize(
    ("cents", "written"),
    [(0, "0"), (150000, "1.500"), (125050, "1.250,50"), (5, "0,05"), (-125050, "-1.250,50")],
)
def test_cents_are_written_as_euros(cents: int, written: str) -> None:
    assert in_euros(cents) == written


@pytest.mark.parametrize(
    ("typed", "cents"),
    [
        ("1250", 125000),
        (" € 1.250,50 ", 125050),
        ("1250,-", 125000),
        ("12,5", None),
        ("1.25", None),
        ("-5", None),
        ("", None),
        ("veel", None),
        ("99999999", None),
    ],
)
def test_what_somebody_typed_is_an_amount_or_nothing(typed: str, cents: int | None) -> None:
    assert parse_euros(typed) == cents


@given(st.integers(0, 999_999_999))
def test_what_is_written_is_read_as_the_same(cents: int) -> None:
    assert parse_euros(in_euros(cents)) == cents
