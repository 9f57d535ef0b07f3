"""The addresses of the person's own pages."""

from aiohttp import web

from connectors.website import shared_passport
from connectors.website.personal import (
    account,
    applications,
    applying,
    doors,
    own_data,
    own_data_erasing,
    passport,
    passport_adding,
    sharing,
)
from connectors.website.personal.access import DONE, ERASED
from counter.shared_passports.model import SHARED_PAGE
from counter.visits.model import OPENING_PAGE, PAGES

APPLICATION = f"{applications.PAGE}/{{number:V-[0-9A-Z-]+}}"
APPLYING = f"{applications.PAGE}/nieuw/{{kind:[a-z]+}}"


def routes() -> list[web.AbstractRouteDef]:
    """Return every route under `/mijn`, the way there, and what people share from there."""
    return [
        web.get(PAGES, doors.home),
        web.post(PAGES, doors.let_in_from_chat),
        web.get(OPENING_PAGE, doors.ask),
        web.post(OPENING_PAGE, doors.let_in_by_link),
        web.get(DONE, doors.left),
        web.post(DONE, doors.leave),
        web.get("/gesprek/mijn", doors.let_in_from_page),
        web.get(passport.PAGE, passport.show),
        web.post(passport.PAGE, passport.change),
        web.get("/mijn/paspoort/erbij", passport_adding.ask),
        web.post("/mijn/paspoort/erbij", passport_adding.understand),
        web.get("/mijn/paspoort/bestand/{soort}", passport.download),
        web.get(sharing.PAGE, sharing.show),
        web.post(sharing.PAGE, sharing.share),
        web.post("/mijn/paspoort/delen/intrekken", sharing.withdraw),
        web.get(f"{SHARED_PAGE}/{{key}}", shared_passport.show),
        web.get(applications.PAGE, applications.show_all),
        web.get(APPLICATION, applications.show),
        web.post(f"{APPLICATION}/intrekken", applications.withdraw),
        web.get(APPLYING, applying.show),
        web.post(APPLYING, applying.take),
        web.get("/mijn/rekening", account.show),
        web.get(own_data.PAGE, own_data.show),
        web.get("/mijn/gegevens/alles.html", own_data.download),
        web.get("/mijn/gegevens/alles.json", own_data.download_for_programs),
        web.get("/mijn/gegevens/wijzigen", own_data.ask_correction),
        web.post("/mijn/gegevens/wijzigen", own_data.correct),
        web.post("/mijn/gegevens/sluiten", own_data.close_elsewhere),
        web.get(own_data_erasing.PAGE, own_data_erasing.explain),
        web.post(ERASED, own_data_erasing.erase),
        web.get(ERASED, own_data_erasing.erased),
    ]
