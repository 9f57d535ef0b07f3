"""The counter's pages."""

from pathlib import Path

import aiohttp_jinja2
from aiohttp import hdrs, web

_EMBEDDING = Path(__file__).with_name("static") / "noor-chat" / "noor.js"


async def home(request: web.Request) -> web.Response:
    """Show the counter with its chat."""
    response = aiohttp_jinja2.render_template("home.html", request, {})
    # With no referrer at all, a browser does not tell us that the chat's way to `/mijn` was our own.
    response.headers[hdrs.REFERRER_POLICY] = "same-origin"
    return response


@aiohttp_jinja2.template("privacy.html")
async def privacy(request: web.Request) -> dict[str, str]:
    """Tell what is kept, why and for how long."""
    del request
    return {}


@aiohttp_jinja2.template("toegankelijkheid.html")
async def accessibility(request: web.Request) -> dict[str, str]:
    """Tell how accessible the page is, and where to complain."""
    del request
    return {}


async def embedding(request: web.Request) -> web.FileResponse:
    """Give the one script that puts Noor on another site; its address has to stay what it is."""
    del request
    return web.FileResponse(_EMBEDDING)
