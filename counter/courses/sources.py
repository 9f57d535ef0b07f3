"""What a source of courses is, and what an import of one may do; no framework."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from counter.courses.model import Course

NO_SOURCE = ""
"""The source of what came in a file without the name of one: nothing of it is ever closed."""

MAX_NAME = 20
# A name goes before the ids of a source, which travel in buttons.
_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True, kw_only=True)
class SourceState:
    """When a source was imported last, and when somebody last tried."""

    name: str
    imported_at: datetime | None
    tried_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class Taken:
    """What became of an import, in numbers of courses."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    reopened: int = 0
    closed: int = 0


@dataclass(frozen=True, kw_only=True)
class Changes:
    """What an import changes: courses to add, to replace, and the ids of those to close."""

    new: Sequence[Course]
    changed: Sequence[Course]
    reopened: Sequence[Course]
    unchanged: Sequence[Course]
    closed: Sequence[str]

    @property
    def counts(self) -> Taken:
        """Return how many there are of each."""
        return Taken(
            new=len(self.new),
            changed=len(self.changed),
            unchanged=len(self.unchanged),
            reopened=len(self.reopened),
            closed=len(self.closed),
        )


class WrongSourceNameError(ValueError):
    """A name that cannot be one of a source."""


class SourceBusyError(RuntimeError):
    """Another import of this source is under way."""


class SourceLostError(RuntimeError):
    """An import took so long that another one of this source took its place; nothing was stored."""


class ShrunkError(ValueError):
    """A source has suspiciously few courses left: less than half of what can still be taken."""

    def __init__(self, *, before: int, now: int) -> None:
        super().__init__(f"{now} courses, where there were {before}")
        self.before, self.now = before, now


class ForeignCoursesError(ValueError):
    """Courses have the ids of courses of another source; `owners` names it, by id."""

    def __init__(self, owners: Mapping[str, str]) -> None:
        super().__init__(f"{len(owners)} courses belong to another source")
        self.owners = dict(owners)


def check_name(name: str) -> str:
    """Return the name of a source.

    Raises:
        WrongSourceNameError: it has other characters than small letters, digits and dashes, or too many.
    """
    if len(name) > MAX_NAME or _NAME.fullmatch(name) is None:
        raise WrongSourceNameError(name)
    return name


def changes_by(courses: Iterable[Course], known: Mapping[str, Course], *, is_whole: bool) -> Changes:
    """Set what a source has beside what is known of it; what it lacks is closed when this `is_whole`."""
    new: list[Course] = []
    changed: list[Course] = []
    reopened: list[Course] = []
    unchanged: list[Course] = []
    left = {one.id for one in known.values() if one.listing.closed_at is None}
    for course in courses:
        left.discard(course.id)
        before = known.get(course.id)
        if before is None:
            new.append(course)
        elif before.listing.closed_at is not None:
            reopened.append(course)
        else:
            (unchanged if course == before else changed).append(course)
    return Changes(
        new=new,
        changed=changed,
        reopened=reopened,
        unchanged=unchanged,
        closed=sorted(left) if is_whole else (),
    )


def check_owners(courses: Collection[Course], known: Mapping[str, Course], source: str) -> None:
    """See that none of these courses has an id that is another source's.

    Raises:
        ForeignCoursesError: some have.
    """
    owners = {
        course.id: known[course.id].listing.source
        for course in courses
        if course.id in known and known[course.id].listing.source != source
    }
    if owners:
        raise ForeignCoursesError(owners)


def check_size(courses: Collection[Course], known: Mapping[str, Course], today: date) -> None:
    """See that a source did not lose most of its courses at once; those that began do not count.

    Raises:
        ShrunkError: it has none, or less than half of what there was.
    """
    before = sum(one.can_be_taken(today) for one in known.values())
    if not courses or 2 * len(courses) < before:
        raise ShrunkError(before=before, now=len(courses))
