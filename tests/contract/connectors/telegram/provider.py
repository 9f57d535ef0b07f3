"""Telegram's Bot API as a real HTTP server that refuses what Telegram would refuse.

A request is checked against the signatures and types of python-telegram-bot, and against the limits of
https://core.telegram.org/bots/api. The updates beside it have the shape of that page, with invented people.
"""

import asyncio
import copy
import inspect
import json
import re
from collections import defaultdict, deque
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any, cast

import aiohttp
from aiohttp import web
from aiohttp.test_utils import TestServer
from limits import RateLimitItemPerSecond
from telegram import Bot, InlineKeyboardMarkup, LinkPreviewOptions, MessageEntity, TelegramObject
from telegram.constants import (
    ChatAction,
    InlineKeyboardButtonLimit,
    InlineKeyboardMarkupLimit,
    MessageLimit,
    UpdateType,
    WebhookLimit,
)

from connectors.telegram.client import TelegramChannel
from connectors.telegram.outgoing import PRESSED
from tests.support.providers import Fault, Scenario

FIXTURES = Path(__file__).with_name("fixtures")
TOKEN = "7000000001:AAF-voorbeeld_voorbeeld_voorbeeld_voo"
SECRET = "geheim-voor_telegram-1"
HEADER = "X-Telegram-Bot-Api-Secret-Token"
SITE = "https://loket.example"
BOT = {"id": 7000000001, "is_bot": True, "first_name": "Noor", "username": "NoorVoorbeeldBot"}
FIRST_PERSON, FIRST_UPDATE = 5_000_000_000, 700_000_000
# The methods that we may use, by the name of the one of the library that describes it.
METHODS = {
    "sendMessage": Bot.send_message,
    "sendChatAction": Bot.send_chat_action,
    "answerCallbackQuery": Bot.answer_callback_query,
    "editMessageReplyMarkup": Bot.edit_message_reply_markup,
    "leaveChat": Bot.leave_chat,
    "getUpdates": Bot.get_updates,
    "setWebhook": Bot.set_webhook,
    "deleteWebhook": Bot.delete_webhook,
    "getMe": Bot.get_me,
    "getWebhookInfo": Bot.get_webhook_info,
}
TYPES = {"reply_markup": InlineKeyboardMarkup, "link_preview_options": LinkPreviewOptions}


