"""A message → what `telegram.Bot.send_message` takes, one part a message in the chat.

Marks instead of HTML: nothing has to be escaped, so no text can break the message.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin, urlsplit

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, MessageEntity

from connectors.channel import Part, choice_id
from connectors.splitting import length, split
from connectors.telegram.limits import MAX_MARKS, MAX_TEXT
from counter.conversations.model import Message

# A [title](address) as our editors write it; a bare address becomes a link in Telegram itself.
_LINK = re.compile(r"\[([^\]\n]+)\]\(([^\s()]+)\)")
# Before the title of a button that was pressed: a chat shows nothing else of what somebody chose.
PRESSED = "✓ "


@dataclass(frozen=True, kw_only=True)
class Mark:
    """Something about the characters from `start` to `end`: bold, or a link when there is a `url`."""

    start: int
    end: int
    url: str | None = None


@dataclass
class Block:
    """Text with its marks, and the buttons that belong below it."""

    text: str = ""
    marks: list[Mark] = field(default_factory=list)
    buttons: list[InlineKeyboardButton] = field(default_factory=list)

    def write(self, text: str) -> None:
        """Add plain text."""
        self.text += text

    def write_bold(self, text: str) -> None:
        """Add text in bold."""
        self.marks.append(Mark(start=len(self.text), end=len(self.text) + len(text)))
        self.text += text

    def write_link(self, title: str, url: str) -> None:
        """Add a title that is a link."""
        self.marks.append(Mark(start=len(self.text), end=len(self.text) + len(title), url=url))
        self.text += title

    def join(self, other: "Block", *, gap: str) -> None:
        """Add another block below this one, with this gap between them."""
        if self.text and other.text:
            self.text += gap
        shift = len(self.text)
        self.text += other.text
        self.marks += [Mark(start=m.start + shift, end=m.end + shift, url=m.url) for m in other.marks]
        self.buttons += other.buttons


def render_message(message: Message, *, site: str | None = None) -> list[Part]:
    """Return the parts of a message; `site` is where people find pages such as `/privacy`, if they can."""
    parts: list[Part] = []
    for block in _blocks(message, site):
        pieces = list(_pieces(block.text))
        parts += [{"text": block.text[start:end], **_marks(block, start, end)} for start, end in pieces]
        if block.buttons and pieces:
            keyboard = InlineKeyboardMarkup([[button] for button in block.buttons])
            parts[-1] = {**parts[-1], "reply_markup": keyboard}
    return parts


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """Yield where each piece of a text begins and ends that fits in one message."""
    end = 0
    for piece in split(text, MAX_TEXT):
        start = text.index(piece, end)
        end = start + len(piece)
        yield start, end


def mark_pressed(keyboard: InlineKeyboardMarkup, data: str) -> InlineKeyboardMarkup:
    """Return the keyboard with a mark on the button that carries `data`, and on no other."""

    def shown(button: InlineKeyboardButton) -> InlineKeyboardButton:
        if button.callback_data is None:
            return button
        title = button.text.removeprefix(PRESSED)
        return InlineKeyboardButton(
            PRESSED + title if button.callback_data == data else title, callback_data=button.callback_data
        )

    return InlineKeyboardMarkup([[shown(button) for button in row] for row in keyboard.inline_keyboard])


def _blocks(message: Message, site: str | None) -> Iterator[Block]:
    """Yield what is one message in Telegram: a card's buttons stand below that card, not below them all."""
    content = message.content
    choices = iter(_choices(message))
    own = [next(choices) for _ in content.buttons]
    block = _words(content.text, site)
    for card in content.cards:
        if block.buttons:
            yield block
            block = Block()
        buttons = [next(choices) for _ in card.get("buttons", ())]
        block.join(_card(card, buttons, site), gap="\n\n")
    block.buttons += own
    if block.buttons and not block.text.strip():
        # Telegram sends no buttons without words.
        block.write("\n".join(button.text for button in block.buttons))
    yield block


def _choices(message: Message) -> Iterator[InlineKeyboardButton]:
    """Yield a button for each choice, in the order by which the reception knows them."""
    for index, choice in enumerate(message.content.choices):
        yield InlineKeyboardButton(choice["title"], callback_data=choice_id(message.seq, index))


def _card(card: Mapping[str, Any], buttons: Sequence[InlineKeyboardButton], site: str | None) -> Block:
    block = Block()
    block.write_bold(card.get("title", ""))
    facts = "\n".join(f"{fact['label']}: {fact['value']}" for fact in card.get("facts", ()))
    for text in (card.get("subtitle"), card.get("text"), facts):
        block.join(_words(text or "", site), gap="\n")
    block.buttons += buttons
    match card.get("link"):
        case {"title": str(title), "url": str(address)} if url := _reachable(address, site):
            block.buttons.append(InlineKeyboardButton(title, url=url))
    return block


def _words(text: str, site: str | None) -> Block:
    """Return a text with its links."""
    block, position = Block(), 0
    for link in _LINK.finditer(text):
        block.write(text[position : link.start()])
        title, address = link.groups()
        if url := _reachable(address, site):
            block.write_link(title, url)
        else:
            block.write(title)
        position = link.end()
    block.write(text[position:])
    return block


def _reachable(address: str, site: str | None) -> str | None:
    """Return the whole address of a page that can be opened from a chat, or None."""
    if re.match(r"/(?![/\\])", address):
        if site is None or address.startswith("/api/"):
            # What stands below /api is for the website's own chat, which has a key to it.
            return None
        address = urljoin(site, address)
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    # Telegram refuses the whole message for a button to "localhost".
    return address if parts.scheme in {"http", "https"} and "." in (parts.hostname or "") else None


def _marks(block: Block, start: int, end: int) -> dict[str, list[MessageEntity]]:
    """Return the marks within a piece, counted as Telegram counts: in UTF-16 units."""

    def units(first: int, last: int) -> int:
        return length(block.text[first:last])

    entities = []
    for mark in block.marks:
        first, last = max(mark.start, start), min(mark.end, end)
        if first < last:
            kind = MessageEntity.TEXT_LINK if mark.url else MessageEntity.BOLD
            entities.append(MessageEntity(kind, units(start, first), units(first, last), url=mark.url))
    return {"entities": entities[:MAX_MARKS]} if entities else {}
