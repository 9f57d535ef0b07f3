"""An open-hiring job that waits for an adviser's check; no framework."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from counter.employers.model import Employer

# Working days an adviser has for the check.
CHECKED_WITHIN = 2
MAX_TITLE_LENGTH = 80
MAX_NEEDS, MAX_NEED_LENGTH = 10, 80
MAX_HOURS = 60
MAX_OPEN_PLACES = 100
_MIN_TITLE_LETTERS = 3

_HOURS = re.compile(r"(?<![\d.,])(\d{1,3})(?:\s*(?:-|–|tot en met|t/m|tot|à|a|of)\s*(\d{1,3}))?(?![\d.,])")
_HOUR_WORD = re.compile(r"\s*-?\s*(?:uur|uren|u)\b", re.IGNORECASE)


class JobDraftState(StrEnum):
    """Where a draft stands; only an adviser approves or rejects."""

    IN_REVIEW = "in_review"
    APPROVED = "approved"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, kw_only=True)
class SubmitJob:
    """An employer offers a job to whoever comes first; hours are a week."""

    conversation_id: str
    message_id: str
    employer: Employer
    title: str
    place: str
    hours_min: int
    hours_max: int
    practical_needs: tuple[str, ...]
    open_places: int
    name: str
    sector: str | None = None
    phone: str | None = None
    email: str | None = None


@dataclass(frozen=True, kw_only=True)
class JobDraftReceipt:
    """What the employer is told; `answer_before` is the last day for an adviser's check."""

    number: str
    title: str
    place: str
    state: JobDraftState
    submitted_at: datetime
    answer_before: date


@dataclass(frozen=True, kw_only=True)
class JobDraft:
    """A draft as an adviser checks it, with whom to call."""

    receipt: JobDraftReceipt
    person_id: str
    employer: Employer
    sector: str
    hours_min: int
    hours_max: int
    practical_needs: tuple[str, ...]
    open_places: int
    name: str | None
    phone: str | None
    email: str | None


def parse_title(text: str) -> str | None:
    """Return what can be the name of a job, with a capital: "magazijnmedewerker" → "Magazijnmedewerker"."""
    title = " ".join(text.split()).rstrip(" .,!")
    is_title = len(title) <= MAX_TITLE_LENGTH and sum(map(str.isalpha, title)) >= _MIN_TITLE_LETTERS
    return title[0].upper() + title[1:] if is_title else None


def parse_hours(text: str) -> tuple[int, int] | None:
    """Return the least and most hours a week in "24", "24 tot 32 uur" or "2 plekken van 24-32 uur"."""
    found = list(_HOURS.finditer(text))
    # Of more numbers only the ones that are said to be hours count.
    named = [match for match in found if _HOUR_WORD.match(text, match.end())]
    numbers = named or found
    if len(numbers) != 1:
        return None
    least, *_, most = sorted(int(figures or numbers[0][1]) for figures in numbers[0].groups())
    return (least, most) if least >= 1 and most <= MAX_HOURS else None


def parse_needs(text: str) -> tuple[str, ...] | None:
    """Return the practical needs in a text, one a part between commas or sentences; None when too many."""
    parts = (" ".join(part.split()).rstrip(" .!") for part in re.split(r"[;,\n]|\.\s", text))
    needs = tuple(dict.fromkeys(part for part in parts if part))
    is_short = len(needs) <= MAX_NEEDS and all(len(need) <= MAX_NEED_LENGTH for need in needs)
    return needs if needs and is_short else None


class AsksForPastError(ValueError):
    """The job asks who somebody is or was; `words` are those that do."""

    def __init__(self, words: str) -> None:
        super().__init__("a job of open hiring may not ask for somebody's past")
        self.words = words


class UnknownJobDraftError(LookupError):
    """No draft has this number."""


class AlreadyCheckedError(ValueError):
    """The draft is no longer in review, so it cannot change: `receipt`."""

    def __init__(self, receipt: JobDraftReceipt) -> None:
        super().__init__(receipt.number)
        self.receipt = receipt
