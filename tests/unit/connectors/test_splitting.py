"""Long text is broken where it hurts least, and nothing of it is lost."""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from connectors.splitting import length, shorten, split

unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
TEXTS = st.text(st.sampled_from("ab.!? \n\t😀é"), max_size=300)


def without_space(text: str) -> str:
    return re.sub(r"\s", "", text)


@unhurried
@given(text=TEXTS, limit=st.integers(4, 60), last=st.integers(4, 60))
def test_every_piece_fits_and_together_they_are_the_text(text: str, limit: int, last: int) -> None:
    last = min(last, limit)
    pieces = split(text, limit, last=last)
    assert all(piece.strip() and length(piece) <= limit for piece in pieces)
    assert not pieces or length(pieces[-1]) <= last
    assert without_space("".join(pieces)) == without_space(text)
    assert split(text, limit, last=last) == pieces


@unhurried
@given(text=TEXTS.filter(lambda text: length(text.strip()) <= 60))
def test_what_fits_is_left_as_it_is(text: str) -> None:
    assert split(text, 60) == ([text.strip()] if text.strip() else [])


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("Een alinea hier.\n\nNog een.\nEn meer.", ["Een alinea hier.", "Nog een.\nEn meer."]),
        ("Een regel is dit.\nNog een. En meer.", ["Een regel is dit.", "Nog een. En meer."]),
        ("Een zin is dit hier. Nog een zin.", ["Een zin is dit hier.", "Nog een zin."]),
        ("zonder enige punt loopt dit door", ["zonder enige punt loopt", "dit door"]),
        ("donaudampfschifffahrtsgesellschaft", ["donaudampfschifffahrtsges", "ellschaft"]),
        ("Ja. " + "z" * 30, ["Ja.", "z" * 25, "z" * 5]),
    ],
)
def test_a_text_breaks_between_paragraphs_then_lines_then_sentences_then_words(
    text: str, pieces: list[str]
) -> None:
    assert split(text, 25) == pieces


def test_the_last_piece_can_be_shorter_and_holds_what_belongs_together() -> None:
    text = "Dit is de uitleg. Die is lang.\n\nWat wil je doen? Kies maar."
    assert split(text, 100, last=30) == ["Dit is de uitleg. Die is lang.", "Wat wil je doen? Kies maar."]
    assert split(text, 100, last=12) == [
        "Dit is de uitleg. Die is lang.\n\nWat wil je doen?",
        "Kies maar.",
    ]


def test_an_emoji_counts_double_and_is_never_broken() -> None:
    assert length("😀") == 2
    assert split("😀😀😀", 3) == ["😀", "😀", "😀"]
    assert split("😀😀😀", 5) == ["😀😀", "😀"]


@unhurried
@given(text=st.text(st.sampled_from("abc ,-😀"), min_size=1, max_size=60), limit=st.integers(5, 24))
def test_what_is_shortened_fits(text: str, limit: int) -> None:
    text = " ".join(text.split())
    short = shorten(text, limit)
    assert length(short) <= limit
    assert short == text or short.endswith("…")


def test_a_title_is_shortened_at_a_word() -> None:
    assert shorten("Werken in de zorg", 24) == "Werken in de zorg"
    assert shorten("Ik wil mijn diploma laten erkennen", 24) == "Ik wil mijn diploma…"
    assert shorten("Arbeidsongeschiktheidsverzekering", 24) == "Arbeidsongeschiktheidsv…"