class RefusedError(Exception):
    """What Telegram does not take."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code = code
        self.parameters = parameters


class TelegramProvider:
    """Telegram, with everybody's chats."""

    name = "telegram"

    def __init__(self) -> None:
        self.requests: list[tuple[str, Mapping[str, Any]]] = []
        self.refused: list[str] = []
        self.chats: defaultdict[int, list[dict[str, Any]]] = defaultdict(list)
        self.blocked: set[int] = set()
        self.left: set[int] = set()
        self.open_queries: set[str] = set()
        self.webhook: dict[str, Any] = {}
        self.last_error: dict[str, Any] = {}
        self.waiting: list[dict[str, Any]] = []
        self.confirmed_up_to = 0
        self.url = ""
        self._news = asyncio.Event()
        self._faults: deque[Fault] = deque()

    @asynccontextmanager
    async def running(self) -> AsyncIterator[TelegramChannel]:
        app = web.Application()
        app.router.add_post("/bot{token}/{method}", self._answer)
        async with TestServer(app) as server, aiohttp.ClientSession() as http:
            self.url = str(server.make_url("/"))
            channel = TelegramChannel(http, token=TOKEN, secret=SECRET, api_url=self.url, site=SITE)
            # A conversation in a test is faster than Telegram allows; that pace has a test of its own.
            channel.chat_pace = channel.total_pace = RateLimitItemPerSecond(10_000)
            yield channel

    @property
    def environment(self) -> Mapping[str, str]:
        its = {"TOKEN": TOKEN, "SECRET": SECRET, "API_URL": self.url}
        return {f"LOKET_TELEGRAM_{name}": value for name, value in its.items()}

    def sign(self, body: bytes) -> Mapping[str, str]:
        del body
        return {HEADER: SECRET}

    def forgeries(self, body: bytes) -> Mapping[str, Mapping[str, str]]:
        del body
        return {
            "no secret": {},
            "an empty secret": {HEADER: ""},
            "another secret": {HEADER: "geheim-voor_telegram-2"},
            "the beginning of the secret": {HEADER: SECRET[:-1]},
            "more than the secret": {HEADER: SECRET + "1"},
            "the secret in capitals": {HEADER: SECRET.upper()},
            "the secret elsewhere": {"X-Secret-Token": SECRET, "Authorization": f"Bearer {SECRET}"},
        }

    def says(
        self, scenario: Scenario | str, *, text: str = "", person: int = 1, number: int = 1
    ) -> dict[str, Any] | None:
        file = FIXTURES / f"{scenario}.json"
        if not file.exists():
            return None
        update = cast("dict[str, Any]", json.loads(file.read_text(encoding="utf-8")))
        update["update_id"] = FIRST_UPDATE + number * 1000 + person
        for happened in update.values():
            if isinstance(happened, dict):
                self._made_by(happened, person, number)
                if text and "text" in happened:
                    happened["text"] = text
                    happened.pop("entities", None)
        return update

    def presses(self, title: str, *, person: int = 1, number: int = 1) -> dict[str, Any]:
        chat = FIRST_PERSON + person
        message, button = next(
            (message, button)
            for message in reversed(self.chats[chat])
            for row in message.get("reply_markup", {}).get("inline_keyboard", ())
            for button in row
            if button["text"].removeprefix(PRESSED) == title
        )
        update = self.says("pressed", person=person, number=number)
        assert update is not None
        query = update["callback_query"]
        query["id"] = str(update["update_id"] << 20)
        query["message"], query["data"] = copy.deepcopy(message), button["callback_data"]
        self.open_queries.add(query["id"])
        return update

    def read_by(self, person: int = 1) -> list[str]:
        texts = []
        for message in self.chats[FIRST_PERSON + person]:
            rows = message.get("reply_markup", {}).get("inline_keyboard", ())
            texts += [
                message["text"],
                *(button["text"].removeprefix(PRESSED) for row in rows for button in row),
            ]
        return texts

    def titles(self, person: int = 1) -> list[str]:
        """Return the titles of the buttons below a person's first message, as they are now."""
        rows = self.chats[FIRST_PERSON + person][0]["reply_markup"]["inline_keyboard"]
        return [button["text"] for row in rows for button in row]

    def fail(self, *faults: Fault) -> None:
        self._faults.extend(faults)

    def brings(self, *updates: Mapping[str, Any] | None) -> None:
        """Keep updates for who asks for them."""
        self.waiting += [dict(update) for update in updates if update is not None]
        self._news.set()

    def asked(self, method: str) -> list[Mapping[str, Any]]:
        """Return what was taken of this method, in order."""
        return [body for name, body in self.requests if name == method]

    def _made_by(self, happened: dict[str, Any], person: int, number: int) -> None:
        """Put a person and the number of their message in a captured update."""
        who = FIRST_PERSON + person
        if "message_id" in happened:
            happened["message_id"] = number
        if "from" in happened:
            happened["from"]["id"] = who
        chat = happened.get("message", happened)["chat"]
        if chat["type"] == "private":
            chat["id"] = who
        # From now on there is such a chat.
        self.chats.setdefault(chat["id"], [])

    async def _answer(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        try:
            body, result = await self._take(method, request)
        except RefusedError as error:
            self.refused.append(str(error))
            answer: dict[str, Any] = {"ok": False, "error_code": error.code, "description": str(error)}
            if error.parameters:
                answer["parameters"] = error.parameters
            return web.json_response(answer, status=error.code)
        self.requests.append((method, body))
        return web.json_response({"ok": True, "result": result})

    async def _take(self, method: str, request: web.Request) -> tuple[dict[str, Any], object]:
        """Return what was asked and what comes of it."""
        if request.match_info["token"] != TOKEN:
            raise RefusedError(401, "Unauthorized")
        if method not in METHODS:
            raise RefusedError(404, "Not Found")
        body = _checked(method, dict(await request.post()))
        if method == "sendMessage" and self._faults:
            self._break(self._faults.popleft())
        return body, await getattr(self, f"_{method}")(body)

    def _break(self, fault: Fault) -> None:
        match fault:
            case Fault.BUSY:
                raise RefusedError(429, "Too Many Requests: retry after 1", retry_after=1)
            case Fault.DOWN:
                raise web.HTTPBadGateway(text="<html><h1>502 Bad Gateway</h1></html>")
            case Fault.NEVER:
                raise RefusedError(400, "Bad Request: MESSAGE_NOT_TAKEN: not now, not ever")
            case Fault.BLOCKED:
                raise RefusedError(403, "Forbidden: bot was blocked by the user")

    def _chat(self, body: Mapping[str, Any]) -> int:
        chat = body.get("chat_id")
        if not isinstance(chat, int) or chat not in self.chats:
            raise RefusedError(400, "Bad Request: chat not found")
        if chat in self.blocked:
            raise RefusedError(403, "Forbidden: bot was blocked by the user")
        if chat in self.left:
            raise RefusedError(403, "Forbidden: bot is not a member of the supergroup chat")
        return chat

    async def _sendMessage(self, body: Mapping[str, Any]) -> dict[str, Any]:  # noqa: N802 - Telegram's name
        chat, text = self._chat(body), body.get("text", "")
        _check_text(text, body.get("entities", []))
        _check_keyboard(body.get("reply_markup", {"inline_keyboard": []}))
        kind = "private" if chat > 0 else "supergroup"
        shown = {key: body[key] for key in ("entities", "reply_markup") if key in body}
        message = {
            "message_id": 100_000 + sum(map(len, self.chats.values())),
            "from": BOT,
            "chat": {"id": chat, "type": kind},
            "date": 1772528401,
            "text": text.strip(),
            **shown,
        }
        self.chats[chat].append(message)
        return message

    async def _sendChatAction(self, body: Mapping[str, Any]) -> bool:  # noqa: N802
        self._chat(body)
        if body.get("action") not in set(ChatAction):
            raise RefusedError(400, "Bad Request: wrong parameter action in request")
        return True

    async def _answerCallbackQuery(self, body: Mapping[str, Any]) -> bool:  # noqa: N802
        if body.get("callback_query_id") not in self.open_queries:
            message = "Bad Request: query is too old and response timeout expired or query ID is invalid"
            raise RefusedError(400, message)
        self.open_queries.discard(body["callback_query_id"])
        return True

    async def _editMessageReplyMarkup(self, body: Mapping[str, Any]) -> dict[str, Any]:  # noqa: N802
        sent = self.chats[self._chat(body)]
        message = next((each for each in sent if each["message_id"] == body.get("message_id")), None)
        if message is None:
            raise RefusedError(400, "Bad Request: message to edit not found")
        if message.get("reply_markup") == body.get("reply_markup"):
            raise RefusedError(400, "Bad Request: message is not modified")
        _check_keyboard(body["reply_markup"])
        message["reply_markup"] = body["reply_markup"]
        return message

    async def _leaveChat(self, body: Mapping[str, Any]) -> bool:  # noqa: N802
        chat = self._chat(body)
        if chat > 0:
            raise RefusedError(400, "Bad Request: chat member status can't be changed in private chats")
        self.left.add(chat)
        return True

    async def _getUpdates(self, body: Mapping[str, Any]) -> list[dict[str, Any]]:  # noqa: N802
        if self.webhook.get("url"):
            raise RefusedError(409, "Conflict: can't use getUpdates method while webhook is active")
        _check_updates(body)
        if (offset := body.get("offset")) is not None:
            self.confirmed_up_to = max(self.confirmed_up_to, offset - 1)
            self.waiting = [update for update in self.waiting if update["update_id"] >= offset]
        if not self.waiting:
            self._news.clear()
            # Telegram holds on for `timeout` seconds; a test has no time for that.
            with suppress(TimeoutError):
                await asyncio.wait_for(self._news.wait(), timeout=0.2)
        return self.waiting[:100]

    async def _setWebhook(self, body: Mapping[str, Any]) -> bool:  # noqa: N802
        url, secret = body.get("url", ""), body.get("secret_token", "")
        if not url.startswith("https://"):
            raise RefusedError(400, "Bad Request: bad webhook: An HTTPS URL must be provided for webhook")
        if not re.fullmatch(rf"[A-Za-z0-9_-]{{1,{WebhookLimit.MAX_SECRET_TOKEN_LENGTH}}}", secret):
            raise RefusedError(400, "Bad Request: secret token contains unallowed characters")
        if not 1 <= body.get("max_connections", 40) <= WebhookLimit.MAX_CONNECTIONS_LIMIT:
            raise RefusedError(400, "Bad Request: wrong max_connections")
        _check_updates(body)
        self.webhook = dict(body)
        return True

    async def _deleteWebhook(self, body: Mapping[str, Any]) -> bool:  # noqa: N802
        if body.get("drop_pending_updates"):
            self.waiting.clear()
        self.webhook = {}
        return True

    async def _getMe(self, body: Mapping[str, Any]) -> dict[str, Any]:  # noqa: N802
        del body
        return BOT

    async def _getWebhookInfo(self, body: Mapping[str, Any]) -> dict[str, Any]:  # noqa: N802
        del body
        pending = {"has_custom_certificate": False, "pending_update_count": len(self.waiting)}
        return {"url": self.webhook.get("url", ""), **pending, **self.last_error}


def _checked(method: str, form: Mapping[str, Any]) -> dict[str, Any]:
    """Return the parameters of a request, read as the library declares them."""
    declared = inspect.signature(METHODS[method]).parameters
    body: dict[str, Any] = {}
    for name, value in form.items():
        if name not in declared:
            raise RefusedError(400, f"Bad Request: there is no parameter {name}")
        is_text = "str" in str(declared[name].annotation) and name not in {"chat_id", "allowed_updates"}
        try:
            body[name] = value if is_text else json.loads(value)
        except ValueError:
            raise RefusedError(400, f"Bad Request: can't parse {name} JSON object") from None
    for name, kind in TYPES.items():
        if name not in body:
            continue
        known = kind.de_json(body[name], None)
        # The library reads past an unknown field of a keyboard.
        if not _is_known(known) or body[name].keys() - known.to_dict().keys():
            raise RefusedError(400, f"Bad Request: can't parse {name}")
    if not _is_known(MessageEntity.de_list(body.get("entities", []), None)):
        raise RefusedError(400, "Bad Request: can't parse entities")
    return body


def _is_known(value: object) -> bool:
    """Tell whether the library knows every field of this."""
    match value:
        case TelegramObject():
            return not value.api_kwargs and all(map(_is_known, value.to_dict(recursive=False).values()))
        case list() | tuple():
            return all(map(_is_known, value))
        case _:
            return True


def _check_text(text: str, entities: list[dict[str, Any]]) -> None:
    if not text.strip():
        raise RefusedError(400, "Bad Request: message text is empty")
    units = text.encode("utf-16-le")
    if len(units) // 2 > MessageLimit.MAX_TEXT_LENGTH:
        raise RefusedError(400, "Bad Request: message is too long")
    if len(entities) > MessageLimit.MESSAGE_ENTITIES:
        raise RefusedError(400, "Bad Request: too many entities")
    for entity in entities:
        first, last = entity["offset"], entity["offset"] + entity["length"]
        if not 0 <= first < last <= len(units) // 2:
            raise RefusedError(400, "Bad Request: entity is outside of the text")
        try:
            units[2 * first : 2 * last].decode("utf-16-le")
        except UnicodeDecodeError:
            raise RefusedError(400, "Bad Request: entity begins or ends within a character") from None


def _check_keyboard(markup: Mapping[str, Any]) -> None:
    rows = markup["inline_keyboard"]
    if sum(map(len, rows)) > InlineKeyboardMarkupLimit.TOTAL_BUTTON_NUMBER or any(
        len(row) > InlineKeyboardMarkupLimit.BUTTONS_PER_ROW for row in rows
    ):
        raise RefusedError(400, "Bad Request: reply markup is too long")
    for button in (button for row in rows for button in row):
        kinds = button.keys() & {"callback_data", "url"}
        if not button["text"].strip() or len(kinds) != 1:
            raise RefusedError(400, "Bad Request: text buttons are unallowed in the inline keyboard")
        if "url" in kinds:
            if not re.match(r"https?://[^/\s]+\.[^/\s]+", button["url"]):
                raise RefusedError(400, "Bad Request: inline keyboard button URL is invalid")
        elif not 1 <= len(button["callback_data"].encode()) <= InlineKeyboardButtonLimit.MAX_CALLBACK_DATA:
            raise RefusedError(400, "Bad Request: BUTTON_DATA_INVALID")


def _check_updates(body: Mapping[str, Any]) -> None:
    if not set(body.get("allowed_updates", ())) <= set(UpdateType):
        raise RefusedError(400, "Bad Request: can't parse allowed_updates JSON object")
