"""Everything through which people talk to the counter: the gateway, and what stands around it."""

from collections.abc import Callable, Coroutine, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import aiohttp
from prometheus_client import CollectorRegistry

from app import domain
from app.channels import open_channels, work_of
from app.settings import Settings
from connectors.announcer import Announcer
from connectors.bot_client import BotClient
from connectors.channel import Channel
from connectors.courier import Courier
from connectors.gateway import Gateway
from connectors.line_watch import LineWatch
from connectors.notices import Notices
from connectors.reception import Reception
from connectors.throttle import Throttle
from connectors.typing import TypingBoard
from connectors.watch import Watch
from counter.clock import utc_now
from counter.services import Counter


@dataclass(frozen=True, kw_only=True)
class Doors:
    """What receives, answers and sends."""

    announcer: Announcer
    typing: TypingBoard
    throttle: Throttle
    bot: BotClient
    gateway: Gateway
    reception: Reception
    courier: Courier
    channels: dict[str, Channel]
    work: Callable[[], Iterator[Coroutine[Any, Any, None]]]
    """Gives what must go on for as long as the doors are open."""


def open_doors(
    settings: Settings,
    counter: Counter,
    announcer: Announcer,
    http: aiohttp.ClientSession,
    responses: Mapping[str, Any],
    metrics: CollectorRegistry,
) -> Doors:
    """Build the doors of a counter; `announcer` is what the counter announces to."""
    typing = TypingBoard()
    typing.pass_on_to(lambda conversation_id, _side: announcer.wake(conversation_id))
    notices, throttle = Notices.from_responses(responses), Throttle(settings.limits)
    bot = BotClient(http, settings.bot_url, settings.internal_token, simpler=domain.simpler(responses))
    watch = Watch(counter.watch, bot, metrics=metrics)
    gateway = Gateway(
        conversations=counter.conversations,
        people=counter.people,
        coaches=counter.referrals,
        bot=bot,
        notices=notices,
        announcer=announcer,
        throttle=throttle,
        metrics=metrics,
    )
    gateway.pass_on_to(watch.attend)
    reception = Reception(
        gateway=gateway,
        conversations=counter.conversations,
        addresses=counter.addresses,
        continuations=counter.continuations,
        throttle=throttle,
        gazetteer=counter.gazetteer,
        notices=notices,
    )
    channels = open_channels(settings, http)
    courier = Courier(addresses=counter.addresses, channels=channels, clock=utc_now, metrics=metrics)
    if channels:
        announcer.pass_on_to(courier.attend)

    def work() -> Iterator[Coroutine[Any, Any, None]]:
        yield gateway.run()
        yield watch.run()
        yield courier.run()
        yield LineWatch(counter.referrals, announcer).run()
        yield from work_of(settings, channels, reception)

    return Doors(
        announcer=announcer,
        typing=typing,
        throttle=throttle,
        bot=bot,
        gateway=gateway,
        reception=reception,
        courier=courier,
        channels=channels,
        work=work,
    )
