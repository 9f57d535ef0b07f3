"""What a coach does with a form, with or without JavaScript: done, and then the page as it is now."""

from collections.abc import Awaitable
from http import HTTPStatus
from urllib.parse import urlsplit

from aiohttp import hdrs, web

from coach_desk import saying
from coach_desk.access import DESK, HUB, PRESENCE
from coach_desk.pages import case_page, not_found
from counter.database import new_id
from counter.desk.model import AlreadyClaimedError, NotOfferedError, NotYoursError, ReferralClosedError
from counter.presence.model import PresenceState
from counter.referrals.model import UnknownReferralError
from counter.referrals.states import StepNotPossibleError
from staff_entrance.access import go_on_to, own_page, staff_of
from staff_entrance.forms import form_of

# Why something was not done, as the page that follows tells it.
_NOT_DONE: dict[type[Exception], str] = {
    AlreadyClaimedError: "al_overgenomen",
    NotOfferedError: "niet_aangeboden",
    ReferralClosedError: "voorbij",
    NotYoursError: "niet_van_jou",
    StepNotPossibleError: "kan_niet",
}


async def claim(request: web.Request) -> web.Response:
    """Take somebody who waits, or accept who was offered."""
    me, number = await staff_of(request), request.match_info["number"]
    return await done(request, request.app[DESK].claim(number, me))


async def say(request: web.Request) -> web.Response:
    """Say something to the person; what is refused comes back with the page."""
    me, number, form = await staff_of(request), request.match_info["number"], await form_of(request)
    text, client_id = form.get("tekst", ""), form.get("nummer") or new_id()
    try:
        why = await saying.say(request.app[DESK], number, me, text, client_id=client_id)
    except UnknownReferralError:
        return not_found(request)
    if why is not None:
        return await _refused(request, "bericht", text, why)
    return go_on_to(f"/coach/{number}")


async def note(request: web.Request) -> web.Response:
    """Write something for colleagues alone; what is refused comes back with the page."""
    me, number, form = await staff_of(request), request.match_info["number"], await form_of(request)
    text, client_id = form.get("tekst", ""), form.get("nummer") or new_id()
    try:
        why = await saying.note(request.app[DESK], number, me, text, client_id=client_id)
    except UnknownReferralError:
        return not_found(request)
    if why is not None:
        return await _refused(request, "notitie", text, why)
    return go_on_to(f"/coach/{number}")


async def choose_presence(request: web.Request) -> web.Response:
    """Say where one is, and go on with the page one was on."""
    me, chosen = await staff_of(request), (await form_of(request)).get("aanwezigheid", "")
    if chosen in list(PresenceState):
        await request.app[PRESENCE].choose(me.id, PresenceState(chosen))
        request.app[HUB].stir()
    came_from = urlsplit(request.headers.get(hdrs.REFERER, ""))
    return go_on_to(own_page(came_from.path) or "/coach")


async def done(request: web.Request, work: Awaitable[None]) -> web.Response:
    """Do something with the case of this address, and show it; also when it could not be done."""
    number = request.match_info["number"]
    try:
        await work
    except UnknownReferralError:
        return not_found(request)
    except tuple(_NOT_DONE) as error:
        return go_on_to(f"/coach/{number}?melding={_NOT_DONE[type(error)]}")
    return go_on_to(f"/coach/{number}")


async def _refused(request: web.Request, box: str, text: str, why: str) -> web.Response:
    return await case_page(request, status=HTTPStatus.UNPROCESSABLE_ENTITY, refused=box, typed=text, why=why)
