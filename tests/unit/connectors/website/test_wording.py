"""Text without JavaScript: links are links, markup is text, and a conversation is a file to keep."""

from datetime import UTC, datetime
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.website.wording import as_text, safe_address, with_links
from counter.conversations.model import Content, Message, MessageState, Sender


class Tags(HTMLParser):
    """Which elements a piece of HTML has, and its text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.hrefs: list[str] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        self.hrefs += [value or "" for name, value in attrs if name == "href"]

    def handle_data(self, data: str) -> None:
        self.text += data


PIECES = ["<b>", "</p>", "<script>", "https://x.nl", "[a](/b)", "[<i>](https://x.nl/)", '"', "'", "&lt;", " "]


@given(st.text() | st.lists(st.sampled_from(PIECES) | st.text(max_size=3)).map("".join))
def test_nothing_anybody_types_becomes_markup(text: str) -> None:
    found = Tags(with_links(text))
    assert found.names <= {"a"}
    assert all(href.lower().startswith(("http://", "https://", "/")) for href in found.hrefs)
    if not found.names:
        assert found.text == text.replace("\r\n", "\n").replace("\r", "\n") or "\x00" in text or "\r" in text


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Kijk op https://uwv.nl.", 'Kijk op <a href="https://uwv.nl">https://uwv.nl</a>.'),
        ("Lees [dit](/privacy) eens", 'Lees <a href="/privacy">dit</a> eens'),
        ("[klik](javascript:alert)", "[klik](javascript:alert)"),
        ("[klik](//kwaad.nl)", "[klik](//kwaad.nl)"),
        ("<b>a & b</b>", "&lt;b&gt;a &amp; b&lt;/b&gt;"),
        ('[<i>](https://x.nl/"x)', '<a href="https://x.nl/&#34;x">&lt;i&gt;</a>'),
    ],
)
def test_only_ordinary_addresses_are_links(text: str, html: str) -> None:
    assert with_links(text) == html


def test_the_passport_is_had_with_the_cookie() -> None:
    assert safe_address("/api/conversations/abc/passport?format=pdf") == "/gesprek/paspoort?format=pdf"


def test_a_conversation_is_a_text_to_keep() -> None:
    at = datetime(2026, 11, 28, 13, 5, tzinfo=UTC)
    card = {
        "title": "Lassen",
        "facts": [{"label": "Plaats", "value": "Zaandam"}],
        "link": {"title": "Meer", "url": "https://x.nl"},
    }
    said = [
        (Sender.PERSON, Content(payload="/groeten")),
        (Sender.PERSON, Content(text="Ik zoek <b>werk</b>")),
        (Sender.BOT, Content(text="Ik vond er een.", cards=(card,))),
        (Sender.COACH, Content(text="Dag, ik bel je morgen.", author="Sanne")),
    ]
    messages = [
        Message(
            id=str(seq),
            seq=seq,
            sender=sender,
            content=content,
            state=MessageState.DONE,
            at=at,
        )
        for seq, (sender, content) in enumerate(said, start=1)
    ]
    assert as_text(messages, made_at=at) == (
        "Je gesprek met Noor. Gemaakt op 28-11-2026 om 14.05 uur.\n\n"
        "Jij, 28-11-2026 om 14.05 uur:\nIk zoek <b>werk</b>\n\n"
        "Noor, 28-11-2026 om 14.05 uur:\nIk vond er een.\nLassen\nPlaats: Zaandam\nhttps://x.nl\n\n"
        "Sanne (mens van het loket), 28-11-2026 om 14.05 uur:\nDag, ik bel je morgen.\n"
    )
