"""The course catalogue in memory: which courses answer a question, and in what order."""

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from counter.catalogue.index import Field, TextIndex, TextMatch
from counter.catalogue.relaxation import give_way
from counter.courses.model import Course, CourseHit, CourseQuery, CourseSearch, Form, Relaxation
from counter.courses.teaching import skills_of
from counter.courses.topic import topic_in
from counter.places.gazetteer import Gazetteer
from counter.places.model import Place

# Who asks for 25 km may still want to hear of a course at 50 km: that lets go the distance, not the place.
_WIDER = 2

# Another name for the topic must be all there: a half of it is about something else.
_SURE = 0.7

type Synonyms = Callable[[str], Iterable[str]]
"""Returns other names for what a topic names."""


def no_synonyms(topic: str) -> Iterable[str]:
    """Know no other name for anything."""
    del topic
    return ()


@dataclass(frozen=True, kw_only=True)
class _Candidate:
    course: Course
    distance_km: float | None
    match: TextMatch | None

    @property
    def answers(self) -> bool:
        """Say whether the course is about the topic; a course that only hints at it is not."""
        return self.match is not None and self.match.is_enough

    @property
    def matched(self) -> tuple[str, ...]:
        return self.match.words if self.match and self.answers else ()

    def order(self) -> tuple[float, float, date, float, str, str]:
        """Best answer first, then nearest, earliest, cheapest; the id decides what is left."""
        return (
            # Tenths: a hair's breadth of likeness does not outweigh half an hour of travel.
            -round(self.match.score, 1) if self.match else 0.0,
            math.inf if self.distance_km is None else self.distance_km,
            self.course.start or date.min,
            math.inf if self.course.price_eur is None else self.course.price_eur,
            self.course.title,
            self.course.id,
        )


class CourseCatalogue:
    """Courses, their words and where they are given."""

    def __init__(
        self, courses: Sequence[Course], gazetteer: Gazetteer, *, synonyms: Synonyms = no_synonyms
    ) -> None:
        self._courses = courses
        self._synonyms = synonyms
        self._gazetteer = gazetteer
        self._places = {name: gazetteer.find(name) for name in {course.place for course in courses} if name}
        self._text = TextIndex({course.id: tuple(_fields(course)) for course in self._courses})
        self._teaching = _by_skill(courses)
        # What courses are about, without the places and people that descriptions mention.
        self._subjects = TextIndex({course.id: tuple(_subject_fields(course)) for course in self._courses})

    def topic_in(self, text: str) -> str | None:
        """Return what a sentence wants to learn about, or None."""
        return topic_in(text, knows=self._subjects.knows, gazetteer=self._gazetteer)

    def search(
        self, query: CourseQuery, *, today: date, limit: int, offset: int, teaching: str | None = None
    ) -> CourseSearch:
        """Return the best courses that can be taken; when nothing fits, the nearest ones.

        With a skill's id in `teaching` no others are looked at than those that teach it.
        """
        here = self._gazetteer.find(query.place) if query.place else None
        distances = self._distances_km(here)
        matches = self._matches(query.topic) if query.topic else {}
        candidates = [
            _Candidate(
                course=course,
                # An online course is near everywhere, wherever its school is.
                distance_km=None if course.form is Form.ONLINE else distances.get(course.place),
                match=matches.get(course.id),
            )
            for course in (self._courses if teaching is None else self._teaching.get(teaching, ()))
            if course.can_be_taken(today)
            if course.is_work_based or not query.is_work_based
        ]
        fitting, relaxed = give_way(
            ((candidate, frozenset(_unmet(candidate, query))) for candidate in candidates),
            tuple(Relaxation),
        )
        found = _by_series(fitting)
        return CourseSearch(
            hits=tuple(
                CourseHit(
                    course=best.course,
                    distance_km=best.distance_km,
                    matched=best.matched,
                    others=tuple(other.course for other in others),
                )
                for best, *others in found[offset : offset + limit]
            ),
            relaxed=relaxed,
            total=len(found),
        )

    def offerings(self, course: Course, *, today: date) -> tuple[Course, ...]:
        """Return the same course at other places, days or prices, those that begin first before others."""
        same = (
            one
            for one in self._courses
            if course.series is not None and one.series == course.series and one.id != course.id
        )
        return tuple(sorted((one for one in same if one.can_be_taken(today)), key=_by_start))

    def _distances_km(self, here: Place | None) -> Mapping[str | None, float]:
        """Return how far each place with courses is, by its name."""
        if here is None:
            return {}
        return {
            name: self._gazetteer.distance_km(here, there) for name, there in self._places.items() if there
        }

    def _matches(self, topic: str) -> Mapping[str, TextMatch]:
        """Return how well each course answers; other names are tried when the catalogue lacks the topic."""
        matches = self._text.match(topic)
        if any(match.is_enough for match in matches.values()):
            return matches
        for synonym in self._synonyms(topic):
            for course_id, match in self._text.match(synonym).items():
                if match.score >= _SURE and (
                    course_id not in matches or match.score > matches[course_id].score
                ):
                    matches[course_id] = match
        return matches


def _by_series(fitting: list[_Candidate]) -> list[list[_Candidate]]:
    """Return the candidates in order, with the offerings of one course together, the best first."""
    found: dict[str, list[_Candidate]] = {}
    for candidate in sorted(fitting, key=_Candidate.order):
        found.setdefault(candidate.course.series or candidate.course.id, []).append(candidate)
    return list(found.values())


def _by_skill(courses: Iterable[Course]) -> Mapping[str, Sequence[Course]]:
    teaching: defaultdict[str, list[Course]] = defaultdict(list)
    for course in courses:
        for skill_id in skills_of(course):
            teaching[skill_id].append(course)
    return teaching


def _by_start(course: Course) -> tuple[date, str]:
    return course.start or date.min, course.id


def _subject_fields(course: Course) -> Iterator[Field]:
    yield Field(text=course.title, weight=1.0)
    for topic in (*course.topics, *course.skills):
        yield Field(text=topic, weight=0.9, whole=True)


def _fields(course: Course) -> Iterator[Field]:
    yield from _subject_fields(course)
    yield Field(text=course.provider, weight=0.5, whole=True)
    yield Field(text=course.description, weight=0.4)


def _unmet(candidate: _Candidate, query: CourseQuery) -> Iterator[Relaxation]:
    course = candidate.course
    if query.place and course.form is not Form.ONLINE:
        radius = math.inf if query.radius_km is None else query.radius_km
        if candidate.distance_km is None or candidate.distance_km > _WIDER * radius:
            yield Relaxation.PLAATS
        elif candidate.distance_km > radius:
            yield Relaxation.AFSTAND
    if query.form not in {None, course.form}:
        yield Relaxation.VORM
    if query.level not in {None, course.level}:
        yield Relaxation.NIVEAU
    if query.max_price_eur is not None and (
        course.price_eur is None or course.price_eur > query.max_price_eur
    ):
        yield Relaxation.PRIJS
    if query.topic and not candidate.answers:
        yield Relaxation.ONDERWERP
