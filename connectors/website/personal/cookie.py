"""The visit of a browser to somebody's own pages: its secret in a cookie that only these pages are sent."""

from aiohttp import web

from connectors.website.cookie import is_secure
from counter.visits.model import PAGES

NAME = "loket_mijn"


def keep(request: web.Request, response: web.StreamResponse, token: str) -> None:
    """Give the browser the key; it goes when the browser closes, for the computer may be everybody's."""
    # Lax: who comes along a link in a chat app, or from the chat on another site, is in at once. What
    # changes anything is a form, and a form counts only from a page of our own.
    response.set_cookie(NAME, token, path=PAGES, httponly=True, samesite="Lax", secure=is_secure(request))


def forget(response: web.StreamResponse) -> None:
    """Take the key back."""
    response.del_cookie(NAME, path=PAGES)


def token_in(request: web.Request) -> str | None:
    """Return the token in the cookie, or None."""
    return request.cookies.get(NAME) or None
