"""Which words may have been meant by what was typed."""

import pytest
from components.slips import meant_by, two_slips
from hypothesis import given
from hypothesis import strategies as st

WORDS = st.text("abcdefghijklmnopqrstuvwxyz", min_size=2, max_size=12)


def chance_of(meant: str, typed: str) -> float:
    return max((chance for chance, words in meant_by(typed) if meant in words), default=0.0)


@given(WORDS, st.data())
def test_whatever_slip_was_made_the_word_is_found(word: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(word) - 2))
    slip = data.draw(
        st.sampled_from(
            [
                word[:at] + word[at + 1] + word[at] + word[at + 2 :],  # changed places
                word[:at] + word[at + 1 :],  # one too few
                word[:at] + word[at] + word[at:],  # twice
                word[:at] + "q" + word[at + 1 :],  # another letter
                word[:at] + "q" + word[at:],  # one too many
            ]
        )
    )
    assert chance_of(word, slip) > 0


@given(WORDS)
def test_two_slips_are_less_likely_than_a_common_one(typed: str) -> None:
    assert all(0 < chance < 1 for chance, _ in meant_by(typed))
    assert 0 < two_slips(typed) < chance_of(typed[1::-1] + typed[2:], typed)


@pytest.mark.parametrize(
    ("meant", "likelier", "less_likely"),
    [
        ("baan", "baam", "baak"),  # the key beside it, or one across the keyboard
        ("lassen", "lasssen", "laxssen"),  # twice the same key, or a stray one
        ("cursus", "crusus", "cjrsus"),
    ],
)
def test_some_slips_are_likelier_than_others(meant: str, likelier: str, less_likely: str) -> None:
    assert chance_of(meant, likelier) > chance_of(meant, less_likely) > 0


def test_two_slips_are_not_found_as_one() -> None:
    assert chance_of("cursus", "kurrsus") == 0
