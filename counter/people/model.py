"""What is known of a person: details they gave, and where; no framework."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Detail(StrEnum):
    """Something about a person that is asked in forms, and can be corrected."""

    NAME = "naam"
    PHONE = "telefoon"
    EMAIL = "email"
    POSTCODE = "postcode"
    AGE = "leeftijd"


@dataclass(frozen=True, kw_only=True)
class KnownDetail:
    """A detail as it stands with something that was submitted; `is_used` while that is still open."""

    detail: Detail
    value: str
    number: str
    is_used: bool


class Subject(StrEnum):
    """What a person can have with the counter besides conversations, by the names of the export."""

    VOUCHERS = "vouchers"
    OPEN_HIRING = "open_hiring"
    REFERRALS = "referrals"
    PASSPORT = "passport"
    OTHER = "other"

    @classmethod
    def _missing_(cls, value: object) -> "Subject":
        """Count what has no name of its own with the rest, so that nothing goes unmentioned."""
        del value
        return cls.OTHER


@dataclass(frozen=True, kw_only=True)
class Kept:
    """How many things are kept of one subject, and their receipt numbers where they have any."""

    count: int = 0
    numbers: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Overview:
    """Everything that is kept about a person, in figures, with the details they gave.

    Details still in use come first.
    """

    conversations: int
    messages: int
    since: datetime
    kept: Mapping[Subject, Kept]
    details: tuple[KnownDetail, ...]

    @property
    def is_anything_submitted(self) -> bool:
        """Tell whether there is more than conversations."""
        return any(kept.count for kept in self.kept.values())

    def values(self, detail: Detail, *, is_used: bool) -> tuple[str, ...]:
        """Return the different values of a detail, in use or not."""
        found = (known for known in self.details if known.detail is detail and known.is_used is is_used)
        return tuple(dict.fromkeys(known.value for known in found))
