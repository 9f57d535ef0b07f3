"""What the fields of schema.org mean to the counter: ways, levels, words, hours and prices."""

import math
import re
from collections.abc import Iterator, Mapping
from typing import Any

from counter.courses.model import Form, Level
from counter.imports.documents import Document
from counter.imports.plain_text import plain
from counter.imports.values import MAX_PRICE_EUR, MAX_WORD_LENGTH, MAX_WORDS

# https://developers.google.com/search/docs/appearance/structured-data/course-info names Online, Onsite
# and Blended; sites write others besides.
_ONLINE = frozenset({"online", "distance", "distance learning", "afstandsonderwijs", "op afstand"})
_FORMS = {
    "part-time": Form.DEELTIJD,
    "parttime": Form.DEELTIJD,
    "deeltijd": Form.DEELTIJD,
    "evening": Form.AVOND,
    "avond": Form.AVOND,
}
_LEVEL = re.compile(
    r"\bmbo[\s-]*(?:niveau[\s-]*)?([1-4])\b|\b(hbo|wo|ad)\b|\bassociate degree\b", re.IGNORECASE
)
_HOURS = re.compile(r"P(?:(?P<days>\d+)D)?(?:T(?P<hours>\d+)H(?:\d+M)?)?")
_HERE = frozenset({"", "NL", "NLD", "NEDERLAND", "NETHERLANDS", "THE NETHERLANDS"})
_HOURS_A_DAY = 8
_MAX_HOURS = 10_000


def types(node: Mapping[str, Any]) -> frozenset[str]:
    """Return what an object is, without the vocabulary."""
    told = node.get("@type")
    return frozenset(str(one).rsplit("/", 1)[-1].rsplit(":", 1)[-1] for one in _listed(told))


def text(value: object) -> str:
    """Return a text, the Dutch one of several, without tags; empty when there is none."""
    dutch: list[object] = []
    others: list[object] = []
    for one in _listed(value):
        if isinstance(one, Mapping):
            is_dutch = str(one.get("@language", "")).lower().startswith("nl")
            (dutch if is_dutch else others).append(one.get("@value", one.get("name")))
        else:
            others.append(one)
    told = next((one for one in (*dutch, *others) if isinstance(one, str)), "")
    # A NUL or half a pair is no text that a database takes.
    return plain("".join(character for character in told if character.isprintable() or character.isspace()))


def words(*values: object) -> tuple[str, ...]:
    """Return keywords, each once: a list of them, or a text with commas."""
    found: dict[str, None] = {}
    for value in values:
        for one in _listed(value):
            parts = one.split(",") if isinstance(one, str) else [text(one)]
            found |= dict.fromkeys(word for part in parts if 0 < len(word := text(part)) <= MAX_WORD_LENGTH)
    return tuple(found)[:MAX_WORDS]


def modes(instance: Mapping[str, Any]) -> frozenset[str]:
    """Return the ways in which an instance is given."""
    told = (str(one).rsplit("/", 1)[-1] for one in _listed(instance.get("courseMode")))
    return frozenset(one.strip().lower() for one in told)


def is_online(told: frozenset[str]) -> bool:
    """Tell whether it is given at a distance alone."""
    return bool(told & _ONLINE) and not told & {"onsite", "blended"}


def form(told: frozenset[str]) -> Form:
    """Return the form of what is given somewhere."""
    return next((_FORMS[one] for one in sorted(told) if one in _FORMS), Form.KLASSIKAAL)


def level(node: Mapping[str, Any]) -> Level:
    """Return the level; what the Netherlands does not recognise is a course."""
    told = " ".join(text(node.get(name)) for name in ("educationalLevel", "educationalCredentialAwarded"))
    found = _LEVEL.search(told)
    if found is None:
        return Level.CURSUS
    return Level(f"mbo{found[1]}") if found[1] else Level((found[2] or "ad").lower())


def hours(value: object) -> int | None:
    """Return how many hours it takes, from a duration such as PT40H; None when that is not told."""
    found = _HOURS.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        return None
    total = int(found["hours"] or 0) + _HOURS_A_DAY * int(found["days"] or 0)
    return total if 0 < total <= _MAX_HOURS else None


def price(document: Document, offer: Mapping[str, Any]) -> int | None:
    """Return the price in whole euros, rounded up; None when it is not told, or in other money."""
    if offer.get("priceCurrency") not in {None, "EUR"}:
        return None
    if offer.get("category") == "Free":
        return 0
    amount = document.number(offer.get("price"), "offers")
    if amount is not None and not 0 <= amount <= MAX_PRICE_EUR:
        document.fault("offers", f"{amount} euro kan niet kloppen.")
        return None
    return None if amount is None else math.ceil(amount)


def is_in_the_netherlands(address: Mapping[str, Any]) -> bool:
    """Tell whether an address may be in this country."""
    return text(address.get("addressCountry")).upper() in _HERE


def _listed(value: object) -> Iterator[Any]:
    if value is not None:
        yield from value if isinstance(value, list) else [value]
