"""What a course is and how one is looked for; no framework."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from counter.calendar import local_date


class Form(StrEnum):
    """How a course is given."""

    ONLINE = "online"
    KLASSIKAAL = "klassikaal"
    AVOND = "avond"
    DEELTIJD = "deeltijd"


class Level(StrEnum):
    """The level of what one learns; `cursus` is a course without a recognised level."""

    MBO1 = "mbo1"
    MBO2 = "mbo2"
    MBO3 = "mbo3"
    MBO4 = "mbo4"
    AD = "ad"
    HBO = "hbo"
    WO = "wo"
    CURSUS = "cursus"


class Relaxation(StrEnum):
    """A wish that was let go because nothing fitted; in the order in which they are let go."""

    AFSTAND = "afstand"
    VORM = "vorm"
    NIVEAU = "niveau"
    PRIJS = "prijs"
    PLAATS = "plaats"
    ONDERWERP = "onderwerp"


# A course under one of these topics is learned at an employer, with a contract and a day of school.
WORK_BASED_TOPICS = frozenset({"bbl", "leerwerkplek", "leren en werken"})


@dataclass(frozen=True, kw_only=True)
class Taught:
    """A skill that a course teaches, and how sure that is: from 0 to 1."""

    skill_id: str
    confidence: float


@dataclass(frozen=True, kw_only=True)
class Listing:
    """How the counter knows of a course: from which source, and when that told of it last.

    `seen_at` is None for what was stored before this was kept. What is closed its source has no more.
    """

    source: str = ""
    seen_at: datetime | None = None
    closed_at: datetime | None = None

    @property
    def seen_on(self) -> date | None:
        """Return the day on which its source told of it last, as people here count days."""
        return None if self.seen_at is None else local_date(self.seen_at)


@dataclass(frozen=True, kw_only=True)
class Course:
    """A course somebody can take at one place, from one day, for one price: an offering.

    Without a `start` one can begin at any time. Offerings of one course share a `series`.
    """

    id: str
    title: str
    provider: str
    place: str | None
    form: Form
    level: Level
    topics: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    hours_total: int | None = None
    hours_per_week: int | None = None
    start: date | None = None
    price_eur: int | None = None
    description: str = ""
    url: str | None = None
    is_sample: bool = False
    series: str | None = None
    last_day: date | None = None
    """The last day on which somebody can still sign up, where that is not the day it starts."""
    # Neither says anything about the course itself: an import compares without them.
    listing: Listing = field(default=Listing(), compare=False)
    taught: tuple[Taught, ...] = field(default=(), compare=False)

    def can_be_taken(self, today: date) -> bool:
        """Tell whether somebody can still begin."""
        last = self.last_day if self.last_day is not None else self.start
        return self.listing.closed_at is None and (last is None or last >= today)

    @property
    def is_work_based(self) -> bool:
        """Tell whether one works and learns at the same time."""
        return any(topic.casefold() in WORK_BASED_TOPICS for topic in self.topics)


@dataclass(frozen=True, kw_only=True)
class CourseQuery:
    """What somebody is looking for; what is None does not matter to them.

    Who looks for a place to work and learn (`is_work_based`) is never shown anything else.
    """

    topic: str | None = None
    place: str | None = None
    radius_km: int | None = 25
    level: Level | None = None
    form: Form | None = None
    max_price_eur: int | None = None
    is_work_based: bool = False


@dataclass(frozen=True, kw_only=True)
class CourseHit:
    """A course found, and why: `matched` holds the course's own words that answer the topic.

    `others` holds the same course at other places, days or prices, the best first.
    """

    course: Course
    distance_km: float | None
    matched: tuple[str, ...]
    others: tuple[Course, ...] = ()


@dataclass(frozen=True, kw_only=True)
class CourseSearch:
    """One page of results; `relaxed` names the wishes these results do not meet."""

    hits: tuple[CourseHit, ...]
    relaxed: tuple[Relaxation, ...]
    total: int


class UnknownCourseError(LookupError):
    """No course has this id."""
