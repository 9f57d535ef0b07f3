"""What a course is and how one is looked for; no framework."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


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
class Course:
    """A course somebody can take; without a `start` one can begin at any time."""

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
    """A course found, and why: `matched` holds the course's own words that answer the topic."""

    course: Course
    distance_km: float | None
    matched: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class CourseSearch:
    """One page of results; `relaxed` names the wishes these results do not meet."""

    hits: tuple[CourseHit, ...]
    relaxed: tuple[Relaxation, ...]
    total: int


class UnknownCourseError(LookupError):
    """No course has this id."""
