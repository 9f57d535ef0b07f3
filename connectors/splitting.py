"""Long text → pieces that a provider takes, broken where it hurts least; nothing but white space is lost."""

import re

# Where to break, best first: between paragraphs, lines, sentences, words.
_BREAKS = tuple(re.compile(pattern) for pattern in (r"\s*\n\s*\n\s*", r"\s*\n\s*", r"(?<=[.!?…])\s+", r"\s+"))
_WORDS = _BREAKS[-1]


def length(text: str) -> int:
    """Return the length in UTF-16 units: an emoji counts double, so no provider counts more than we do."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def split(text: str, limit: int, *, last: int | None = None) -> list[str]:
    """Return the text in pieces of at most `limit` long, the last one at most `last` (not above `limit`)."""
    pieces = []
    rest = text.strip()
    while length(rest) > limit:
        head, rest = _break_late(rest, limit)
        pieces.append(head)
    if last is not None and length(rest) > last:
        head, rest = _break_early(rest, last)
        pieces.append(head)
    return [piece for piece in (*pieces, rest) if piece]


def shorten(text: str, limit: int) -> str:
    """Return the text, or its beginning up to a word with … behind it, in at most `limit`."""
    if length(text) <= limit:
        return text
    return _break_late(text, limit - 1)[0].rstrip(" ,.;:-") + "…"


def _break_late(text: str, limit: int) -> tuple[str, str]:
    """Break so that the first piece fits, and is as long as a good break allows."""
    end = len(_beginning(text, limit))
    for pattern in _BREAKS:
        # A break in the first half would leave a stub, unless there is nothing but words to break at.
        earliest = 1 if pattern is _WORDS else end // 2
        starts = [found.start() for found in pattern.finditer(text, 0, end + 1) if found.start() >= earliest]
        if starts:
            end = starts[-1]
            break
    return text[:end].rstrip(), text[end:].lstrip()


def _break_early(text: str, limit: int) -> tuple[str, str]:
    """Break so that the second piece fits, and is as long as a good break allows."""
    size = len(_beginning(text[::-1], limit))
    start = len(text) - size
    for pattern in _BREAKS:
        latest = len(text) - (1 if pattern is _WORDS else size // 2)
        found = pattern.search(text, start)
        if found is not None and found.end() <= latest:
            start = found.end()
            break
    return text[:start].rstrip(), text[start:].lstrip()


def _beginning(text: str, limit: int) -> str:
    """Return the longest beginning that fits."""
    beginning = text[:limit]
    while (excess := length(beginning) - limit) > 0:
        beginning = beginning[: -((excess + 1) // 2)]
    return beginning
