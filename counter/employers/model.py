"""What is known of a firm, and what a KVK number looks like; no framework."""

import re
from dataclasses import dataclass
from enum import StrEnum

# Eight digits without a check digit, also grouped: 12 34 56 78, 1234 5678, 12.345.678. A digit that
# touches them makes it a telephone number, an establishment (twelve) or somebody's BSN (nine).
_KVK = re.compile(
    r"(?<!\d)(?<!\d[ .-])(?<!\+)"
    r"(?:\d{8}|\d{4}[ .]\d{4}|\d{2}[ .]\d{3}[ .]\d{3}|\d{2}(?: \d{2}){3})"
    r"(?![ .-]?\d)",
    re.ASCII,
)
MAX_NAME_LENGTH = 100
_MIN_NAME_LETTERS = 2


class LeadTopic(StrEnum):
    """What a lead can be about, as it stands in the queue."""

    PERSONEEL_ZOEKEN = "Personeel zoeken"
    PERSONEEL_UITLENEN = "Personeel uitlenen"
    PERSONEEL_INLENEN = "Personeel inlenen"
    PERSONEEL_SCHOLEN = "Personeel scholen"
    VERNIEUWEN = "Vernieuwen"
    DOCENT_ZOEKEN = "Hybride docent zoeken"
    DOCENT_WORDEN = "Hybride docent worden"
    INITIATIEF = "Contact met een initiatief"
    ANDERS = "Andere vraag van een bedrijf"


# People ask these for themselves as well.
NEEDS_NO_EMPLOYER = frozenset({LeadTopic.DOCENT_WORDEN, LeadTopic.INITIATIEF})


@dataclass(frozen=True, kw_only=True)
class Employer:
    """A firm as its people name it: by its KVK number, its name, or both. Neither is looked up."""

    kvk_number: str | None = None
    name: str | None = None


def parse_kvk_number(text: str) -> str | None:
    """Return the KVK number in a text as eight digits; None when there is none, or more than one."""
    numbers = {re.sub(r"\D", "", found) for found in _KVK.findall(text)}
    return numbers.pop() if len(numbers) == 1 else None


def parse_firm_name(text: str) -> str | None:
    """Return what can be the name of a firm, with single spaces."""
    name = " ".join(text.split())
    is_name = len(name) <= MAX_NAME_LENGTH and sum(map(str.isalnum, name)) >= _MIN_NAME_LETTERS
    return name if is_name and not re.search(r"[<>{}]", name) else None
