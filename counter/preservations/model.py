"""What keeps a conversation, and so its person, longer than the rules; no framework."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

LONGEST = timedelta(days=366)


class Ground(StrEnum):
    """Why somebody is kept longer.

    A claim (a complaint, an objection, a lawsuit) is stronger than the person's wish to be erased: GDPR,
    article 17(3)(e). That help goes on is not.
    """

    CLAIM = "bezwaar"
    HELP = "hulp"


@dataclass(frozen=True, kw_only=True)
class Preserve:
    """Somebody of the counter keeps a conversation until and with a day; the person may read why."""

    conversation_id: str
    ground: Ground
    why: str
    by: str
    until: date


@dataclass(frozen=True, kw_only=True)
class Preservation:
    """A conversation, and so its person, that is kept until and with a day, however old it is."""

    conversation_id: str
    ground: Ground
    why: str
    by: str
    since: datetime
    until: date


class WrongPreservationError(ValueError):
    """A preservation needs a reason, and a day from today to a year ahead."""


class NotPreservedError(LookupError):
    """Nothing keeps this conversation longer."""


class AlreadyLeavingError(ValueError):
    """The person asked to erase everything before this; that stands."""


class MustBeKeptError(Exception):
    """Everything of this person must be kept, whatever they wish: `until` and with that day."""

    def __init__(self, until: date) -> None:
        super().__init__(until.isoformat())
        self.until = until
