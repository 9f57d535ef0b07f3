"""Nobody's past is asked for, in whatever words."""

import json
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter.open_hiring.principle import Principle, load_principle

WORDS: list[str] = json.loads(
    resources.files("counter.open_hiring").joinpath("principle.json").read_text(encoding="utf-8")
)["refused"]


@pytest.fixture(scope="module")
def principle() -> Principle:
    return load_principle()


@given(word=st.sampled_from(WORDS), sentence=st.sampled_from(["{}", "je hebt een {}.", "Graag {}, en snel"]))
def test_every_word_on_the_list_is_found_in_any_sentence(
    principle: Principle, word: str, sentence: str
) -> None:
    plain = word.replace("*", "")
    assert principle.asks_for_past(sentence.format(plain)) == plain
    assert principle.asks_for_past(sentence.format(plain).upper()) == plain.upper()


@pytest.mark.parametrize(
    "text",
    [
        "je hebt een mbo-diploma",
        "minimaal 2 jaar werkervaring",
        "stuur je CV",
        "een sollicitatiebrief",
        "stuur een brief",
        "na een kennismakingsgesprek",
        "we doen een interview",
        "vanaf 18 jaar",
        "je bent jonger dan 25",
        "leeftijd tot 30",
        "twee referenties",
        "een VOG",
        "afgeronde opleiding",
    ],
)
def test_a_diploma_letter_interview_experience_age_or_reference_is_refused(
    principle: Principle, text: str
) -> None:
    assert principle.asks_for_past(text) is not None


@pytest.mark.parametrize(
    "text",
    [
        "je kunt 10 kilo tillen",
        "je kunt 4 uur staan",
        "je mag op een heftruck rijden",
        "je kunt brieven sorteren",
        "geen ervaring nodig",
        "zonder diploma",
        "je kunt Nederlands lezen",
    ],
)
def test_what_the_work_itself_needs_is_not(principle: Principle, text: str) -> None:
    assert principle.asks_for_past(text) is None
