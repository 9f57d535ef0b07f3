"""What can be done to go on elsewhere: get a code on one side, give it on the other."""

import hashlib
import secrets
from collections.abc import Callable
from datetime import datetime

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from counter.channels import storage as channels
from counter.clock import Clock
from counter.continuations import storage
from counter.continuations.model import (
    LIFETIME,
    READING_PAGE,
    Code,
    SamePlaceError,
    UnknownCodeError,
    new_code,
)
from counter.continuations.storage import CodeRow, ReadingKeyRow
from counter.conversations import storage as conversations
from counter.conversations.model import Content, MessageState, OpenedConversation, Sender
from counter.database import Base, Database
from counter.notices.model import Notice, Wording
from counter.notices.service import tell_nobody
from counter.visits import storage as visits


class ContinuationService:
    """Moves conversations between devices and channels; both sides are told."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        wording: Wording,
        announce: Callable[[str], None] = tell_nobody,
        *,
        site: str = "",
    ) -> None:
        """Build it; `site` is the public address of the counter's pages, where they can be reached."""
        self._database = database
        self._clock = clock
        self._wording = wording
        self._announce = announce
        self._site = site

    async def issue(self, conversation_id: str) -> Code:
        """Return a new code for a conversation; an earlier one opens nothing any more.

        Raises:
            UnknownConversationError: there is no such conversation.
        """
        now = self._clock()
        code = Code(text=new_code(), expires_at=now + LIFETIME)
        async with self._database.session() as session:
            await conversations.lock(session, conversation_id)
            await storage.delete_expired(session, now=now)
            await storage.replace_code(
                session, CodeRow, conversation_id, code_hash=_hash(code.text), expires_at=code.expires_at
            )
        return code

    async def reading_link(self, conversation_id: str) -> str | None:
        """Return an address where this conversation can be read, once, within a quarter of an hour.

        An earlier one opens nothing any more. None when nobody knows where the counter's pages are.

        Raises:
            UnknownConversationError: there is no such conversation.
        """
        if not self._site:
            return None
        now, key = self._clock(), secrets.token_urlsafe(24)
        async with self._database.session() as session:
            await conversations.lock(session, conversation_id)
            await storage.delete_expired(session, now=now)
            await storage.replace_code(
                session, ReadingKeyRow, conversation_id, code_hash=_hash(key), expires_at=now + LIFETIME
            )
        return f"{self._site.rstrip('/')}{READING_PAGE}?sleutel={key}"

    async def use_reading_key(self, key: str) -> str:
        """Return the id of the conversation that may be read with this key, which opens nothing after this.

        Raises:
            UnknownCodeError: the key is wrong, too old, or was used.
        """
        async with self._database.session() as session:
            found = await storage.conversation_of(session, ReadingKeyRow, _hash(key), now=self._clock())
            if found is None or not await storage.use_code(session, ReadingKeyRow, _hash(key)):
                raise UnknownCodeError
        return found

    async def take_to_address(self, code: str, channel: str, address: str, *, client_id: str) -> str:
        """Go on at an address of a channel; returns the conversation's id.

        What was said last is sent there again, so that the person sees where they were. The same
        `client_id` again does nothing.

        Raises:
            UnknownCodeError: the code is wrong, too old, or was used.
            SamePlaceError: the conversation is held there already.
        """
        now = self._clock()
        async with self._database.session() as session:
            moved = await storage.conversation_of(session, CodeRow, _hash(code), now=now)
            # The conversations first, then addresses: erasing holds them in this order too.
            row = None if moved is None else await conversations.lock(session, moved)
            there = await channels.lock(session, channel, address)
            if there is not None and await conversations.message_by_client_id(
                session, there.conversation_id, client_id
            ):
                return there.conversation_id
            if row is None or not await storage.use_code(session, CodeRow, _hash(code)):
                raise UnknownCodeError
            if there is not None and there.conversation_id == row.id:
                raise SamePlaceError
            await self._leave(session, row, now)
            if there is not None:
                other = await conversations.conversation(session, there.conversation_id)
                await session.delete(there)
                if other is not None:
                    await _join_people(session, other.person_id, row.person_id)
            seen = await conversations.last_said_by_person(session, row.id)
            row.channel = channel
            await session.flush()
            session.add(
                channels.AddressRow(
                    channel=channel,
                    address=address,
                    conversation_id=row.id,
                    heard_at=now,
                    delivered_seq=seen,
                )
            )
            self._say(session, row, Content(text=code), Sender.PERSON, now, client_id=client_id)
            self._say(session, row, self._wording(Notice.MOVED_HERE, {}), Sender.SYSTEM, now)
        self._announce(row.id)
        return row.id

    async def take_to_website(self, code: str) -> OpenedConversation:
        """Go on at a website, with a new token; the one before opens nothing any more.

        Raises:
            UnknownCodeError: the code is wrong, too old, or was used.
        """
        now, token = self._clock(), secrets.token_urlsafe(32)
        async with self._database.session() as session:
            moved = await storage.conversation_of(session, CodeRow, _hash(code), now=now)
            if moved is None:
                raise UnknownCodeError
            row = await conversations.lock(session, moved)
            if not await storage.use_code(session, CodeRow, _hash(code)):
                raise UnknownCodeError
            await self._leave(session, row, now)
            row.channel, row.token_hash = "website", _hash(token)
            self._say(session, row, self._wording(Notice.MOVED_HERE, {}), Sender.SYSTEM, now)
        self._announce(row.id)
        return OpenedConversation(id=row.id, token=token)

    async def _leave(self, session: AsyncSession, row: conversations.ConversationRow, now: datetime) -> None:
        """Close the side where the conversation was, and tell so there."""
        await visits.end_all_of(session, row.id)
        here = await channels.address_of(session, row.id)
        if here is None:
            session.add(storage.FormerKeyRow(token_hash=row.token_hash, conversation_id=row.id))
            row.token_hash = secrets.token_hex(32)
            return
        # Whoever writes there later begins anew, as the same person.
        fresh = conversations.begin(session, person_id=row.person_id, channel=here.channel, at=now)
        await session.delete(here)
        await session.flush()
        session.add(
            channels.AddressRow(
                channel=here.channel, address=here.address, conversation_id=fresh.id, heard_at=here.heard_at
            )
        )
        self._say(session, fresh, self._wording(Notice.MOVED_AWAY, {}), Sender.SYSTEM, now)
        self._announce(fresh.id)

    @staticmethod
    def _say(
        session: AsyncSession,
        row: conversations.ConversationRow,
        content: Content,
        sender: Sender,
        at: datetime,
        *,
        client_id: str | None = None,
    ) -> None:
        conversations.append(
            session, row, sender=sender, content=content, state=MessageState.DONE, at=at, client_id=client_id
        )


async def _join_people(session: AsyncSession, one: str, into: str) -> None:
    """Give everything of one person to another, who turns out to be the same.

    What both have and nobody may have twice, such as a place on one list, stays as it is.
    """
    if one == into:
        return
    for table in Base.metadata.sorted_tables:
        if "person_id" in table.columns:
            try:
                async with session.begin_nested():
                    await session.execute(
                        update(table).where(table.c.person_id == one).values(person_id=into)
                    )
            except IntegrityError:
                continue


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
