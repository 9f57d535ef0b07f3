"""Which channels there are besides the website: those that have their settings."""

from collections.abc import Coroutine, Iterator, Mapping
from typing import Any

import aiohttp

from app.settings import Settings
from connectors.channel import Channel
from connectors.reception import Reception
from connectors.telegram.client import TelegramChannel
from connectors.telegram.polling import keep_asking
from connectors.whatsapp.client import WhatsAppChannel


def open_channels(settings: Settings, http: aiohttp.ClientSession) -> dict[str, Channel]:
    """Return the channels that are set up, by name."""
    channels = (telegram(settings, http), whatsapp(settings, http))
    return {channel.name: channel for channel in channels if channel is not None}


def telegram(settings: Settings, http: aiohttp.ClientSession) -> TelegramChannel | None:
    """Return the Telegram channel, or None when it is not set up."""
    its = settings.telegram
    if its is None:
        return None
    return TelegramChannel(
        http, token=its.token, secret=its.secret, api_url=its.api_url, site=settings.public_url or None
    )


def whatsapp(settings: Settings, http: aiohttp.ClientSession) -> WhatsAppChannel | None:
    """Return the WhatsApp channel, or None when it is not set up."""
    if settings.whatsapp is None:
        return None
    return WhatsAppChannel(settings.whatsapp, http, home=settings.public_url)


def work_of(
    settings: Settings, channels: Mapping[str, Channel], reception: Reception
) -> Iterator[Coroutine[Any, Any, None]]:
    """Yield what a channel does all the time, besides what it is brought."""
    match channels.get(TelegramChannel.name):
        case TelegramChannel() as channel:
            yield channel.learn_name()
            if settings.telegram is not None and settings.telegram.is_polled:
                yield keep_asking(channel, reception)
