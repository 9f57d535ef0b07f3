"""A bot for tests of the gateway: it answers, stays away or breaks off, as told."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from connectors.bot_client import BotFailedError, BotUnavailableError, Reading
from counter.conversations.model import Content, Conversation, Message


@dataclass
class ScriptedBot:
    """Answers `echo <words>`, once a message, like Rasa behind its door: a retry gets the first answer."""

    unavailable: int = 0
    """How many tries from now find no bot."""
    failing: int = 0
    """How many tries from now break off before anything is answered."""
    lost_answers: int = 0
    """How many answers from now are given but never arrive."""
    asked: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    cries: frozenset[str] = frozenset({"ik wil niet meer leven"})
    """The words it understands as a cry for help."""
    read_words: list[str] = field(default_factory=list)
    """What it was to understand, and not to answer."""
    forgotten: list[str] = field(default_factory=list)
    _heard: set[str] = field(default_factory=set)
    _answers: dict[str, list[Content]] = field(default_factory=dict)

    async def ask(self, conversation: Conversation, message: Message, *, is_retry: bool) -> list[Content]:
        """Answer a message."""
        del conversation
        if self.unavailable > 0:
            self.unavailable -= 1
            raise BotUnavailableError
        if self.failing > 0:
            self.failing -= 1
            raise BotFailedError
        if is_retry and message.id in self._answers:
            return self._answers[message.id]
        self.asked.append(message.content.payload or message.content.text)
        self._answers[message.id] = [Content(text=f"echo {message.content.text}")]
        if self.lost_answers > 0:
            self.lost_answers -= 1
            raise BotUnavailableError
        return self._answers[message.id]

    async def read(self, content: Content) -> Reading:
        """Understand words, and remember nothing."""
        if self.unavailable > 0:
            self.unavailable -= 1
            raise BotUnavailableError
        if self.failing > 0:
            self.failing -= 1
            raise BotFailedError
        words = content.payload or content.text
        self.read_words.append(words)
        return Reading(is_cry=words in self.cries, may_be_cry=words.endswith("?"))

    async def tell(self, conversation: Conversation, said: Sequence[Message]) -> None:
        """Hear what was said without it, each message once."""
        del conversation
        if self.unavailable > 0:
            self.unavailable -= 1
            raise BotUnavailableError
        self.told += [one.content.text for one in said if one.id not in self._heard]
        self._heard |= {one.id for one in said}

    async def forget(self, conversation_id: str) -> None:
        """Forget a conversation."""
        if self.unavailable > 0:
            self.unavailable -= 1
            raise BotUnavailableError
        self.forgotten.append(conversation_id)
