"""Referrals to a coach and the order in which they are answered; no framework."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from counter.employers.model import Employer
from counter.places.model import Region
from counter.referrals.states import ReferralState


class Reason(StrEnum):
    """Why somebody is referred to a person."""

    ASKED = "asked"
    IN_NEED = "in_need"
    STUCK = "stuck"
    COMPLAINT = "complaint"
    ELIGIBILITY = "eligibility"
    """Whether they may have something is for a person to say."""
    SENSITIVE = "sensitive"
    LANGUAGE = "language"
    SME = "sme"
    DISMISSAL = "dismissal"


@dataclass(frozen=True, kw_only=True)
class Lead:
    """What a firm asks, as far as it told; `start` is the day from which it needs it."""

    need: str
    place: str | None = None
    people: int | None = None
    start: date | None = None
    employer: Employer | None = None


@dataclass(frozen=True, kw_only=True)
class OpenReferral:
    """Somebody asks for a person, or needs one; with a `lead` they ask it for their firm."""

    conversation_id: str
    message_id: str
    reason: Reason
    topic: str | None = None
    region: str | None = None
    name: str | None = None
    phone: str | None = None
    email: str | None = None
    language: str | None = None
    """The language they would rather speak, as an ISO 639-1 code."""
    lead: Lead | None = None


@dataclass(frozen=True, kw_only=True)
class Slot:
    """A span of time in which a coach calls somebody back."""

    start: datetime
    end: datetime


@dataclass(frozen=True, kw_only=True)
class ReferralReceipt:
    """What the person is told; `position` counts from 1, and is None for who is not in line."""

    number: str
    position: int | None
    state: ReferralState
    opened_at: datetime
    answer_before: date
    is_open: bool = True
    coach: str | None = None
    """The name of the coach who has the conversation, or had it last."""
    call_back: Slot | None = None
    region: str | None = None


@dataclass(frozen=True, kw_only=True)
class Standing:
    """How it stands with a coach in a conversation: the place in line, from 1, or who is there."""

    place: int | None = None
    region: Region | None = None
    coach: str | None = None


@dataclass(frozen=True, kw_only=True)
class ClaimFigure:
    """How long somebody waited who was claimed, and how many stood in line when they came, with them."""

    region: str | None
    asked_at: datetime
    claimed_at: datetime
    position: int


class Helped(StrEnum):
    """How well a person says a coach has helped them."""

    YES = "ja"
    A_LITTLE = "beetje"
    NO = "nee"


@dataclass(frozen=True, kw_only=True)
class Request:
    """One time somebody asked; a referral collects all that came while it was open."""

    reason: Reason
    topic: str | None
    region: str | None
    lead: Lead | None
    at: datetime


@dataclass(frozen=True, kw_only=True)
class QueuedReferral:
    """A referral as a coach sees it in the queue, with how to reach the person.

    `region` is the last one told; of each of the `requests` the own one counts.
    """

    receipt: ReferralReceipt
    conversation_id: str | None
    reason: Reason
    topics: tuple[str, ...]
    region: str | None
    name: str | None
    phone: str | None
    email: str | None
    requests: tuple[Request, ...] = ()


def priority_of(reason: Reason) -> int:
    """Return the rank in the queue, low first: people in need, then who may lose their job, then others.

    Who is dismissed has days to object, to ask for benefit and to think again.
    """
    return {Reason.IN_NEED: 0, Reason.DISMISSAL: 1}.get(reason, 2)


def answer_within(reason: Reason) -> int:
    """Return in how many working days a coach answers at the latest."""
    return 1 if reason in {Reason.IN_NEED, Reason.DISMISSAL} else 2


class UnknownReferralError(LookupError):
    """This person has no referral with this number."""


class PhoneMissingError(ValueError):
    """Nobody can be called back without a telephone number."""
