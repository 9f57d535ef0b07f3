"""Telling people something of the counter's own accord: committed with what happened, or not at all."""

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from counter.clock import Clock
from counter.conversations import storage as conversations
from counter.conversations.model import Content, MessageState, Sender
from counter.database import Database
from counter.notices.model import Notice, Wording

type Announce = Callable[[str], None]
"""Wakes who listens to a conversation in this process; other processes look for themselves."""


def tell_nobody(conversation_id: str) -> None:
    """Announce to no one: nobody listens in this process."""
    del conversation_id


@dataclass
class Telling:
    """A unit of work, and the conversation in which its person is told of it."""

    session: AsyncSession
    conversation: conversations.ConversationRow | None
    """The one the person had last; None when they erased all of them."""
    _wording: Wording
    _clock: Clock
    is_told: bool = False

    def tell(self, notice: Notice, facts: Mapping[str, str]) -> None:
        """Tell the person; who cannot be reached any more is told nothing."""
        self.say(self._wording(notice, facts), Sender.SYSTEM)

    def say(self, content: Content, sender: Sender) -> None:
        """Add what somebody says to the person's conversation."""
        if self.conversation is not None:
            self.is_told = True
            conversations.append(
                self.session,
                self.conversation,
                sender=sender,
                content=content,
                state=MessageState.DONE,
                at=self._clock(),
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
    async def telling(self, person_id: str) -> AsyncIterator[Telling]:
        """Run one unit of work about a person; what they are told is announced once it is committed.

        The conversation is held first, before any row of what happens: erasing does so too, and
        two that hold in one order never wait for each other.
        """
        async with self._database.session() as session:
            conversation = await conversations.lock_latest_of(session, person_id)
            telling = Telling(session, conversation, self._wording, self._clock)
            yield telling
        if conversation is not None and telling.is_told:
            self._announce(conversation.id)
