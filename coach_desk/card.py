"""The card of a case: all that is known of somebody, read when the page opens."""

import asyncio
from typing import Any

from aiohttp import web

from coach_desk.access import BOT, TAXONOMY
from coach_desk.wording import words
from connectors.bot_client import BotFailedError, BotUnavailableError
from counter.conversations.model import Remembered
from counter.desk.card import Card
from counter.passport.naming import skill_name
from counter.people.contact import readable_phone
from counter.people.model import Detail
from counter.staff.model import StaffMember
from staff_entrance.access import STAFF

# Seconds the page waits for what Noor has in mind; the rest of the card needs no Noor.
PATIENCE = 2.0


async def card_context(request: web.Request, card: Card) -> dict[str, Any]:
    """Return what the templates of a card know."""
    mind = await _mind(request, card)
    taxonomy = request.app[TAXONOMY]
    return {
        "card": card,
        "words": words(),
        "mind": mind,
        "noor_answers": _answers(mind),
        "facts": facts_of(card),
        "skills": [(skill_name(entry.told, taxonomy), entry.told) for entry in card.passport.skills],
        "wishes": [(skill_name(entry.told, taxonomy), entry.told) for entry in card.passport.wishes],
        "offered_to": await offered_to(request, card),
    }


async def _mind(request: web.Request, card: Card) -> Remembered | None:
    """Return what Noor has in mind; None when she cannot be asked."""
    if card.conversation_id is None:
        return Remembered()
    try:
        async with asyncio.timeout(PATIENCE):
            return await request.app[BOT].recall(card.conversation_id)
    except (BotUnavailableError, BotFailedError, TimeoutError):
        return None


def _answers(mind: Remembered | None) -> list[tuple[str, str]]:
    labels = words()["answers"]
    told = {} if mind is None else mind.answers
    return [(label, told[slot]) for slot, label in labels.items() if slot in told]


def facts_of(card: Card) -> dict[Detail, tuple[str, ...]]:
    """Return the details of a person that are in use, each with its different values."""
    found: dict[Detail, tuple[str, ...]] = {}
    for known in card.details:
        value = readable_phone(known.value) if known.detail is Detail.PHONE else known.value
        if value not in found.setdefault(known.detail, ()):
            found[known.detail] += (value,)
    return found


async def offered_to(request: web.Request, card: Card) -> str:
    """Return the name of whoever has to accept somebody; empty when nobody has."""
    if card.offer is None:
        return ""
    member = None
    if card.offer.to_coach is not None:
        member = await request.app[STAFF].member(card.offer.to_coach)
    return _name(member) or card.offer.to_organisation or ""


def _name(member: StaffMember | None) -> str:
    return "" if member is None else member.name
