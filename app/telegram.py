"""What an administrator tells Telegram, and hears from it: `./loket telegram`."""

import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import urljoin

import aiohttp

from app.channels import telegram
from app.settings import MissingSettingError, Settings
from connectors.channel import DeliveryError, NeverDeliveredError
from connectors.telegram.client import TelegramChannel


async def set_webhook(settings: Settings, address: str) -> int:
    """Ask Telegram to bring updates to the counter at this address; print what came of it."""
    if settings.telegram is not None and settings.telegram.secret is None:
        print(MissingSettingError("LOKET_TELEGRAM_SECRET"), file=sys.stderr)
        return 1
    url = urljoin(address, "/webhooks/telegram")
    async with _channel(settings) as channel:
        if channel is None:
            return 1
        try:
            await channel.set_webhook(url)
        except DeliveryError as error:
            return _refused(error)
        print(f"Telegram brengt berichten voortaan naar {url}.")
        return 0


async def print_state(settings: Settings) -> int:
    """Print which bot this is, and how Telegram gets on with bringing it updates."""
    async with _channel(settings) as channel:
        if channel is None:
            return 1
        try:
            name, webhook = await channel.state()
        except DeliveryError as error:
            return _refused(error)
        print(f"De bot heet @{name}: https://t.me/{name}")
        if webhook.url:
            print(f"Telegram brengt berichten naar {webhook.url}.")
        else:
            print("Telegram brengt geen berichten: start met ./loket run --telegram, of stel een webhook in.")
        print(f"Berichten die wachten: {webhook.pending_update_count}")
        if webhook.last_error_date is not None:
            at = f"{webhook.last_error_date:%d-%m-%Y %H.%M} UTC"
            print(f"De laatste fout ({at}): {webhook.last_error_message}")
        return 0


@asynccontextmanager
async def _channel(settings: Settings) -> AsyncIterator[TelegramChannel | None]:
    """Give the channel, or None when there is no token, which is said."""
    async with aiohttp.ClientSession() as http:
        channel = telegram(settings, http)
        if channel is None:
            print("Zet eerst het token van de bot in LOKET_TELEGRAM_TOKEN.", file=sys.stderr)
        yield channel


def _refused(error: DeliveryError) -> int:
    why = error.code if isinstance(error, NeverDeliveredError) else error.__cause__
    print(f"Telegram deed het niet: {why}", file=sys.stderr)
    return 1
