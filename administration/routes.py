"""The addresses of administrators."""

from pathlib import Path

from aiohttp import web

from administration import schemes

TEMPLATES = Path(__file__).with_name("templates")
STATIC = Path(__file__).with_name("static")

SCHEME = f"{schemes.PAGE}/{{kind}}"


def routes() -> list[web.AbstractRouteDef]:
    """Return every route under `/beheer`."""
    return [
        web.get("/beheer", schemes.begin),
        web.get(schemes.PAGE, schemes.show_all),
        web.get(schemes.FUNDS, schemes.show_funds),
        web.post(schemes.FUNDS, schemes.add_fund),
        web.post(f"{schemes.FUNDS}/{{id}}", schemes.change_fund),
        web.get(SCHEME, schemes.show),
        web.post(SCHEME, schemes.change),
        web.post(f"{SCHEME}/budget", schemes.move_budget),
        web.static("/static/administration", STATIC),
    ]
