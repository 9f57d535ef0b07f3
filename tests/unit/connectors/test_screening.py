"""What people may send: cleaned, and refused before it is stored when it must not be kept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.nl import bsn

from connectors.screening import MAX_CHARACTERS, Refusal, clean, refusal

valid_bsns = (
    st.integers(min_value=10_000_000, max_value=999_999_999).map(lambda n: f"{n:09d}").filter(bsn.is_valid)
)


@given(valid_bsns, st.sampled_from(["{}", "mijn bsn is {}.", "{} en mijn naam is Jan", "bsn:{}"]))
def test_a_number_that_passes_the_elfproef_is_never_kept(number: str, sentence: str) -> None:
    assert refusal(sentence.format(number)) is Refusal.BSN


@pytest.mark.parametrize("written", ["111.222.333", "111 222 333", "111-222-333"])
def test_a_bsn_is_recognised_however_people_group_it(written: str) -> None:
    assert refusal(f"hier is hij: {written}") is Refusal.BSN


@pytest.mark.parametrize(
    "iban", ["NL91ABNA0417164300", "nl91 abna 0417 1643 00", "DE89 3704 0044 0532 0130 00"]
)
def test_a_bank_account_is_never_kept(iban: str) -> None:
    assert refusal(f"mijn rekening is {iban} alsjeblieft") is Refusal.IBAN


@pytest.mark.parametrize(
    "text",
    [
        "1506 AB",
        "0612345678",
        "06-12 34 56 78",
        "+31 6 1234 5678",
        "075 - 123 45 67",
        "V-7KQ4-M2XR",
        "mijn kvk nummer is 12345678",
        "123456789",
        "ik ben geboren op 01-02-1980",
        "",
    ],
)
def test_what_the_counter_asks_for_passes(text: str) -> None:
    assert refusal(text) is None


def test_a_very_long_text_is_refused_and_the_longest_allowed_is_not() -> None:
    assert refusal("a" * MAX_CHARACTERS) is None
    assert refusal("a" * (MAX_CHARACTERS + 1)) is Refusal.TOO_LONG


@given(st.text())
def test_a_clean_text_can_be_stored_everywhere(text: str) -> None:
    cleaned = clean(text)
    cleaned.encode("utf-8")
    assert "\0" not in cleaned
    assert cleaned == cleaned.strip()
    assert clean(cleaned) == cleaned


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  hoi\r\ndaar  ", "hoi\ndaar"),
        ("ho\0i", "hoi"),
        ("مرحبا 👋", "مرحبا 👋"),
        ("<b>Jan</b>", "<b>Jan</b>"),
        ("\n\t ", ""),
    ],
)
def test_only_what_nobody_can_read_is_removed(typed: str, kept: str) -> None:
    assert clean(typed) == kept
