"""What can be done with a conversation: one method per use case."""

import hashlib
import re
import secrets
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from counter.channels.storage import address_of
from counter.clock import Clock
from counter.continuations.storage import is_former_key
from counter.conversations import storage, turn_storage, unheard_storage
from counter.conversations.buttons import typed
from counter.conversations.model import (
    Content,
    Conversation,
    ConversationMovedError,
    Message,
    MessageState,
    OpenedConversation,
    Owner,
    PayloadNotOfferedError,
    Received,
    Sender,
    Transcript,
    Turn,
    UnknownConversationError,
)
from counter.database import Database, new_id
from counter.people.storage import PersonRow, lock_all_of
from counter.preservations.storage import check_may_be_erased

# Long enough for the slowest turn plus a renewal that comes late; short enough that
# nobody waits long when a process died in the middle of an answer.
LEASE = timedelta(seconds=30)

# How far back a button may be pressed: what the counter said last, so that a turn
# costs the same however long the conversation is.
OFFERS_REMEMBERED = 100

_BARE_INTENT = re.compile(r"/[a-z_]+(/[a-z_]+)?")
# Rasa would obey these, and forget what was agreed.
_TRACKER_COMMANDS = frozenset({"/restart", "/session_start", "/back"})

type EraseSubject = Callable[[AsyncSession, Sequence[str]], Awaitable[None]]
"""Withdraws and blanks what was submitted in these conversations."""
type ExportSubject = Callable[[AsyncSession, str], Awaitable[list[dict[str, Any]]]]
"""Returns everything a subject keeps about the person with this id."""

type Withhold = Callable[[AsyncSession, str, Sequence[Content], datetime], Awaitable[None]]
"""Keeps what the bot wanted to say in a conversation that a coach has taken over."""


async def _keep_nothing(*_what: object) -> None:
    """Withhold without a desk: nobody is there to read it."""


