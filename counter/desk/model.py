"""What a coach does, and what stands in the way of it; no framework."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from counter.referrals.states import ReferralState

# How long a colleague has to accept somebody whom a coach offers, and a coach to whom somebody returns.
COLLEAGUE_ACCEPTS_WITHIN = timedelta(minutes=10)
# Another organisation has its own hours.
ORGANISATION_ACCEPTS_WITHIN = timedelta(hours=24)
# A person who writes to a coach and hears nothing for this long, goes back in line; sooner when nobody is
# at the desk any more.
SILENT_AFTER = timedelta(minutes=10)
SILENT_WHEN_LOST_AFTER = timedelta(minutes=3)
# A cry for help does not wait for a coach who looks elsewhere.
NEED_UNANSWERED_AFTER = timedelta(minutes=2)
# Who was not called this long after the moment that was agreed, was forgotten.
CALL_MISSED_AFTER = timedelta(minutes=30)

MAX_LABELS = 10
MAX_LABEL_LENGTH = 30


class Outcome(StrEnum):
    """How a coach's help ended."""

    HELPED = "geholpen"
    REFERRED = "doorverwezen"
    NO_ANSWER = "geen_reactie"
    NOT_FOR_US = "niet_voor_ons"


@dataclass(frozen=True, kw_only=True)
class PrivateNote:
    """What staff write for each other; no channel knows of it. Without an `author` Noor wrote it."""

    id: int
    author: str | None
    text: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Escalated:
    """Somebody whom nobody accepted, or called, in time; still open.

    `promised_by` is the id of who offered them last, or agreed to call; `offered_to` is the name of whom to.
    """

    number: str
    state: ReferralState
    name: str | None
    region: str | None
    coach: str | None
    escalated_at: datetime
    promised_by: str | None
    offered_to: str


class AlreadyClaimedError(Exception):
    """Another coach has this person; `coach` is their name."""

    def __init__(self, coach: str) -> None:
        super().__init__(coach)
        self.coach = coach


class NotYoursError(Exception):
    """Somebody else has this person, or nobody: only who has them can do this."""


class NotOfferedError(Exception):
    """This was not offered to this coach, nor to their organisation."""


class MomentPassedError(ValueError):
    """Nobody can be called, or reminded, in the past."""


class ReferralClosedError(Exception):
    """It is over: the person cancelled, or a coach closed it."""


class NobodyThereError(Exception):
    """The person erased the conversation: nothing can be said in it any more."""
