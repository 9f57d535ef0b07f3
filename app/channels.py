"""Which channels there are besides the website: those that have their settings."""

import aiohttp

from app.settings import Settings
from connectors.channel import Channel
from connectors.whatsapp.client import WhatsAppChannel


def open_channels(settings: Settings, http: aiohttp.ClientSession) -> dict[str, Channel]:
    """Return the channels that are set up, by name."""
    channels: list[Channel] = []
    if settings.whatsapp is not None:
        channels.append(WhatsAppChannel(settings.whatsapp, http, home=settings.public_url))
    return {channel.name: channel for channel in channels}
