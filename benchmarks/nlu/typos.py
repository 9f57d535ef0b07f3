"""One typo in every longer word, as fingers make them; the same seed gives the same typos."""

import random
import re
from collections.abc import Callable

SHORTEST_WORD = 4
"""Letters; shorter words are left alone."""

_TOKEN = re.compile(r"\S+")
_WORD = re.compile(rf"[^\W\d_]{{{SHORTEST_WORD},}}")
# A postcode, a receipt number, an e-mail or web address: people copy these, and one letter makes another.
_FORMAT = re.compile(r"[\d@]|://|^www\.", re.IGNORECASE)
# Every key of a Dutch (QWERTY) keyboard, followed by those around it.
NEIGHBOURS = {
    keys[0]: keys[1:]
    for keys in (
        "qwa wqeas ewrsd retdf trygf ytuhg uyijh iuokj oiplk pol "
        "aqwsz sawedzx dserfxc fdrtgcv gftyhvb hgyujbn jhuiknm kjiolm lkop "
        "zasx xzsdc cxdfv vcfgb bvghn nbhjm mnjk"
    ).split()
}


def misspell(text: str, chance: random.Random) -> str:
    """Return the text with one typo in every word, except in what holds a digit or is an address."""

    def misspell_token(token: re.Match[str]) -> str:
        if _FORMAT.search(token[0]):
            return token[0]
        return _WORD.sub(lambda word: _with_typo(word[0], chance), token[0])

    return _TOKEN.sub(misspell_token, text)


def _with_typo(word: str, chance: random.Random) -> str:
    while True:
        mistyped = chance.choice(_TYPOS)(word, chance.randrange(len(word)), chance)
        if mistyped != word:  # two equal letters that change places are no typo
            return mistyped


def _swap(word: str, at: int, _chance: random.Random) -> str:
    return word[:at] + word[at + 1 : at + 2] + word[at] + word[at + 2 :]


def _drop(word: str, at: int, _chance: random.Random) -> str:
    return word[:at] + word[at + 1 :]


def _double(word: str, at: int, _chance: random.Random) -> str:
    return word[:at] + word[at] + word[at:]


def _neighbour(word: str, at: int, chance: random.Random) -> str:
    keys = NEIGHBOURS.get(word[at].lower())
    if keys is None:  # é has no key of its own
        return word
    key = chance.choice(keys)
    return word[:at] + (key.upper() if word[at].isupper() else key) + word[at + 1 :]


_TYPOS: tuple[Callable[[str, int, random.Random], str], ...] = (_swap, _drop, _double, _neighbour)
