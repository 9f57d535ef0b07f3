"""Codes of an app: right in their half minute and beside it, once; and codes on paper."""

from datetime import UTC, datetime, timedelta

import pyotp
import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter.staff.second_factor import (
    address_of,
    hash_recovery_code,
    is_secret,
    new_recovery_codes,
    new_secret,
    step_of,
)

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
# Of RFC 6238, appendix B: the secret "12345678901234567890".
SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"


def test_the_codes_are_those_of_the_standard() -> None:
    at = datetime.fromtimestamp(1111111109, tz=UTC)
    assert step_of(SECRET, "081804", at=at, used=None) == 1111111109 // 30


@pytest.mark.parametrize(
    ("late", "is_right"), [(-60, False), (-30, True), (0, True), (30, True), (60, False)]
)
def test_a_clock_may_be_half_a_minute_off(late: int, is_right: bool) -> None:  # noqa: FBT001 - an example
    code = pyotp.TOTP(SECRET).at(NOW - timedelta(seconds=late))
    assert (step_of(SECRET, code, at=NOW, used=None) is not None) is is_right


def test_a_code_counts_once_and_an_earlier_one_no_more() -> None:
    totp = pyotp.TOTP(SECRET)
    used = step_of(SECRET, totp.at(NOW), at=NOW, used=None)
    assert used is not None
    assert step_of(SECRET, totp.at(NOW), at=NOW, used=used) is None
    assert step_of(SECRET, totp.at(NOW - timedelta(seconds=30)), at=NOW, used=used) is None
    assert step_of(SECRET, totp.at(NOW + timedelta(seconds=30)), at=NOW, used=used) == used + 1


def test_spaces_in_a_code_do_no_harm() -> None:
    code = pyotp.TOTP(SECRET).at(NOW)
    assert step_of(SECRET, f" {code[:3]} {code[3:]}", at=NOW, used=None) is not None


@given(st.text(max_size=12))
def test_whatever_is_typed_is_read_without_an_error(typed: str) -> None:
    step_of(SECRET, typed, at=NOW, used=None)
    hash_recovery_code(typed)


def test_codes_on_paper_differ_and_may_be_typed_carelessly() -> None:
    codes = new_recovery_codes()
    assert len(set(codes)) == len(codes) == 10
    assert hash_recovery_code(f" {codes[0].lower().replace('-', ' ')} ") == hash_recovery_code(codes[0])


def test_an_app_reads_whose_code_it_is() -> None:
    address = address_of(SECRET, "sanne")
    assert address.startswith("otpauth://totp/Loket%20Noord-Holland:sanne?secret=")


@pytest.mark.parametrize("text", ["", "kort", "a" * 32, "1" * 32, "A" * 33])
def test_what_is_no_secret_of_ours_is_told_apart(text: str) -> None:
    assert is_secret(new_secret())
    assert not is_secret(text)
