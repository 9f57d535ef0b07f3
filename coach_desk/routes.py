"""The addresses of the coach desk."""

from pathlib import Path

from aiohttp import web

from coach_desk import actions, canned, pages, socket

TEMPLATES = Path(__file__).with_name("templates")
STATIC = Path(__file__).with_name("static")

# A receipt number of a referral; all else under /coach is a page of its own.
CASE = "/coach/{number:C-[0-9A-Z-]+}"


def routes() -> list[web.AbstractRouteDef]:
    """Return every route of the desk."""
    return [
        web.get("/coach", pages.waiting),
        web.get("/coach/wachtrij", pages.waiting),
        web.get("/coach/mijn", pages.mine),
        web.get("/coach/terugbellen", pages.call_backs),
        web.get("/coach/afgerond", pages.done),
        web.post("/coach/aanwezigheid", actions.choose_presence),
        web.get("/coach/antwoorden", canned.show),
        web.post("/coach/antwoorden", canned.add),
        web.post("/coach/antwoorden/{id}", canned.change),
        web.get(CASE, pages.case),
        web.post(f"{CASE}/overnemen", actions.claim),
        web.post(f"{CASE}/bericht", actions.say),
        web.post(f"{CASE}/notitie", actions.note),
        # What the card of a case does comes here: `web.post(f"{CASE}/…", …)`, see actions.done.
        web.get("/api/staff/desk", socket.desk),
        web.static("/static/coach", STATIC),
    ]
