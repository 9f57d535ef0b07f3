"""Which other sites may show the chat: browsers obey the headers, and the server refuses the rest itself."""

from collections.abc import Collection
from http import HTTPStatus
from urllib.parse import urlsplit

from aiohttp import hdrs, web
from aiohttp.typedefs import Handler

from connectors.problems import Problem, ProblemError

ALLOWED = web.AppKey("allowed_origins", Collection[str])

# What another site needs of us: the chat's own files, and the conversations.
_EMBEDDED = ("/noor.js", "/static/noor-chat/", "/api/conversations")
_CONVERSATIONS = "/api/conversations"
_METHODS = "GET, POST, DELETE"
_HEADERS = "Authorization, Content-Type"
# Seconds a browser need not ask again; Chromium counts no more than two hours.
_REMEMBERED = 7200


@web.middleware
async def refuse_strangers(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Answer preflights, and let no page of another site near a conversation unless it is allowed.

    Who sends no `Origin` is no page of a site: another program, which needs the token all the same.

    Raises:
        ProblemError: the page that asks is of a site that is not allowed.
    """
    origin = request.headers.get(hdrs.ORIGIN)
    if origin is None or not request.path.startswith(_EMBEDDED):
        return await handler(request)
    is_known = is_own(request, origin) or origin in request.app[ALLOWED]
    if not is_known and request.path.startswith(_CONVERSATIONS):
        raise ProblemError(Problem.ORIGIN_NOT_ALLOWED)
    if request.method == hdrs.METH_OPTIONS and hdrs.ACCESS_CONTROL_REQUEST_METHOD in request.headers:
        return web.Response(
            status=HTTPStatus.NO_CONTENT,
            headers={
                hdrs.ACCESS_CONTROL_ALLOW_METHODS: _METHODS,
                hdrs.ACCESS_CONTROL_ALLOW_HEADERS: _HEADERS,
                hdrs.ACCESS_CONTROL_MAX_AGE: str(_REMEMBERED),
            },
        )
    return await handler(request)


async def name_allowed_origin(request: web.Request, response: web.StreamResponse) -> None:
    """Tell the browser that this site may read the answer; also an answer that is a problem."""
    if not request.path.startswith(_EMBEDDED):
        return
    # A copy that is kept along the way must not be given to another site.
    response.headers.add(hdrs.VARY, hdrs.ORIGIN)
    origin = request.headers.get(hdrs.ORIGIN)
    if origin is not None and origin in request.app[ALLOWED]:
        # No cookies: what opens a conversation is its token, and nothing else.
        response.headers[hdrs.ACCESS_CONTROL_ALLOW_ORIGIN] = origin


def is_own_page(request: web.Request) -> bool:
    """Tell whether what is sent stood on a page of our own."""
    # Browsers before 2020 send no Origin with a form, but they do say which page it stood on.
    page = request.headers.get(hdrs.ORIGIN) or request.headers.get(hdrs.REFERER)
    return page is not None and is_own(request, page)


def is_own(request: web.Request, origin: str) -> bool:
    """Tell whether a page with this origin is our own; behind a proxy the scheme is not known here."""
    return urlsplit(origin).netloc == request.host
