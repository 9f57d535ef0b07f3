"""The conversation gateway: what arrives is stored, then answered, once and in order.

One task a conversation asks the bot about the oldest unanswered message, stores the answer,
and goes on to the next. A message stays unanswered in the database until its answer is
stored with it, so whatever dies in between, somebody picks it up again.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Protocol, Self

import structlog
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

from connectors.announcer import Announcer
from connectors.attendance import Attendance
from connectors.bot_client import BotFailedError, BotUnavailableError
from connectors.notices import Notices
from connectors.screening import clean, refusal
from connectors.throttle import Throttle, TooFastError
from counter.conversations.model import (
    Content,
    Conversation,
    Message,
    MessageState,
    Owner,
    Received,
    Turn,
    UnknownConversationError,
)
from counter.conversations.service import ConversationService
from counter.database import new_id
from counter.people.service import PersonService

log = structlog.get_logger(__name__)

# Seconds a person waits before Noor says that it takes longer; the message is kept meanwhile.
PATIENCE = 5.0
# Seconds between two tries; the last one goes on for ever, for the bot will come back.
BACK_OFF = (0.2, 0.5, 1.0, 2.0, 5.0)
# A message on which the bot breaks off this often will never be answered; say so and go on.
MAX_FAILURES = 3
# Seconds between two looks for what a dead process left behind, and for news of other processes.
SWEEP_INTERVAL = 5.0


# The one button that counts while a coach has the conversation, when the bot is asked nothing.
LEAVE_COACH = "/coach_annuleren"


class EmptyMessageError(ValueError):
    """There is nothing in the message."""


@dataclass(frozen=True, kw_only=True)
class Inbound:
    """What a channel hands over: words, or the payload of a pressed button."""

    text: str = ""
    payload: str | None = None
    client_id: str | None = None
    notice: str | None = None
    """The notice that answers what nobody here can read, such as a photo; the bot is not asked."""


class Coaches(Protocol):
    """What the gateway needs of the coaches' queue."""

    async def leave_coach(self, conversation_id: str) -> None:
        """Let the person go on with Noor."""


class Bot(Protocol):
    """What the gateway needs of a bot; `connectors.bot_client.BotClient` is the real one."""

    async def ask(self, conversation: Conversation, message: Message, *, is_retry: bool) -> list[Content]:
        """Return the replies to a message; a retry gets the answer that was given."""

    async def tell(self, conversation: Conversation, said: Sequence[Message]) -> None:
        """Have it know what was said without it; what it knows already is not told again."""

    async def forget(self, conversation_id: str) -> None:
        """Delete what is remembered of a conversation."""


