"""The addresses of the website channel."""

from pathlib import Path

from aiohttp import web

from connectors.website import browsing, continuing, pages, plain, reading, vacancies, views
from counter.continuations.model import READING_PAGE

STATIC = Path(__file__).with_name("static")


def routes() -> list[web.AbstractRouteDef]:
    """Return every route of the website channel."""
    return [
        web.get("/", pages.home),
        web.get("/privacy", pages.privacy),
        web.get("/toegankelijkheid", pages.accessibility),
        web.get("/beroepen-en-vaardigheden", browsing.find),
        web.get("/beroepen/{slug}", browsing.occupation),
        web.get("/vaardigheden/{slug}", browsing.skill),
        web.get("/groepen/{slug}", browsing.group),
        web.get("/overstappen", browsing.move),
        web.get("/vacatures", vacancies.find),
        web.get("/vacatures/{id}", vacancies.show),
        web.get("/gesprek", plain.show),
        web.post("/gesprek", plain.say),
        web.get("/gesprek/download", plain.download),
        web.get(READING_PAGE, reading.ask),
        web.post(READING_PAGE, reading.give),
        web.get("/gesprek/gegevens", plain.export),
        web.get("/gesprek/paspoort", plain.passport),
        web.get("/noor.js", pages.embedding),
        web.static("/static", STATIC),
        web.get("/api/openapi.json", views.openapi),
        web.post("/api/conversations", views.open_new),
        web.post("/api/conversations/{id}/messages", views.send),
        web.get("/api/conversations/{id}/messages", views.read),
        web.post("/api/conversations/{id}/code", continuing.issue_code),
        web.get("/api/conversations/{id}/stream", views.stream),
        web.get("/api/conversations/{id}/export", views.export),
        web.post("/api/conversations/{id}/ratings", views.rate),
        web.get("/api/conversations/{id}/passport", views.passport),
        web.delete("/api/conversations/{id}", views.erase),
    ]
