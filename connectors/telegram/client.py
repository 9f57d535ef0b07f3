"""The Bot API over the network, and the channel itself."""

import asyncio
import hmac
import time
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, ClassVar
from urllib.parse import urljoin

import aiohttp
import structlog
from limits import RateLimitItem
from limits.aio.storage import MemoryStorage
from limits.aio.strategies import MovingWindowRateLimiter
from telegram import Bot, InlineKeyboardMarkup, LinkPreviewOptions, WebhookInfo
from telegram.constants import ChatAction
from telegram.error import BadRequest, Forbidden, InvalidToken, TelegramError

from connectors.channel import (
    Arrival,
    Channel,
    DeliveryError,
    Departure,
    Event,
    Finding,
    Health,
    Intrusion,
    NeverDeliveredError,
    OutOfReachError,
    Part,
    TryLaterError,
)
from connectors.telegram.incoming import UPDATES, parse_update
from connectors.telegram.limits import CHAT_PACE, TOTAL_PACE
from connectors.telegram.outgoing import mark_pressed, render_message
from connectors.telegram.session import READ_TIMEOUT, SharedSession, TooManyRequestsError
from counter.conversations.model import Message

log = structlog.get_logger(__name__)

PATH = "/webhooks/telegram"
# What an administrator can do about updates that do not come.
ASK, TELL = "./loket run --telegram", "vertel waarheen met ./loket telegram webhook https://…"
SECRET_HEADER = "x-telegram-bot-api-secret-token"  # noqa: S105 - the name of a header

# Seconds that Telegram holds a request for updates open when there are none.
POLL_SECONDS = 30
# Longer than this nobody waits in line here: the courier comes back with the message.
MAX_WAIT, SHORTEST_WAIT = 4.0, 0.01
# Requests that Telegram makes at the same time. The messages of one chat it brings one after another, also
# when one must come again: https://github.com/tdlib/telegram-bot-api, `queue_id_` in WebhookActor.cpp.
MAX_CONNECTIONS = 20
# Between two tries to hear the bot's own name.
NAME_PAUSE = 60.0
# How Telegram says that there is nobody at an address.
_NOBODY = ("chat not found", "user not found", "peer_id_invalid")
# Longest name of an error that is kept; what follows a colon may quote the message.
MAX_CODE = 40


