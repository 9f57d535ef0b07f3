"""What was said, without JavaScript: text with its links for a page, and a conversation as a text file."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from markupsafe import Markup

from counter.calendar import local_moment
from counter.conversations.model import Message, Sender

# A [title](address) as our editors write it, or a bare web address; as the chat's links.js has it.
_LINK = re.compile(r"\[([^\]\n]+)\]\(([^\s()]+)\)|https?://[^\s<>\"]+")
_CLOSING_PUNCTUATION = ".,;:!?)]'’”"
# "//host" and "/\host" are other sites in disguise.
_SAFE = re.compile(r"https?://|/(?![/\\])", re.IGNORECASE)
# Programs get the passport by their token; a browser without JavaScript has a cookie, for its own page.
_PASSPORT = re.compile(r"^/api/conversations/[^/]+/passport")
_PASSPORT_PAGE = "/gesprek/paspoort"
# The person's own pages ask for a visit, which the conversation begins.
_OWN_PAGES = re.compile(r"^/mijn(?:/([a-z/-]+))?$")

SENDERS: Mapping[Sender, str] = {
    Sender.PERSON: "Jij",
    Sender.BOT: "Noor",
    Sender.COACH: "Coach",
    Sender.SYSTEM: "Bericht van het loket",
}


def sender_of(message: Message) -> str:
    """Return who said this: a coach by name, and that it is a human; all others by what they are."""
    name = message.content.author
    return f"{name} (mens van het loket)" if name else SENDERS[message.sender]


def safe_address(address: str) -> str:
    """Return the address when it is an ordinary web page or a page of ours; otherwise nothing."""
    if not _SAFE.match(address):
        return ""
    if own := _OWN_PAGES.match(address):
        return f"/gesprek/mijn?naar={own[1]}" if own[1] else "/gesprek/mijn"
    return _PASSPORT.sub(_PASSPORT_PAGE, address)


def with_links(text: str) -> Markup:
    """Return a text as HTML with its links made clickable; all else in it stays the text it is."""
    done, position = Markup(), 0
    for match in _LINK.finditer(text):
        done += text[position : match.start()]
        title, address = match.groups()
        if address is None:
            title = address = match.group().rstrip(_CLOSING_PUNCTUATION)
            position = match.start() + len(title)
        else:
            position = match.end()
        href = safe_address(address)
        done += Markup('<a href="{}">{}</a>').format(href, title) if href else match.group()
    return done + text[position:]


def as_text(messages: Sequence[Message], *, made_at: datetime) -> str:
    """Return a conversation as a text file: who said what, and when."""
    lines = [f"Je gesprek met Noor. Gemaakt op {moment_in_words(made_at)}."]
    for message in messages:
        said = [message.content.text, *(line for card in message.content.cards for line in card_lines(card))]
        words = "\n".join(filter(None, said))
        if words:
            lines.append(f"{sender_of(message)}, {moment_in_words(message.at)}:\n{words}")
    return "\n\n".join(lines) + "\n"


def card_lines(card: Mapping[str, Any]) -> Iterator[str]:
    """Yield the words of a card, line by line; some are empty."""
    yield from (card.get(part, "") for part in ("title", "subtitle", "text"))
    yield from (f"{fact['label']}: {fact['value']}" for fact in card.get("facts", ()))
    yield (card.get("link") or {}).get("url", "")


def moment_in_words(moment: datetime) -> str:
    """Write a moment the Dutch way, by the clock in the Netherlands."""
    local = local_moment(moment)
    return f"{local.day}-{local.month}-{local.year} om {local:%H.%M} uur"
