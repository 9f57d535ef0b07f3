"""What can be done with courses: one method per use case."""

from collections.abc import Sequence

from counter.calendar import local_date
from counter.catalogue.memory import InMemory
from counter.clock import Clock
from counter.courses import storage
from counter.courses.catalogue import CourseCatalogue, Synonyms, no_synonyms
from counter.courses.intake import Intake
from counter.courses.model import Course, CourseHit, CourseQuery, CourseSearch, UnknownCourseError
from counter.courses.sources import Taken
from counter.database import Database
from counter.places.gazetteer import Gazetteer

_ALL = 100_000


class CourseService:
    """The course catalogue."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        gazetteer: Gazetteer,
        intake: Intake,
        *,
        synonyms: Synonyms = no_synonyms,
    ) -> None:
        self._database = database
        self._clock = clock
        self.intake = intake
        self._catalogue = InMemory(
            database,
            storage.CourseRow.__tablename__,
            read=storage.all_courses,
            build=lambda courses: CourseCatalogue(courses, gazetteer, synonyms=synonyms),
        )

    async def store(self, courses: Sequence[Course]) -> Taken:
        """Add these courses, or replace those with the same id; all or none.

        Raises:
            ForeignCoursesError: some are a source's.
        """
        return await self.intake.store(courses)

    async def search(self, query: CourseQuery, limit: int = 3, offset: int = 0) -> CourseSearch:
        """Return the best courses; when nothing fits, the nearest ones and what was let go."""
        catalogue = await self._catalogue.current()
        return catalogue.search(query, today=local_date(self._clock()), limit=limit, offset=offset)

    async def teaching(
        self, skill_id: str, *, place: str | None = None, radius_km: int | None = None
    ) -> tuple[CourseHit, ...]:
        """Return the courses that teach a skill for sure, near a place where one is named; the best first."""
        catalogue = await self._catalogue.current()
        query = CourseQuery(place=place, radius_km=radius_km)
        today = local_date(self._clock())
        found = catalogue.search(query, today=today, limit=_ALL, offset=0, teaching=skill_id)
        return () if found.relaxed else found.hits

    async def topic_in(self, text: str) -> str | None:
        """Return what a sentence wants to learn about, or None."""
        return (await self._catalogue.current()).topic_in(text)

    async def get(self, course_id: str) -> Course:
        """Return the course, also when its source has it no more.

        Raises:
            UnknownCourseError: no course has this id.
        """
        async with self._database.reading() as session:
            course = await storage.course(session, course_id)
        if course is None:
            raise UnknownCourseError(course_id)
        return course

    async def offerings(self, course: Course) -> tuple[Course, ...]:
        """Return the same course at other places, days or prices."""
        catalogue = await self._catalogue.current()
        return catalogue.offerings(course, today=local_date(self._clock()))
