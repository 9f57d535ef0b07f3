"""The rules of logging in: how long who guesses waits, which passwords are hard to guess."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter.staff.model import (
    FREE_TRIES,
    LONGEST_WAIT,
    PasswordFault,
    UnsuitableUsernameError,
    check_username,
    normalise_password,
    normalise_username,
    password_fault,
    wait_after,
)


@given(st.integers(min_value=0, max_value=10**9))
def test_who_guesses_once_more_never_waits_shorter_nor_for_ever(failures: int) -> None:
    assert timedelta(0) <= wait_after(failures) <= wait_after(failures + 1) <= LONGEST_WAIT


def test_who_mistypes_a_few_times_waits_for_nothing() -> None:
    assert wait_after(FREE_TRIES - 1) == timedelta(0)
    assert wait_after(FREE_TRIES) > timedelta(0)


@pytest.mark.parametrize(
    ("password", "fault"),
    [
        ("drie losse woorden", None),
        ("12 tekens!!x", None),
        ("11 tekens!!", PasswordFault.TOO_SHORT),
        ("x" * 201, PasswordFault.TOO_LONG),
        ("SANNE-van-Haarlem", PasswordFault.HOLDS_NAME),
        ("aaaaaaaaaaaaaaa", PasswordFault.REPEATS),
    ],
)
def test_length_counts_and_signs_do_not(password: str, fault: PasswordFault | None) -> None:
    assert password_fault(password, username="sanne") is fault


def test_one_letter_typed_on_two_keyboards_is_one_letter() -> None:
    assert normalise_password("caf\N{LATIN SMALL LETTER E WITH ACUTE}") == normalise_password(
        "cafe\N{COMBINING ACUTE ACCENT}"
    )


@pytest.mark.parametrize("username", ["s", "Sanne", "met spatie", "-sanne", "x" * 41, "sanne@uwv", "é1", ""])
def test_a_name_that_is_hard_to_type_is_refused(username: str) -> None:
    with pytest.raises(UnsuitableUsernameError):
        check_username(username)


@pytest.mark.parametrize("username", ["sanne", "s.de-boer_2", "x" * 40])
def test_a_plain_name_is_fine(username: str) -> None:
    check_username(username)


def test_a_phone_that_begins_with_a_capital_does_no_harm() -> None:
    assert normalise_username(" Sanne ") == "sanne"
