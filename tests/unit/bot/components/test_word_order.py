"""How likely a word is after another."""

import math

import pytest
from components.word_order import EDGE, WordOrder
from hypothesis import given
from hypothesis import strategies as st

SENTENCES = [["ik", "zoek", "een", "baan"], ["ik", "zoek", "werk"], ["een", "vouscher"]]
ORDER = WordOrder.of(SENTENCES, ["zaandam"])
WORDS = sorted({word for sentence in SENTENCES for word in sentence} | {"zaandam", EDGE})


@given(st.sampled_from([*WORDS, "onbekend", "xqzw"]))
def test_after_any_word_no_more_than_one_word_follows(first: str) -> None:
    assert sum(math.exp(ORDER.log_probability(first, second)) for second in WORDS) <= 1


@pytest.mark.parametrize(
    ("likelier", "less_likely"),
    [
        (("ik", "zoek"), ("ik", "werk")),  # seen one after the other
        (("ik", "werk"), ("ik", "fiets")),  # seen anywhere
        (("ik", "zaandam"), ("ik", "fiets")),  # a name of the lists
        (("ik", "fiets"), ("ik", "kowalski")),  # in the dictionary
        (("ik", "xqz"), ("ik", "xqzw")),  # a longer name is one of more
        ((EDGE, "ik"), (EDGE, "werk")),  # at the start of a sentence
        (("werk", EDGE), ("ik", EDGE)),  # at its end
    ],
)
def test_what_was_seen_is_likelier(likelier: tuple, less_likely: tuple) -> None:
    assert ORDER.log_probability(*likelier) > ORDER.log_probability(*less_likely)


def test_only_words_that_are_surely_right_are_sure() -> None:
    assert {"zoek", "baan", "zaandam"} <= ORDER.sure
    assert "vouscher" not in ORDER.sure
    assert ORDER.is_known("vouscher")
    assert not ORDER.is_known("xqzw")


def test_a_restored_one_counts_the_same() -> None:
    again = WordOrder.restore(ORDER.state())
    assert again.log_probability("ik", "zoek") == ORDER.log_probability("ik", "zoek")
    assert again.sure == ORDER.sure
