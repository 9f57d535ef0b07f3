"""What can be done with presence: one method per use case."""

from sqlalchemy.exc import IntegrityError

from counter.clock import Clock
from counter.database import Database
from counter.presence import storage
from counter.presence.model import JUST_NOW, LOST_AFTER, Presence, PresenceState


class PresenceService:
    """Who is at the desk."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def beat(self, staff_id: str, *, is_active: bool, looking_at: str | None = None) -> Presence:
        """Note that a page of theirs is open, on this referral; `is_active` says that they did something.

        Who was lost, and did not say that they were absent, is present again. A page on which nobody does
        anything adds nothing to one that beat just before: it is another page of theirs.
        """
        if not is_active and (known := await self._just_seen(staff_id)) is not None:
            return known
        try:
            return await self._beat(staff_id, is_active=is_active, looking_at=looking_at)
        except IntegrityError:
            # Two pages were opened at once, and the other one was first.
            return await self._beat(staff_id, is_active=is_active, looking_at=looking_at)

    async def _just_seen(self, staff_id: str) -> Presence | None:
        async with self._database.reading() as session:
            return await storage.presence_of(session, staff_id, since=self._clock() - JUST_NOW)

    async def _beat(self, staff_id: str, *, is_active: bool, looking_at: str | None) -> Presence:
        now = self._clock()
        async with self._database.session() as session:
            row = await storage.row_of(session, staff_id, at=now)
            row.seen_at, row.looking_at = now, looking_at
            if is_active:
                row.active_at = now
            return storage.to_presence(row)

    async def choose(self, staff_id: str, state: PresenceState) -> Presence:
        """Say where one is."""
        now = self._clock()
        async with self._database.session() as session:
            row = await storage.row_of(session, staff_id, at=now)
            row.chosen, row.seen_at, row.active_at = state.value, now, now
            return storage.to_presence(row)

    async def leave(self, staff_id: str) -> None:
        """Note that the last page of theirs closed: they look at nobody."""
        async with self._database.session() as session:
            (await storage.row_of(session, staff_id, at=self._clock())).looking_at = None

    async def seen(self) -> dict[str, Presence]:
        """Return whoever's page is open, by their id."""
        async with self._database.reading() as session:
            found = await storage.seen_since(session, self._clock() - LOST_AFTER)
        return {presence.staff_id: presence for presence in found}

    async def present(self) -> frozenset[str]:
        """Return the ids of who is there and can help somebody now."""
        now = self._clock()
        seen = (await self.seen()).items()
        return frozenset(
            staff_id for staff_id, presence in seen if presence.state(now) is PresenceState.PRESENT
        )
