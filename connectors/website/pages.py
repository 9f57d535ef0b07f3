"""The counter's pages."""

import aiohttp_jinja2
from aiohttp import web


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
