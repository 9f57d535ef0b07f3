"""Places: a name that is also a word counts only where a place is meant."""

import re
from typing import Iterator, Set

from components.entities.found import Found
from components.entities.gazetteer import Gazetteer, Mention

_TOWARDS = frozenset(
    "in uit bij naar rond rondom nabij te vanuit omgeving regio gemeente richting tot boven onder".split()
)
_SURELY_TOWARDS = re.compile(
    r"\b(?:woon(?:achtig)? (?:in|te|bij)|woon ik in|wonen? in|kom uit|vanuit|omgeving|buurt van|regio|"
    r"gemeente|richting|rondom|nabij|rond|plaats|liever|bedoel(?:de)?|toch(?: in)?)$"
)
_ARTICLES = frozenset("de een die deze mijn".split())
_BARE_WORDS = 3


class PlaceFinder:
    """Finds places of a gazetteer.

    `words` are names that are Dutch words too ("Winkel", "Groet"): they need a capital or "woon in".
    A typo needs one of those, or "in", "uit", "naar"…, or to be nearly the whole message.
    """

    def __init__(self, gazetteer: Gazetteer, words: Set[str]) -> None:
        self._gazetteer = gazetteer
        self._words = words

    def __call__(self, text: str) -> Iterator[Found]:
        """Find the places; the value is the official name."""
        for mention in self._gazetteer.find(text):
            if self._is_meant(text, mention):
                yield Found("plaats", mention.key, mention.start, mention.end)

    def _is_meant(self, text: str, mention: Mention) -> bool:
        is_word = mention.key in self._words
        has_capital = mention.start > 0 and text[mention.start].isupper() and not text.isupper()
        if not is_word and not mention.is_typo:
            # "de bergen", "een hoorn": an article makes a thing of it.
            return has_capital or mention.before() not in _ARTICLES
        if has_capital or _SURELY_TOWARDS.search(mention.before(3)):
            return True
        if len(mention.doc) <= _BARE_WORDS and mention.is_typo:
            return True
        if is_word:
            return len(mention.doc) == 1 and text[mention.start].isupper()
        return mention.before() in _TOWARDS
