"""Buttons that people type instead of pressing: "graag via open hiring" under the button "Open hiring"."""

import re
from collections.abc import Iterable, Mapping

from rapidfuzz.distance import OSA

_WORD = re.compile(r"\w+")
# Around what is chosen; a choice of nothing else ("ja") is compared as it stands.
_AROUND = frozenset("ik wil graag doe maar liever dan via met de het die dat een aub alsjeblieft".split())
_LONG_ENOUGH_FOR_A_SLIP = 6  # letters; in shorter choices a slip makes another word


def typed(text: str, buttons: Iterable[Mapping[str, str]]) -> str | None:
    """Return the payload of the one button whose title somebody typed, or None."""
    words = _choice(text)
    payloads = {
        button["payload"] for button in buttons if words and _is_meant(words, _choice(button["title"]))
    }
    return payloads.pop() if len(payloads) == 1 else None


def _choice(text: str) -> str:
    words = _WORD.findall(text.casefold())
    return " ".join([word for word in words if word not in _AROUND] or words)


def _is_meant(words: str, title: str) -> bool:
    slips = 1 if len(title) >= _LONG_ENOUGH_FOR_A_SLIP else 0
    return OSA.distance(words, title, score_cutoff=slips) <= slips
