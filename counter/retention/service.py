"""What retention does: tell what is due, make it go, and account for it."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from counter.calendar import local_date, local_moment
from counter.clock import Clock
from counter.database import Database
from counter.people.service import PersonService
from counter.retention import storage
from counter.retention.model import (
    CONVERSATIONS,
    LONGEST_GAP,
    ClockLeapError,
    Due,
    Observer,
    Rule,
    Run,
    check_rules,
)
from counter.retention.storage import OpenPeople, Subject
from counter.retention.sweep import ForgetInBot, Sweep

# By the clock in the Netherlands, when few people are here.
NIGHT = 3
# Between two tries on one day, when something could not be deleted.
RETRY = timedelta(hours=1)


class RetentionService:
    """Deletes what the rules no longer keep, every day, and can prove it."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        rules: Mapping[str, Rule],
        *,
        people: PersonService,
        subjects: Mapping[str, Subject],
        still_open: Sequence[OpenPeople],
    ) -> None:
        """Build it; `still_open` keep their people, `subjects` go in their order, after conversations.

        Raises:
            WrongRulesError: the rules do not fit the subjects.
        """
        check_rules(
            rules, {CONVERSATIONS: 1, **{name: subject.least_months for name, subject in subjects.items()}}
        )
        self._database = database
        self._clock = clock
        self._people = people
        self._subjects = dict(subjects)
        self._still_open = tuple(still_open)
        self.rules = {name: rules[name] for name in (CONVERSATIONS, *subjects)}

    async def preview(self) -> dict[str, Due]:
        """Return what is due now under each rule."""
        return await self._due(self._clock())

    async def report(self, *, days: int) -> tuple[Run, ...]:
        """Return the last runs, the newest first."""
        async with self._database.reading() as session:
            return await storage.runs(session, limit=days)

    async def is_time(self) -> bool:
        """Tell whether today's run must begin or go on.

        Raises:
            ClockLeapError: the clock went far ahead since the last run; a person must look first.
        """
        now = self._clock()
        async with self._database.reading() as session:
            last = await storage.last_began(session)
            today = await storage.run_of(session, local_date(now))
        if last is not None and now - last > LONGEST_GAP:
            raise ClockLeapError(last, now)
        if today is None:
            return local_moment(now).hour >= NIGHT
        if today.ended_at is None:
            return True
        return not today.is_complete and now - today.ended_at >= RETRY

    async def run(self, forget: ForgetInBot, observer: Observer) -> Run | None:
        """Delete what is due, in small steps; None when another process is at it.

        Broken off, it can begin again: what was deleted is counted with what deletes it.
        """
        now = self._clock()
        sweep = Sweep(
            database=self._database,
            clock=self._clock,
            people=self._people,
            subjects=self._subjects,
            stale=self._stale(now),
            before={name: rule.before(now) for name, rule in self.rules.items()},
            observer=observer,
            day=local_date(now),
        )
        return await sweep.run(forget)

    async def _due(self, now: datetime) -> dict[str, Due]:
        async with self._database.reading() as session:
            return await storage.count_all(session, self._stale(now), local_date(now))

    def _stale(self, now: datetime) -> dict[str, storage.Stale]:
        """Return what selects what is stale under each rule, by the clock at one moment."""
        before = {name: rule.before(now) for name, rule in self.rules.items()}
        return {
            CONVERSATIONS: storage.stale_people(before[CONVERSATIONS], self._still_open),
            **{name: subject.find(before[name]) for name, subject in self._subjects.items()},
        }
