"""A long text is cut where a reader pauses, and nothing of it is lost."""

from hypothesis import given
from hypothesis import strategies as st

from connectors.splitting import split, utf16_units

TEXTS = st.text(st.sampled_from("ab.!? \n😀é\u00a0") | st.characters(exclude_categories=["Cs"]), max_size=300)


def pieces(text: str, limit: int) -> list[str]:
    return [text[start:end] for start, end in split(text, limit, utf16_units)]


@given(TEXTS, st.integers(min_value=2, max_value=60))
def test_nothing_is_lost_but_space_between_pieces(text: str, limit: int) -> None:
    places = split(text, limit, utf16_units)
    position = 0
    for start, end in places:
        assert text[position:start].strip() == ""
        assert position <= start < end
        position = end
    assert text[position:].strip() == ""


@given(TEXTS, st.integers(min_value=2, max_value=60))
def test_every_piece_has_words_and_fits_as_telegram_counts(text: str, limit: int) -> None:
    for piece in pieces(text, limit):
        assert piece == piece.strip()
        assert 0 < len(piece.encode("utf-16-le")) // 2 <= limit


@given(TEXTS)
def test_a_text_that_fits_stays_whole(text: str) -> None:
    assert pieces(text, 1000) == ([text.strip()] if text.strip() else [])


@given(st.lists(st.text(st.sampled_from("abc"), min_size=1, max_size=8), min_size=1, max_size=30))
def test_a_word_that_fits_is_never_cut(words: list[str]) -> None:
    assert " ".join(pieces(" ".join(words), 8)).split() == words


def test_it_is_cut_after_a_paragraph_otherwise_a_sentence_otherwise_a_word() -> None:
    assert pieces("Een. Twee.\n\nDrie. Vier.", 20) == ["Een. Twee.", "Drie. Vier."]
    assert pieces("Een twee. Drie vier vijf", 18) == ["Een twee.", "Drie vier vijf"]
    assert pieces("Zei hij: “Nee.” En ging.", 18) == ["Zei hij: “Nee.”", "En ging."]
    assert pieces("- een ding\n- nog een ding", 18) == ["- een ding", "- nog een ding"]
    assert pieces("een twee drie", 9) == ["een twee", "drie"]
    assert pieces("een twee drie", 8) == ["een twee", "drie"]
    assert pieces("lettergrepen", 5) == ["lette", "rgrep", "en"]


def test_a_character_of_two_units_is_never_cut() -> None:
    assert pieces("😀😀😀", 3) == ["😀", "😀", "😀"]
