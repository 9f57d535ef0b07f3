"""What every channel is: four abilities, and a few more where a provider has them.

A channel is a folder: `incoming.py` (request → events), `outgoing.py` (message → parts), `limits.py`
(the provider's limits and where they are written) and `client.py` (the network, and the channel itself).
"""

import re
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar

from counter.channels.model import DeliveryState
from counter.conversations.model import Content, Message


class Unreadable(StrEnum):
    """What nobody here can read; each is the name of the notice that answers it."""

    PHOTO = "geen_foto"
    VOICE = "geen_spraak"
    DOCUMENT = "geen_bestand"
    STICKER = "geen_sticker"
    CONTACT = "geen_contact"
    OTHER = "geen_tekst"


type Part = Mapping[str, Any]
"""What is sent to a provider in one request; only its own channel looks into it."""


@dataclass(frozen=True, kw_only=True)
class Location:
    """Where somebody is, in degrees (WGS 84)."""

    latitude: float
    longitude: float


@dataclass(frozen=True, kw_only=True)
class Arrival:
    """What a person sent: words, a choice, a place, or something we cannot read."""

    address: str
    client_id: str
    """The provider's id of it: the same one again is the same message."""
    text: str = ""
    payload: str | None = None
    """A bare intent that the channel itself stands for, such as `/groeten` for a start."""
    choice: str | None = None
    """Which button was pressed, as `choice_id` names it."""
    location: Location | None = None
    unreadable: Unreadable | None = None
    acknowledges: Part | None = None
    """What the channel needs to show that this was seen."""


@dataclass(frozen=True, kw_only=True)
class Report:
    """What a provider says of something we sent."""

    provider_id: str
    state: DeliveryState
    error: str | None = None


@dataclass(frozen=True, kw_only=True)
class Departure:
    """Somebody blocked us, or left: they are sent nothing more until they write again."""

    address: str
    is_said: bool = False
    """Whether they told us so, and can still be told goodbye."""


@dataclass(frozen=True, kw_only=True)
class Intrusion:
    """Somebody wrote where we do not talk, such as a group; they are told so, and nothing is kept."""

    address: str


type Event = Arrival | Report | Departure | Intrusion


class DeliveryError(Exception):
    """A part was not delivered."""


class TryLaterError(DeliveryError):
    """The provider cannot take it now; `after` is how many seconds it asks for, if it says so."""

    def __init__(self, after: float | None = None) -> None:
        super().__init__(after)
        self.after = after


class NeverDeliveredError(DeliveryError):
    """The provider will never take this part; `code` is its own name for why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class OutOfReachError(DeliveryError):
    """The person blocked us or is gone: nothing arrives until they write again."""


class WindowClosedError(DeliveryError):
    """The provider lets us write only to who wrote lately."""


class Health(StrEnum):
    """How something is that `./loket doctor` looks at, as it tells it."""

    GOOD = "goed"
    ODD = "let op"
    BAD = "fout"


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What was found, and what to do about it, in Dutch for an administrator."""

    health: Health
    text: str


class Channel(ABC):
    """One way people talk to the counter through a provider."""

    name: ClassVar[str]
    """As it stands in addresses, `/webhooks/<name>` and the database."""

    @abstractmethod
    def verify(self, headers: Mapping[str, str], body: bytes) -> bool:
        """Tell whether this request really comes from the provider."""

    @abstractmethod
    def parse(self, body: object) -> Sequence[Event]:
        """Return what happened, oldest first; nothing for what is no business of ours. Never raises."""

    @abstractmethod
    def render(self, message: Message) -> Sequence[Part]:
        """Return the parts of a message, always the same ones for the same message."""

    @abstractmethod
    async def send(self, address: str, part: Part) -> str:
        """Give a part to the provider, and return its id for it.

        Raises:
            DeliveryError: it did not take it; which one says what to do.
        """

    def shows_numbers(self, content: Content) -> bool:
        """Tell whether the choices of this message are shown as numbered text, to be answered by number."""
        del content
        return False

    def link(self, code: str) -> str | None:
        """Return an address that opens a chat here and gives this code, or None for no such thing."""
        del code
        return None

    def handshake(self, query: Mapping[str, str]) -> str | None:
        """Return what a provider wants to hear when it tries the address out, or None for a stranger."""
        del query
        return None

    def open_until(self, heard_at: datetime) -> datetime | None:
        """Return until when we may write freely to who was heard then, or None for always."""
        del heard_at
        return None

    def is_open(self, heard_at: datetime, now: datetime) -> bool:
        """Tell whether we may write freely to who was heard then."""
        until = self.open_until(heard_at)
        return until is None or now < until

    def can_knock(self) -> bool:
        """Tell whether `knock` reaches anybody, where we may not always write freely."""
        return True

    async def show_typing(self, address: str) -> None:
        """Show that somebody here is typing, for a few seconds; nothing depends on it.

        Raises:
            DeliveryError: the provider did not take it.
        """
        del address

    async def knock(self, address: str) -> None:
        """Ask somebody we may not write to freely to write to us first.

        Raises:
            DeliveryError: the provider did not take it.
        """
        del address

    async def acknowledge(self, arrival: Arrival) -> None:
        """Show that something was seen and is being answered; nothing depends on it.

        Raises:
            DeliveryError: the provider did not take it.
        """
        del arrival

    async def examine(self, public_url: str) -> AsyncIterator[Finding]:
        """Look with the provider whether this channel can work, when people reach us at `public_url`."""
        del public_url
        return
        yield

    async def say_goodbye(self, departure: Departure, text: str) -> None:
        """Tell somebody who asked for it that they are sent nothing more; nothing depends on it.

        Raises:
            DeliveryError: the provider did not take it.
        """
        del departure, text

    async def decline(self, intrusion: Intrusion, text: str) -> None:
        """Tell people where we do not talk that we do not; nothing depends on it.

        Raises:
            DeliveryError: the provider did not take it.
        """
        del intrusion, text


def choice_id(seq: int, index: int) -> str:
    """Return the id under which the choice `index` (from 0) of message `seq` can be pressed.

    Providers allow little data on a button (Telegram 64 bytes), so it carries this instead of a payload.
    """
    return f"{seq}:{index}"


def parse_choice(choice: str) -> tuple[int, int] | None:
    """Return the message and the index that a choice's id names, or None for no such id."""
    found = re.fullmatch(r"([0-9]{1,9}):([0-9]{1,3})", choice)
    return None if found is None else (int(found[1]), int(found[2]))
