"""What a conversation and a message are; no framework."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any


class Owner(StrEnum):
    """Who answers: the bot (also while a person waits for a coach), or a coach alone."""

    BOT = "bot"
    WAITING = "waiting"
    COACH = "coach"


class Sender(StrEnum):
    """Who wrote a message."""

    PERSON = "person"
    BOT = "bot"
    COACH = "coach"
    SYSTEM = "system"


class MessageState(StrEnum):
    """Whether a message still waits for an answer of the bot; most of what others write is `done` at once."""

    PENDING = "pending"
    UNWATCHED = "unwatched"
    """A coach answers it; whether it is a cry for help has still to be looked at."""
    DONE = "done"


@dataclass(frozen=True, kw_only=True)
class Conversation:
    """A conversation as the gateway needs it."""

    id: str
    person_id: str
    channel: str
    owner: Owner


@dataclass(frozen=True, kw_only=True)
class OpenedConversation:
    """A new conversation and the secret that opens it; the secret is shown only here."""

    id: str
    token: str


@dataclass(frozen=True, kw_only=True)
class Content:
    """What somebody says: text, choices, cards. `payload` is what a pressed button stood for.

    `simpler` is the text in easier words, for who asks; empty when nobody wrote it. `response` is the bot's
    own name for what it says, and `author` the name of the coach who says it.
    """

    text: str = ""
    payload: str | None = None
    buttons: Sequence[Mapping[str, str]] = ()
    cards: Sequence[Mapping[str, Any]] = ()
    simpler: str = ""
    response: str = ""
    author: str = ""

    @property
    def choices(self) -> Sequence[Mapping[str, str]]:
        """Everything that can be pressed, on cards too, in the order it is shown."""
        return [*self.buttons, *(button for card in self.cards for button in card.get("buttons", ()))]

    def with_payload(self, payload: str) -> "Content":
        """Return the same words, standing for `payload`."""
        return replace(self, payload=payload)

    def is_same_as(self, other: "Content") -> bool:
        """Tell whether a person reads the same words in both, whatever can be pressed."""
        return self.text == other.text and list(self.cards) == list(other.cards)


@dataclass(frozen=True, kw_only=True)
class Message:
    """A stored message; `seq` counts from 1 within its conversation."""

    id: str
    seq: int
    sender: Sender
    content: Content
    state: MessageState
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Received:
    """What became of an inbound message; `is_new` is false for one that was received before."""

    message: Message
    is_new: bool

    @property
    def awaits_answer(self) -> bool:
        """Tell whether the bot has to be asked: not when a coach answers, or when the answer is known."""
        return self.message.state is MessageState.PENDING


@dataclass(frozen=True, kw_only=True)
class Turn:
    """The right to answer a message; `is_retry` says that the bot was asked before.

    `unheard` is what was said before it that the bot does not know: by a coach, or to one.
    """

    conversation: Conversation
    message: Message
    is_retry: bool
    unheard: Sequence[Message] = ()


@dataclass(frozen=True, kw_only=True)
class Transcript:
    """Messages of a conversation from some point on, and who has the word."""

    messages: Sequence[Message]
    owner: Owner
    typing: bool


@dataclass(frozen=True, kw_only=True)
class Remembered:
    """What Noor has in mind in a conversation: the answers so far, and what she wants to know now."""

    form: str | None = None
    asks: str | None = None
    """The slot that the open form asks for."""
    answers: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """Values by the name of their slot."""


class UnknownConversationError(LookupError):
    """No conversation has this id, or the token does not open it."""


class ConversationMovedError(Exception):
    """The token opened this conversation until it went on elsewhere."""


class PayloadNotOfferedError(ValueError):
    """The payload was never offered as a button in this conversation."""
