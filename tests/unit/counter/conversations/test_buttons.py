"""Who types what a button says has pressed it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter.conversations.buttons import typed

BUTTONS = (
    {"title": "Open hiring", "payload": "/open_hiring_plaatsen"},
    {"title": "Adviseur zoekt mee", "payload": "/advies"},
    {"title": "Ja", "payload": "/bevestigen"},
    {"title": "Nee, iets wijzigen", "payload": "/ontkennen"},
)


@pytest.mark.parametrize(
    ("text", "payload"),
    [
        ("Open hiring", "/open_hiring_plaatsen"),
        ("graag via open hiring!", "/open_hiring_plaatsen"),
        ("opne hiring", "/open_hiring_plaatsen"),
        ("doe maar adviseur zoekt mee", "/advies"),
        ("ja", "/bevestigen"),
        ("nee iets wijzigen", "/ontkennen"),
        ("nee", None),
        ("jas", None),
        ("wat is open hiring", None),
        ("ik zoek open hiring in Hoorn", None),
        ("?!", None),
        ("", None),
    ],
)
def test_words_around_the_choice_and_one_slip_do_not_matter(text: str, payload: str | None) -> None:
    assert typed(text, BUTTONS) == payload


def test_a_title_on_several_cards_is_no_choice() -> None:
    cards = [{"title": "Aanmelden", "payload": f"/aanmelden{{{number}}}"} for number in range(3)]
    assert typed("aanmelden", cards) is None
    assert typed("aanmelden", cards[:1]) == "/aanmelden{0}"


@given(title=st.text(min_size=1, max_size=20).filter(lambda title: any(map(str.isalnum, title))))
def test_every_title_typed_as_it_stands_is_its_button(title: str) -> None:
    assert typed(title, [{"title": title, "payload": "/x"}]) == "/x"
