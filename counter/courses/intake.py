"""Taking in what a source has: all in one unit of work, or nothing; one import of a source at a time."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta
from itertools import batched

from counter.calendar import local_date
from counter.catalogue.storage import changed
from counter.clock import Clock
from counter.courses import source_storage, storage
from counter.courses.model import Course, Taught
from counter.courses.sources import (
    NO_SOURCE,
    SourceBusyError,
    SourceLostError,
    SourceState,
    Taken,
    changes_by,
    check_name,
    check_owners,
    check_size,
)
from counter.courses.teaching import taught_by
from counter.database import Database, new_id
from skills_taxonomy import Taxonomy

# Who is silent for so long died at it; reading a page takes seconds.
LEASE = timedelta(minutes=10)
_LINKED_AT_ONCE = 2000


class Intake:
    """Courses that come in, from a file or from a source elsewhere."""

    def __init__(self, database: Database, clock: Clock, taxonomy: Taxonomy) -> None:
        self._database = database
        self._clock = clock
        self._taxonomy = taxonomy

    async def store(self, courses: Sequence[Course]) -> Taken:
        """Add courses of no source, or replace those with the same id; the others stay; all or none.

        Raises:
            ForeignCoursesError: some are a source's.
        """
        return await self._take_in(NO_SOURCE, courses)

    @asynccontextmanager
    async def importing(self, source: str) -> AsyncIterator["SourceImport"]:
        """Give the right to import a source, until the block ends.

        Raises:
            WrongSourceNameError: this cannot be its name.
            SourceBusyError: another has that right.
        """
        holder, now = new_id(), self._clock()
        check_name(source)
        async with self._database.session() as session:
            if not await source_storage.take(session, source, holder=holder, now=now, until=now + LEASE):
                raise SourceBusyError(source)
        try:
            yield SourceImport(self, source, holder)
        finally:
            async with self._database.session() as session:
                await source_storage.give_back(session, source, holder=holder)

    async def states(self) -> Sequence[SourceState]:
        """Return when each source was imported last."""
        async with self._database.reading() as session:
            return await source_storage.states(session)

    async def link(self) -> int:
        """Find what courses teach where that was not done with this taxonomy; returns in how many.

        This only adds to what was stored, so it may be broken off and done again.
        """
        edition = await asyncio.to_thread(lambda: self._taxonomy.edition)
        async with self._database.reading() as session:
            courses = await storage.linked_otherwise(session, edition)
        for some in batched(courses, _LINKED_AT_ONCE):
            teaching = await asyncio.to_thread(self._teaching, some)
            async with self._database.session() as session:
                await changed(session, storage.CourseRow)
                await storage.link(session, teaching, edition)
        return len(courses)

    def _teaching(self, courses: Sequence[Course]) -> storage.Teaching:
        """Return what each course teaches; offerings that tell the same are looked at once."""
        found: dict[tuple[object, ...], tuple[Taught, ...]] = {}
        teaching = {}
        for course in courses:
            told = (course.title, course.skills, course.description, course.level)
            if told not in found:
                found[told] = taught_by(course, self._taxonomy)
            teaching[course.id] = found[told]
        return teaching

    async def hold(self, source: str, holder: str) -> None:
        """Keep the right to import a source a while longer.

        Raises:
            SourceLostError: another took it.
        """
        async with self._database.session() as session:
            until = self._clock() + LEASE
            if not await source_storage.hold(session, source, holder=holder, until=until):
                raise SourceLostError(source)

    async def replace(
        self, source: str, holder: str, courses: Sequence[Course], *, accept_shrink: bool
    ) -> Taken:
        """Have a source hold these courses and no others; what it has no more is closed; all or nothing.

        Raises:
            SourceLostError: another import took its place.
            ShrunkError: it lost most of its courses.
            ForeignCoursesError: some are another source's.
        """
        return await self._take_in(source, courses, holder=holder, accept_shrink=accept_shrink)

    async def _take_in(
        self,
        source: str,
        courses: Sequence[Course],
        *,
        holder: str | None = None,
        accept_shrink: bool = True,
    ) -> Taken:
        now = self._clock()
        async with self._database.session() as session:
            if holder is not None and not await source_storage.hold(
                session, source, holder=holder, until=now + LEASE
            ):
                raise SourceLostError(source)
            # Its row holds off other imports from here on.
            await changed(session, storage.CourseRow)
            known = await storage.known(session, source, [course.id for course in courses])
            check_owners(courses, known, source)
            if not accept_shrink:
                check_size(courses, known, local_date(now))
            changes = changes_by(courses, known, is_whole=holder is not None)
            await storage.add(session, changes.new, source)
            await storage.replace(session, [*changes.changed, *changes.reopened])
            await storage.see(session, [course.id for course in courses], now)
            await storage.close(session, changes.closed, now)
            if holder is not None:
                await source_storage.write_down(session, source, now)
        # What they teach follows from what is stored by now, and takes a while: nobody waits for it.
        await self.link()
        return changes.counts


class SourceImport:
    """One import of one source, while it has the right to it."""

    def __init__(self, intake: Intake, source: str, holder: str) -> None:
        self._intake = intake
        self._source = source
        self._holder = holder

    async def go_on(self) -> None:
        """Tell that this import is still at it.

        Raises:
            SourceLostError: another took its place.
        """
        await self._intake.hold(self._source, self._holder)

    async def replace(self, courses: Sequence[Course], *, accept_shrink: bool = False) -> Taken:
        """Have the source hold these courses and no others; what it has no more is closed.

        Raises:
            SourceLostError: another import took its place.
            ShrunkError: it lost most of its courses, and that was not accepted.
            ForeignCoursesError: some are another source's.
        """
        return await self._intake.replace(self._source, self._holder, courses, accept_shrink=accept_shrink)
