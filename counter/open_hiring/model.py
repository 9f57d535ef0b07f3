"""Open-hiring jobs and their lists; no framework."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class SignUpState(StrEnum):
    """Where somebody stands on a list."""

    WAITING = "waiting"
    OFFERED = "offered"
    ACCEPTED = "accepted"
    PASSED = "passed"
    EXPIRED = "expired"
    LEFT = "left"
    STARTED = "started"
    ABSENT = "absent"
    ENDED = "ended"


# Whose turn it is, or will be; the others are off the list.
ON_LIST = (SignUpState.WAITING, SignUpState.OFFERED)
# Working days in which an offered place must be answered; then it goes to the next in line.
OFFER_WORKING_DAYS = 2
# Days a job stays open without a sign of life of who offers it, and how many before that they are asked.
OPEN_DAYS, ASKED_BEFORE_DAYS = 90, 14


class ListEvent(StrEnum):
    """What can happen to a job and its list; what ends a place on it is named after the state it ends in."""

    JOINED = "joined"
    OFFERED = "offered"
    ACCEPTED = "accepted"
    PASSED = "passed"
    EXPIRED = "expired"
    CORRECTED = "corrected"
    LEFT = "left"
    STARTED = "started"
    ABSENT = "absent"
    # The place somebody had accepted is no more: they stand in line again where they stood.
    RETURNED = "returned"
    # The job closed while they waited.
    ENDED = "ended"
    # These are of the job itself.
    FREED = "freed"
    WITHDRAWN = "withdrawn"
    CLOSED = "closed"
    REOPENED = "reopened"


class Closing(StrEnum):
    """Why a job closed."""

    BY_EMPLOYER = "by_employer"
    BY_COUNTER = "by_counter"
    DATE_PASSED = "date_passed"
    UNCONFIRMED = "unconfirmed"


class Condition(StrEnum):
    """What somebody can ask of a job."""

    PLAATS = "plaats"
    UREN = "uren"
    SECTOR = "sector"


class Relaxation(StrEnum):
    """A wish that was let go because nothing fitted; in the order in which they are let go.

    The place goes last: a job is travelled to every day.
    """

    AFSTAND = "afstand"
    UREN = "uren"
    SECTOR = "sector"
    PLAATS = "plaats"


@dataclass(frozen=True, kw_only=True)
class Job:
    """A job that asks nothing but its practical needs; hours are a week."""

    id: str
    title: str
    employer: str
    place: str
    sector: str
    hours_min: int
    hours_max: int
    wage_text: str
    tasks: str
    practical_needs: tuple[str, ...] = ()
    is_sample: bool = False
    open_places: int = 1
    valid_through: date | None = None
    """The last day on which people can sign up; None: as long as it is confirmed."""


@dataclass(frozen=True, kw_only=True)
class JobQuery:
    """What somebody is looking for; what is None does not matter to them."""

    place: str | None = None
    radius_km: int | None = 25
    hours: int | None = None
    sector: str | None = None


@dataclass(frozen=True, kw_only=True)
class JobHit:
    """A job found, and which of the wishes it meets."""

    job: Job
    distance_km: float | None
    matched: tuple[Condition, ...]


@dataclass(frozen=True, kw_only=True)
class JobSearch:
    """One page of results; `relaxed` names the wishes these results do not meet."""

    hits: tuple[JobHit, ...]
    relaxed: tuple[Relaxation, ...]
    total: int


@dataclass(frozen=True, kw_only=True)
class SignUp:
    """Somebody puts their name on a job's list."""

    job_id: str
    conversation_id: str
    message_id: str


@dataclass(frozen=True, kw_only=True)
class Introduction:
    """What who takes a place lets the employer know of them, and the words in which they were asked."""

    name: str
    phone: str | None = None
    email: str | None = None
    consent: str = ""


@dataclass(frozen=True, kw_only=True)
class QueuePlace:
    """A place on a job's list; `position` counts from 1, and is None for who does not wait.

    `answer_before` is the moment until which an offered place is kept.
    """

    number: str
    job: Job
    position: int | None
    signed_up_at: datetime
    state: SignUpState
    answer_before: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class ListedPerson:
    """Somebody on a job's list as the counter sees them, with how to reach them."""

    place: QueuePlace
    name: str | None
    phone: str | None
    email: str | None


@dataclass(frozen=True, kw_only=True)
class JobList:
    """A job with its list: how many wait, how many places are free now, and how many ever came free."""

    job: Job
    waiting: int
    free: int
    freed: int


@dataclass(frozen=True, kw_only=True)
class PublicJob:
    """A job as everybody may read it."""

    job: Job
    opened_at: datetime | None
    waiting: int


class PlaceFreedError(Exception):
    """Since somebody looked at this job, a place of it came free: perhaps the very same one."""


class UnknownJobError(LookupError):
    """No job has this id."""


class JobClosedError(UnknownJobError):
    """This job is closed: nobody can sign up any more, and no place of it comes free."""


class NoFreePlaceError(ValueError):
    """No place of this job is free: each is offered or taken."""


class NotAcceptedError(ValueError):
    """Nobody has accepted this place, or what became of it is told already."""


class UnknownPlaceError(LookupError):
    """This person has no place on a list with this number."""


class NotOfferedError(ValueError):
    """This place is not offered, or not any more: `place` tells how it stands."""

    def __init__(self, place: QueuePlace) -> None:
        super().__init__(place.number)
        self.place = place


class AlreadyOnListError(ValueError):
    """This person is on this job's list already, at `place`."""

    def __init__(self, place: QueuePlace) -> None:
        super().__init__(place.number)
        self.place = place
