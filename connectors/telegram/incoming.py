"""Updates of the Bot API → events; nothing in an update is taken on trust, not even its shape.

What an update can hold: https://core.telegram.org/bots/api#update
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from connectors.channel import Arrival, Departure, Event, Intrusion, Location, Unreadable
from connectors.telegram.limits import MAX_ID
from counter.continuations.model import parse_code

# What we ask Telegram to bring; without this it brings more than we can use.
UPDATES = ("message", "edited_message", "callback_query", "my_chat_member", "channel_post")

# What a link such as t.me/<bot>?start=cursus begins with; an editor of a page or a poster chooses from these.
# Somebody can also type it, or choose it from the menu: /cursus.
TOPICS = {
    "beroep": "/beroep_verkennen",
    "coach": "/coach_spreken",
    "cursus": "/cursus_zoeken",
    "gegevens": "/gegevens_inzien",
    "help": "/hulp_vragen",
    "leerwerkplek": "/leerwerkplek_zoeken",
    "ontslag": "/ontslag_dreigt",
    "open_hiring": "/open_hiring_zoeken",
    "orienteren": "/orienteren",
    "personeel": "/personeel_zoeken",
    "skills": "/skills_vertellen",
    "voucher": "/voucher_uitleg",
}
GREETING = "/groeten"

# In this order: a moving picture is also sent as a document, for old clients.
_UNREADABLE = {
    "animation": Unreadable.PHOTO,
    "live_photo": Unreadable.PHOTO,
    "paid_media": Unreadable.PHOTO,
    "photo": Unreadable.PHOTO,
    "video": Unreadable.PHOTO,
    "video_note": Unreadable.PHOTO,
    "audio": Unreadable.VOICE,
    "voice": Unreadable.VOICE,
    "document": Unreadable.DOCUMENT,
    "sticker": Unreadable.STICKER,
    "contact": Unreadable.CONTACT,
}
# What Telegram itself says in a chat; nobody waits for an answer to it.
_SERVICE = frozenset(
    """
    boost_added channel_chat_created chat_background_set chat_owner_changed chat_owner_left chat_shared
    checklist_tasks_added checklist_tasks_done connected_website delete_chat_photo
    direct_message_price_changed forum_topic_closed forum_topic_created forum_topic_edited
    forum_topic_reopened general_forum_topic_hidden general_forum_topic_unhidden gift gift_upgrade_sent
    giveaway_completed giveaway_created group_chat_created left_chat_member managed_bot_created
    message_auto_delete_timer_changed migrate_from_chat_id migrate_to_chat_id new_chat_members
    new_chat_photo new_chat_title paid_message_price_changed passport_data pinned_message
    poll_option_added poll_option_deleted proximity_alert_triggered refunded_payment successful_payment
    suggested_post_approval_failed suggested_post_approved suggested_post_declined suggested_post_info
    suggested_post_paid suggested_post_refunded supergroup_chat_created unique_gift users_shared
    video_chat_ended video_chat_participants_invited video_chat_scheduled video_chat_started
    web_app_data write_access_allowed
    """.split()
)

type _Json = Mapping[object, Any]

_COMMAND = re.compile(r"/(\w{1,32})(?:@\w+)?(?:\s+(.*))?", re.ASCII | re.DOTALL)
# An album arrives as a message for each picture, all with the same group.
_ALBUM = re.compile(r"[0-9A-Za-z]{1,40}", re.ASCII)


def parse_update(update: object) -> Sequence[Event]:
    """Return what happened; nothing for what is no business of ours."""
    match update:
        case {"update_id": number, **rest} if _is_id(number):
            return _happened(f"u{number}", rest)
        case _:
            return ()


def _happened(client_id: str, update: _Json) -> Sequence[Event]:
    match update:
        case {"message": {"chat": {"id": chat, "type": "private"}, **message}} if _is_id(chat):
            return _said(str(chat), client_id, message)
        case {"edited_message": {"chat": {"id": chat, "type": "private"}, **message}} if _is_id(chat):
            return _edited(str(chat), message)
        case {
            "callback_query": {
                "id": str(query),
                "data": str(data),
                "message": {"chat": {"id": chat, "type": "private"}, **message},
            }
        } if _is_id(chat):
            return (_pressed(str(chat), client_id, query, data, message),)
        case {
            "my_chat_member": {
                "chat": {"id": chat, "type": "private"},
                "new_chat_member": {"status": "kicked"},
            }
        } if _is_id(chat):
            return (Departure(address=str(chat)),)
        case {"message": {"chat": {"id": chat, "type": "group" | "supergroup"}, **message}} | {
            "channel_post": {"chat": {"id": chat, "type": "channel"}, **message}
        } if _is_id(chat):
            return () if _is_service(message) else (Intrusion(address=str(chat)),)
        case _:
            return ()


def _said(address: str, client_id: str, message: _Json) -> Sequence[Event]:
    match message:
        case {"text": str(text)}:
            return (_read(address, client_id, text),)
        case {"location": place}:
            return (_located(address, client_id, place),)
        case {"caption": str(caption)} if caption.strip():
            return (Arrival(address=address, client_id=client_id, text=caption),)
    kind = next((kind for name, kind in _UNREADABLE.items() if name in message), None)
    if kind is None and _is_service(message):
        return ()
    match message:
        case {"media_group_id": str(album)} if _ALBUM.fullmatch(album):
            # One answer for the whole album.
            client_id = f"g{album}"
    return (Arrival(address=address, client_id=client_id, unreadable=kind or Unreadable.OTHER),)


def _edited(address: str, message: _Json) -> Sequence[Event]:
    """Read again what somebody has changed; a location that moves along with them is no change."""
    match message:
        case {"location": _}:
            return ()
        case {"message_id": number, "edit_date": at} if _is_id(number) and _is_id(at):
            return _said(address, f"e{number}-{at}", message)
        case _:
            return ()


def _read(address: str, client_id: str, text: str) -> Event:
    """Return what somebody wants with words, one of which may be a command."""
    command = _COMMAND.fullmatch(text.strip())
    if command is None:
        return Arrival(address=address, client_id=client_id, text=text)
    name, rest = command[1].lower(), (command[2] or "").strip()
    if name == "stop":
        return Departure(address=address, is_said=True)
    if name == "start" and parse_code(rest) is not None:
        # A link to go on here with a conversation from elsewhere.
        return Arrival(address=address, client_id=client_id, text=rest)
    if name == "start":
        return Arrival(address=address, client_id=client_id, payload=TOPICS.get(rest.lower(), GREETING))
    if name in TOPICS and not rest:
        return Arrival(address=address, client_id=client_id, payload=TOPICS[name])
    return Arrival(address=address, client_id=client_id, text=f"{name.replace('_', ' ')} {rest}")


def _located(address: str, client_id: str, place: object) -> Arrival:
    match place:
        case {"latitude": float() | int() as latitude, "longitude": float() | int() as longitude}:
            # JSON as Python reads it also knows NaN and numbers without end: neither is at most 90.
            if abs(latitude) <= 90 and abs(longitude) <= 180:  # noqa: PLR2004 - degrees
                location = Location(latitude=float(latitude), longitude=float(longitude))
                return Arrival(address=address, client_id=client_id, location=location)
    return Arrival(address=address, client_id=client_id, unreadable=Unreadable.OTHER)


def _pressed(address: str, client_id: str, query: str, data: str, message: _Json) -> Event:
    seen: dict[str, Any] = {"callback_query_id": query}
    match message:
        case {"message_id": number, "reply_markup": dict(keyboard)} if _is_id(number):
            seen |= {"message_id": number, "keyboard": keyboard}
    return Arrival(address=address, client_id=client_id, choice=data, acknowledges=seen)


def _is_service(message: _Json) -> bool:
    # Where there is nothing, python-telegram-bot fills in False.
    return any(message.get(name, False) is not False for name in _SERVICE)


def _is_id(value: object) -> bool:
    """Tell whether this can be an identifier; groups have negative ones."""
    return type(value) is int and -MAX_ID <= value <= MAX_ID
