"""The session of staff in a browser: its secret in a cookie that only we are sent."""

from aiohttp import web

from connectors.website.cookie import is_secure

NAME = "loket_medewerker"


def keep(request: web.Request, response: web.StreamResponse, token: str) -> None:
    """Give the browser the key; it goes when the browser closes, for the computer may be everybody's."""
    response.set_cookie(NAME, token, path="/", httponly=True, samesite="Strict", secure=is_secure(request))


def forget(response: web.StreamResponse) -> None:
    """Take the key back."""
    response.del_cookie(NAME, path="/")


def token_in(request: web.Request) -> str | None:
    """Return the token in the cookie, or None."""
    return request.cookies.get(NAME) or None
