"""What happens in a channel → what the gateway takes: the same for every channel."""

import asyncio
import re
from collections.abc import Coroutine, Iterable
from typing import Any

import structlog

from connectors.channel import (
    Arrival,
    Channel,
    DeliveryError,
    Departure,
    Event,
    Intrusion,
    Report,
    Unreadable,
    parse_choice,
)
from connectors.gateway import EmptyMessageError, Gateway, Inbound
from connectors.notices import Notices
from connectors.throttle import Throttle, TooFastError
from counter.channels.service import ChannelService
from counter.continuations.model import SamePlaceError, UnknownCodeError, parse_code
from counter.continuations.service import ContinuationService
from counter.conversations.model import Conversation, PayloadNotOfferedError
from counter.conversations.service import ConversationService
from counter.places.gazetteer import Gazetteer

log = structlog.get_logger(__name__)

# "2", "2.", "nummer 2": a choice from numbered text.
_NUMBER = re.compile(r"(?:nummer|optie|keuze|nr\.?)?\s*(\d{1,2})\s*[.)]?", re.IGNORECASE)
# Seconds in which what was sent is surely noted.
REPORT_PAUSE = 5.0
# Farther than this from every place we know, a location says nothing.
MAX_DISTANCE_KM = 15.0


class Reception:
    """Takes what channels bring, and answers what the bot cannot."""

    def __init__(
        self,
        *,
        gateway: Gateway,
        conversations: ConversationService,
        addresses: ChannelService,
        continuations: ContinuationService,
        throttle: Throttle,
        gazetteer: Gazetteer,
        notices: Notices,
    ) -> None:
        self._gateway = gateway
        self._conversations = conversations
        self._addresses = addresses
        self._continuations = continuations
        self._throttle = throttle
        self._gazetteer = gazetteer
        self._notices = notices
        self._courtesies: set[asyncio.Task[None]] = set()

    async def take(self, channel: Channel, events: Iterable[Event]) -> None:
        """Store what people sent and note what the provider reports; all of it can come twice."""
        for event in events:
            match event:
                case Arrival():
                    await self._arrive(channel, event)
                case Report():
                    if not await self._note(channel, event):
                        self._be_polite(self._note_later(channel, event))
                case Departure(address=address):
                    await self._addresses.leave(channel.name, address)
                    if event.is_said:
                        # After it is true, and outside the conversation, in which nothing can be sent now.
                        self._be_polite(channel.say_goodbye(event, self._notices.afgemeld))
                case Intrusion():
                    self._be_polite(channel.decline(event, self._notices.groep))

    async def stop(self) -> None:
        """Let go of what nothing depends on."""
        for courtesy in self._courtesies:
            courtesy.cancel()
        await asyncio.gather(*self._courtesies, return_exceptions=True)

    def _be_polite(self, courtesy: Coroutine[Any, Any, None]) -> None:
        """Do something that nothing depends on, without waiting for it."""
        task = asyncio.create_task(_in_peace(courtesy))
        self._courtesies.add(task)
        task.add_done_callback(self._courtesies.discard)

    async def _note(self, channel: Channel, report: Report) -> bool:
        return await self._addresses.report(
            channel.name, report.provider_id, report.state, error=report.error
        )

    async def _note_later(self, channel: Channel, report: Report) -> None:
        """Note what a provider reports so soon that we had not yet noted what we sent."""
        await asyncio.sleep(REPORT_PAUSE)
        await self._note(channel, report)

    async def _arrive(self, channel: Channel, arrival: Arrival) -> None:
        notice = None
        if (code := parse_code(arrival.text)) is not None:
            notice = await self._go_on(channel, arrival, code)
            if notice is None:
                self._be_polite(channel.acknowledge(arrival))
                return
        conversation = await self._addresses.meet(channel.name, arrival.address)
        if notice is not None:
            inbound = Inbound(text=arrival.text, client_id=arrival.client_id, notice=notice)
        else:
            inbound = await self._read(channel, conversation, arrival)
        try:
            received = await self._gateway.receive(conversation, inbound)
        except TooFastError:
            await self._gateway.tell_to_slow_down(conversation.id)
            return
        except (PayloadNotOfferedError, EmptyMessageError) as error:
            notice = "knop_verlopen" if isinstance(error, PayloadNotOfferedError) else Unreadable.OTHER
            received = await self._gateway.receive(
                conversation, Inbound(client_id=arrival.client_id, notice=notice)
            )
        if received.is_new:
            self._be_polite(channel.acknowledge(arrival))

    async def _go_on(self, channel: Channel, arrival: Arrival, code: str) -> str | None:
        """Go on here with the conversation of a code; the notice that says why not, otherwise."""
        try:
            await self._throttle.guess(f"{channel.name} {arrival.address}")
            await self._continuations.take_to_address(
                code, channel.name, arrival.address, client_id=arrival.client_id
            )
        except (TooFastError, UnknownCodeError):
            return "code_onbekend"
        except SamePlaceError:
            return "code_hier"
        return None

    async def _read(self, channel: Channel, conversation: Conversation, arrival: Arrival) -> Inbound:
        """Return what the gateway takes of it."""
        text, payload, notice = arrival.text, arrival.payload, arrival.unreadable
        if arrival.location is not None:
            place, distance = self._gazetteer.nearest(arrival.location.latitude, arrival.location.longitude)
            if distance > MAX_DISTANCE_KM:
                return Inbound(client_id=arrival.client_id, notice="locatie_onbekend")
            text = place.name
        elif arrival.choice is not None:
            payload = await self._pressed(conversation, arrival.choice)
        elif payload is None and notice is None and (number := _NUMBER.fullmatch(text.strip())):
            payload = await self._numbered(channel, conversation, int(number[1]))
        return Inbound(text=text, payload=payload, client_id=arrival.client_id, notice=notice)

    async def _pressed(self, conversation: Conversation, choice: str) -> str:
        """Return the payload of a pressed button; an empty one, which nothing offers, for a stale button."""
        match parse_choice(choice):
            case (seq, index):
                return await self._conversations.offered(conversation.id, seq, index) or ""
            case _:
                return ""

    async def _numbered(self, channel: Channel, conversation: Conversation, number: int) -> str | None:
        """Return the payload of a choice that was shown with this number, or None."""
        for content in await self._conversations.said_last(conversation.id):
            if channel.shows_numbers(content) and 1 <= number <= len(content.choices):
                return content.choices[number - 1]["payload"]
        return None


async def _in_peace(courtesy: Coroutine[Any, Any, None]) -> None:
    try:
        await courtesy
    except DeliveryError as error:
        log.info("courtesy_refused", why=type(error).__name__)
    except Exception:
        log.exception("courtesy_failed")
