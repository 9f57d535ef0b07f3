"""What can be done about visits: give a link, open, go on, and end."""

import hashlib
import secrets
from datetime import datetime
from urllib.parse import urlencode

from sqlalchemy.ext.asyncio import AsyncSession

from counter.clock import Clock
from counter.conversations import storage as conversations
from counter.conversations.model import UnknownConversationError
from counter.database import Database
from counter.visits import storage
from counter.visits.model import (
    LINK_LIFETIME,
    LONGEST_PAUSE,
    LONGEST_VISIT,
    OPENING_PAGE,
    UnknownKeyError,
    Visit,
)
from counter.visits.storage import VisitRow


class VisitService:
    """Lets people see their own pages without an account, in one browser at a time or in several."""

    def __init__(self, database: Database, clock: Clock, *, site: str = "") -> None:
        """Build it; `site` is the public address of the counter's pages, where they can be reached."""
        self._database = database
        self._clock = clock
        self._site = site

    async def link(self, conversation_id: str, page: str = "") -> str | None:
        """Return an address that opens the person's own pages, once, within a quarter of an hour.

        `page` is where it leads, such as `paspoort`. An earlier link opens nothing any more. None when
        nobody knows where the counter's pages are.

        Raises:
            UnknownConversationError: there is no such conversation.
        """
        if not self._site:
            return None
        now, key = self._clock(), secrets.token_urlsafe(24)
        async with self._database.session() as session:
            await conversations.lock(session, conversation_id)
            await storage.delete_over(session, now=now)
            await storage.replace_link(
                session, conversation_id, key_hash=_hash(key), expires_at=now + LINK_LIFETIME
            )
        query = {"naar": page, "sleutel": key} if page else {"sleutel": key}
        return f"{self._site.rstrip('/')}{OPENING_PAGE}?{urlencode(query, safe='/')}"

    async def use(self, key: str, *, page_id: str) -> str:
        """Begin a visit with the key of a link, and return the secret of the visit.

        The key opens nothing after this, but for the same button on the same page: who presses twice
        gets in as well.

        Raises:
            UnknownKeyError: the key is wrong, too old, or was used.
        """
        now = self._clock()
        async with self._database.session() as session:
            conversation_id = await storage.conversation_of(session, _hash(key))
            if conversation_id is None:
                raise UnknownKeyError
            # The conversation first: erasing holds it before what hangs on it.
            try:
                await conversations.lock(session, conversation_id)
            except UnknownConversationError as error:
                raise UnknownKeyError from error
            if not await storage.use_link(session, _hash(key), page_hash=_hash(page_id), now=now):
                raise UnknownKeyError
            return _begin(session, conversation_id, now)

    async def begin(self, conversation_id: str) -> str:
        """Begin a visit for who has shown that this conversation is theirs; returns its secret.

        Raises:
            UnknownConversationError: there is no such conversation.
        """
        now = self._clock()
        async with self._database.session() as session:
            await conversations.lock(session, conversation_id)
            await storage.delete_over(session, now=now)
            return _begin(session, conversation_id, now)

    async def of(self, token: str) -> Visit | None:
        """Return the visit with this secret, or None when there is none any more; looking prolongs it."""
        now = self._clock()
        async with self._database.reading() as session:
            row = await storage.visit(session, _hash(token), now=now)
        if row is None:
            return None
        until = min(now + LONGEST_PAUSE, row.began_at + LONGEST_VISIT)
        # Once in a while is enough; not every look needs to write.
        if until - row.ends_at > LONGEST_PAUSE / 20:
            async with self._database.session() as session:
                await storage.prolong(session, _hash(token), ends_at=until)
        return Visit(conversation_id=row.conversation_id)

    async def end_others(self, token: str) -> None:
        """End every other visit of the person of this one, and the links that would begin one.

        One that is over ends nothing.
        """
        async with self._database.session() as session:
            row = await storage.visit(session, _hash(token), now=self._clock())
            if row is not None:
                person_id = await conversations.person_of(session, row.conversation_id)
                await storage.end_all_of_person(session, person_id, but=_hash(token))

    async def end(self, token: str) -> None:
        """End a visit; one that is over is fine."""
        async with self._database.session() as session:
            await storage.end(session, _hash(token))


def _begin(session: AsyncSession, conversation_id: str, now: datetime) -> str:
    token = secrets.token_urlsafe(32)
    session.add(
        VisitRow(
            token_hash=_hash(token),
            conversation_id=conversation_id,
            began_at=now,
            ends_at=now + LONGEST_PAUSE,
        )
    )
    return token


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
