"""The pages of the desk: a list, and a case with its list beside it."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from aiohttp import web

from coach_desk.access import ANSWERS, CARDS, LOOKOUT, PERSON, PRESENCE, READER, SHOWING
from coach_desk.card import card_context
from coach_desk.filtering import choices, filters_in, list_in, query_of
from coach_desk.lookout import Outlook
from coach_desk.showing import Piece
from counter.database import new_id
from counter.desk.overview import CaseLine, DeskList, DonePage, Filters, desk_of
from counter.referrals.model import UnknownReferralError
from counter.staff.model import StaffEvent, StaffMember
from staff_entrance.access import STAFF, go_on_to, staff_of
from staff_entrance.pages import render

# No page number is longer.
MAX_DIGITS = 6


async def waiting(request: web.Request) -> web.Response:
    """Show who waits, and who is offered to this coach."""
    return await _list(request, DeskList.WAITING)


async def mine(request: web.Request) -> web.Response:
    """Show who this coach has."""
    return await _list(request, DeskList.MINE)


async def call_backs(request: web.Request) -> web.Response:
    """Show who must be called."""
    return await _list(request, DeskList.CALL_BACKS)


async def done(request: web.Request) -> web.Response:
    """Show what is over."""
    return await _list(request, DeskList.DONE)


async def case(request: web.Request) -> web.Response:
    """Show a referral, with its conversation; that this coach looked is kept."""
    return await case_page(request)


async def _list(request: web.Request, which: DeskList) -> web.Response:
    me, filters = await staff_of(request), filters_in(request.query)
    number = (filters.search or "").upper()
    if number and await request.app[READER].is_number(number):
        return go_on_to(f"/coach/{number}")
    await request.app[PRESENCE].beat(me.id, is_active=True)
    outlook = await request.app[LOOKOUT].look()
    shown = desk_of(me, outlook.lines, filters)
    page = await _done_page(request, filters, me) if which is DeskList.DONE else None
    lines = shown.lines(which) if page is None else page.lines
    context = {
        **_frame(request, which.value, me, outlook),
        "filters": filters,
        "query": query_of(filters),
        "choices": list(choices(filters, desk_of(me, outlook.lines).lines(which) if page is None else lines)),
        "lines": _rows(request, lines, outlook, me, which),
        "done": page,
    }
    return render(request, "coach_lijst.html", context)


async def case_page(request: web.Request, *, status: int = HTTPStatus.OK, **more: object) -> web.Response:
    """Return the page of a case; `more` is what the templates must know of a form that was refused."""
    me, number = await staff_of(request), request.match_info["number"]
    try:
        found = await request.app[READER].case(number, me, first=_number(request.query.get("vanaf")))
    except UnknownReferralError:
        return not_found(request)
    await request.app[STAFF].record(
        me.id,
        StaffEvent.LOOKED,
        person_id=found.line.person_id,
        conversation_id=found.conversation_id,
        detail=number,
    )
    await request.app[PRESENCE].beat(me.id, is_active=True, looking_at=number)
    outlook = await request.app[LOOKOUT].look()
    which = list_in(request.query, DeskList.MINE if found.line.is_of(me) else DeskList.WAITING)
    card = await card_context(request, await request.app[CARDS].card(number, me))
    showing, is_online = request.app[SHOWING], request.app[PERSON].is_online(found.conversation_id or "")
    context = {
        **_frame(request, which.value, me, outlook),
        **showing.context(found, outlook, me, is_online=is_online),
        "filters": Filters(),
        "query": "",
        "lines": _rows(request, desk_of(me, outlook.lines).lines(which), outlook, me, which, shown=number),
        "messages": [showing.message(seen, found).html for seen in found.messages],
        "versions": _versions(showing.parts(found, outlook, me, is_online=is_online, card=card)),
        "first": found.messages[0].message.seq if found.messages else 1,
        "notice": request.query.get("melding"),
        "other": found.line.coach or "",
        "answers": await request.app[ANSWERS].of(me.id),
        "client_id": new_id(),
        "note_id": new_id(),
        **card,
        **more,
    }
    return render(request, "coach_gesprek.html", context, status=status)


def not_found(request: web.Request) -> web.Response:
    """Return the page of a number that nobody has."""
    return render(request, "coach_onbekend.html", {}, status=HTTPStatus.NOT_FOUND)


async def frame_of(request: web.Request, which: str, me: StaffMember) -> dict[str, Any]:
    """Return what stands around a page of the desk."""
    return _frame(request, which, me, await request.app[LOOKOUT].look())


def _frame(request: web.Request, which: str, me: StaffMember, outlook: Outlook) -> dict[str, Any]:
    everything = desk_of(me, outlook.lines)
    return {
        "list": which,
        "case": None,
        "counts": everything.counts,
        "attention": everything.attention,
        "need": everything.in_need,
        "presence": outlook.presence_of(me),
        "now": request.app[SHOWING].clock(),
    }


def _rows(
    request: web.Request,
    lines: tuple[CaseLine, ...],
    outlook: Outlook,
    me: StaffMember,
    which: DeskList,
    *,
    shown: str | None = None,
) -> list[str]:
    showing = request.app[SHOWING]
    return [showing.line(line, outlook, me, which, shown).html for line in lines]


def _versions(parts: Mapping[str, Piece]) -> dict[str, str]:
    return {name: piece.version for name, piece in parts.items()}


async def _done_page(request: web.Request, filters: Filters, me: StaffMember) -> DonePage:
    page = _number(request.query.get("bladzijde")) or 1
    return await request.app[READER].done(filters, me, page=page)


def _number(text: str | None) -> int | None:
    is_number = text is not None and text.isascii() and text.isdecimal() and len(text) <= MAX_DIGITS
    return int(text) if text and is_number else None
