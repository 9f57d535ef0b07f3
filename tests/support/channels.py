"""Channels in tests: one that is told what to do, and a counter that takes what channels bring."""

import asyncio
import json
from collections import deque
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import prometheus_client
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from connectors import webhooks
from connectors.announcer import Announcer
from connectors.channel import Arrival, Channel, DeliveryError, Departure, Event, Intrusion, Part, Report
from connectors.courier import Courier
from connectors.gateway import Gateway
from connectors.notices import Notices
from connectors.problems import problem_middleware
from connectors.reception import Reception
from connectors.throttle import Limits, Throttle
from connectors.watch import Watch
from counter.channels.model import DeliveryState
from counter.channels.service import ChannelService
from counter.clock import Clock, utc_now
from counter.continuations.service import ContinuationService
from counter.conversations.model import Content, Message
from counter.conversations.service import ConversationService
from counter.database import Database
from counter.notices.service import NoticeService
from counter.people.service import PersonService
from counter.places.gazetteer import load_gazetteer
from counter.referrals.service import ReferralService
from counter.referrals.watching import WatchService
from tests.support.bots import ScriptedBot
from tests.support.words import plain_words

NOTICES = Notices(
    wacht="WACHT",
    storing="STORING",
    bsn="BSN",
    iban="IBAN",
    te_lang="TE LANG",
    weggehaald="WEG",
    herhaling="NOG EENS",
    onleesbaar="ONLEESBAAR",
    geen_tekst="GEEN TEKST",
    geen_foto="GEEN FOTO",
    geen_spraak="GEEN SPRAAK",
    geen_bestand="GEEN BESTAND",
    geen_sticker="GEEN STICKER",
    geen_contact="GEEN CONTACT",
    locatie_onbekend="LOCATIE ONBEKEND",
    knop_verlopen="KNOP VERLOPEN",
    groep="GROEP",
    te_snel="TE SNEL",
    code_onbekend="CODE ONBEKEND",
    code_hier="CODE HIER",
    afgemeld="AFGEMELD",
)
SECRET = "klop-klop"
# Tests write faster than people.
UNLIMITED = Limits(conversation="10000/second", visitor="10000/second", opened="10000/second")


class ScriptedChannel(Channel):
    """A channel whose provider takes everything, but for the errors it is told to give first."""

    name = "post"

    def __init__(self) -> None:
        self.sent: list[tuple[str, str]] = []
        self.errors: deque[DeliveryError | None] = deque()
        self.knocks: list[str] = []
        self.acknowledged: list[str] = []
        self.declined: list[tuple[str, str]] = []
        self.goodbyes: list[tuple[str, str]] = []
        self.typing_at: list[str] = []
        self.window: float | None = None
        self.has_template = True
        self.unspeakable: set[str] = set()

    def verify(self, headers: Mapping[str, str], body: bytes) -> bool:
        del body
        return headers.get("x-secret") == SECRET

    def parse(self, body: object) -> Sequence[Event]:
        match body:
            case {"arrival": dict() as arrival}:
                return [Arrival(**arrival)]
            case {"report": {"provider_id": str(provider_id), "state": str(state)}}:
                return [Report(provider_id=provider_id, state=DeliveryState(state))]
            case {"departure": str(address)}:
                return [Departure(address=address)]
            case {"farewell": str(address)}:
                return [Departure(address=address, is_said=True)]
            case {"intrusion": str(address)}:
                return [Intrusion(address=address)]
            case _:
                return []

    def render(self, message: Message) -> Sequence[Part]:
        return [{"text": line} for line in message.content.text.split("|")]

    def shows_numbers(self, content: Content) -> bool:
        return len(content.choices) > 3

    async def send(self, address: str, part: Part) -> str:
        error = self.errors.popleft() if self.errors else None
        if error is not None:
            raise error
        if part["text"] in self.unspeakable:
            raise ValueError
        self.sent.append((address, part["text"]))
        return f"p{len(self.sent)}"

    def open_until(self, heard_at: datetime) -> datetime | None:
        return None if self.window is None else heard_at + timedelta(seconds=self.window)

    def can_knock(self) -> bool:
        return self.has_template

    async def knock(self, address: str) -> None:
        self.knocks.append(address)

    async def show_typing(self, address: str) -> None:
        self.typing_at.append(address)
        if self.errors and (error := self.errors.popleft()):
            raise error

    async def acknowledge(self, arrival: Arrival) -> None:
        self.acknowledged.append(arrival.client_id)

    async def say_goodbye(self, departure: Departure, text: str) -> None:
        self.goodbyes.append((departure.address, text))

    async def decline(self, intrusion: Intrusion, text: str) -> None:
        self.declined.append((intrusion.address, text))

    @property
    def texts(self) -> list[str]:
        """Return what people read, in order."""
        return [text for _, text in self.sent]


