"""Numbers in digits and in Dutch words."""

import re
from typing import Dict

_UNITS = "nul een twee drie vier vijf zes zeven acht negen".split()
_TEENS = "tien elf twaalf dertien veertien vijftien zestien zeventien achttien negentien".split()
_TENS = "twintig dertig veertig vijftig zestig zeventig tachtig negentig".split()


def _number_words() -> Dict[str, int]:
    words = {word: value for value, word in enumerate(_UNITS + _TEENS)}
    for tens, word in enumerate(_TENS, start=2):
        words[word] = tens * 10
        for unit in range(1, 10):
            # "tweeëntwintig" is looked up without its accent.
            words[f"{_UNITS[unit]}en{word}"] = tens * 10 + unit
    del words["een"]  # nearly always the article
    return words


_WORDS = _number_words()

NUMBER = r"(?:\d{1,4}|" + "|".join(sorted(_WORDS, key=len, reverse=True)) + ")"
"""A pattern for a number in folded text; read it with `number`."""

SMALL_ORDINALS: Dict[str, int] = {
    word: place
    for place, word in enumerate(
        "eerste tweede derde vierde vijfde zesde zevende achtste negende tiende".split(), start=1
    )
}


def number(text: str) -> int:
    """Return the value of what NUMBER matched."""
    return int(text) if re.fullmatch(r"\d+", text) else _WORDS[text]
