"""Logging in through one's organisation: out to its log-in, and back with its answer."""

from http import HTTPStatus
from urllib.parse import quote, unquote

import structlog
from aiohttp import hdrs, web

from connectors.website.continuing import PUBLIC_URL
from connectors.website.cookie import is_secure
from counter.staff.model import NotLinkedError, TooManyTriesError
from staff_entrance import cookie
from staff_entrance.access import DUTIES, HOME, LOGINS, own_page
from staff_entrance.forms import count_try, device, login_page, refused
from staff_entrance.pages import PROVIDER, render
from staff_entrance.provider import Attempt, Provider, ProviderError

log = structlog.get_logger(__name__)

OUT, BACK = "/login/organisatie", "/login/organisatie/terug"
# The attempt, and the page that is wanted after it.
_COOKIE = "loket_inloggen"
_SEPARATOR = "~"
# Seconds to log in elsewhere.
_PATIENCE = 600


async def go_out(request: web.Request) -> web.Response:
    """Send the browser to the organisation's log-in."""
    provider, attempt = _provider(request), Attempt.new()
    wanted = own_page(request.query.get("naar", ""))
    try:
        address = await provider.address(attempt, _back(request))
    except ProviderError as error:
        return _failed(request, error, wanted)
    response = web.Response(status=HTTPStatus.SEE_OTHER, headers={hdrs.LOCATION: address})
    response.set_cookie(
        _COOKIE,
        f"{attempt.to_text()}{_SEPARATOR}{quote(wanted or '', safe='')}",
        path=OUT,
        max_age=_PATIENCE,
        httponly=True,
        # It must come back with the browser from another site, which Strict forbids.
        samesite="Lax",
        secure=is_secure(request),
    )
    return response


async def come_back(request: web.Request) -> web.Response:
    """Let somebody in whom their organisation knows, and who works here."""
    provider = _provider(request)
    kept, _, page = request.cookies.get(_COOKIE, "").partition(_SEPARATOR)
    attempt, wanted = Attempt.from_text(kept), own_page(unquote(page))
    try:
        await count_try(request)
        if attempt is None:
            message = "nobody went out from this browser"
            raise ProviderError(message)  # noqa: TRY301 - told as any other answer that does not fit
        identity = await provider.identify(attempt, request.query, _back(request))
        opened = await request.app[LOGINS].log_in_by_provider(
            identity.name, identity.verified_email, device=device(request)
        )
    except ProviderError as error:
        return _failed(request, error, wanted)
    except NotLinkedError:
        return login_page(request, wanted, error="niet-bekend", status=HTTPStatus.FORBIDDEN)
    except TooManyTriesError as error:
        return refused(request, "login.html", error, {"wanted": wanted, "username": ""})
    # A page of our own sends the browser on: coming from another site it would not bring its new key.
    target = wanted or HOME
    if opened.duty is not None:
        target = f"{DUTIES[opened.duty]}?naar={quote(target, safe='')}"
    response = render(request, "doorgaan.html", {"target": target})
    response.del_cookie(_COOKIE, path=OUT)
    cookie.keep(request, response, opened.token)
    return response


def _provider(request: web.Request) -> Provider:
    if PROVIDER not in request.app:
        raise web.HTTPNotFound
    return request.app[PROVIDER]


def _back(request: web.Request) -> str:
    home = request.app[PUBLIC_URL] or str(request.url.origin())
    return f"{home.rstrip('/')}{BACK}"


def _failed(request: web.Request, error: ProviderError, wanted: str | None) -> web.Response:
    log.warning("organisation_login_failed", reason=str(error))
    return login_page(request, wanted, error="organisatie", status=HTTPStatus.BAD_GATEWAY)
