"""`./loket telegram webhook`: tells Telegram where to bring what people write."""

import sys

import aiohttp

from app.channels import telegram
from app.settings import Settings
from connectors.channel import DeliveryError, NeverDeliveredError


async def set_webhook(settings: Settings, address: str) -> int:
    """Ask Telegram to bring updates to the counter at this address; print what came of it."""
    async with aiohttp.ClientSession() as http:
        channel = telegram(settings, http)
        if settings.telegram is None or channel is None or settings.telegram.secret is None:
            print("Zet eerst LOKET_TELEGRAM_TOKEN en LOKET_TELEGRAM_SECRET.", file=sys.stderr)
            return 1
        try:
            url = await channel.set_webhook(address)
        except DeliveryError as error:
            why = error.code if isinstance(error, NeverDeliveredError) else error.__cause__
            print(f"Telegram deed het niet: {why}", file=sys.stderr)
            return 1
    print(f"Telegram brengt berichten voortaan naar {url}.")
    return 0
