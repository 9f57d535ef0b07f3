"""What stands at the other side of a channel in tests: a double that checks what it is sent.

One a channel, in `tests/contract/connectors/<channel>/provider.py`, with captured updates beside it in
`fixtures/<scenario>.json`. Every double runs as a real HTTP server and refuses what the provider's
published schema would refuse, so that a test fails when we send something wrong.
"""

from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager
from enum import StrEnum
from typing import Any, Protocol

from connectors.channel import Channel


class Scenario(StrEnum):
    """What a person or the provider does; a channel that has no such thing has no such file."""

    TEXT = "text"
    """Words, "hoi"; the tests put others in their place."""
    START = "start"
    """Somebody opens the chat for the first time, where a provider says so."""
    PHOTO = "photo"
    VOICE = "voice"
    DOCUMENT = "document"
    STICKER = "sticker"
    CONTACT = "contact"
    LOCATION = "location"
    """In Zaandam."""
    UNKNOWN = "unknown"
    """A kind of message that the provider has and we have not."""
    GROUP = "group"


class Fault(StrEnum):
    """How a provider answers a request it does not take."""

    BUSY = "busy"
    """Too many requests, with a time to wait where the provider gives one."""
    DOWN = "down"
    """5xx, or no answer."""
    NEVER = "never"
    BLOCKED = "blocked"


class Provider(Protocol):
    """The other side of a channel."""

    name: str
    """The channel's."""
    requests: list[tuple[str, Mapping[str, Any]]]
    """Every request that was taken, as (method, body), in order."""

    @property
    def environment(self) -> Mapping[str, str]:
        """The settings with which an app talks to this provider, while it runs."""

    def running(self) -> AbstractAsyncContextManager[Channel]:
        """Run the provider, and give the channel that talks to it."""

    def sign(self, body: bytes) -> Mapping[str, str]:
        """Return the headers with which the provider brings this body."""

    def forgeries(self, body: bytes) -> Mapping[str, Mapping[str, str]]:
        """Return headers with which nobody may bring this body, by what is wrong with them."""

    def says(
        self, scenario: Scenario, *, text: str = "", person: int = 1, number: int = 1
    ) -> dict[str, Any] | None:
        """Return the captured update of a scenario, or None when the provider has no such thing.

        It holds these words, is from this person, and is their message `number`.
        """

    def presses(self, title: str, *, person: int = 1, number: int = 1) -> dict[str, Any]:
        """Return the update of pressing the button with this title, which a person saw last."""

    def read_by(self, person: int = 1) -> list[str]:
        """Return the texts that a person has read, in order, titles of buttons among them."""

    def fail(self, *faults: Fault) -> None:
        """Answer the next requests that send something with these faults, one each."""
