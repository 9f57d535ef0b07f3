"""Asking Telegram for updates, for who has no public address to bring them to."""

import asyncio

import structlog

from connectors.channel import DeliveryError, TryLaterError
from connectors.reception import Reception
from connectors.telegram.client import TelegramChannel

log = structlog.get_logger(__name__)

# Seconds between two tries when Telegram cannot be asked, or we cannot store what it says.
BACK_OFF = (1.0, 2.0, 5.0, 15.0, 30.0)


async def keep_asking(channel: TelegramChannel, reception: Reception) -> None:
    """Take updates as they come, until cancelled.

    An update is confirmed, by asking for the next one, once it is stored. What was stored and not
    confirmed comes again, and is known by its id. Only one process can ask.
    """
    offset: int | None = None
    has_webhook = True
    failures = 0
    while True:
        try:
            if has_webhook:
                # Telegram answers no questions while it has an address to bring updates to.
                await channel.remove_webhook()
                has_webhook = False
            for update in await channel.updates(offset):
                await reception.take(channel, channel.parse(update))
                offset = update["update_id"] + 1
            failures = 0
        except Exception as error:
            pause = BACK_OFF[min(failures, len(BACK_OFF) - 1)]
            failures += 1
            if isinstance(error, DeliveryError):
                log.warning("telegram_not_asked", why=str(error.__cause__), again_in=pause)
                asked = error.after if isinstance(error, TryLaterError) else None
                pause = max(pause, asked or 0.0)
            else:
                log.exception("telegram_update_not_stored", again_in=pause)
            await asyncio.sleep(pause)
