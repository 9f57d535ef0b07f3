"""Everything that the counter keeps of somebody: to see, to put right, and to take away."""

from http import HTTPStatus

import aiohttp_jinja2
from aiohttp import hdrs, web

from connectors.website import views
from connectors.website.access import CONVERSATIONS
from connectors.website.personal.access import VISITS, to, visit_of
from connectors.website.personal.cookie import token_in
from connectors.website.personal.own_data_reading import OwnData, read
from connectors.website.personal.own_data_words import Words
from connectors.website.personal.showing import form_of, render
from counter.people.correcting import parse, readable
from counter.people.model import Detail, Overview
from counter.people.service import PersonService

PEOPLE = web.AppKey("people", PersonService)

PAGE = "/mijn/gegevens"
# What a form came to, told on the page that follows it.
NOTES = ("gewijzigd", "nergens", "gesloten")
_LONGEST = 300


async def show(request: web.Request) -> web.Response:
    """Show everything, in groups."""
    conversation_id = visit_of(request).conversation_id
    return render(
        request,
        "mijn-gegevens.html",
        {
            **await _everything(request),
            "preserved": await request.app[PEOPLE].kept_by_claim(conversation_id),
            "note": next((note for note in NOTES if note in request.query), None),
        },
    )


async def download(request: web.Request) -> web.Response:
    """Give everything as a file that people read: one page, which needs no network."""
    page = aiohttp_jinja2.render_string("mijn-gegevens-bestand.html", request, await _everything(request))
    return web.Response(
        text=page,
        content_type="text/html",
        headers={hdrs.CONTENT_DISPOSITION: 'attachment; filename="mijn-gegevens.html"'},
    )


async def download_for_programs(request: web.Request) -> web.Response:
    """Give everything as a file that programs read."""
    return await views.export_of(request, visit_of(request).conversation_id)


async def ask_correction(request: web.Request) -> web.Response:
    """Show the form that puts one detail right."""
    return await _form(request, request.query.get("wat", ""), typed=None)


async def correct(request: web.Request) -> web.Response:
    """Put a detail right wherever it is still used; what cannot be read as one is asked again."""
    form = await form_of(request)
    detail = _detail(form.get("wat", ""))
    value = None if detail is None else parse(detail, form.get("waarde", ""))
    if detail is None or value is None:
        return await _form(request, form.get("wat", ""), typed=form.get("waarde", ""))
    numbers = await request.app[PEOPLE].correct(visit_of(request).conversation_id, detail, value)
    return to(f"{PAGE}?{'gewijzigd' if numbers else 'nergens'}")


async def close_elsewhere(request: web.Request) -> web.Response:
    """End every other visit to these pages, and the links that would begin one."""
    await request.app[VISITS].end_others(token_in(request) or "")
    return to(f"{PAGE}?gesloten")


async def _everything(request: web.Request) -> dict[str, object]:
    conversation_id = visit_of(request).conversation_id
    exported = await request.app[CONVERSATIONS].export(conversation_id)
    overview = await request.app[PEOPLE].overview(conversation_id)
    words = Words.load()
    own: OwnData = read(exported, words)
    return {
        "own": own,
        "words": words,
        "details": {detail: _values(overview, detail, is_used=True) for detail in Detail},
        "earlier": {detail: _values(overview, detail, is_used=False) for detail in Detail},
    }


async def _form(request: web.Request, wanted: str, *, typed: str | None) -> web.Response:
    detail = _detail(wanted)
    if detail is None:
        return to(PAGE)
    overview = await request.app[PEOPLE].overview(visit_of(request).conversation_id)
    used = [known for known in overview.details if known.detail is detail and known.is_used]
    known = readable(detail, used[0].value) if used else ""
    return render(
        request,
        "mijn-gegevens-wijzigen.html",
        {
            "detail": detail,
            "typed": known if typed is None else typed[:_LONGEST],
            "is_wrong": typed is not None,
            "numbers": list(dict.fromkeys(one.number for one in used)),
        },
        status=HTTPStatus.OK if typed is None else HTTPStatus.UNPROCESSABLE_ENTITY,
    )


def _detail(wanted: str) -> Detail | None:
    return next((detail for detail in Detail if detail.value == wanted), None)


def _values(overview: Overview, detail: Detail, *, is_used: bool) -> list[str]:
    return [readable(detail, value) for value in overview.values(detail, is_used=is_used)]
