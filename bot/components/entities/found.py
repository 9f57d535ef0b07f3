"""A fact found in a sentence."""

import unicodedata
from dataclasses import dataclass
from typing import Callable, Iterable, List, Union


@dataclass(frozen=True)
class Found:
    """An entity with its normalised value, and where its words stand: text[start:end]."""

    entity: str
    value: Union[str, int]
    start: int
    end: int

    def overlaps(self, other: "Found") -> bool:
        """Tell whether the two share a character."""
        return self.start < other.end and other.start < self.end


Finder = Callable[[str], Iterable[Found]]


def find_all(text: str, finders: Iterable[Finder]) -> List[Found]:
    """Return what the finders see, in order of place; an earlier finder's words are taken."""
    taken: List[Found] = []
    for find in finders:
        new = [fact for fact in find(text) if not any(fact.overlaps(other) for other in taken)]
        taken.extend(new)
    return sorted(taken, key=lambda fact: (fact.start, -fact.end))


def fold(text: str) -> str:
    """Return the text in lower case without accents, every character in its old place."""
    return "".join(_folded(character) for character in text)


def _folded(character: str) -> str:
    base = unicodedata.normalize("NFD", character)[0].lower()
    if len(base) != 1:
        return character
    return "'" if base in "’‘`´" else base