@dataclass
class ChannelCounter:
    """A counter with one channel: its address for the provider, and what stands behind it."""

    channel: Channel
    client: TestClient[web.Request, web.Application]
    database: Database
    conversations: ConversationService
    addresses: ChannelService
    gateway: Gateway
    bot: ScriptedBot
    announcer: Announcer
    courier: Courier
    headers: dict[str, str] = field(default_factory=lambda: {"X-Secret": SECRET})

    async def brings(self, update: object, *, headers: Mapping[str, str] | None = None) -> int:
        """Bring an update as a provider does; returns the HTTP status."""
        body = update if isinstance(update, bytes) else json.dumps(update).encode()
        async with self.client.post(
            f"/webhooks/{self.channel.name}",
            data=body,
            headers={"Content-Type": "application/json", **(self.headers if headers is None else headers)},
        ) as response:
            await response.read()
            return response.status

    async def says(self, address: str, text: str, client_id: str) -> int:
        """Bring what somebody says in the scripted channel."""
        return await self.brings({"arrival": {"address": address, "client_id": client_id, "text": text}})

    async def tells(self, conversation_id: str, content: Content) -> None:
        """Tell somebody something of the counter's own accord."""
        await self.conversations.notify(conversation_id, content)
        self.announcer.announce(conversation_id)


@asynccontextmanager
async def counter_with(
    channel: Channel,
    database: Database,
    *,
    bot: ScriptedBot | None = None,
    clock: Clock = utc_now,
    limits: Limits = UNLIMITED,
) -> AsyncIterator[ChannelCounter]:
    """Run a counter with this channel until the block ends."""
    bot = bot or ScriptedBot()
    conversations, addresses = ConversationService(database, clock), ChannelService(database, clock)
    announcer, metrics = Announcer(), prometheus_client.CollectorRegistry()
    throttle = Throttle(limits)
    told = NoticeService(database, clock, plain_words, announcer.announce)
    watch = Watch(WatchService(database, clock, told), bot, metrics=metrics)
    gateway = Gateway(
        conversations=conversations,
        people=PersonService(database, clock, plain_words),
        coaches=ReferralService(database, clock, NoticeService(database, clock, plain_words)),
        bot=bot,
        notices=NOTICES,
        announcer=announcer,
        throttle=throttle,
        metrics=metrics,
    )
    gateway.pass_on_to(watch.attend)
    reception = Reception(
        gateway=gateway,
        conversations=conversations,
        addresses=addresses,
        continuations=ContinuationService(database, clock, plain_words, announcer.announce),
        throttle=throttle,
        gazetteer=load_gazetteer(),
        notices=NOTICES,
    )
    courier = Courier(addresses=addresses, channels={channel.name: channel}, clock=clock, metrics=metrics)
    announcer.pass_on_to(courier.attend)
    app = web.Application(middlewares=[problem_middleware()])
    app.add_routes(webhooks.routes())
    app[webhooks.CHANNELS] = {channel.name: channel}
    app[webhooks.RECEPTION] = reception
    running = [asyncio.create_task(gateway.run()), asyncio.create_task(courier.run())]
    running.append(asyncio.create_task(watch.run()))
    try:
        async with TestClient(TestServer(app)) as client:
            yield ChannelCounter(
                channel, client, database, conversations, addresses, gateway, bot, announcer, courier
            )
    finally:
        for task in running:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
        await reception.stop()


async def until(holds: Callable[[], object], seconds: float = 20) -> None:
    """Wait until `holds()` is true."""
    async with asyncio.timeout(seconds):
        while not holds():  # noqa: ASYNC110 - what is waited for knows no events
            await asyncio.sleep(0.01)
