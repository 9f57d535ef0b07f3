"""A shared passport as others see it: what was ticked, for as long as its person wants."""

from http import HTTPStatus

import aiohttp_jinja2
from aiohttp import hdrs, web

from connectors.website.views import count_visit
from counter.calendar import local_date
from counter.passport.facts import facts_of
from counter.passport.texts import load_texts
from counter.shared_passports.model import SharedPassport, UnknownLinkError
from counter.shared_passports.service import SharedPassportService

SHARED_PASSPORTS = web.AppKey("shared_passports", SharedPassportService)


async def show(request: web.Request) -> web.Response:
    """Show what a link shows; of one that shows nothing it is not told whether it ever did.

    Raises:
        ProblemError: too many were looked at from one address.
    """
    await count_visit(request)
    shared: SharedPassport | None
    try:
        shared = await request.app[SHARED_PASSPORTS].look(
            request.match_info["key"], counts=request.method == hdrs.METH_GET
        )
    except UnknownLinkError:
        shared = None
    texts = load_texts("facts")
    groups = () if shared is None else (("skills", shared.skills), ("wishes", shared.wishes))
    context = {
        "shared": shared,
        "groups": [(name, [(told, facts_of(told, texts)) for told in all_]) for name, all_ in groups if all_],
        "day_of": local_date,
    }
    response = aiohttp_jinja2.render_template(
        "paspoort-gedeeld.html",
        request,
        context,
        status=HTTPStatus.NOT_FOUND if shared is None else HTTPStatus.OK,
    )
    response.headers[hdrs.CACHE_CONTROL] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
