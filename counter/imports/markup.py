"""What a web page holds: its JSON-LD, and its text without marks."""

from html.parser import HTMLParser
from typing import override

# Between what stands in these, people see a break.
_BREAKING = frozenset({"p", "br", "li", "ul", "ol", "div", "h1", "h2", "h3", "h4", "h5", "h6", "tr"})
_UNREAD = frozenset({"script", "style"})


class _Scripts(HTMLParser):
    """Gathers the JSON-LD of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._is_within = False

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        kind = (dict(attrs).get("type") or "").partition(";")[0].strip().lower()
        self._is_within = tag == "script" and kind == "application/ld+json"
        if self._is_within:
            self.found.append("")

    @override
    def handle_data(self, data: str) -> None:
        if self._is_within:
            self.found[-1] += data

    @override
    def handle_endtag(self, tag: str) -> None:
        self._is_within = False


class _Text(HTMLParser):
    """Gathers what people read of a piece of HTML."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._unread = 0

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._unread += tag in _UNREAD
        if tag in _BREAKING:
            self.parts.append("\n")

    @override
    def handle_endtag(self, tag: str) -> None:
        self._unread -= tag in _UNREAD and self._unread > 0
        if tag in _BREAKING:
            self.parts.append("\n")

    @override
    def handle_data(self, data: str) -> None:
        if not self._unread:
            self.parts.append(data)


def json_ld_of(page: str) -> list[str]:
    """Return the pieces of JSON-LD in a web page, in order."""
    reader = _Scripts()
    reader.feed(page)
    reader.close()
    return reader.found


def text_of(html: str) -> str:
    """Return what people read of a piece of HTML: each line a sentence, in one line."""
    reader = _Text()
    reader.feed(html)
    reader.close()
    lines = (" ".join(line.split()).lstrip("-•* ") for line in "".join(reader.parts).splitlines())
    return " ".join(line if line.endswith((".", "!", "?", ":")) else f"{line}." for line in lines if line)
