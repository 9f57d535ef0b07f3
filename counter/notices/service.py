"""Telling people something of the counter's own accord: committed with what happened, or not at all."""

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from counter.clock import Clock
from counter.conversations import storage as conversations
from counter.conversations.model import Content, MessageState, Sender
from counter.database import Database
from counter.notices.model import Notice, Wording
from counter.people.storage import lock_all_of

type Announce = Callable[[str], None]
"""Wakes who listens to a conversation in this process; other processes look for themselves."""


def tell_nobody(conversation_id: str) -> None:
    """Announce to no one: nobody listens in this process."""
    del conversation_id


@dataclass
class Telling:
    """A unit of work about a person, and the conversation in which they are told of it."""

    session: AsyncSession
    talks: Sequence[conversations.ConversationRow]
    """All conversations of the person, held."""
    conversation: conversations.ConversationRow | None
    """The one in which they are told; None when they erased it."""
    _wording: Wording
    _clock: Clock
    is_news: bool = False
    """Whether whoever listens has to look, also when nothing was said."""

    def tell(self, notice: Notice, facts: Mapping[str, str]) -> None:
        """Tell the person; who cannot be reached any more is told nothing."""
        self.say(self._wording(notice, facts), Sender.SYSTEM)

    async def tell_once(self, notice: Notice, facts: Mapping[str, str], *, within: timedelta) -> None:
        """Tell the person, unless they were told the same in this conversation so shortly before."""
        content = self._wording(notice, facts)
        since = self._clock() - within
        if self.conversation is not None and not await conversations.was_said(
            self.session, self.conversation.id, content.response, since=since
        ):
            self.say(content, Sender.SYSTEM)

    def say(
        self, content: Content, sender: Sender, *, client_id: str | None = None
    ) -> conversations.MessageRow | None:
        """Add what somebody says to the person's conversation; None when there is none any more."""
        if self.conversation is None:
            return None
        self.is_news = True
        return conversations.append(
            self.session,
            self.conversation,
            sender=sender,
            content=content,
            state=MessageState.DONE,
            at=self._clock(),
            client_id=client_id,
        )


class NoticeService:
    """Reaches people in the channel they used last."""

    def __init__(
        self, database: Database, clock: Clock, wording: Wording, announce: Announce = tell_nobody
    ) -> None:
        self._database = database
        self._clock = clock
        self._wording = wording
        self._announce = announce

    @asynccontextmanager
    async def telling(self, person_id: str, *, there: str | None = None) -> AsyncIterator[Telling]:
        """Run one unit of work about a person; what they are told is announced once it is committed.

        They are told in the conversation with id `there`, or in the one they had last. Their conversations
        are held first, before any row of what happens: erasing does so too, and two that hold in one
        order never wait for each other.
        """
        async with self._database.session() as session:
            talks = await lock_all_of(session, person_id)
            conversation = _where(talks, there)
            telling = Telling(session, talks, conversation, self._wording, self._clock)
            yield telling
        if telling.conversation is not None and telling.is_news:
            self._announce(telling.conversation.id)


def _where(
    talks: Sequence[conversations.ConversationRow], there: str | None
) -> conversations.ConversationRow | None:
    if there is not None:
        return next((talk for talk in talks if talk.id == there), None)
    return max(talks, key=lambda talk: talk.last_message_at, default=None)
