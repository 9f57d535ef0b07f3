"""Referrals to a coach and the order in which they are answered; no framework."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from counter.employers.model import Employer


class Reason(StrEnum):
    """Why somebody is referred to a person."""

    ASKED = "asked"
    IN_NEED = "in_need"
    STUCK = "stuck"
    COMPLAINT = "complaint"
    LANGUAGE = "language"
    SME = "sme"
    DISMISSAL = "dismissal"


class ReferralState(StrEnum):
    """Where a referral stands."""

    OPEN = "open"
    CANCELLED = "cancelled"


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
    lead: Lead | None = None


@dataclass(frozen=True, kw_only=True)
class ReferralReceipt:
    """What the person is told; `position` counts from 1, and is None when they no longer wait."""

    number: str
    position: int | None
    state: ReferralState
    opened_at: datetime
    answer_before: date


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
