"""The addresses of the coach desk."""

from pathlib import Path

from aiohttp import web
from aiohttp.typedefs import Handler

from coach_desk import actions, canned, decisions, editing, keeping, pages, socket, steps

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
        web.get(f"{CASE}/gesprekken/{{talk}}", editing.read_back),
        *_form(f"{CASE}/aanbieden", steps.show_offer, steps.offer),
        web.post(f"{CASE}/intrekken", steps.take_back),
        *_form(f"{CASE}/weigeren", steps.show_decline, steps.decline),
        web.post(f"{CASE}/loslaten", steps.release),
        web.post(f"{CASE}/nood-voorbij", steps.calm),
        *_form(f"{CASE}/bellen", steps.show_call, steps.plan_call),
        *_form(f"{CASE}/herinneren", steps.show_reminder, steps.remind),
        *_form(f"{CASE}/afronden", steps.show_close, steps.close),
        *_form(f"{CASE}/labels", steps.show_labels, steps.label),
        *_form(f"{CASE}/teruggeven", steps.show_hand_back, steps.hand_back),
        *_form(f"{CASE}/samenvatting", editing.show_summary, editing.summarise),
        *_form(f"{CASE}/gegevens", editing.show_details, editing.correct),
        *_form(f"{CASE}/vaardigheden", editing.show_skills, editing.change_skills),
        *_form(f"{CASE}/bewaren", keeping.show_keep, keeping.keep),
        web.get("/coach/geescaleerd", decisions.escalated),
        web.get(decisions.APPLICATIONS, decisions.applications),
        *_form(f"{decisions.APPLICATIONS}/{{number:V-[0-9A-Z-]+}}", decisions.application, decisions.decide),
        web.get(decisions.JOBS, decisions.jobs),
        web.post(f"{decisions.JOBS}/vrij", decisions.free_place),
        *_form(f"{decisions.JOBS}/{{number:B-[0-9A-Z-]+}}", decisions.job, decisions.check_job),
        web.get("/api/staff/desk", socket.desk),
        web.static("/static/coach", STATIC),
    ]


def _form(path: str, show: Handler, take: Handler) -> tuple[web.AbstractRouteDef, web.AbstractRouteDef]:
    """Return the routes of a form: shown, and taken."""
    return web.get(path, show), web.post(path, take)
