import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from benchmarks.nlu.typos import NEIGHBOURS, SHORTEST_WORD, misspell

SENTENCE = "Ik zoek een avondcursus elektrotechniek in Alkmaar"


def misspelled(text: str, seed: int = 1) -> str:
    return misspell(text, random.Random(seed))  # noqa: S311 - no secret


def test_every_longer_word_gets_a_typo_and_every_shorter_one_is_left_alone() -> None:
    for word, mistyped in zip(SENTENCE.split(), misspelled(SENTENCE).split(), strict=True):
        assert (mistyped != word) == (len(word) >= SHORTEST_WORD), word


def test_the_same_seed_gives_the_same_typos_and_another_seed_gives_others() -> None:
    assert misspelled(SENTENCE, seed=7) == misspelled(SENTENCE, seed=7)
    assert misspelled(SENTENCE, seed=7) != misspelled(SENTENCE, seed=8)


@pytest.mark.parametrize(
    "text",
    [
        "1506AB",
        "V-2025-KLMN7P",
        "0612345678",
        "mbo4",
        "voornaam.achternaam@voorbeeld.nl",
        "https://voorbeeld.nl/cursussen",
        "www.voorbeeld.nl",
    ],
)
def test_what_people_copy_is_left_alone(text: str) -> None:
    assert misspelled(text) == text


def test_a_word_without_two_different_letters_still_gets_a_typo() -> None:
    assert all(misspelled("aaaa", seed) != "aaaa" for seed in range(50))


def test_letters_without_a_key_of_their_own_are_never_mistyped_for_another() -> None:
    assert all(set(misspelled("éééé", seed)) == {"é"} for seed in range(50))


def test_all_four_kinds_of_typos_are_made() -> None:
    lengths = [len(misspelled("lasser", seed)) for seed in range(200)]
    same_letters = [sorted(misspelled("lasser", seed)) == sorted("lasser") for seed in range(200)]
    assert set(lengths) == {5, 6, 7}
    assert any(same_letters)
    assert any(not same for same, length in zip(same_letters, lengths, strict=True) if length == 6)


def test_a_capital_stays_a_capital_where_a_neighbouring_key_is_hit() -> None:
    first = {misspelled("ZZZZ", seed) for seed in range(50)}
    assert all(text == text.upper() for text in first)


def test_keys_are_neighbours_of_each_other() -> None:
    assert len(NEIGHBOURS) == 26
    assert all(key in NEIGHBOURS[other] for key, others in NEIGHBOURS.items() for other in others)


@given(st.text(), st.integers())
def test_no_text_is_too_strange_and_white_space_stays(text: str, seed: int) -> None:
    assert re.findall(r"\s+", misspelled(text, seed)) == re.findall(r"\s+", text)


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz", min_size=SHORTEST_WORD), st.integers())
def test_a_word_gets_one_typo_only(word: str, seed: int) -> None:
    assert OSA.distance(word, misspelled(word, seed)) == 1
