"""Webhook of the Cloud API → what happened. Whatever is in it, this raises nothing.

Shapes: https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messages
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from typing import Any

import structlog

from connectors.channel import Arrival, Departure, Event, Location, Report, Unreadable
from connectors.whatsapp.limits import UNDELIVERABLE
from counter.channels.model import DeliveryState

log = structlog.get_logger(__name__)

# As long as the columns they are stored in.
MAX_CLIENT_ID = 100
MAX_PROVIDER_ID = 128
MAX_ADDRESS = 128
MAX_ERROR = 40

_PHONE = re.compile(r"[0-9]{5,20}")
# A user id that counts for one business only, which stands for people who hide their number behind a
# username: NL.13491208655302741918, or NL.ENT.… for a group of businesses.
# (…/whatsapp/business-scoped-user-ids)
_USER_ID = re.compile(r"[A-Z]{2}\.(?:ENT\.)?[A-Za-z0-9]{1,120}")

_UNREADABLE = {
    "image": Unreadable.PHOTO,
    "video": Unreadable.PHOTO,
    "audio": Unreadable.VOICE,
    "document": Unreadable.DOCUMENT,
    "sticker": Unreadable.STICKER,
    "contacts": Unreadable.CONTACT,
}
_UNDELIVERABLE = frozenset(map(str, UNDELIVERABLE))
# Nobody expects an answer to a heart, or to taking something back.
_WITHOUT_ANSWER = frozenset({"reaction", "revoke"})


def parse(body: object, phone_number_id: str) -> list[Event]:
    """Return what people sent to this number and what became of what it sent, oldest first."""
    timed: list[tuple[int, Event]] = []
    for value in _values(body, phone_number_id):
        for error in _items(value, "errors"):
            log.error("whatsapp_reports_error", code=_code(error))
        for message in _items(value, "messages"):
            timed.extend((_timestamp(message), event) for event in _of_message(message))
        for status in _items(value, "statuses"):
            timed.extend((_timestamp(status), event) for event in _of_status(status))
    # Meta puts several things in one request, and promises no order.
    return [event for _, event in sorted(timed, key=lambda pair: pair[0])]


def is_phone(address: str) -> bool:
    """Tell whether an address is a phone number; else it is a user id of this business."""
    return _PHONE.fullmatch(address) is not None


def fitting(provider_id: str, limit: int) -> str:
    """Return an id as it can be stored: itself, or a digest when it is too long or no plain text."""
    if len(provider_id) <= limit and provider_id.isascii() and provider_id.isprintable():
        return provider_id
    return sha256(provider_id.encode("utf-8", "surrogatepass")).hexdigest()


def _values(body: object, phone_number_id: str) -> Iterator[Mapping[str, Any]]:
    match body:
        case {"object": "whatsapp_business_account", "entry": [*entries]}:
            changes = [change for entry in entries for change in _items(entry, "changes")]
        case _:
            return
    for change in changes:
        match change:
            case {"field": "messages", "value": {"metadata": {"phone_number_id": number}} as value}:
                if number == phone_number_id:
                    yield value
                else:
                    # One webhook serves every number of an app.
                    log.info("whatsapp_other_number")


def _of_message(message: Mapping[str, Any]) -> Sequence[Event]:
    address = _address(message, "from", "from_user_id")
    match message:
        case {"group_id": _}:
            # There are only groups that a business makes itself, and we make none.
            return ()
        case {"type": "system", "system": {"type": str(kind)}}:
            # Somebody else may get the number that this person had.
            return (Departure(address=address),) if address and kind.endswith("_changed_number") else ()
        case {"id": str(message_id), "type": str(kind)} if address and message_id:
            if kind in _WITHOUT_ANSWER:
                return ()
            arrival = Arrival(
                address=address,
                client_id=fitting(message_id, MAX_CLIENT_ID),
                acknowledges={"message_id": message_id},
                **_said(message),
            )
            return (arrival,)
        case _:
            return ()


def _said(message: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a message says, as an arrival has it."""
    said: dict[str, Any] = {"unreadable": Unreadable.OTHER}
    match message:
        case {"type": "text", "text": {"body": str(words)}}:
            said = {"text": _clean(words)}
        case {"type": "interactive", "interactive": {"button_reply": {"id": str(choice)}}}:
            said = {"choice": choice}
        case {"type": "interactive", "interactive": {"list_reply": {"id": str(choice)}}}:
            said = {"choice": choice}
        case {"type": "button", "button": {"text": str(words)}}:
            # A button of a template: it was not ours to number.
            said = {"text": _clean(words)}
        case {
            "type": "location",
            "location": {"latitude": int() | float() as north, "longitude": int() | float() as east},
        } if -90 <= north <= 90 and -180 <= east <= 180:  # noqa: PLR2004 - degrees
            said = {"location": Location(latitude=float(north), longitude=float(east))}
        case {"type": "request_welcome"}:
            said = {"payload": "/groeten"}
        case {"type": "edit", "edit": {"message": {"type": "text", "text": {"body": str(words)}}}}:
            # Somebody corrected what they wrote; the answer to it is already there, so it counts anew.
            said = {"text": _clean(words)}
        case {"type": str(kind)} if kind in _UNREADABLE:
            # Words that go with a photo or a file are read; the thing itself is never fetched.
            caption = _caption(message.get(kind))
            said = {"text": caption} if caption else {"unreadable": _UNREADABLE[kind]}
    return said


def _caption(media: object) -> str:
    match media:
        case {"caption": str(caption)}:
            return _clean(caption).strip()
        case _:
            return ""


def _of_status(status: Mapping[str, Any]) -> Iterator[Event]:
    match status:
        case {"id": str(provider_id), "status": ("sent" | "delivered" | "read" | "failed") as state}:
            error = next(map(_code, _items(status, "errors")), None) if state == "failed" else None
            yield Report(
                provider_id=fitting(provider_id, MAX_PROVIDER_ID), state=DeliveryState(state), error=error
            )
            # The API takes a message for somebody who blocked us, and tells only here.
            if error in _UNDELIVERABLE and (address := _address(status, "recipient_id", "recipient_user_id")):
                yield Departure(address=address)


def _address(item: Mapping[str, Any], phone: str, user_id: str) -> str | None:
    """Return the phone number, or the user id of who shows none."""
    match item.get(phone), item.get(user_id):
        case str(number), _ if _PHONE.fullmatch(number):
            return number
        case _, str(name) if _USER_ID.fullmatch(name) and len(name) <= MAX_ADDRESS:
            return name
        case _:
            log.warning("whatsapp_without_address")
            return None


def _items(container: object, key: str) -> Iterator[Mapping[str, Any]]:
    items = container.get(key) if isinstance(container, Mapping) else None
    if isinstance(items, list):
        yield from (item for item in items if isinstance(item, Mapping))


def _timestamp(item: Mapping[str, Any]) -> int:
    """Return when it happened in seconds since 1970; what does not say comes last."""
    match item.get("timestamp"):
        case str(digits) if re.fullmatch(r"[0-9]{1,12}", digits):
            return int(digits)
        case _:
            return 10**12


def _code(error: Mapping[str, Any]) -> str:
    code = error.get("code")
    return _clean(str(code)[:MAX_ERROR]) if isinstance(code, int | str) else "unknown"


def _clean(text: str) -> str:
    """Return the text without halves of characters, which JSON can hold and nothing else can."""
    return text.encode("utf-8", "replace").decode("utf-8")
