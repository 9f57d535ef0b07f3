"""One run of retention: in small steps, each of which counts what it deletes in the same unit of work."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from counter.clock import Clock
from counter.database import Database, new_id
from counter.people.service import PersonService
from counter.retention import storage
from counter.retention.model import CONVERSATIONS, NotForgottenError, Observer, Run
from counter.retention.storage import Stale, Subject

type ForgetInBot = Callable[[str], Awaitable[None]]
"""Has the bot forget a conversation; raises NotForgottenError when it cannot."""

# After this without a sign of life another process takes the run over.
LEASE = timedelta(minutes=2)
# As many at once: nobody waits long for what one unit of work holds.
BATCH = 100
# So often in a row the bot does not forget: it is away, and asking on for everybody is of no use.
MAX_REFUSALS = 3


class _TakenOverError(Exception):
    """Another process is at this run by now."""


@dataclass(frozen=True, kw_only=True)
class Sweep:
    """What one run works with; everything is judged by the moment at which it began."""

    database: Database
    clock: Clock
    people: PersonService
    subjects: Mapping[str, Subject]
    stale: Mapping[str, Stale]
    before: Mapping[str, datetime]
    observer: Observer
    day: date
    holder: str = field(default_factory=new_id)

    async def run(self, forget: ForgetInBot) -> Run | None:
        """Delete what is due; None when another process is at it."""
        if not await self._begin():
            return None
        try:
            await self._people_go(forget)
            for rule in self.subjects:
                await self._rows_go(rule)
            await self._end()
        except _TakenOverError:
            return None
        async with self.database.reading() as session:
            return await storage.run_of(session, self.day)

    async def _begin(self) -> bool:
        now = self.clock()
        async with self.database.reading() as session:
            due = await storage.count_all(session, self.stale, self.day)
        async with self.database.session() as session:
            if not await storage.take_run(session, self.day, now=now, holder=self.holder, until=now + LEASE):
                return False
            for rule, one in due.items():
                await storage.begin_outcome(session, self.day, rule, one)
        return True

    async def _end(self) -> None:
        async with self.database.reading() as session:
            left = await storage.count_all(session, self.stale, self.day)
        async with self.database.session() as session:
            await self._hold(session)
            await storage.end_run(session, self.day, left, at=self.clock())

    async def _people_go(self, forget: ForgetInBot) -> None:
        after, refusals = None, 0
        while keys := await self._keys(CONVERSATIONS, after):
            for person_id in keys:
                try:
                    await self._person_goes(person_id, forget)
                except NotForgottenError as error:
                    self.observer.failed(CONVERSATIONS, error)
                    refusals += 1
                    if refusals >= MAX_REFUSALS:
                        return
                except _TakenOverError:
                    raise
                except Exception as error:  # noqa: BLE001 - one person must not keep all others
                    self.observer.failed(CONVERSATIONS, error)
                else:
                    refusals = 0
            after = keys[-1]

    async def _person_goes(self, person_id: str, forget: ForgetInBot) -> None:
        """Have the bot forget a person, and then erase everything of theirs.

        Raises:
            NotForgottenError: the bot does not forget; nothing is erased.
        """
        known = await self.people.take_expiry(person_id, self.holder, self._is_due(person_id))
        try:
            for conversation_id in known:
                await forget(conversation_id)
        except NotForgottenError:
            await self.people.give_back_expiry(person_id, self.holder)
            raise
        if known and await self.people.expire(person_id, self._counted(person_id)):
            self.observer.progressed(CONVERSATIONS, 1)

    def _is_due(self, person_id: str) -> Callable[[AsyncSession], Awaitable[bool]]:
        async def is_due(session: AsyncSession) -> bool:
            return await storage.count_of(session, self.stale[CONVERSATIONS], self.day, [person_id]) == 1

        return is_due

    def _counted(self, person_id: str) -> Callable[[AsyncSession], Awaitable[bool]]:
        """Return what looks whether a person is due, and if so counts them as deleted."""

        async def is_due_and_counted(session: AsyncSession) -> bool:
            await self._hold(session)
            if not await self._is_due(person_id)(session):
                return False
            await storage.add_deleted(session, self.day, CONVERSATIONS, 1)
            return True

        return is_due_and_counted

    async def _rows_go(self, rule: str) -> None:
        after = None
        while keys := await self._keys(rule, after):
            try:
                async with self.database.session() as session:
                    await self._hold(session)
                    due = await storage.count_of(session, self.stale[rule], self.day, keys)
                    await self.subjects[rule].forget(session, keys, self.before[rule])
                    await session.flush()
                    # What was not really deleted is not counted, so that it shows as a difference.
                    deleted = due - await storage.count_of(session, self.stale[rule], self.day, keys)
                    await storage.add_deleted(session, self.day, rule, deleted)
            except _TakenOverError:
                raise
            except Exception as error:  # noqa: BLE001 - one subject must not keep all others
                self.observer.failed(rule, error)
            else:
                self.observer.progressed(rule, deleted)
            after = keys[-1]

    async def _keys(self, rule: str, after: Any) -> Sequence[Any]:  # noqa: ANN401 - ids of any kind
        async with self.database.reading() as session:
            return await storage.due_keys(session, self.stale[rule], self.day, limit=BATCH, after=after)

    async def _hold(self, session: AsyncSession) -> None:
        until = self.clock() + LEASE
        if not await storage.hold_run(session, self.day, holder=self.holder, until=until):
            raise _TakenOverError
