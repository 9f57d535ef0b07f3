"""In which language a file is, when no column says it: by its name, its folder or its neighbours."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

LANGUAGES = ("nl", "en")
"""Languages a name is taken from, the best one first."""

IN_DUTCH = {"nl": "Nederlands", "en": "Engels"}

# The languages ESCO is published in.
_ESCO = "ar|bg|cs|da|de|el|en|es|et|fi|fr|ga|hr|hu|is|it|lt|lv|mt|nl|no|pl|pt|ro|sk|sl|sv|uk"
_IN_FILE = re.compile(rf"_({_ESCO})(?=[_.])", re.IGNORECASE)
# `nl`, `esco_nl` or `ESCO dataset - v1.2.0 - classification - nl - csv`; not `beroepen_en_banen`.
_IN_FOLDER = re.compile(rf"(?:^|[-_] ?)({_ESCO})$| - ({_ESCO}) - ", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the rest of a folder says of the language of a file in it."""

    language: str
    told_by: str
    """In Dutch, to go after 'volgens'."""


def language_of(name: str) -> str | None:
    """Return the language in the name of a file; nothing when it has none."""
    found = _IN_FILE.search(name)
    return found[1].lower() if found else None


def surroundings_of(folder: Path, names: Iterable[str]) -> Surroundings | None:
    """Return the language of the folder's name, or of all files in it that name one."""
    if found := _IN_FOLDER.search(folder.resolve().name):
        return Surroundings((found[1] or found[2]).lower(), "de naam van de map")
    others = {language for name in names if (language := language_of(name))}
    return Surroundings(others.pop(), "de andere bestanden in de map") if len(others) == 1 else None
