"""What is a KVK number and what is the name of a firm."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter.employers.model import MAX_NAME_LENGTH, parse_firm_name, parse_kvk_number

eight_digits = st.integers(min_value=0, max_value=99_999_999).map(lambda number: f"{number:08d}")


@given(
    eight_digits, st.sampled_from(["{}", "kvk {}", "ons nummer is {}.", "KvK-nummer: {}, van de bakkerij"])
)
def test_eight_digits_are_a_kvk_number_whatever_stands_around_them(number: str, sentence: str) -> None:
    assert parse_kvk_number(sentence.format(number)) == number


@pytest.mark.parametrize("written", ["12 34 56 78", "1234 5678", "12.345.678", "12 345 678"])
def test_a_kvk_number_may_be_grouped(written: str) -> None:
    assert parse_kvk_number(f"het is {written}") == "12345678"


@given(st.from_regex(r"[0-9]{1,7}|[0-9]{9,14}", fullmatch=True))
def test_a_number_of_another_length_is_no_kvk_number(digits: str) -> None:
    assert parse_kvk_number(digits) is None


@pytest.mark.parametrize(
    "text",
    [
        "0612345678",
        "06 12345678",
        "06-12345678",
        "06 12 34 56 78",
        "075 123 45 67",
        "+31612345678",
        "+31 6 12345678",
        "111222333",
        "111 222 333",
        "000012345678",
        "12345678-1",
        "12-12-2026",
        "1506 AB",
        "12345678 of 87654321",
        "Bakkerij Jansen",
        "",
    ],
)
def test_a_phone_number_a_bsn_or_two_numbers_are_no_kvk_number(text: str) -> None:
    assert parse_kvk_number(text) is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("  Bakkerij   Jansen ", "Bakkerij Jansen"),
        ("'t Hoekje", "'t Hoekje"),
        ("3D Zaken B.V.", "3D Zaken B.V."),
        ("Van der Meer & Zn.", "Van der Meer & Zn."),
        ("x", None),
        ("?!", None),
        ("<script>alert(1)</script>", None),
        ("a" * (MAX_NAME_LENGTH + 1), None),
    ],
)
def test_the_name_of_a_firm_is_short_and_has_letters(text: str, name: str | None) -> None:
    assert parse_firm_name(text) == name
