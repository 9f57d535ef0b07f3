"""From what a website holds to plain text: without tags, without marks, of a bearable length."""

import re
from html.parser import HTMLParser

# What stands within these is for a browser, not for people.
_UNREAD = frozenset({"script", "style", "template", "iframe", "object", "noscript"})
# Without a space in their place, two paragraphs would read as one word.
_BREAKING = frozenset({"br", "p", "div", "li", "ul", "ol", "tr", "td", "h1", "h2", "h3", "h4", "h5", "h6"})
# Markdown, as OOAPI allows in descriptions: headings, bullets, emphasis and links.
_MARKS = re.compile(r"^\s{0,3}(?:#{1,6}|[-*+>])\s+|\*{1,3}|`+|(?<!\w)_{1,3}|_{1,3}(?!\w)", re.MULTILINE)
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_LOOKS_LIKE_MARKUP = re.compile(r"<[a-zA-Z/!]|&(?:#\d+|#x[0-9a-fA-F]+|\w+);")


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._unread = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        del attrs
        self._unread += tag in _UNREAD
        if tag in _BREAKING:
            self.parts.append(" ")

    def handle_endtag(self, tag: str) -> None:
        self._unread = max(0, self._unread - (tag in _UNREAD))
        if tag in _BREAKING:
            self.parts.append(" ")

    def handle_data(self, data: str) -> None:
        if not self._unread:
            self.parts.append(data)


def plain(text: str) -> str:
    """Return a text without tags and marks, in one line."""
    text = _MARKS.sub(" ", _LINK.sub(r"\1", text))
    if _LOOKS_LIKE_MARKUP.search(text):
        reader = _Text()
        reader.feed(text)
        reader.close()
        text = "".join(reader.parts)
    return " ".join(text.split())


def shortened(text: str, maximum: int) -> str:
    """Return at most so many characters of a text, cut at a word, with a mark where it was cut."""
    if len(text) <= maximum:
        return text
    return text[: maximum - 1].rsplit(" ", 1)[0].rstrip(" ,;:-") + "…"
