"""Meta's Cloud API in tests: it refuses what Meta would, and answers as Meta documents.

Requests are held against `messages.schema.json`, which follows Meta's published description. Updates in
`fixtures/` follow Meta's documentation of webhooks; the people in them are invented.
"""

import base64
import hmac
import json
from collections import deque
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from copy import deepcopy
from hashlib import sha256
from pathlib import Path
from typing import Any

import aiohttp
from aiohttp import web
from aiohttp.test_utils import TestServer
from jsonschema import Draft202012Validator

from connectors.channel import Channel
from connectors.whatsapp.client import Account, WhatsAppChannel
from tests.support.providers import Fault, Scenario

HERE = Path(__file__).parent
ACCOUNT = Account(
    phone_number_id="106540352242922",
    token="EAAJB-geheim",
    app_secret="app-geheim",
    verify_token="klop-klop",
    number="31201234567",
    template="noor_heeft_nieuws",
)
# Codes with the HTTP status and the message that Meta documents for them.
ERRORS = {
    1: (400, "API Unknown"),
    2: (503, "API Service"),
    4: (400, "API Too Many Calls"),
    33: (400, "Parameter value is not valid"),
    100: (400, "Invalid parameter"),
    190: (401, "Access token has expired"),
    368: (403, "Temporarily blocked for policies violations"),
    80007: (400, "Rate limit issues"),
    130429: (429, "Rate limit hit"),
    130472: (400, "User's number is part of an experiment"),
    131000: (500, "Something went wrong"),
    131005: (403, "Access denied"),
    131008: (400, "Required parameter is missing"),
    131009: (400, "Parameter value is not valid"),
    131016: (500, "Service unavailable"),
    131026: (400, "Message undeliverable"),
    131030: (400, "Recipient phone number not in allowed list"),
    131031: (403, "Account has been locked"),
    131042: (400, "Business eligibility payment issue"),
    131047: (400, "Re-engagement message"),
    131048: (400, "Spam rate limit hit"),
    131049: (400, "This message was not delivered to maintain healthy ecosystem engagement"),
    131050: (400, "User has stopped receiving marketing messages"),
    131051: (400, "Unsupported message type"),
    131056: (400, "(Business Account, Consumer Account) pair rate limit hit"),
    131057: (500, "Account in maintenance mode"),
    132000: (400, "Template param count mismatch"),
    132001: (404, "Template does not exist in the translation"),
    133010: (400, "Phone number not registered"),
}
_FAULTS = {Fault.BUSY: 130429, Fault.NEVER: 131009, Fault.BLOCKED: 131026}
_VALIDATOR = Draft202012Validator(json.loads((HERE / "messages.schema.json").read_text()))
# In November 2026, in seconds since 1970.
_BEGIN = 1793870400


