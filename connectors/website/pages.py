"""The counter's pages."""

from pathlib import Path

import aiohttp_jinja2
from aiohttp import web

_EMBEDDING = Path(__file__).with_name("static") / "noor-chat" / "noor.js"


@aiohttp_jinja2.template("home.html")
async def home(request: web.Request) -> dict[str, str]:
    """Show the counter with its chat."""
    del request
    return {}


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