class Gateway:
    """Receives for every channel and sees to it that each message is answered."""

    def __init__(
        self,
        *,
        conversations: ConversationService,
        people: PersonService,
        coaches: Coaches,
        bot: Bot,
        notices: Notices,
        announcer: Announcer,
        throttle: Throttle,
        metrics: CollectorRegistry,
    ) -> None:
        self._conversations = conversations
        self._people = people
        self._coaches = coaches
        self._bot = bot
        self._notices = notices
        self._announcer = announcer
        self._throttle = throttle
        self._watchers: list[Callable[[str], None]] = []
        self._holder = new_id()
        self._attendance = Attendance(self._answer_all)
        self._announced: dict[str, int] = {}
        self._received = Counter(
            "loket_messages_received", "Messages received", ["channel"], registry=metrics
        )
        self._refused = Counter("loket_messages_refused", "Messages not kept", ["reason"], registry=metrics)
        self._turn_seconds = Histogram(
            "loket_turn_seconds",
            "Seconds from asking the bot to a stored answer",
            registry=metrics,
            buckets=(0.01, 0.02, 0.03, 0.05, 0.08, 0.15, 0.3, 1, 5, 20),
        )
        self._bot_errors = Counter(
            "loket_bot_errors", "Tries the bot did not answer", ["kind"], registry=metrics
        )
        self._pending = Gauge("loket_messages_pending", "Messages that wait for an answer", registry=metrics)

    async def receive(self, conversation: Conversation, inbound: Inbound) -> Received:
        """Store a message and start answering it.

        Raises:
            EmptyMessageError: nothing is left of the text once it is cleaned.
            TooFastError: too much came just before; nothing is stored.
            PayloadNotOfferedError: the payload was never a button in this conversation.
        """
        text = clean(inbound.text)
        if not text and inbound.payload is None and inbound.notice is None:
            raise EmptyMessageError
        try:
            await self._throttle.message(conversation)
        except TooFastError:
            self._refused.labels("te_snel").inc()
            raise
        reason = refusal(text)
        if reason is None:
            content = Content(text=text, payload=inbound.payload)
            answer = None
            if inbound.notice is not None:
                content = content if text else self._notices.content("onleesbaar")
                answer = self._notices.content(inbound.notice)
        else:
            content, answer = self._notices.content("weggehaald"), self._notices.content(reason.value)
            self._refused.labels(reason.value).inc()
        received = await self._conversations.receive(
            conversation.id,
            content,
            client_id=inbound.client_id,
            refusal=answer,
            before_repeat=self._notices.content("herhaling"),
        )
        if received.is_new:
            self._received.labels(conversation.channel).inc()
            if conversation.owner is Owner.COACH and (inbound.payload or "").startswith(LEAVE_COACH):
                await self._coaches.leave_coach(conversation.id)
            self._announcer.announce(conversation.id)
            if received.awaits_answer:
                self._attendance.attend(conversation.id)
            elif received.message.state is MessageState.UNWATCHED:
                for watcher in self._watchers:
                    watcher(conversation.id)
        return received

    def pass_on_to(self, watcher: Callable[[str], None]) -> None:
        """Let somebody look at once at what is written to a coach; they find it later otherwise."""
        self._watchers.append(watcher)

    def attend(self, conversation_id: str) -> None:
        """Have the bot answer what waits in a conversation, such as what a coach hands back."""
        self._attendance.attend(conversation_id)

    async def tell_to_slow_down(self, conversation_id: str) -> None:
        """Say that it went too fast, once in a while."""
        if await self._throttle.may_tell(conversation_id):
            await self._tell(conversation_id, "te_snel")

    async def forget(self, conversation: Conversation) -> None:
        """Erase a conversation here and in the bot's memory.

        Raises:
            BotUnavailableError: the bot cannot forget now; nothing has been erased.
            BotFailedError: likewise.
            MustBeKeptError: a claim keeps everything of this person; nothing has been erased.
        """
        await self._people.check_may_be_erased(conversation.id)
        await self._attendance.stop(conversation.id)
        # A wish to erase everything stands on this conversation, and would be forgotten with it.
        await self._erase_if_asked(conversation.id)
        # The bot first: when it fails, the person can still open the conversation and try again.
        await self._bot.forget(conversation.id)
        await self._conversations.erase(conversation.id)
        self._announcer.announce(conversation.id)

    async def run(self) -> None:
        """Keep looking for what nobody attends to and for news of other processes, until cancelled."""
        try:
            while True:
                try:
                    # Wishes first: what waits in such a conversation is erased, not answered.
                    for conversation_id in await self._people.erasure_wishes():
                        self._attendance.start(conversation_id, self._erase_if_asked)
                    for conversation_id in await self._conversations.unattended():
                        self._attendance.attend(conversation_id)
                    await self._announce_news()
                    self._pending.set(await self._conversations.pending_count())
                except Exception:
                    # The database may be away for a while; the messages are in it, so look again.
                    log.exception("sweep_failed")
                await asyncio.sleep(SWEEP_INTERVAL)
        finally:
            await self._attendance.stop_all()

    async def _announce_news(self) -> None:
        """Wake who listens to a conversation that has come further since the last look than they read."""
        listened_to = self._announcer.listened_to()
        positions = await self._conversations.positions(listened_to)
        for conversation_id in listened_to:
            # Nought: erased, which whoever listens must hear as well.
            position = positions.get(conversation_id, 0)
            is_further = position != self._announced.get(conversation_id)
            if is_further and not self._announcer.have_all_reached(conversation_id, position):
                self._announcer.announce(conversation_id)
        self._announced = {known: positions.get(known, 0) for known in listened_to}

    async def _answer_all(self, conversation_id: str) -> None:
        """Answer what waits in a conversation, oldest first, until nothing is left."""
        pauses = iter(BACK_OFF)
        failures = 0
        async with Patience(self._tell_to_wait, conversation_id) as patience:
            while (turn := await self._conversations.take_turn(conversation_id, self._holder)) is not None:
                self._announcer.announce(conversation_id)
                try:
                    with self._turn_seconds.time():
                        replies = await self._ask(turn)
                except BotUnavailableError:
                    self._bot_errors.labels("unavailable").inc()
                    await asyncio.sleep(next(pauses, BACK_OFF[-1]))
                    continue
                except BotFailedError:
                    self._bot_errors.labels("failed").inc()
                    failures += 1
                    if failures < MAX_FAILURES:
                        continue
                    replies = []
                is_to_be_erased = await self._conversations.answer(
                    conversation_id,
                    turn.message.seq,
                    replies or [self._notices.content("storing")],
                    before_repeat=self._notices.content("herhaling"),
                )
                patience.restart()
                pauses, failures = iter(BACK_OFF), 0
                self._announcer.announce(conversation_id)
                if is_to_be_erased:
                    await self._erase_if_asked(conversation_id)

    async def _ask(self, turn: Turn) -> list[Content]:
        """Ask the bot, which first hears what was said without it."""
        if turn.unheard:
            await self._bot.tell(turn.conversation, turn.unheard)
        return await self._bot.ask(turn.conversation, turn.message, is_retry=turn.is_retry)

    async def _erase_if_asked(self, conversation_id: str) -> None:
        """Erase everything of the person when they asked for it here; the bot forgets first.

        Whatever fails or dies before the last step leaves the wish, and the next sweep begins again.
        """
        known = await self._people.take_erasure(conversation_id, self._holder)
        if not known:
            return
        try:
            for each in known:
                await self._bot.forget(each)
        except (BotUnavailableError, BotFailedError):
            self._bot_errors.labels("not_forgotten").inc()
            return
        await self._people.erase(conversation_id)
        for each in known:
            self._announcer.announce(each)

    async def _tell_to_wait(self, conversation_id: str) -> None:
        await self._tell(conversation_id, "wacht", while_waiting=True)

    async def _tell(self, conversation_id: str, notice: str, *, while_waiting: bool = False) -> None:
        with suppress(UnknownConversationError):
            await self._conversations.notify(
                conversation_id, self._notices.content(notice), while_waiting=while_waiting
            )
            self._announcer.announce(conversation_id)


class Patience:
    """Calls once when an answer takes longer than a person likes to wait; start anew after each."""

    def __init__(self, tell: Callable[[str], Awaitable[None]], conversation_id: str) -> None:
        self._tell = tell
        self._conversation_id = conversation_id
        self._task: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        self.restart()
        return self

    async def __aexit__(self, *_exc: object) -> None:
        self._stop()

    def restart(self) -> None:
        """Wait from now on."""
        self._stop()
        self._task = asyncio.create_task(self._run_out())

    def _stop(self) -> None:
        if self._task is not None:
            self._task.cancel()

    async def _run_out(self) -> None:
        await asyncio.sleep(PATIENCE)
        await self._tell(self._conversation_id)