class WhatsAppProvider:
    """Meta, as far as we see it."""

    name = "whatsapp"

    def __init__(self, account: Account = ACCOUNT) -> None:
        self.account = account
        self.requests: list[tuple[str, Mapping[str, Any]]] = []
        """Messages that were taken, and marks as read, in order."""
        self.refused: list[str] = []
        """What was wrong with a request, in order; what `fail` asked for is not in it."""
        self.ids: list[str] = []
        """The message ids that were given out, in order."""
        self.number: dict[str, Any] = {
            "display_phone_number": "+31 20 123 4567",
            "verified_name": "Loket Noord-Holland",
            "quality_rating": "GREEN",
            "webhook_configuration": {"application": "https://loket.voorbeeld.nl/webhooks/whatsapp"},
            "id": account.phone_number_id,
        }
        """What Meta knows of the number, by field."""
        self.api_url = ""
        self._answers: deque[web.Response] = deque()

    @asynccontextmanager
    async def running(self) -> AsyncIterator[Channel]:
        """Run the Graph API, and give a channel that talks to it."""
        app = web.Application()
        app.router.add_post("/v25.0/{number}/messages", self._take)
        app.router.add_get("/v25.0/{number}", self._tell)
        async with TestServer(app) as server, aiohttp.ClientSession() as http:
            fields = {name: getattr(self.account, name) for name in self.account.__dataclass_fields__}
            self.api_url = str(server.make_url("/v25.0"))
            yield WhatsAppChannel(Account(**{**fields, "api_url": self.api_url}), http)

    @property
    def environment(self) -> Mapping[str, str]:
        """Return the settings of an app that talks to this provider, while it runs."""
        return {
            "LOKET_WHATSAPP_TOKEN": self.account.token,
            "LOKET_WHATSAPP_APP_SECRET": self.account.app_secret,
            "LOKET_WHATSAPP_VERIFY_TOKEN": self.account.verify_token,
            "LOKET_WHATSAPP_PHONE_NUMBER_ID": self.account.phone_number_id,
            "LOKET_WHATSAPP_API_URL": self.api_url,
        }

    def sign(self, body: bytes) -> Mapping[str, str]:
        """Sign a body as Meta does."""
        digest = hmac.new(self.account.app_secret.encode(), body, sha256).hexdigest()
        return {"X-Hub-Signature-256": f"sha256={digest}"}

    def forgeries(self, body: bytes) -> Mapping[str, Mapping[str, str]]:
        """Return headers that open nothing."""
        good = self.sign(body)["X-Hub-Signature-256"]
        other = hmac.new(b"geraden", body, sha256).hexdigest()
        old = hmac.new(self.account.app_secret.encode(), body, "sha1").hexdigest()
        return {
            "no signature": {},
            "an empty signature": {"X-Hub-Signature-256": ""},
            "another secret": {"X-Hub-Signature-256": f"sha256={other}"},
            "another body": self.sign(body + b" "),
            "cut off": {"X-Hub-Signature-256": good[:-1]},
            "without its prefix": {"X-Hub-Signature-256": good.removeprefix("sha256=")},
            "another digit": {"X-Hub-Signature-256": good[:-1] + ("1" if good[-1] == "0" else "0")},
            "only the old signature": {"X-Hub-Signature": f"sha1={old}"},
            "no text": {"X-Hub-Signature-256": "sha256=é\udce9"},
        }

    def says(
        self, scenario: Scenario, *, text: str = "", person: int = 1, number: int = 1
    ) -> dict[str, Any] | None:
        """Return the update of a scenario from this person."""
        if not (HERE / "fixtures" / f"{scenario.value}.json").exists():
            return None
        update = self.captured(scenario.value, person=person, number=number)
        if scenario is Scenario.TEXT and text:
            message_in(update)["text"]["body"] = text
        return update

    def captured(self, name: str, *, person: int = 1, number: int = 1) -> dict[str, Any]:
        """Return an update from `fixtures/` as if it came from this person as their message `number`."""
        update = json.loads((HERE / "fixtures" / f"{name}.json").read_text())
        for value in _values(update):
            for contact in value.get("contacts", ()):
                contact.update(_known({"wa_id": wa_id(person), "user_id": user_id(person)}, contact))
            for message in value.get("messages", ()):
                message["id"] = wamid(person, number)
                message["timestamp"] = str(_BEGIN + number)
                message.update(_known({"from": wa_id(person), "from_user_id": user_id(person)}, message))
            for status in value.get("statuses", ()):
                status["timestamp"] = str(_BEGIN + number)
                status.update(
                    _known({"recipient_id": wa_id(person), "recipient_user_id": user_id(person)}, status)
                )
        return update

    def reports(
        self, state: str, provider_id: str, *, code: int | None = None, person: int = 1
    ) -> dict[str, Any]:
        """Return the update that tells what became of a message."""
        update = self.captured(f"status_{state}", person=person)
        for value in _values(update):
            for status in value["statuses"]:
                status["id"] = provider_id
                if code is not None:
                    status["errors"][0] |= {"code": code, "title": ERRORS[code][1]}
        return update

    def presses(self, title: str, *, person: int = 1, number: int = 1) -> dict[str, Any]:
        """Return the update of pressing what this person saw last with this title.

        What is shown as numbered text is answered by its number.
        """
        for body in reversed(self._sent_to(person)):
            for kind, id_, titles in _choices(body):
                if title not in titles:
                    continue
                if kind == "number":
                    return self.says(Scenario.TEXT, text=id_, person=person, number=number) or {}
                update = self.captured(kind, person=person, number=number)
                reply = {"id": id_, "title": titles[0]}
                if kind == "list_reply" and len(titles) > 1:
                    reply["description"] = titles[1]
                message_in(update)["interactive"][kind] = reply
                return update
        message = f"nobody saw {title!r}"
        raise LookupError(message)

    def read_by(self, person: int = 1) -> list[str]:
        """Return what a person has read: the words of each message, then what can be pressed below it."""
        texts: list[str] = []
        for body in self._sent_to(person):
            match body["type"]:
                case "text":
                    texts.append(body["text"]["body"])
                case "interactive":
                    texts.append(body["interactive"]["body"]["text"])
                    texts += [text for _, _, titles in _choices(body) for text in titles]
        return texts

    def fail(self, *faults: Fault) -> None:
        """Answer the next messages with these faults, one each."""
        for fault in faults:
            if fault is Fault.DOWN:
                self._answers.append(web.Response(status=502, text="<html>Bad Gateway</html>"))
            else:
                self.refuse(_FAULTS[fault])

    def refuse(self, *codes: int, **more: object) -> None:
        """Answer the next messages with these error codes of Meta's, one each."""
        self._answers.extend(error(code, **more) for code in codes)

    def _sent_to(self, person: int) -> list[Mapping[str, Any]]:
        addresses = {wa_id(person), user_id(person)}
        return [body for _, body in self.requests if {body.get("to"), body.get("recipient")} & addresses]

    def _no_entrance(self, request: web.Request) -> web.Response | None:
        if request.headers.get("Authorization") != f"Bearer {self.account.token}":
            return error(190)
        if request.match_info["number"] != self.account.phone_number_id:
            return error(100, error_subcode=33)
        return None

    async def _tell(self, request: web.Request) -> web.Response:
        if (refused := self._no_entrance(request)) is not None:
            return refused
        fields = request.query.get("fields", "display_phone_number,verified_name,quality_rating").split(",")
        return web.json_response({name: self.number[name] for name in (*fields, "id") if name in self.number})

    async def _take(self, request: web.Request) -> web.Response:
        if (refused := self._no_entrance(request)) is not None:
            return refused
        body = await request.json()
        problem = wrong_with(body)
        if problem is not None:
            self.refused.append(problem)
            return error(131009, details=problem)
        if body.get("status") == "read":
            self.requests.append(("messages", body))
            return web.json_response({"success": True})
        if self._answers:
            return self._answers.popleft()
        self.requests.append(("messages", body))
        self.ids.append(_outgoing_id(len(self.ids)))
        whom = body.get("to") or body["recipient"]
        contact = {"input": whom, "wa_id": whom} if "to" in body else {"input": whom, "user_id": whom}
        return web.json_response(
            {"messaging_product": "whatsapp", "contacts": [contact], "messages": [{"id": self.ids[-1]}]}
        )