class ConversationService:
    """Conversations of every channel: open, receive, answer, read, export, erase."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        *,
        erase_subjects: Sequence[EraseSubject] = (),
        export_subjects: dict[str, ExportSubject] | None = None,
        withhold: Withhold = _keep_nothing,
    ) -> None:
        self._database = database
        self._clock = clock
        self._withhold = withhold
        self._erase_subjects = tuple(erase_subjects)
        self._export_subjects = dict(export_subjects or {})

    async def open(self, channel: str, *, earlier_token: str | None = None) -> OpenedConversation:
        """Start a conversation; `earlier_token` says that it is the same person as before.

        Raises:
            UnknownConversationError: the earlier token opens nothing.
        """
        now = self._clock()
        token = secrets.token_urlsafe(32)
        async with self._database.session() as session:
            if earlier_token is None:
                person = PersonRow(id=new_id(), created_at=now)
                session.add(person)
                await session.flush()
                person_id = person.id
            else:
                earlier = await storage.conversation_by_token_hash(session, _hash(earlier_token))
                if earlier is None:
                    raise UnknownConversationError
                person_id = earlier.person_id
            row = storage.begin(
                session, person_id=person_id, channel=channel, at=now, token_hash=_hash(token)
            )
        return OpenedConversation(id=row.id, token=token)

    async def authenticate(self, conversation_id: str, token: str) -> Conversation:
        """Return the conversation that this token opens.

        Raises:
            UnknownConversationError: no such conversation, or not its token; which one is not told.
            ConversationMovedError: this token opened it until it went on elsewhere.
        """
        async with self._database.reading() as session:
            row = await storage.conversation(session, conversation_id)
            if row is not None and await is_former_key(session, conversation_id, _hash(token)):
                raise ConversationMovedError
        # An unknown id costs the same comparison, so that time tells nothing either.
        known_hash = "" if row is None else row.token_hash
        if not secrets.compare_digest(known_hash, _hash(token)) or row is None:
            raise UnknownConversationError
        return storage.to_conversation(row)

    async def receive(
        self,
        conversation_id: str,
        content: Content,
        *,
        client_id: str | None = None,
        refusal: Content | None = None,
        before_repeat: Content | None = None,
    ) -> Received:
        """Store what a person sent, before anything is done with it.

        The same `client_id` again returns the first message and stores nothing. With a
        `refusal` the message needs no answer of the bot's: the refusal is its answer.
        `before_repeat` comes before it when it was also said last.

        Raises:
            UnknownConversationError: there is no such conversation.
            PayloadNotOfferedError: the payload was never a button here, and is no bare intent.
        """
        now = self._clock()
        async with self._database.session() as session:
            conversation = await storage.lock(session, conversation_id)
            if client_id is not None:
                earlier = await storage.message_by_client_id(session, conversation_id, client_id)
                if earlier is not None:
                    return Received(message=storage.to_message(earlier), is_new=False)
            if content.payload is not None:
                content = await _pressed(session, conversation_id, content.payload)
            elif refusal is None:
                content = await _typed(session, conversation_id, content)
            row = storage.append(
                session,
                conversation,
                sender=Sender.PERSON,
                content=content,
                state=_state_on_arrival(conversation, refusal),
                at=now,
                client_id=client_id,
            )
            if refusal is not None:
                await _say(session, conversation, [refusal], before_repeat, at=now)
        return Received(message=storage.to_message(row), is_new=True)

    async def take_turn(self, conversation_id: str, holder: str) -> Turn | None:
        """Take the right to answer, and return the oldest message that waits.

        None when nothing waits, when another process or a coach has the right, or when the person asked to
        erase everything. Every call is one try: who asks after a crash knows that the bot may have answered.
        """
        now = self._clock()
        async with self._database.session() as session:
            row = await turn_storage.first_pending(session, conversation_id)
            conversation = await storage.conversation(session, conversation_id)
            if row is None or conversation is None:
                return None
            if conversation.owner == Owner.COACH.value:
                # The bot died on it, and a coach has taken over meanwhile.
                await turn_storage.mark_done(session, conversation_id, row.seq, is_left=True)
                return None
            if not await turn_storage.take_lease(
                session, conversation_id, holder=holder, now=now, until=now + LEASE
            ):
                return None
            row.tries += 1
            return Turn(
                conversation=storage.to_conversation(conversation),
                message=storage.to_message(row),
                is_retry=row.tries > 1,
                unheard=await unheard_storage.unheard(session, conversation, row.seq),
            )

    async def answer(
        self,
        conversation_id: str,
        seq: int,
        replies: Sequence[Content],
        *,
        before_repeat: Content | None = None,
    ) -> bool:
        """Store the bot's replies and mark message `seq` as answered, in one go.

        An answer that comes twice, after a crash, is stored once. The right to answer is
        given back when nothing else waits. `before_repeat` comes before a first reply that
        was also said last, so that nobody gets the same message twice in a row. What the bot says after
        a coach took over is kept for that coach. True when the person asked here to erase everything.
        """
        now = self._clock()
        async with self._database.session() as session:
            try:
                conversation = await storage.lock(session, conversation_id)
            except UnknownConversationError:
                return False  # erased while the bot was thinking
            is_with_coach = conversation.owner == Owner.COACH.value
            # Of a cry for help the answer is withheld too, and must be given all the same.
            if await turn_storage.mark_done(session, conversation_id, seq, is_left=is_with_coach):
                unheard_storage.mark_heard(conversation, seq)
                if is_with_coach:
                    await self._withhold(session, conversation_id, replies, now)
                else:
                    await _say(session, conversation, replies, before_repeat, at=now)
            if await turn_storage.first_pending(session, conversation_id) is None:
                conversation.lease_holder = None
                conversation.lease_until = None
            return conversation.erase_requested_at is not None

    async def notify(self, conversation_id: str, content: Content, *, while_waiting: bool = False) -> None:
        """Store a notice of the counter's own, outside the bot's answers.

        With `while_waiting` only if a message still waits for its answer.
        """
        async with self._database.session() as session:
            conversation = await storage.lock(session, conversation_id)
            if while_waiting and await turn_storage.first_pending(session, conversation_id) is None:
                return
            storage.append(
                session,
                conversation,
                sender=Sender.SYSTEM,
                content=content,
                state=MessageState.DONE,
                at=self._clock(),
            )

    async def transcript(self, conversation_id: str, *, after: int = 0) -> Transcript:
        """Return the messages past `after`.

        Raises:
            UnknownConversationError: there is no such conversation.
        """
        async with self._database.reading() as session:
            conversation = await storage.conversation(session, conversation_id)
            if conversation is None:
                raise UnknownConversationError(conversation_id)
            rows = await storage.messages_after(session, conversation_id, after)
            pending = await turn_storage.first_pending(session, conversation_id)
        return Transcript(
            messages=[storage.to_message(row) for row in rows],
            owner=Owner(conversation.owner),
            typing=pending is not None and conversation.owner != Owner.COACH.value,
        )

    async def said_last(self, conversation_id: str) -> Sequence[Content]:
        """Return what the counter said since the person's last message, the newest first."""
        async with self._database.reading() as session:
            rows = await storage.said_since(session, conversation_id)
            return [storage.to_message(row).content for row in reversed(rows)]

    async def offered(self, conversation_id: str, seq: int, index: int) -> str | None:
        """Return the payload of choice `index` (from 0) in message `seq`, or None when there is none."""
        async with self._database.reading() as session:
            row = await storage.message(session, conversation_id, seq)
            choices = () if row is None else storage.to_message(row).content.choices
            return choices[index]["payload"] if index < len(choices) else None

    async def said_before(self, conversation_id: str, message_id: str) -> Content | None:
        """Return what the counter said last before this message, or None."""
        async with self._database.reading() as session:
            row = await storage.said_before(session, conversation_id, message_id)
            return None if row is None else storage.to_message(row).content

    async def positions(self, conversation_ids: Sequence[str]) -> dict[str, int]:
        """Return how far each of these conversations has come; one that is erased is left out."""
        async with self._database.reading() as session:
            return await storage.positions(session, conversation_ids)

    async def unattended(self, limit: int = 100) -> Sequence[str]:
        """Return conversations with a message that no living process is answering."""
        async with self._database.reading() as session:
            return await turn_storage.unattended(session, now=self._clock(), limit=limit)

    async def pending_count(self) -> int:
        """Return how many messages wait for an answer."""
        async with self._database.reading() as session:
            return await turn_storage.pending_count(session)

    async def release_all(self) -> None:
        """Forget who was answering what; only right when this is the only process."""
        async with self._database.session() as session:
            await turn_storage.release_all_leases(session)

    async def export(self, conversation_id: str) -> dict[str, Any]:
        """Return everything the counter keeps about the person of this conversation."""
        async with self._database.reading() as session:
            person_id = await storage.person_of(session, conversation_id)
            conversations = [
                {
                    "id": row.id,
                    "channel": row.channel,
                    "address": getattr(await address_of(session, row.id), "address", None),
                    "opened_at": row.created_at.isoformat(),
                    "messages": [
                        export_message(storage.to_message(message))
                        for message in await storage.messages_after(session, row.id, 0)
                    ],
                }
                for row in await storage.conversations_of(session, person_id)
            ]
            subjects = {
                name: await export(session, person_id) for name, export in self._export_subjects.items()
            }
        return {"exported_at": self._clock().isoformat(), "conversations": conversations, **subjects}

    async def erase(self, conversation_id: str) -> None:
        """Delete the conversation, and withdraw and blank what was submitted in it.

        Raises:
            UnknownConversationError: there is no such conversation.
            MustBeKeptError: a claim keeps everything of this person.
        """
        async with self._database.session() as session:
            # All of the person's: what they asked for in one may be dealt with in another.
            await lock_all_of(session, await storage.person_of(session, conversation_id))
            await check_may_be_erased(session, conversation_id, now=self._clock())
            for erase_subject in self._erase_subjects:
                await erase_subject(session, [conversation_id])
            await storage.delete_conversation(session, conversation_id)
        await self._database.forget_erased()


