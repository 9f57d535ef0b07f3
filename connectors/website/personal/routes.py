"""The addresses of the person's own pages."""

from aiohttp import web

from connectors.website.personal import doors, passport
from connectors.website.personal.access import DONE
from counter.visits.model import OPENING_PAGE, PAGES


def routes() -> list[web.AbstractRouteDef]:
    """Return every route under `/mijn`, and the way there from the page without JavaScript."""
    return [
        web.get(PAGES, doors.home),
        web.post(PAGES, doors.let_in_from_chat),
        web.get(OPENING_PAGE, doors.ask),
        web.post(OPENING_PAGE, doors.let_in_by_link),
        web.get(DONE, doors.left),
        web.post(DONE, doors.leave),
        web.get("/gesprek/mijn", doors.let_in_from_page),
        web.get("/mijn/paspoort", passport.show),
    ]
