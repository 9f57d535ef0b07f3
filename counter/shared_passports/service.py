"""What can be done with shared passports: give a link, see them, withdraw one, and look."""

import hashlib
from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from counter.calendar import local_date
from counter.clock import Clock
from counter.conversations import storage as conversations
from counter.conversations.storage import person_of
from counter.database import Database, new_id
from counter.passport.storage import passport_of
from counter.people.storage import PersonRow
from counter.shared_passports import storage
from counter.shared_passports.model import (
    MOST_LINKS,
    Link,
    Share,
    SharedPassport,
    TooManyLinksError,
    UnknownLinkError,
    what_shows,
)
from skills_taxonomy import Taxonomy


class SharedPassportService:
    """Passports that people share by a link; only who has the key sees one."""

    def __init__(self, database: Database, clock: Clock, taxonomy: Taxonomy) -> None:
        self._database = database
        self._clock = clock
        self._taxonomy = taxonomy

    async def share(self, conversation_id: str, key: str, share: Share) -> None:
        """Have a key open what was ticked; the same key again changes nothing.

        Raises:
            UnknownConversationError: there is no such conversation.
            TooManyLinksError: too many links of this person work already.
        """
        now, key_hash = self._clock(), _hash(key)
        async with self._database.session() as session:
            row = await conversations.lock(session, conversation_id)
            # Two forms at once: the second sees what the first made.
            await session.get_one(PersonRow, row.person_id, with_for_update=True)
            if await storage.by_key(session, key_hash, now=now) is not None:
                return
            if await storage.count_of(session, row.person_id, now=now) >= MOST_LINKS:
                raise TooManyLinksError
            session.add(
                storage.to_row(
                    share,
                    link_id=new_id(),
                    person_id=row.person_id,
                    conversation_id=conversation_id,
                    key_hash=key_hash,
                    at=now,
                )
            )

    async def links(self, conversation_id: str) -> Sequence[Link]:
        """Return the links of this person that work, the newest first.

        Raises:
            UnknownConversationError: there is no such conversation.
        """
        async with self._database.reading() as session:
            person_id = await person_of(session, conversation_id)
            return [
                storage.to_link(row) for row in await storage.links_of(session, person_id, now=self._clock())
            ]

    async def link(self, conversation_id: str, key: str) -> Link | None:
        """Return the link of this person with this key, when it works.

        Raises:
            UnknownConversationError: there is no such conversation.
        """
        async with self._database.reading() as session:
            person_id = await person_of(session, conversation_id)
            row = await storage.by_key(session, _hash(key), now=self._clock())
            return None if row is None or row.person_id != person_id else storage.to_link(row)

    async def withdraw(self, conversation_id: str, link_id: str) -> None:
        """Have a link of this person show nothing any more, from now on; one that is gone is fine.

        Raises:
            UnknownConversationError: there is no such conversation.
        """
        async with self._database.session() as session:
            await storage.withdraw(session, await person_of(session, conversation_id), link_id)

    async def look(self, key: str, *, counts: bool = True) -> SharedPassport:
        """Return what a key shows now; a look `counts` for the person who shared it.

        Raises:
            UnknownLinkError: it shows nothing; why is not told.
        """
        now = self._clock()
        async with self._database.reading() as session:
            row = await storage.by_key(session, _hash(key), now=now)
            if row is None:
                raise UnknownLinkError
            passport = await passport_of(session, row.person_id)
        if counts:
            async with self._database.session() as session:
                await storage.count_look(session, row.id, day=local_date(now))
        return what_shows(passport, storage.to_ticked(row), self._taxonomy, expires_at=row.expires_at)

    async def erase(self, session: AsyncSession, conversation_ids: Sequence[str]) -> None:
        """Delete the links that were made from these conversations."""
        await storage.erase(session, conversation_ids)


def _hash(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()