def export_message(message: Message) -> dict[str, Any]:
    """Return a message as the public contract shows it."""
    sometimes = {"simpler": message.content.simpler, "author": message.content.author}
    return {
        "seq": message.seq,
        "from": message.sender.value,
        "text": message.content.text,
        "buttons": list(message.content.buttons),
        "cards": list(message.content.cards),
        **{key: value for key, value in sometimes.items() if value},
        "at": message.at.isoformat(),
    }


async def _say(
    session: AsyncSession,
    conversation: storage.ConversationRow,
    replies: Sequence[Content],
    before_repeat: Content | None,
    *,
    at: datetime,
) -> None:
    """Add the bot's replies, after `before_repeat` when the first of them was said last."""
    last = next(iter(await storage.said_to_person(session, conversation.id, limit=1)), None)
    is_repeat = last is not None and bool(replies) and replies[0].is_same_as(storage.to_message(last).content)
    opening = [before_repeat] if is_repeat and before_repeat is not None else []
    for reply in (*opening, *replies):
        storage.append(
            session, conversation, sender=Sender.BOT, content=reply, state=MessageState.DONE, at=at
        )


async def _pressed(session: AsyncSession, conversation_id: str, payload: str) -> Content:
    """Return what the person pressed, with the button's title as its text."""
    for row in await storage.said_to_person(session, conversation_id, limit=OFFERS_REMEMBERED):
        for button in storage.to_message(row).content.choices:
            if button["payload"] == payload:
                return Content(text=button["title"], payload=payload)
    # A bare intent says no more than a person could type; data could say anything.
    if not _BARE_INTENT.fullmatch(payload) or payload in _TRACKER_COMMANDS:
        raise PayloadNotOfferedError
    return Content(payload=payload)


async def _typed(session: AsyncSession, conversation_id: str, content: Content) -> Content:
    """Return what the person wrote, with the payload of the button they typed out, if they did."""
    offered = await storage.said_since(session, conversation_id)
    choices = [button for row in offered for button in storage.to_message(row).content.choices]
    return replace(content, payload=typed(content.text, choices))


def _state_on_arrival(conversation: storage.ConversationRow, refusal: Content | None) -> MessageState:
    if refusal is not None:
        return MessageState.DONE
    # A coach answers in person: the bot is asked no more than whether it is a cry for help.
    return MessageState.UNWATCHED if conversation.owner == Owner.COACH.value else MessageState.PENDING


def _hash(token: str) -> str:
    # The token has 256 random bits, so one fast hash is enough; salt and stretching are for passwords.
    return hashlib.sha256(token.encode()).hexdigest()
