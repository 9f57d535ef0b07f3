"""Who sees a page under `/mijn`: whoever has a visit; closed by default, whatever a handler does."""

from http import HTTPStatus

from aiohttp import hdrs, web
from aiohttp.typedefs import Handler

from connectors.problems import Problem, ProblemError
from connectors.website import views
from connectors.website.origins import ALLOWED, is_own_page
from connectors.website.personal import cookie
from counter.visits.model import OPENING_PAGE, PAGES, Visit
from counter.visits.service import VisitService

VISITS = web.AppKey("visits", VisitService)
_VISIT = web.RequestKey("visit", Visit)

DONE = f"{PAGES}/klaar"
ERASED = f"{PAGES}/gewist"
# These explain how to get in, let in, and see out.
_DOORS = frozenset({PAGES, OPENING_PAGE, DONE, ERASED})
_SAFE = frozenset({hdrs.METH_GET, hdrs.METH_HEAD})


def visit_of(request: web.Request) -> Visit:
    """Return the visit to a page under `/mijn`; nobody reaches one without, for `guard` sends them away."""
    visit: Visit = request[_VISIT]
    return visit


def visit_at_door(request: web.Request) -> Visit | None:
    """Return the visit of who stands at a door, when there is one."""
    visit: Visit | None = request.get(_VISIT, None)
    return visit


@web.middleware
async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Let nobody see a page under `/mijn` without a visit; keep no copy, and tell no search engine.

    Raises:
        ProblemError: a form of another site, or too many forms.
    """
    if request.path != PAGES and not request.path.startswith(f"{PAGES}/"):
        return await handler(request)
    if request.method not in _SAFE:
        if not _may_send(request):
            raise ProblemError(Problem.ORIGIN_NOT_ALLOWED)
        await views.count_visit(request)
    token = cookie.token_in(request)
    visit = None if token is None else await request.app[VISITS].of(token)
    if visit is not None:
        request[_VISIT] = visit
    if visit is None and request.path not in _DOORS:
        response: web.StreamResponse = _to_door(request, had_one=token is not None)
    else:
        response = await handler(request)
    if not response.prepared:
        response.headers[hdrs.CACHE_CONTROL] = "no-store"
        # With no referrer at all, a browser does not tell us that a form was our own.
        response.headers[hdrs.REFERRER_POLICY] = "same-origin"
        response.headers["X-Robots-Tag"] = "noindex"
    return response


def _may_send(request: web.Request) -> bool:
    """Tell whether a form counts; the chat on a site that may show it brings the key of its conversation."""
    is_chat = request.path == PAGES and request.headers.get(hdrs.ORIGIN) in request.app[ALLOWED]
    return is_chat or is_own_page(request)


def _to_door(request: web.Request, *, had_one: bool) -> web.Response:
    """Send who has no visit to the page that explains how to get in, and back here after that."""
    note = "&verlopen" if had_one else ""
    wanted = request.path.removeprefix(f"{PAGES}/")
    return to(f"{PAGES}?naar={wanted}{note}" if request.method in _SAFE else f"{PAGES}?verlopen")


def to(address: str) -> web.Response:
    """Send a browser on, also after a form: a reload then sends nothing twice."""
    return web.Response(status=HTTPStatus.SEE_OTHER, headers={hdrs.LOCATION: address})