class TelegramChannel(Channel):
    """Private chats with one bot."""

    name: ClassVar[str] = "telegram"

    def __init__(
        self,
        http: aiohttp.ClientSession,
        *,
        token: str,
        secret: str | None,
        api_url: str,
        site: str | None = None,
    ) -> None:
        """Talk as the bot of this token; without a `secret` nobody can bring us updates.

        `site` is the public address of the counter's pages, if people can get there.
        """
        request = SharedSession(http)
        self._bot = Bot(
            token, base_url=f"{api_url.rstrip('/')}/bot", request=request, get_updates_request=request
        )
        self._secret = secret
        self._site = site
        self._username: str | None = None
        self._limiter = MovingWindowRateLimiter(MemoryStorage())
        self.chat_pace: RateLimitItem = CHAT_PACE
        self.total_pace: RateLimitItem = TOTAL_PACE

    def verify(self, headers: Mapping[str, str], body: bytes) -> bool:
        """Tell whether the request holds the secret that Telegram was given with the webhook."""
        del body
        if not self._secret:
            return False
        given = headers.get(SECRET_HEADER, "").encode(errors="surrogateescape")
        return hmac.compare_digest(given, self._secret.encode())

    def parse(self, body: object) -> Sequence[Event]:
        """Return what happened."""
        return parse_update(body)

    def render(self, message: Message) -> Sequence[Part]:
        """Return a message as messages in the chat."""
        return render_message(message, site=self._site)

    def link(self, code: str) -> str | None:
        """Return an address that opens a chat with the bot, once its name is known."""
        return self._username and f"https://t.me/{self._username}?start={code}"

    async def send(self, address: str, part: Part) -> str:
        """Send one message, and return its id within the chat, with the chat's."""
        await self._keep_pace(address)
        with _translated():
            sent = await self._bot.send_message(
                int(address), **part, link_preview_options=LinkPreviewOptions(is_disabled=True)
            )
        return f"{address}:{sent.message_id}"

    async def acknowledge(self, arrival: Arrival) -> None:
        """Show that Noor is typing, and which button was pressed."""
        chat = int(arrival.address)
        with _translated():
            if arrival.acknowledges is not None:
                await self._acknowledge_press(chat, arrival.choice or "", **arrival.acknowledges)
            await self._bot.send_chat_action(chat, ChatAction.TYPING)

    async def show_typing(self, address: str) -> None:
        """Show that somebody is typing; Telegram does so for five seconds, or until something is sent."""
        with _translated():
            await self._bot.send_chat_action(int(address), ChatAction.TYPING)

    async def _acknowledge_press(
        self,
        chat: int,
        data: str,
        *,
        callback_query_id: str,
        message_id: int | None = None,
        keyboard: dict[str, Any] | None = None,
    ) -> None:
        """Stop the button from turning, and mark it."""
        await self._bot.answer_callback_query(callback_query_id)
        if keyboard is None:
            return
        shown = InlineKeyboardMarkup.de_json(keyboard, None)
        if (marked := mark_pressed(shown, data)) != shown:
            await self._bot.edit_message_reply_markup(chat, message_id, reply_markup=marked)

    async def say_goodbye(self, departure: Departure, text: str) -> None:
        """Say goodbye in the chat."""
        await self.send(departure.address, {"text": text})

    async def decline(self, intrusion: Intrusion, text: str) -> None:
        """Say why we do not talk in a group, and leave it."""
        chat = int(intrusion.address)
        with _translated():
            try:
                await self._bot.send_message(chat, text)
            finally:
                # Not allowed to write there is one more reason to leave.
                await self._bot.leave_chat(chat)

    async def updates(self, offset: int | None) -> Sequence[Mapping[str, Any]]:
        """Return what waits from update `offset` on, and confirm those before it; wait when nothing does.

        Raises:
            DeliveryError: Telegram cannot be asked now.
        """
        with _translated():
            updates = await self._bot.get_updates(
                offset, timeout=POLL_SECONDS, allowed_updates=UPDATES, read_timeout=READ_TIMEOUT
            )
        return [update.to_dict() for update in updates]

    async def set_webhook(self, address: str) -> str:
        """Ask Telegram to bring updates to the counter at this address; returns where exactly.

        Raises:
            DeliveryError: Telegram does not accept it.
        """
        url = urljoin(address, PATH)
        with _translated():
            await self._bot.set_webhook(
                url, secret_token=self._secret, allowed_updates=UPDATES, max_connections=MAX_CONNECTIONS
            )
        return url

    async def remove_webhook(self) -> None:
        """Ask Telegram to bring no updates; what waits is kept for who asks.

        Raises:
            DeliveryError: Telegram cannot be asked now.
        """
        with _translated():
            await self._bot.delete_webhook()

    async def learn_name(self) -> None:
        """Ask for the bot's name until Telegram tells."""
        while self._username is None:
            try:
                await self._state()
            except DeliveryError:
                await asyncio.sleep(NAME_PAUSE)

    async def examine(self, public_url: str) -> AsyncIterator[Finding]:
        """Look whether Telegram knows the bot, and how it gets on with bringing updates."""
        try:
            name, webhook = await self._state()
        except DeliveryError as error:
            yield Finding(health=Health.BAD, text=_why_not(error))
            return
        yield Finding(health=Health.GOOD, text=f"De bot heet @{name}: https://t.me/{name}")
        expected = urljoin(public_url, PATH)
        if not webhook.url:
            text = f"Telegram brengt geen berichten: de app moet ze ophalen ({ASK}), of {TELL}"
            yield Finding(health=Health.ODD, text=text)
        elif public_url and webhook.url != expected:
            text = f"Telegram brengt berichten naar {webhook.url}, niet naar {expected}: {TELL}"
            yield Finding(health=Health.ODD, text=text)
        else:
            yield Finding(health=Health.GOOD, text=f"Telegram brengt berichten naar {webhook.url}.")
        if webhook.last_error_date is not None:
            failed = f"{webhook.last_error_date:%d-%m-%Y %H.%M} UTC: {webhook.last_error_message}"
            text = f"Brengen mislukte het laatst om {failed}. Er wachten er {webhook.pending_update_count}."
            yield Finding(health=Health.ODD, text=text)

    async def _state(self) -> tuple[str, WebhookInfo]:
        with _translated():
            self._username = str((await self._bot.get_me()).username)
            return self._username, await self._bot.get_webhook_info()

    async def _keep_pace(self, address: str) -> None:
        """Wait until a message may go; Telegram would refuse it, and others with it.

        Each process counts its own; of several together, Telegram has the last word.

        Raises:
            TryLaterError: that takes too long to wait for.
        """
        waited = 0.0
        for pace, key in ((self.chat_pace, address), (self.total_pace, "")):
            while not await self._limiter.hit(pace, key):
                window = await self._limiter.get_window_stats(pace, key)
                seconds = max(window.reset_time - time.time(), SHORTEST_WAIT)
                waited += seconds
                if waited > MAX_WAIT:
                    raise TryLaterError(seconds)
                await asyncio.sleep(seconds)


def _why_not(error: DeliveryError) -> str:
    if isinstance(error.__cause__, InvalidToken):
        return "Telegram kent dit token niet. Haal het bij @BotFather, en zet het in LOKET_TELEGRAM_TOKEN."
    return f"Telegram antwoordt niet ({error.__cause__}). Kan deze machine bij api.telegram.org?"


@contextmanager
def _translated() -> Iterator[None]:
    """Say in the words of every channel what went wrong."""
    try:
        yield
    except TooManyRequestsError as error:
        raise TryLaterError(error.seconds) from error
    except Forbidden as error:
        raise OutOfReachError from error
    except BadRequest as error:
        if any(nobody in error.message.lower() for nobody in _NOBODY):
            raise OutOfReachError from error
        raise NeverDeliveredError(error.message.lower().partition(":")[0][:MAX_CODE]) from error
    except InvalidToken as error:
        # An administrator must act; what waits can be sent when they have.
        log.error("telegram_token_refused", remedy="LOKET_TELEGRAM_TOKEN")  # noqa: TRY400 - the traceback tells nothing
        raise TryLaterError from error
    except TelegramError as error:
        raise TryLaterError from error
