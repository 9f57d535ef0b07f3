"""What an alert is: a search that somebody is kept informed about; no framework."""

from dataclasses import dataclass
from datetime import date, datetime

from counter.courses.model import Course, CourseQuery

MONTHS = 6
"""How long an alert goes on, unless somebody stops it."""
MOST_OPEN = 10
"""How many alerts one person may have at once."""


@dataclass(frozen=True, kw_only=True)
class AskAlert:
    """Somebody wants to hear of courses that fit this search."""

    conversation_id: str
    message_id: str
    query: CourseQuery


@dataclass(frozen=True, kw_only=True)
class Alert:
    """What somebody is kept informed about, and until when."""

    number: str
    query: CourseQuery
    asked_at: datetime
    expires_at: datetime
    is_open: bool

    @property
    def last_day(self) -> date:
        """Return the last day on which they may hear of something."""
        return self.expires_at.date()


class TooManyAlertsError(RuntimeError):
    """Somebody has as many alerts as one can have."""


def key_of(course: Course) -> str:
    """Return what makes a course news: another offering of the same course is none."""
    return course.series or course.id
