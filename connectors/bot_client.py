"""Asking Rasa: one message, one answer, over the internal door `bot/components/gateway_channel.py`.

What somebody means without an answer to it, Rasa's own `/model/parse` tells: it keeps nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

import aiohttp

from counter.conversations.model import Content, Conversation, Message, Remembered

# A turn takes tens of milliseconds; after this something is wrong, and asking again is safe.
TURN_TIMEOUT = aiohttp.ClientTimeout(total=20, connect=3)
# Of the bot's addresses, those of our own door; the others are Rasa's.
DOOR = "/webhooks/gateway"
# What Rasa itself and our door answer while there is no model: Conflict, Service Unavailable.
NOT_READY = frozenset({409, 503})
# The intent of a cry for help, and the one of words that the bot understands only half.
CRY, HALF_UNDERSTOOD = "in_nood", "nlu_fallback"


class BotUnavailableError(Exception):
    """The bot cannot be reached, or has no model yet: ask again later."""


class BotFailedError(Exception):
    """The bot could not handle this message."""


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What the bot makes of words, as far as anybody here needs it."""

    is_cry: bool
    """It is a cry for help: the bot would have given the numbers to call."""
    may_be_cry: bool = False
    """It may be one: the bot would have asked."""


class BotClient:
    """Rasa, as the gateway sees it."""

    def __init__(
        self,
        session: aiohttp.ClientSession,
        url: str,
        token: str,
        *,
        simpler: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        """Reach Rasa at `url`; `simpler` has the easier words of a response, by its name."""
        self._session = session
        self._simpler = simpler
        self._url = url.rstrip("/")
        self._headers = {"Authorization": f"Bearer {token}"}

    async def ask(self, conversation: Conversation, message: Message, *, is_retry: bool) -> list[Content]:
        """Return the bot's replies to a message; with `is_retry` an answer given before is repeated.

        Raises:
            BotUnavailableError: no bot there, or it is starting.
            BotFailedError: the turn broke off.
        """
        body = {
            "sender": conversation.id,
            "message": _as_asked(message.content),
            "metadata": {"message_id": message.id, "channel": conversation.channel},
            "is_retry": is_retry,
        }
        answer = await self._call("POST", f"{DOOR}/messages", json=body)
        return join_cards(answer["messages"], self._simpler)

    async def read(self, content: Content) -> Reading:
        """Understand words without answering them, and without remembering them.

        Raises:
            BotUnavailableError: no bot there, or it is starting.
            BotFailedError: it could not.
        """
        return as_reading(await self._call("POST", "/model/parse", json={"text": _as_asked(content)}))

    async def recall(self, conversation_id: str) -> Remembered:
        """Return what the bot has in mind in a conversation.

        Raises:
            BotUnavailableError: no bot there, or it is starting.
            BotFailedError: it could not.
        """
        return as_remembered(await self._call("GET", f"{DOOR}/conversations/{conversation_id}"))

    async def tell(self, conversation: Conversation, said: Sequence[Message]) -> None:
        """Have the bot know what a coach said here, and what was said to one.

        Raises:
            BotUnavailableError: no bot there, or it is starting.
            BotFailedError: it could not.
        """
        heard = [
            {"message_id": message.id, "from": message.sender.value, "text": message.content.text}
            for message in said
        ]
        await self._call("POST", f"{DOOR}/conversations/{conversation.id}/heard", json={"said": heard})

    async def forget(self, conversation_id: str) -> None:
        """Delete what the bot remembers of a conversation.

        Raises:
            BotUnavailableError: no bot there.
            BotFailedError: it could not.
        """
        await self._call("DELETE", f"{DOOR}/conversations/{conversation_id}")

    async def _call(self, method: str, path: str, json: Mapping[str, Any] | None = None) -> Any:  # noqa: ANN401
        try:
            async with self._session.request(
                method, self._url + path, json=json, headers=self._headers, timeout=TURN_TIMEOUT
            ) as response:
                if response.status in NOT_READY:
                    raise BotUnavailableError
                if not response.ok:
                    raise BotFailedError(response.status)
                return await response.json() if response.content_type == "application/json" else None
        except (aiohttp.ClientError, TimeoutError) as error:
            raise BotUnavailableError from error


def as_remembered(mind: Mapping[str, Any]) -> Remembered:
    """Return what the bot has in mind, in words: yes, no and what actions keep for themselves is left out."""
    written = {name: _written(value) for name, value in mind["slots"].items()}
    return Remembered(
        form=mind["form"],
        asks=mind["asks"],
        answers={name: words for name, words in written.items() if words},
    )


def _written(value: object) -> str:
    match value:
        case bool():
            return ""
        case str() | int() | float():
            return f"{value:g}" if isinstance(value, float) else str(value)
        case [*parts]:
            return ", ".join(filter(None, map(_written, parts)))
        case _:
            return ""


def as_reading(parsed: Mapping[str, Any]) -> Reading:
    """Return whether Rasa understood a cry for help, as surely as the dialogue must before it acts on one."""
    readings = [ranked["name"] for ranked in parsed.get("intent_ranking") or ()]
    return Reading(
        is_cry=(parsed.get("intent") or {}).get("name") == CRY,
        may_be_cry=readings[:2] == [HALF_UNDERSTOOD, CRY],
    )


def _as_asked(content: Content) -> str:
    return content.payload or as_words(content.text)


def as_words(text: str) -> str:
    """Return the text so that Rasa reads it as words: a slash in front would be a command."""
    return text.lstrip("/ ") or "?"


def join_cards(
    messages: Sequence[Mapping[str, Any]], simpler: Mapping[str, str] = MappingProxyType({})
) -> list[Content]:
    """Return Rasa's messages as contents; cards share a bubble with each other and the words before them.

    `simpler` has the easier words of a response, by its name.
    """
    contents: list[Content] = []
    for message in messages:
        custom = message.get("custom") or {}
        if "card" in custom:
            card = without_empty(custom["card"])
            if contents and not contents[-1].buttons:
                last = contents.pop()
                contents.append(replace(last, cards=(*last.cards, card)))
            else:
                contents.append(Content(cards=(card,)))
        if message.get("text"):
            buttons = tuple(
                {"title": button["title"], "payload": button["payload"]}
                for button in message.get("buttons") or ()
            )
            response = message.get("utter_action", "")
            contents.append(
                Content(
                    text=message["text"],
                    buttons=buttons,
                    simpler=simpler.get(response, ""),
                    response=response,
                )
            )
    return contents


def without_empty(card: Mapping[str, Any]) -> dict[str, Any]:
    """Leave out facts without a value, and keys without content."""
    kept = {**card, "facts": [fact for fact in card.get("facts", ()) if fact.get("value")]}
    if not (card.get("link") or {}).get("url"):
        kept.pop("link", None)
    return {key: value for key, value in kept.items() if value}
