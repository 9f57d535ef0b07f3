"""The person's development account: what is on it, and every entry that made it so."""

from aiohttp import web

from connectors.website.personal.access import visit_of
from connectors.website.personal.applications import VOUCHERS
from connectors.website.personal.showing import render


async def show(request: web.Request) -> web.Response:
    """Show the account, the newest entry first."""
    vouchers = request.app[VOUCHERS]
    account = await vouchers.account_of(visit_of(request).conversation_id)
    titles = {scheme.kind.value: scheme.title for scheme in await vouchers.schemes()}
    return render(request, "mijn-rekening.html", {"account": account, "titles": titles})
