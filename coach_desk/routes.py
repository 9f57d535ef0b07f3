"""The addresses of the coach desk."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from aiohttp import web
from aiohttp.typedefs import Handler

from coach_desk import actions, canned, decisions, editing, keeping, pages, socket, steps, vouchers
from coach_desk.admission import of_case, of_person

TEMPLATES = Path(__file__).with_name("templates")
STATIC = Path(__file__).with_name("static")

# A receipt number of a referral; all else under /coach is a page of its own.
CASE = "/coach/{number:C-[0-9A-Z-]+}"
APPLICATION = f"{vouchers.APPLICATIONS}/{{number:V-[0-9A-Z-]+}}"

# What is done with a case at once, and what has a form first; each is the end of an address.
_STEPS: Mapping[str, Handler] = {
    "overnemen": actions.claim,
    "bericht": actions.say,
    "notitie": actions.note,
    "intrekken": steps.take_back,
    "loslaten": steps.release,
    "nood-voorbij": steps.calm,
}
_FORMS: Mapping[str, tuple[Handler, Handler]] = {
    "aanbieden": (steps.show_offer, steps.offer),
    "weigeren": (steps.show_decline, steps.decline),
    "bellen": (steps.show_call, steps.plan_call),
    "herinneren": (steps.show_reminder, steps.remind),
    "afronden": (steps.show_close, steps.close),
    "labels": (steps.show_labels, steps.label),
    "teruggeven": (steps.show_hand_back, steps.hand_back),
    "samenvatting": (editing.show_summary, editing.summarise),
    "gegevens": (editing.show_details, editing.correct),
    "vaardigheden": (editing.show_skills, editing.change_skills),
    "bewaren": (keeping.show_keep, keeping.keep),
}


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
        *_case_routes(),
        web.get("/coach/geescaleerd", decisions.escalated),
        web.get(vouchers.APPLICATIONS, vouchers.applications),
        *_form(APPLICATION, of_person(vouchers.application), of_person(vouchers.decide)),
        web.post(f"{APPLICATION}/betaald", of_person(vouchers.pay)),
        web.post(f"{APPLICATION}/terugdraaien", of_person(vouchers.take_back)),
        web.get(decisions.JOBS, decisions.jobs),
        web.post(f"{decisions.JOBS}/vrij", decisions.free_place),
        *_form(
            f"{decisions.JOBS}/{{number:B-[0-9A-Z-]+}}",
            of_person(decisions.job),
            of_person(decisions.check_job),
        ),
        web.get("/api/staff/desk", socket.desk),
        web.static("/static/coach", STATIC),
    ]


def _case_routes() -> Iterator[web.AbstractRouteDef]:
    """Yield the routes of a case; each is answered for who may see it alone."""
    yield web.get(CASE, of_case(pages.case))
    yield web.get(f"{CASE}/gesprekken/{{talk}}", of_case(editing.read_back))
    for step, take in _STEPS.items():
        yield web.post(f"{CASE}/{step}", of_case(take))
    for step, (show, take) in _FORMS.items():
        yield from _form(f"{CASE}/{step}", of_case(show), of_case(take))


def _form(path: str, show: Handler, take: Handler) -> tuple[web.AbstractRouteDef, web.AbstractRouteDef]:
    """Return the routes of a form: shown, and taken."""
    return web.get(path, show), web.post(path, take)
