"""Who may go where: closed by default, whatever a handler does or forgets."""

from collections.abc import Callable, Mapping
from functools import wraps
from http import HTTPStatus
from urllib.parse import urlencode

from aiohttp import hdrs, web
from aiohttp.typedefs import Handler

from connectors.problems import Problem, ProblemError
from connectors.website.origins import is_own_page
from counter.staff.credentials import CredentialService
from counter.staff.logins import LoginService
from counter.staff.model import Duty, Role, Session, StaffMember
from counter.staff.service import StaffService
from staff_entrance import cookie
from staff_entrance.pages import SESSION, render, session_in

STAFF = web.AppKey("staff", StaffService)
LOGINS = web.AppKey("logins", LoginService)
CREDENTIALS = web.AppKey("credentials", CredentialService)

EVERYBODY = frozenset(Role)
# Whoever is not named here has no business there; a part of the interface that is not named is the
# administrator's alone.
AREAS: Mapping[str, frozenset[Role]] = {
    "/account": EVERYBODY,
    "/coach": frozenset({Role.COACH, Role.ADMINISTRATOR}),
    # Editors write them, coaches send them.
    "/coach/antwoorden": EVERYBODY,
    "/beheer": frozenset({Role.ADMINISTRATOR}),
    "/redactie": frozenset({Role.EDITOR, Role.ADMINISTRATOR}),
    "/inzicht": frozenset({Role.ADMINISTRATOR}),
    "/api/staff": frozenset({Role.ADMINISTRATOR}),
    "/api/staff/coach": frozenset({Role.COACH, Role.ADMINISTRATOR}),
    "/api/staff/desk": frozenset({Role.COACH, Role.ADMINISTRATOR}),
    "/api/staff/content": frozenset({Role.EDITOR, Role.ADMINISTRATOR}),
}
LOGIN, SECOND_STEP, LOGOUT, HOME = "/login", "/login/code", "/logout", "/account"
DESK = "/coach"
# Where a duty is done; until then nothing else opens.
DUTIES: Mapping[Duty, str] = {
    Duty.CONFIRM: SECOND_STEP,
    Duty.CHANGE_PASSWORD: "/account/wachtwoord",
    Duty.ENROL: "/account/tweede-stap",
}
_DOORS = (LOGIN, LOGOUT)
_SAFE = frozenset({hdrs.METH_GET, hdrs.METH_HEAD})


@web.middleware
async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Let nobody into an area of staff without a session and a role that fits; keep no copy of a page.

    Raises:
        ProblemError: a program asks, or a page of another site.
    """
    area = _area_of(request)
    if area is None and not _is_under(request.path, _DOORS):
        return await handler(request)
    if (request.method not in _SAFE or hdrs.UPGRADE in request.headers) and not is_own_page(request):
        raise ProblemError(Problem.ORIGIN_NOT_ALLOWED)
    token = cookie.token_in(request)
    session = None if token is None else await request.app[LOGINS].session(token)
    if session is not None:
        request[SESSION] = session
    response = await (handler(request) if area is None else _enter(request, handler, area, session))
    if not response.prepared:
        response.headers[hdrs.CACHE_CONTROL] = "no-store"
        # With no referrer at all, a browser does not tell us that a form was our own.
        response.headers[hdrs.REFERRER_POLICY] = "same-origin"
    return response


async def _enter(
    request: web.Request, handler: Handler, area: str, session: Session | None
) -> web.StreamResponse:
    is_page = not area.startswith("/api/") and hdrs.UPGRADE not in request.headers
    if session is None or session.duty is Duty.CONFIRM:
        if is_page:
            return go_on_to(LOGIN, wanted_by(request))
        raise ProblemError(Problem.NOT_LOGGED_IN)
    if session.duty is not None and request.path != DUTIES[session.duty]:
        if is_page:
            return go_on_to(DUTIES[session.duty], wanted_by(request))
        raise ProblemError(Problem.DUTY_FIRST)
    if AREAS[area].isdisjoint(session.member.roles):
        if is_page:
            return render(request, "verboden.html", {}, status=HTTPStatus.FORBIDDEN)
        raise ProblemError(Problem.ROLE_REQUIRED)
    return await handler(request)


async def session_of(request: web.Request) -> Session:
    """Return the session of whoever asks.

    Raises:
        ProblemError: nobody is logged in, which the guard sees to wherever staff work.
    """
    session = session_in(request)
    if session is None or session.duty is Duty.CONFIRM:
        raise ProblemError(Problem.NOT_LOGGED_IN)
    return session


async def staff_of(request: web.Request) -> StaffMember:
    """Return who asks.

    Raises:
        ProblemError: nobody is logged in, which the guard sees to wherever staff work.
    """
    return (await session_of(request)).member


def require(*roles: Role) -> Callable[[Handler], Handler]:
    """Let only these roles in, where a handler asks more than its area does.

    The handler raises:
        ProblemError: nobody is logged in, or their role is another.
    """

    def decorate(handler: Handler) -> Handler:
        @wraps(handler)
        async def checked(request: web.Request) -> web.StreamResponse:
            if (await staff_of(request)).roles.isdisjoint(roles):
                raise ProblemError(Problem.ROLE_REQUIRED)
            return await handler(request)

        return checked

    return decorate


async def start_of(request: web.Request, token: str) -> str:
    """Return where somebody begins who just logged in and asked for no page."""
    session = await request.app[LOGINS].session(token)
    is_coach = session is not None and not AREAS[DESK].isdisjoint(session.member.roles)
    return DESK if is_coach else HOME


def go_on_to(path: str, wanted: str | None = None) -> web.Response:
    """Send the browser on; `wanted` is where it goes after that."""
    address = path if wanted is None else f"{path}?{urlencode({'naar': wanted})}"
    return web.Response(status=HTTPStatus.SEE_OTHER, headers={hdrs.LOCATION: address})


def wanted_by(request: web.Request) -> str | None:
    """Return the page that somebody wants to see, or None when they send something."""
    if request.method not in _SAFE:
        return None
    return own_page(request.query.get("naar", "")) or own_page(request.path_qs)


def own_page(address: str) -> str | None:
    """Return an address when it is a page of staff here, or None: nobody is sent to another site."""
    path = address.partition("?")[0]
    is_plain = address.isascii() and address.isprintable() and "\\" not in address and "/." not in path
    pages = [area for area in AREAS if not area.startswith("/api/")]
    return address if is_plain and _is_under(path, pages) else None


def _area_of(request: web.Request) -> str | None:
    """Return the innermost area of a request, by what was asked and by the route that answers it."""
    resource = request.match_info.route.resource
    paths = (request.path, "" if resource is None else resource.canonical)
    found = [area for area in AREAS if any(_is_under(path, [area]) for path in paths)]
    return max(found, key=len, default=None)


def _is_under(path: str, prefixes: list[str] | tuple[str, ...]) -> bool:
    return any(path == prefix or path.startswith(f"{prefix}/") for prefix in prefixes)
