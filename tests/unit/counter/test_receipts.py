"""Receipt numbers: read aloud, typed sloppily, found again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter.receipts import ALPHABET, Kind, new_number, normalise_number

kinds = st.sampled_from(["V", "H", "C", "B", "M"])


@given(kinds)
def test_a_number_is_its_own_normal_form(kind: Kind) -> None:
    number = new_number(kind)
    assert number.startswith(f"{kind}-")
    assert normalise_number(number) == number


@given(kinds, st.sampled_from(["", " ", "-", " - "]))
def test_a_number_is_found_however_it_is_typed(kind: Kind, separator: str) -> None:
    number = new_number(kind)
    typed = number.lower().replace("-", separator).replace("1", "l").replace("0", "o")
    assert normalise_number(f"  {typed} ") == number


@pytest.mark.parametrize("text", ["", "V-7KQ4", "X-7KQ4-M2XR", "V-7KU4-M2XR", "V-7KQ4-M2XR-1", "7KQ4-M2XR"])
def test_what_was_never_issued_is_not_a_number(text: str) -> None:
    assert normalise_number(text) is None


def test_the_alphabet_has_no_letters_people_misread() -> None:
    assert len(set(ALPHABET)) == 32
    assert not set("ILOU") & set(ALPHABET)