def error(code: int, *, details: str = "", **more: object) -> web.Response:
    """Return an error as Meta writes it."""
    status, title = ERRORS[code]
    return web.json_response(
        {
            "error": {
                "message": f"(#{code}) {title}",
                "type": "OAuthException",
                "code": code,
                "error_data": {"messaging_product": "whatsapp", "details": details or title},
                "fbtrace_id": "AgVZ8KyXl4oHqGHvRkFbTBN",
                **more,
            }
        },
        status=status,
    )


def wrong_with(body: object) -> str | None:
    """Return what Meta would find wrong with a request, or None."""
    for problem in _VALIDATOR.iter_errors(body):
        deepest = max(problem.context or [problem], key=lambda found: len(found.absolute_path))
        return f"{deepest.json_path}: {deepest.message}"
    assert isinstance(body, dict)
    choices = [choice for choice in _choices(body) if choice[0] != "number"]
    ids, titles = [id_ for _, id_, _ in choices], [names[0] for _, _, names in choices]
    if len(set(ids)) < len(ids) or len(set(titles)) < len(titles):
        return "ids and titles must be unique"
    if sum(kind == "list_reply" for kind, _, _ in choices) > 10:
        return "more than 10 rows"
    return None


def message_in(update: Mapping[str, Any]) -> dict[str, Any]:
    """Return the first message of an update, to change it."""
    message: dict[str, Any] = update["entry"][0]["changes"][0]["value"]["messages"][0]
    return message


def together(*updates: Mapping[str, Any]) -> dict[str, Any]:
    """Return one update with everything that is in these, as Meta sends it after a failure."""
    return {
        "object": "whatsapp_business_account",
        "entry": [deepcopy(entry) for update in updates for entry in update["entry"]],
    }


def wa_id(person: int) -> str:
    """Return the phone number of a person who does not exist."""
    return f"316000000{person:02d}"


def user_id(person: int) -> str:
    """Return the business-scoped user id of a person."""
    return f"NL.134912086553027{person:05d}"


def wamid(person: int, number: int) -> str:
    """Return the id of a person's message: Meta's are in base64, with the number of the phone in it."""
    inside = b"\x1c\x18\x0b" + wa_id(person).encode() + b"\x15\x02\x00\x12\x18\x14" + b"3A%018X\0" % number
    return "wamid." + base64.b64encode(inside).decode()


def _outgoing_id(number: int) -> str:
    return (
        "wamid."
        + base64.b64encode(b"\x1c\x18\x0b31201234567\x15\x02\x00\x11\x18\x12%018X\0" % number).decode()
    )


def _values(update: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [change["value"] for entry in update["entry"] for change in entry["changes"]]


def _known(fields: Mapping[str, str], where: Mapping[str, Any]) -> dict[str, str]:
    return {name: value for name, value in fields.items() if name in where}


def _choices(body: Mapping[str, Any]) -> list[tuple[str, str, list[str]]]:
    """Return what can be pressed, as (kind of reply, id, words); the id of numbered text is its number."""
    action = body.get("interactive", {}).get("action", {})
    if "buttons" in action:
        replies = [button["reply"] for button in action["buttons"]]
        return [("button_reply", reply["id"], [reply["title"]]) for reply in replies]
    rows = [row for section in action.get("sections", ()) for row in section["rows"]]
    if rows:
        return [
            ("list_reply", row["id"], [row["title"], *([row["description"]] if "description" in row else [])])
            for row in rows
        ]
    lines = body.get("text", {}).get("body", "").split("\n") if body.get("type") == "text" else []
    numbered = [line.split(". ", 1) for line in lines if line.split(". ", 1)[0].isdecimal() and ". " in line]
    return [("number", number, [title]) for number, title in numbered]
