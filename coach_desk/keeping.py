"""Keeping somebody longer than the rules say: until a day, for a reason the person may read."""

from collections.abc import Mapping
from datetime import date

from aiohttp import web

from coach_desk.access import PRESERVATIONS
from coach_desk.sheet import card_of, checked, show_case
from counter.conversations.model import UnknownConversationError
from counter.preservations.model import AlreadyLeavingError, Ground, Preserve, WrongPreservationError
from counter.staff.model import StaffEvent
from staff_entrance.access import STAFF, go_on_to, staff_of
from staff_entrance.forms import form_of


async def show_keep(request: web.Request) -> web.Response:
    """Ask until when somebody is kept, and why."""
    return await _form(request, {})


async def keep(request: web.Request) -> web.Response:
    """Keep somebody longer, in the name of the coach who has them."""
    me, form, card = await staff_of(request), await form_of(request), await card_of(request)
    why, error = checked(form.get("waarom", ""))
    if card.coach_id != me.id or not card.receipt.is_open:
        error = "niet_van_jou"
    elif card.conversation_id is None:
        error = "gewist"
    elif form.get("grond") not in list(Ground):
        error = "geen_grond"
    until = _day(form.get("dag", ""))
    if error is not None or card.conversation_id is None or until is None:
        return await _form(request, form, error or "geen_dag")
    command = Preserve(
        conversation_id=card.conversation_id, ground=Ground(form["grond"]), why=why, by=me.name, until=until
    )
    try:
        await request.app[PRESERVATIONS].preserve(command)
    except WrongPreservationError:
        return await _form(request, form, "geen_dag")
    except (AlreadyLeavingError, UnknownConversationError):
        return await _form(request, form, "gewist")
    await request.app[STAFF].record(
        me.id,
        StaffEvent.DECIDED,
        person_id=card.person_id,
        conversation_id=card.conversation_id,
        detail=f"kept until {until.isoformat()}",
    )
    return go_on_to(f"/coach/{card.number}/bewaren")


async def _form(request: web.Request, form: Mapping[str, str], error: str | None = None) -> web.Response:
    card = await card_of(request)
    kept_until = None
    if card.conversation_id is not None:
        kept_until = await request.app[PRESERVATIONS].preserved_until(card.conversation_id)
    return await show_case(
        request,
        "coach_bewaren.html",
        card,
        error=error,
        form=form,
        kept_until=kept_until,
        grounds=list(Ground),
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
