"""The WhatsApp channel itself: what Meta brings is checked, what we say is given to Meta."""

import asyncio
import hmac
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, ClassVar
from urllib.parse import quote

import aiohttp
import structlog

from connectors.channel import (
    Arrival,
    Channel,
    DeliveryError,
    Event,
    Finding,
    NeverDeliveredError,
    OutOfReachError,
    Part,
    TryLaterError,
    WindowClosedError,
)
from connectors.whatsapp import examination, incoming, limits, outgoing
from counter.conversations.model import Content, Message

log = structlog.get_logger(__name__)

# In seconds; well below the courier's lease of 60, together with the wait for one's turn.
TIMEOUT = aiohttp.ClientTimeout(total=20)
LONGEST_WAIT = 10.0
# Meta's clock is not ours, and a message is on its way for a while.
MARGIN = timedelta(minutes=2)


@dataclass(frozen=True, kw_only=True)
class Account:
    """One business phone number, and the secrets that go with it; none of them is ever printed."""

    phone_number_id: str
    token: str = field(repr=False)
    app_secret: str = field(repr=False)
    verify_token: str = field(repr=False)
    number: str = ""
    """The number itself, in digits with the country first, for links that open a chat."""
    template: str = ""
    template_language: str = "nl"
    api_url: str = limits.API_URL


