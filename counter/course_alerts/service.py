"""What can be done with alerts: one method per use case."""

from datetime import datetime

from counter.catalogue.storage import version_of
from counter.clock import Clock
from counter.conversations.storage import lock, person_of
from counter.course_alerts import storage
from counter.course_alerts.model import MONTHS, MOST_OPEN, Alert, AskAlert, TooManyAlertsError, key_of
from counter.courses.model import Course, CourseHit, CourseQuery
from counter.courses.service import CourseService
from counter.courses.storage import CourseRow
from counter.database import Database
from counter.notices.model import Notice
from counter.notices.service import NoticeService
from counter.receipts import new_number
from counter.retention.model import months_before

_LOOKED_AT = 200


class AlertService:
    """Who is told of new courses, and of which."""

    def __init__(
        self, database: Database, clock: Clock, courses: CourseService, notices: NoticeService
    ) -> None:
        self._database = database
        self._clock = clock
        self._courses = courses
        self._notices = notices

    async def ask(self, command: AskAlert) -> Alert:
        """Keep somebody informed about a search; the same message or the same search again is one alert.

        Raises:
            UnknownConversationError: there is no such conversation.
            TooManyAlertsError: they have as many as one can have.
        """
        now = self._clock()
        # Read before the search: what comes in between is looked at once more, rather than missed.
        async with self._database.reading() as session:
            version = await version_of(session, CourseRow.__tablename__)
        known = await self._fitting(command.query)
        async with self._database.session() as session:
            person_id = (await lock(session, command.conversation_id)).person_id
            rows = await storage.open_of(session, person_id, now)
            row = await storage.asked_by(session, command.conversation_id, command.message_id) or next(
                (one for one in rows if storage.to_query(one.query) == command.query), None
            )
            if row is not None:
                return storage.to_alert(row, now)
            if len(rows) >= MOST_OPEN:
                raise TooManyAlertsError
            row = storage.CourseAlertRow(
                number=new_number("M"),
                person_id=person_id,
                conversation_id=command.conversation_id,
                message_id=command.message_id,
                query=storage.as_kept(command.query),
                asked_at=now,
                expires_at=months_before(now, -MONTHS),
                looked_version=version,
            )
            session.add(row)
            await session.flush()
            # What they could see already is no news.
            await storage.remember(session, row.id, (key_of(hit.course) for hit in known))
            return storage.to_alert(row, now)

    async def of_person(self, conversation_id: str) -> tuple[Alert, ...]:
        """Return the alerts of the person of this conversation that go on, the oldest first.

        Raises:
            UnknownConversationError: there is no such conversation.
        """
        now = self._clock()
        async with self._database.reading() as session:
            person_id = await person_of(session, conversation_id)
            rows = await storage.open_of(session, person_id, now)
            return tuple(storage.to_alert(row, now) for row in rows)

    async def stop(self, conversation_id: str, number: str | None = None) -> tuple[Alert, ...]:
        """Stop an alert of this person's, or all of them; returns what was stopped now.

        Raises:
            UnknownConversationError: there is no such conversation.
        """
        now = self._clock()
        async with self._database.session() as session:
            person_id = (await lock(session, conversation_id)).person_id
            rows = await storage.open_of(session, person_id, now)
            stopped = [row for row in rows if number in {None, row.number}]
            for row in stopped:
                row.stopped_at = now
            return tuple(storage.to_alert(row, now) for row in stopped)

    async def look(self) -> int:
        """Tell everybody of what came in for them since the last look; returns how many were told."""
        now = self._clock()
        async with self._database.reading() as session:
            version = await version_of(session, CourseRow.__tablename__)
            behind = [
                (row.id, row.person_id, storage.to_query(row.query))
                for row in await storage.behind(session, version, now)
            ]
        told = 0
        for alert_id, person_id, query in behind:
            found = await self._fitting(query)
            told += await self._tell(alert_id, person_id, found, version=version, now=now)
        return told

    async def _fitting(self, query: CourseQuery) -> tuple[CourseHit, ...]:
        """Return the courses that fit a search in everything."""
        search = await self._courses.search(query, limit=_LOOKED_AT)
        return () if search.relaxed else search.hits

    async def _tell(
        self, alert_id: int, person_id: str, found: tuple[CourseHit, ...], *, version: int, now: datetime
    ) -> bool:
        """Tell one person of what is new to them, unless another process did."""
        async with self._notices.telling(person_id) as telling:
            row = await storage.held(telling.session, alert_id)
            if row is None or row.stopped_at is not None or row.looked_version >= version:
                return False
            row.looked_version = version
            known = await storage.told_of(telling.session, alert_id)
            new = [hit.course for hit in found if key_of(hit.course) not in known]
            if not new:
                return False
            await storage.remember(telling.session, alert_id, map(key_of, new))
            telling.tell(Notice.COURSE_FOUND, _facts(storage.to_alert(row, now), new))
            return True


def _facts(alert: Alert, new: list[Course]) -> dict[str, str]:
    """Return what a notice tells: the best course, and how many more there are."""
    best = new[0]
    return {
        "nummer": alert.number,
        "onderwerp": alert.query.topic or "",
        "cursus": best.id,
        "titel": best.title,
        "aanbieder": best.provider,
        "waar": best.place or "online",
        "start": f"{best.start.day}-{best.start.month}-{best.start.year}" if best.start else "",
        "meer": str(len(new) - 1) if len(new) > 1 else "",
    }
