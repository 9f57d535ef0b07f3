"""A page of the desk with one thing on it: a form, a list, something to read back."""

from datetime import date, datetime, time
from http import HTTPStatus

from aiohttp import web

from coach_desk.access import CARDS, LOOKOUT, SHOWING
from connectors.screening import MAX_CHARACTERS, clean, refusal
from counter.calendar import moment_at
from counter.desk.card import Card
from counter.desk.overview import desk_of
from counter.referrals.model import UnknownReferralError
from counter.staff.model import StaffEvent
from staff_entrance.access import STAFF, staff_of
from staff_entrance.pages import render


async def show(
    request: web.Request, template: str, *, error: str | None = None, shown: str = "", **context: object
) -> web.Response:
    """Return a page of the desk; with an `error` it is a form that was refused. `shown` is its tab."""
    me, outlook = await staff_of(request), await request.app[LOOKOUT].look()
    everything = desk_of(me, outlook.lines)
    frame = {
        "list": shown,
        "case": None,
        "me": me,
        "counts": everything.counts,
        "attention": everything.attention,
        "presence": outlook.presence_of(me),
        "now": request.app[SHOWING].clock(),
        "max_characters": MAX_CHARACTERS,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if error else HTTPStatus.OK
    return render(request, template, {**frame, "error": error, **context}, status=status)


async def show_case(
    request: web.Request, template: str, card: Card, *, error: str | None = None, **context: object
) -> web.Response:
    """Return a page about a case; that a coach looked at it is kept."""
    await request.app[STAFF].record(
        (await staff_of(request)).id,
        StaffEvent.LOOKED,
        person_id=card.person_id,
        conversation_id=card.conversation_id,
        detail=card.number,
    )
    return await show(request, template, error=error, shown="", card=card, **context)


async def card_of(request: web.Request) -> Card:
    """Return the card of the case in this address.

    Raises:
        HTTPNotFound: there is no such case.
    """
    try:
        return await request.app[CARDS].card(request.match_info["number"], await staff_of(request))
    except UnknownReferralError as error:
        raise web.HTTPNotFound from error


async def keep_look(request: web.Request, person_id: str) -> None:
    """Keep that a coach looked at what has the number in this address."""
    me, number = await staff_of(request), request.match_info["number"]
    await request.app[STAFF].record(me.id, StaffEvent.LOOKED, person_id=person_id, detail=number)


def checked(text: str, *, is_required: bool = True) -> tuple[str, str | None]:
    """Return a text as it may be kept, and why it may not be, or None."""
    text = clean(text)
    if not text:
        return text, "leeg" if is_required else None
    return text, refusal(text)


def moment_in(day: str, clock_time: str) -> datetime | None:
    """Return the moment of a date and a time as a browser sends them, or None."""
    try:
        return moment_at(date.fromisoformat(day), time.fromisoformat(clock_time))
    except ValueError:
        return None
