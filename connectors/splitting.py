"""Cutting a text that is too long for one message where a reader would pause."""

import re
from collections.abc import Callable

# Each finds the ends after which it may be cut; the first kind that finds one is used.
_ENDS = (
    re.compile(r"(?=\n[^\S\n]*\n)"),  # of a paragraph
    re.compile(r"(?<=[.!?…])[\"'”’)\]]*(?=\s)|(?=\n)"),  # of a sentence, or a line
    re.compile(r"(?=\s)"),  # of a word
)


def one(_character: str) -> int:
    """Weigh every character the same."""
    return 1


def utf16_units(character: str) -> int:
    """Return how many UTF-16 units a character takes: an emoji takes two."""
    return 1 + (character > "\uffff")


def split(text: str, limit: int, weigh: Callable[[str], int] = one) -> list[tuple[int, int]]:
    """Return where each piece of the text begins and ends; only space between two pieces is left out.

    The characters of a piece weigh at most `limit` together. It ends with a paragraph, otherwise a
    sentence, otherwise a word; a longer word is cut.
    """
    pieces = []
    start, end = _after_space(text, 0), len(text.rstrip())
    while start < end:
        stop = _reach(text, start, end, limit, weigh)
        if stop < end:
            stop = _last_pause(text, start, stop)
        pieces.append((start, start + len(text[start:stop].rstrip())))
        start = _after_space(text, stop)
    return pieces


def _reach(text: str, start: int, end: int, limit: int, weigh: Callable[[str], int]) -> int:
    """Return how far a piece from `start` can come."""
    weight = 0
    for position in range(start, end):
        weight += weigh(text[position])
        if weight > limit:
            return max(position, start + 1)
    return end


def _last_pause(text: str, start: int, stop: int) -> int:
    for ends in _ENDS:
        # Two past `stop`: what a piece ends before may stand there.
        pauses = [found.end() for found in ends.finditer(text, start, stop + 2)]
        fitting = [pause for pause in pauses if start < pause <= stop]
        if fitting:
            return fitting[-1]
    return stop


def _after_space(text: str, position: int) -> int:
    return len(text) - len(text[position:].lstrip())
