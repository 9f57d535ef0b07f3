"""The person's skills passport."""

from aiohttp import web

from connectors.website.personal.access import visit_of
from connectors.website.personal.showing import render
from connectors.website.views import PASSPORTS


async def show(request: web.Request) -> web.Response:
    """Show what somebody can do and wants to learn."""
    passport = await request.app[PASSPORTS].of(visit_of(request).conversation_id)
    return render(request, "mijn-paspoort.html", {"passport": passport})
