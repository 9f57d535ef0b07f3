"""What is said → the bodies of `POST /<phone number id>/messages`, but for whom they are for.

Shapes: https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/send-messages
"""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from enum import Enum, auto
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from connectors.channel import Part, choice_id
from connectors.splitting import length, shorten, split
from connectors.whatsapp.limits import (
    MAX_BODY,
    MAX_BUTTON_TITLE,
    MAX_BUTTONS,
    MAX_ROW_DESCRIPTION,
    MAX_ROW_TITLE,
    MAX_ROWS,
    MAX_TEXT,
)
from counter.conversations.model import Content, Message

# Signs that make bold, italics and so on in WhatsApp, and what looks like them and does not.
_LOOKALIKES = {"*": "∗", "_": "＿", "~": "∼", "`": "ˋ"}
# One within a word does nothing; one at the edge of a word does, if there is another on the line.
_AT_AN_EDGE = {
    sign: re.compile(rf"(?<![^\W_]){re.escape(sign)}|{re.escape(sign)}(?![^\W_])") for sign in _LOOKALIKES
}
_LINKS = re.compile(r"(\S*(?:://|www\.|@)\S*)")


class Shape(Enum):
    """How choices are shown."""

    NONE = auto()
    BUTTONS = auto()
    LIST = auto()
    NUMBERS = auto()


def shape_of(content: Content) -> Shape:
    """Return how the choices of this message are shown: what does not fit the rest, becomes numbers."""
    titles = [_title(choice) for choice in content.choices]
    if not titles:
        return Shape.NONE
    if _can_stand_apart(titles, MAX_BUTTONS) and all(length(title) <= MAX_BUTTON_TITLE for title in titles):
        return Shape.BUTTONS
    # What is shortened in the title of a row stands whole below it.
    short = [shorten(title, MAX_ROW_TITLE) for title in titles]
    if _can_stand_apart(short, MAX_ROWS) and all(length(title) <= MAX_ROW_DESCRIPTION for title in titles):
        return Shape.LIST
    return Shape.NUMBERS


def render(message: Message, home: str = "") -> list[Part]:
    """Return the parts of a message; `home` is where the counter's own pages are, if that is known."""
    content = message.content
    shape = shape_of(content)
    text = "\n\n".join(_blocks(content, home, numbered=shape is Shape.NUMBERS))
    if shape in {Shape.NONE, Shape.NUMBERS}:
        return [_part("text", {"body": piece}) for piece in split(text, MAX_TEXT)]
    *before, body = split(text or words()["vraag"], MAX_TEXT, last=MAX_BODY)
    choices = [
        (choice_id(message.seq, index), _title(choice)) for index, choice in enumerate(content.choices)
    ]
    interactive = _buttons(body, choices) if shape is Shape.BUTTONS else _list(body, choices)
    return [*(_part("text", {"body": piece}) for piece in before), _part("interactive", interactive)]


def template(name: str, language: str) -> Part:
    """Return the part that asks somebody to write to us; the words stand at Meta, who approved them."""
    return _part("template", {"name": name, "language": {"policy": "deterministic", "code": language}})


def plain(text: str) -> str:
    """Return the text so that WhatsApp shows it as it is; addresses are left alone."""
    return "\n".join(_plain_line(line) for line in text.split("\n"))


@cache
def words() -> Mapping[str, str]:
    """Return what people read around choices."""
    return tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))


def _part(kind: str, content: Mapping[str, Any]) -> Part:
    return {"messaging_product": "whatsapp", "recipient_type": "individual", "type": kind, kind: content}


def _buttons(body: str, choices: Sequence[tuple[str, str]]) -> dict[str, Any]:
    buttons = [{"type": "reply", "reply": {"id": id_, "title": title}} for id_, title in choices]
    return {"type": "button", "body": {"text": body}, "action": {"buttons": buttons}}


def _list(body: str, choices: Sequence[tuple[str, str]]) -> dict[str, Any]:
    rows = [
        {"id": id_, "title": short}
        if (short := shorten(title, MAX_ROW_TITLE)) == title
        else {"id": id_, "title": short, "description": title}
        for id_, title in choices
    ]
    sections = [{"title": words()["deel"], "rows": rows}]
    return {
        "type": "list",
        "body": {"text": body},
        "action": {"button": words()["lijst"], "sections": sections},
    }


def _blocks(content: Content, home: str, *, numbered: bool) -> Iterator[str]:
    """Return what there is to read; each card's own choices stand below it."""
    if content.text.strip():
        yield plain(content.text.strip())
    # As in `Content.choices`: the message's own come first, wherever they are shown.
    numbers = count(1)
    own = [_numbered(next(numbers), button) for button in content.buttons]
    for card in content.cards:
        lines = list(_card(card, home))
        if numbered:
            lines += [_numbered(next(numbers), button) for button in card.get("buttons") or ()]
        if lines:
            yield "\n".join(lines)
    if numbered:
        yield "\n".join([*own, words()["nummer"]])


def _card(card: Mapping[str, Any], home: str) -> Iterator[str]:
    if title := _one_line(card.get("title")):
        yield f"*{plain(title).replace('*', _LOOKALIKES['*'])}*"
    for key in ("subtitle", "text"):
        if text := str(card.get(key) or "").strip():
            yield plain(text)
    for fact in card.get("facts") or ():
        yield plain(f"{_one_line(fact.get('label'))}: {_one_line(fact.get('value'))}")
    link = card.get("link") or {}
    if url := _absolute(str(link.get("url") or ""), home):
        yield f"{plain(_one_line(link.get('title')))}: {url}"


def _absolute(url: str, home: str) -> str | None:
    """Return the address as it can be opened from a phone, or None when it cannot."""
    if urlsplit(url).scheme in {"http", "https"}:
        return url
    # Under /api/ only the website itself has the key.
    is_page = url.startswith("/") and not url.startswith(("//", "/api/"))
    return home.rstrip("/") + url if home and is_page else None


def _numbered(number: int, choice: Mapping[str, str]) -> str:
    return f"{number}. {plain(_title(choice))}"


def _title(choice: Mapping[str, str]) -> str:
    return _one_line(choice.get("title"))


def _one_line(text: object) -> str:
    return " ".join(str(text or "").split())


def _can_stand_apart(titles: Sequence[str], most: int) -> bool:
    """Tell whether these can be pressed: not too many, none empty, and no two the same."""
    return len(titles) <= most and all(titles) and len({title.casefold() for title in titles}) == len(titles)


def _plain_line(line: str) -> str:
    if line.lstrip().startswith(">"):  # a quotation
        line = line.replace(">", "›", 1)
    # Every second piece is an address.
    pieces = _LINKS.split(line)
    for sign, pattern in _AT_AN_EDGE.items():
        if sum(len(pattern.findall(piece)) for piece in pieces[::2]) > 1:
            pieces[::2] = [pattern.sub(_LOOKALIKES[sign], piece) for piece in pieces[::2]]
    return "".join(pieces)
