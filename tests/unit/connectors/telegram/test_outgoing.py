"""What Noor says reads well in Telegram, fits, and can be pressed."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import InlineKeyboardMarkup, MessageEntity

from connectors.channel import Part, choice_id, parse_choice
from connectors.telegram.limits import MAX_CALLBACK_DATA, MAX_TEXT
from connectors.telegram.outgoing import render_message
from counter.conversations.model import Content, Message, MessageState, Sender

SITE = "https://loket.example"


def parts_of(site: str | None = SITE, **content: Any) -> list[Part]:
    message = Message(
        id="b1",
        seq=7,
        sender=Sender.BOT,
        content=Content(**content),
        state=MessageState.DONE,
        at=datetime(2026, 5, 4, tzinfo=UTC),
    )
    return render_message(message, site=site)


def button(title: str) -> dict[str, str]:
    return {"title": title, "payload": f"/{title.lower()}"}


def keyboard(part: Part) -> list[tuple[str, str | None]]:
    """Return title and target of each button, from top to bottom."""
    markup = part.get("reply_markup", InlineKeyboardMarkup([]))
    return [
        (each.text, str(each.callback_data or each.url)) for row in markup.inline_keyboard for each in row
    ]


def marked(part: Part) -> list[tuple[str, str, str | None]]:
    """Return what is marked, how, and where it leads."""
    units = part["text"].encode("utf-16-le")
    return [
        (
            units[2 * mark.offset : 2 * (mark.offset + mark.length)].decode("utf-16-le"),
            str(mark.type),
            mark.url,
        )
        for mark in part.get("entities", ())
    ]


def test_words_are_words_whatever_is_in_them() -> None:
    assert parts_of(text="1 < 2 & *niet* _vet_ <b>") == [{"text": "1 < 2 & *niet* _vet_ <b>"}]


def test_nothing_said_is_nothing_sent() -> None:
    assert parts_of(text=" \n ") == []


def test_every_choice_is_a_button_that_carries_its_id() -> None:
    (part,) = parts_of(text="Kies", buttons=(button("Ja"), button("Nee")))
    assert keyboard(part) == [("Ja", "7:0"), ("Nee", "7:1")]


def test_a_card_has_its_title_in_bold_its_facts_and_its_link() -> None:
    card = {
        "title": "Lassen 😀",
        "subtitle": "mbo 2",
        "text": "Je leert lassen.",
        "facts": [{"label": "Plaats", "value": "Zaandam"}, {"label": "Duur", "value": "10 weken"}],
        "link": {"title": "Naar de aanbieder", "url": "https://www.voorbeeld.nl/lassen"},
        "buttons": [button("Meer")],
    }
    (part,) = parts_of(text="😀 Dit vond ik:", cards=(card,))
    assert part["text"] == (
        "😀 Dit vond ik:\n\nLassen 😀\nmbo 2\nJe leert lassen.\nPlaats: Zaandam\nDuur: 10 weken"
    )
    assert marked(part) == [("Lassen 😀", "bold", None)]
    assert keyboard(part) == [("Meer", "7:0"), ("Naar de aanbieder", "https://www.voorbeeld.nl/lassen")]


def test_the_buttons_of_each_card_stand_below_that_card() -> None:
    cards = tuple({"title": name, "buttons": [button("Meer")]} for name in ("Een", "Twee", "Drie"))
    parts = parts_of(text="Kies", cards=cards, buttons=(button("Anders"),))
    assert [part["text"] for part in parts] == ["Kies\n\nEen", "Twee", "Drie"]
    # The reception counts the message's own buttons first, then those of its cards.
    assert [keyboard(part) for part in parts] == [
        [("Meer", "7:1")],
        [("Meer", "7:2")],
        [("Meer", "7:3"), ("Anders", "7:0")],
    ]


def test_cards_without_buttons_are_one_message() -> None:
    parts = parts_of(text="Dit weet ik:", cards=({"title": "Een"}, {"title": "Twee"}))
    assert [part["text"] for part in parts] == ["Dit weet ik:\n\nEen\n\nTwee"]
    assert [text for text, _, _ in marked(parts[0])] == ["Een", "Twee"]


def test_buttons_without_words_get_words() -> None:
    (part,) = parts_of(buttons=(button("Ja"), button("Nee")))
    assert part["text"] == "Ja\nNee"


@pytest.mark.parametrize(
    ("address", "site", "leads_to"),
    [
        ("https://loonwijzer.nl", SITE, "https://loonwijzer.nl"),
        ("/privacy", SITE, "https://loket.example/privacy"),
        ("/privacy", None, None),
        ("/privacy", "http://localhost:8000", None),
        ("/api/conversations/g1/passport?format=pdf", SITE, None),
        ("//elders.example", SITE, None),
        ("/\\elders.example", SITE, None),
        ("http://localhost/", SITE, None),
        ("javascript:alert", SITE, None),
        ("http://[", SITE, None),
    ],
)
def test_only_a_link_that_opens_from_a_chat_is_one(
    address: str, site: str | None, leads_to: str | None
) -> None:
    (words,) = parts_of(site, text=f"Kijk op [deze pagina]({address}).")
    assert words["text"] == "Kijk op deze pagina."
    assert marked(words) == ([("deze pagina", "text_link", leads_to)] if leads_to else [])
    (card,) = parts_of(site, cards=({"title": "Kaart", "link": {"title": "Lees meer", "url": address}},))
    assert keyboard(card) == ([("Lees meer", leads_to)] if leads_to else [])


def test_the_keyboard_stands_below_the_last_part_of_a_long_text() -> None:
    parts = parts_of(text="Dit is een zin. " * 600, buttons=(button("Ja"),))
    assert len(parts) == 3
    assert [bool(keyboard(part)) for part in parts] == [False, False, True]
    assert all(part["text"].endswith("zin.") for part in parts)


LONG = st.lists(st.text(max_size=40), min_size=1, max_size=40).map(lambda texts: "😀 ".join(texts * 20))


@given(LONG, LONG)
def test_nothing_is_lost_of_a_long_message_and_every_part_fits(text: str, title: str) -> None:
    parts = parts_of(text=text, cards=({"title": title, "buttons": [button("Meer")]},))
    sent = "".join("".join(part["text"].split()) for part in parts)
    whole = Content(text=text)
    plain = "".join(part["text"] for part in parts_of(text=whole.text))
    assert sent == "".join(plain.split()) + "".join(title.split())
    for part in parts:
        assert 0 < len(part["text"].encode("utf-16-le")) // 2 <= MAX_TEXT
    bold = "".join(text for part in parts for text, kind, _ in marked(part) if kind == MessageEntity.BOLD)
    assert "".join(bold.split()) == "".join(title.split())


@given(st.integers(min_value=1, max_value=999_999_999), st.integers(min_value=0, max_value=999))
def test_what_a_button_carries_fits_and_is_read_back(seq: int, index: int) -> None:
    assert len(choice_id(seq, index).encode()) <= MAX_CALLBACK_DATA
    assert parse_choice(choice_id(seq, index)) == (seq, index)
