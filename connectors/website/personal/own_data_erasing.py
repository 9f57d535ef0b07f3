"""Erasing everything of somebody from a page of their own: told first, asked once more, then carried out."""

from aiohttp import web

from connectors.website.personal import cookie
from connectors.website.personal.access import ERASED, to, visit_at_door, visit_of
from connectors.website.personal.own_data import PEOPLE
from connectors.website.personal.showing import render
from counter.people.model import Subject
from counter.preservations.model import MustBeKeptError

PAGE = "/mijn/gegevens/wissen"


async def explain(request: web.Request) -> web.Response:
    """Tell what goes, what stays and why, and ask; whose data a claim keeps reads until when."""
    conversation_id, people = visit_of(request).conversation_id, request.app[PEOPLE]
    overview = await people.overview(conversation_id)
    return render(
        request,
        "mijn-gegevens-wissen.html",
        {
            "until": await people.kept_by_claim(conversation_id),
            "overview": overview,
            "kept": {subject.value: overview.kept[subject].count for subject in Subject},
        },
    )


async def erase(request: web.Request) -> web.Response:
    """Keep the wish, which the gateway carries out at once; nobody looks on in this browser."""
    visit = visit_at_door(request)
    if visit is None:
        # Pressed twice, or far too late: only the conversation can tell which.
        return to("/mijn?nakijken")
    try:
        await request.app[PEOPLE].ask_erasure(visit.conversation_id)
    except MustBeKeptError:
        return to(PAGE)
    response = to(ERASED)
    cookie.forget(response)
    return response


async def erased(request: web.Request) -> web.Response:
    """Tell that everything is being erased, and where the receipt of it comes."""
    return render(request, "mijn-gewist.html", {})
