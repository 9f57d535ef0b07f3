"""What the fields of OOAPI mean to the counter: levels, hours, prices, and how something is taught."""

import math
from collections.abc import Iterator, Mapping
from decimal import Decimal

from counter.courses.model import Level
from counter.imports.documents import Document
from counter.imports.values import MAX_PRICE_EUR, MAX_WORD_LENGTH, MAX_WORDS

_MAX_HOURS = 10_000
_HOURS_PER_CREDIT = 28
_HOURS_PER = {"hour": 1, "sbu": 1, "ects": _HOURS_PER_CREDIT, "sp": _HOURS_PER_CREDIT}
_MBO = "secondary vocational education"
_LEVELS = {
    f"{_MBO} 1": Level.MBO1,
    f"{_MBO} 2": Level.MBO2,
    f"{_MBO} 3": Level.MBO3,
    f"{_MBO} 4": Level.MBO4,
    "associate degree": Level.AD,
    "bachelor": Level.HBO,
    "master": Level.WO,
    "doctoral": Level.WO,
}
_QUALIFICATIONS = {
    "1": Level.MBO1,
    "2": Level.MBO2,
    "3": Level.MBO3,
    "4": Level.MBO4,
    "4+": Level.MBO4,
    "5": Level.AD,
    "6": Level.HBO,
    "7": Level.WO,
    "8": Level.WO,
}
# A bachelor and a master are taught in both.
_SECTORS = {"university education": Level.WO, "higher professional education": Level.HBO}
AT_A_DISTANCE = frozenset({"online", "distance-learning"})


def level(document: Document) -> Level:
    """Return the level; what the Netherlands does not recognise is a course."""
    told = str(document.content.get("level") or "").strip()
    qualification = str(document.content.get("levelOfQualification") or "").strip()
    level = _LEVELS.get(told) or _QUALIFICATIONS.get(qualification) or Level.CURSUS
    if level in {Level.HBO, Level.WO} and told != "doctoral":
        return _SECTORS.get(str(document.content.get("sector")), level)
    return level


def delivery(document: Document) -> frozenset[str]:
    """Return the ways in which something is taught."""
    told = document.content.get("modeOfDelivery")
    if told is not None and not isinstance(told, list):
        document.fault("modeOfDelivery", "dit is geen lijst.")
        return frozenset()
    return frozenset(str(one) for one in told or ())


def short(outcomes: Iterator[str]) -> Iterator[str]:
    """Yield the outcomes that are names rather than stories, each once."""
    short = dict.fromkeys(one.rstrip(".") for one in outcomes if len(one) <= MAX_WORD_LENGTH)
    yield from list(short)[:MAX_WORDS]


def hours(document: Document) -> int | None:
    """Return how many hours it takes in total; None when that is not told."""
    load = document.content.get("studyLoad")
    if load is None:
        return None
    if not isinstance(load, Mapping):
        document.fault("studyLoad", "dit is geen object.")
        return None
    value = document.number(load.get("value"), "studyLoad")
    per = _HOURS_PER.get(str(load.get("studyLoadUnit")))
    hours = round(value * per) if value is not None and per is not None else 0
    return hours if 0 < hours <= _MAX_HOURS else None


def price(document: Document) -> int | None:
    """Return the price in whole euros, rounded up: nobody may find it dearer than we said."""
    for cost in document.objects("priceInformation"):
        if cost.get("costType") == "total costs" and cost.get("currency") in {None, "EUR"}:
            amount = document.number(cost.get("amount"), "priceInformation")
            if amount is None:
                return None
            if not Decimal(0) <= amount <= MAX_PRICE_EUR:
                document.fault("priceInformation", f"{amount} euro kan niet kloppen.")
                return None
            return math.ceil(amount)
    return None


def is_full(document: Document) -> bool:
    """Tell whether nobody can be added."""
    most, there = (
        document.number(document.content.get(f"{name}NumberStudents"), f"{name}NumberStudents")
        for name in ("max", "enrolled")
    )
    return most is not None and there is not None and there >= most