class WhatsAppChannel(Channel):
    """People who talk to the counter in WhatsApp."""

    name: ClassVar[str] = "whatsapp"

    def __init__(self, account: Account, http: aiohttp.ClientSession, *, home: str = "") -> None:
        self._account = account
        self._http = http
        self._home = home
        self._turns = Turns(limits.MESSAGES_PER_SECOND)
        self._warned_of_template = False

    def verify(self, headers: Mapping[str, str], body: bytes) -> bool:
        """Check the signature that Meta makes with the app's secret."""
        made = "sha256=" + hmac.new(self._account.app_secret.encode(), body, sha256).hexdigest()
        is_metas = _is_same(headers.get("x-hub-signature-256", ""), made)
        if not is_metas:
            # A stranger, or the secret is of another app: whoever sets this up must be able to tell.
            log.warning("whatsapp_signature_wrong")
        return is_metas

    def handshake(self, query: Mapping[str, str]) -> str | None:
        """Return the challenge to who knows the verify token."""
        if query.get("hub.mode") == "subscribe" and _is_same(
            query.get("hub.verify_token", ""), self._account.verify_token
        ):
            return query.get("hub.challenge")
        return None

    def parse(self, body: object) -> Sequence[Event]:
        """Return what happened to our number."""
        return incoming.parse(body, self._account.phone_number_id)

    def render(self, message: Message) -> Sequence[Part]:
        """Return the parts of a message."""
        return outgoing.render(message, self._home)

    def shows_numbers(self, content: Content) -> bool:
        """Tell whether the choices are shown as numbered text."""
        return outgoing.shape_of(content) is outgoing.Shape.NUMBERS

    def link(self, code: str) -> str | None:
        """Return the address that opens a chat with this code typed already."""
        number = self._account.number
        return f"https://wa.me/{number}?text={quote(code)}" if number else None

    def open_until(self, heard_at: datetime) -> datetime:
        """Return when it is 24 hours ago that the person wrote."""
        return heard_at + limits.WINDOW - MARGIN

    async def send(self, address: str, part: Part) -> str:
        """Give a part to Meta, and return the message id that its reports will name."""
        await self._turns.wait()
        whom = {"to": address} if incoming.is_phone(address) else {"recipient": address}
        match await self._post({**part, **whom}):
            case {"messages": [{"id": str(provider_id)}, *_]}:
                return incoming.fitting(provider_id, incoming.MAX_PROVIDER_ID)
            case _:
                # Taken, but under no name; sent again, people would read it twice.
                log.error("whatsapp_answer_without_id")
                raise NeverDeliveredError("no_id")  # noqa: EM101 - a code

    def can_knock(self) -> bool:
        """Tell whether there is a template to ask with."""
        return bool(self._account.template)

    async def knock(self, address: str) -> None:
        """Send the template that asks somebody to write to us; nothing when there is none."""
        if self._account.template:
            await self.send(
                address, outgoing.template(self._account.template, self._account.template_language)
            )
        elif not self._warned_of_template:
            self._warned_of_template = True
            log.warning("whatsapp_has_no_template", setting="LOKET_WHATSAPP_TEMPLATE")

    async def acknowledge(self, arrival: Arrival) -> None:
        """Mark as read, and show that an answer is being typed: for 25 seconds, or until it is there."""
        if arrival.acknowledges is not None:
            await self._post(
                {
                    "messaging_product": "whatsapp",
                    "status": "read",
                    **arrival.acknowledges,
                    "typing_indicator": {"type": "text"},
                }
            )

    async def examine(self, public_url: str) -> AsyncIterator[Finding]:
        """Ask Meta for our number, and look whether it is ready and brings its messages here."""
        try:
            answer = await self._ask("GET", f"?fields={examination.FIELDS}")
        except DeliveryError as error:
            yield examination.without_answer(error)
            return
        account, home = self._account, public_url.rstrip("/")
        for finding in examination.findings(
            answer,
            number=account.number,
            template=account.template,
            webhook=f"{home}/webhooks/{self.name}" if home else "",
        ):
            yield finding

    async def _post(self, body: Mapping[str, Any]) -> object:
        return await self._ask("POST", "/messages", body)

    async def _ask(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> object:
        """Return Meta's answer.

        Raises:
            DeliveryError: it did not take this.
        """
        url = f"{self._account.api_url}/{self._account.phone_number_id}{path}"
        headers = {"Authorization": f"Bearer {self._account.token}"}
        try:
            async with self._http.request(
                method, url, json=body, headers=headers, timeout=TIMEOUT, allow_redirects=False
            ) as response:
                answer = await _json(response)
                if response.status == 200:  # noqa: PLR2004 - OK
                    return answer
                raise refusal(response.status, answer, response.headers.get("Retry-After"))
        except (aiohttp.ClientError, TimeoutError) as error:
            raise TryLaterError from error


class Turns:
    """Lets so many through a second. Each process counts for itself: Meta's own limit comes on top."""

    def __init__(self, per_second: float) -> None:
        self._gap = 1 / per_second
        self._next = 0.0

    async def wait(self) -> None:
        """Wait for one's turn.

        Raises:
            TryLaterError: that would take too long.
        """
        now = asyncio.get_running_loop().time()
        turn = max(self._next, now)
        if turn - now > LONGEST_WAIT:
            raise TryLaterError(turn - now)
        self._next = turn + self._gap
        await asyncio.sleep(turn - now)


def refusal(status: int, answer: object, retry_after: str | None = None) -> DeliveryError:
    """Return what Meta's refusal means to us."""
    code = _code(answer)
    later = TryLaterError(_seconds(retry_after))
    meaning: DeliveryError
    if code in limits.LATER or (code is None and (status in {408, 429} or not 400 <= status < 500)):  # noqa: PLR2004
        meaning = later
    elif code in limits.OURS or _is_wrong_number_id(answer) or (code is None and status in {401, 403}):
        log.error("whatsapp_account_refused", code=code, status=status)
        meaning = later
    elif code in limits.WINDOW_CLOSED:
        meaning = WindowClosedError()
    elif code in limits.UNDELIVERABLE:
        meaning = OutOfReachError()
    elif code in limits.NOT_ON_TEST_LIST:
        log.error("whatsapp_person_not_on_test_list", code=code)
        meaning = OutOfReachError()
    else:
        # What is left is about what we send: a wrong value (100, 131009), a missing one (131008), a kind
        # of message that there is not (131051), a template. It will be as wrong next time.
        log.error("whatsapp_message_refused", code=code, status=status)
        meaning = later if _is_transient(answer) else NeverDeliveredError(str(code or f"http_{status}"))
    return meaning


def _code(answer: object) -> int | None:
    match answer:
        case {"error": {"code": int(code)}}:
            return code
        case _:
            return None


def _is_transient(answer: object) -> bool:
    """Tell whether Meta calls it temporary; it says so of errors that are in no list."""
    match answer:
        case {"error": {"is_transient": True}}:
            return True
        case _:
            return False


def _is_wrong_number_id(answer: object) -> bool:
    match answer:
        case {"error": {"code": code, "error_subcode": subcode}}:
            return (code, subcode) == limits.WRONG_NUMBER_ID
        case _:
            return False


def _seconds(retry_after: str | None) -> float | None:
    return float(retry_after) if retry_after is not None and retry_after.isdecimal() else None


async def _json(response: aiohttp.ClientResponse) -> object:
    try:
        return await response.json(content_type=None)
    except ValueError:  # no JSON, or no UTF-8
        return None


def _is_same(given: str, expected: str) -> bool:
    """Compare in a time that tells nothing; a header can hold bytes that are no text."""
    return hmac.compare_digest(
        given.encode("utf-8", "surrogatepass"), expected.encode("utf-8", "surrogatepass")
    )
