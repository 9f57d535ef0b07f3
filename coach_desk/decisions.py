"""What coaches decide as advisers: vouchers, jobs that firms offer, places that came free; and what waits.

While a coach helps the applicant, or the person of a firm, who may not see that case decides nothing here.
"""

from collections.abc import Mapping

from aiohttp import web

from coach_desk.access import CARDS, JOB_DRAFTS, OPEN_HIRING, READER, VOUCHERS
from coach_desk.sheet import checked, show
from counter.job_drafts.model import AlreadyCheckedError, JobDraft, UnknownJobDraftError
from counter.open_hiring.model import PlaceFreedError, UnknownJobError
from counter.staff.model import StaffEvent
from counter.vouchers.model import AlreadyDecidedError, Application, Decision, UnknownVoucherError
from staff_entrance.access import STAFF, go_on_to, staff_of
from staff_entrance.forms import form_of

APPLICATIONS, JOBS = "/coach/aanvragen", "/coach/banen"


async def escalated(request: web.Request) -> web.Response:
    """Show whom nobody accepted or called in time."""
    found = await request.app[CARDS].escalated(await staff_of(request))
    return await show(request, "coach_geescaleerd.html", shown="geescaleerd", escalated=found)


async def applications(request: web.Request) -> web.Response:
    """Show which applications wait for a decision."""
    found = await request.app[VOUCHERS].open_applications()
    return await show(request, "coach_aanvragen.html", shown="aanvragen", applications=found)


async def application(request: web.Request) -> web.Response:
    """Show an application, with the rules; that a coach looked at it is kept."""
    return await _application(request, {})


async def decide(request: web.Request) -> web.Response:
    """Award or reject an application, for a reason that the applicant reads."""
    me, form, number = await staff_of(request), await form_of(request), request.match_info["number"]
    reason, error = checked(form.get("reden", ""))
    if form.get("besluit") not in list(Decision):
        error = "geen_besluit"
    if error is not None:
        return await _application(request, form, error)
    decision, vouchers = Decision(form["besluit"]), request.app[VOUCHERS]
    await _found(request)
    try:
        await vouchers.decide(number, decision, adviser=me.name, reason=reason, staff_id=me.id)
    except AlreadyDecidedError:
        return await _application(request, form, "al_besloten")
    return go_on_to(f"{APPLICATIONS}/{number}")


async def _application(
    request: web.Request, form: Mapping[str, str], error: str | None = None
) -> web.Response:
    found = await _found(request)
    await _keep_look(request, found.person_id)
    return await show(
        request, "coach_aanvraag.html", shown="aanvragen", error=error, application=found, form=form
    )


async def _found(request: web.Request) -> Application:
    try:
        found = await request.app[VOUCHERS].application(request.match_info["number"])
    except UnknownVoucherError as error:
        raise web.HTTPNotFound from error
    await request.app[READER].check_sight_of(found.person_id, await staff_of(request))
    return found


async def jobs(request: web.Request) -> web.Response:
    """Show which jobs wait for a check, and how long the lists of the others are."""
    return await _jobs(request)


async def free_place(request: web.Request) -> web.Response:
    """Note that a place came free, once for a form that is sent twice; the next in line is told."""
    me, form = await staff_of(request), await form_of(request)
    job_id, seen = form.get("baan", ""), form.get("stand", "")
    if not (seen.isascii() and seen.isdecimal()):
        raise web.HTTPBadRequest
    try:
        await request.app[OPEN_HIRING].free_place(job_id, freed_before=int(seen), staff_id=me.id)
    except PlaceFreedError:
        return await _jobs(request, "al_vrij")
    except UnknownJobError as error:
        raise web.HTTPNotFound from error
    return go_on_to(f"{JOBS}?vrij")


async def _jobs(request: web.Request, error: str | None = None) -> web.Response:
    return await show(
        request,
        "coach_banen.html",
        shown="banen",
        error=error,
        drafts=await request.app[JOB_DRAFTS].in_review(),
        lists=await request.app[OPEN_HIRING].lists(),
        is_freed="vrij" in request.query,
    )


async def job(request: web.Request) -> web.Response:
    """Show a job that a firm offers; that a coach looked at it is kept."""
    return await _job(request, {})


async def check_job(request: web.Request) -> web.Response:
    """Make a job public, or turn it down for a reason that the firm reads."""
    me, form, number = await staff_of(request), await form_of(request), request.match_info["number"]
    is_rejected = form.get("besluit") == "af"
    reason, error = checked(form.get("reden", ""), is_required=is_rejected)
    if form.get("besluit") not in {"goed", "af"}:
        error = "geen_besluit"
    if error is not None:
        return await _job(request, form, error)
    await _draft(request)
    drafts = request.app[JOB_DRAFTS]
    try:
        if is_rejected:
            await drafts.reject(number, adviser=me.name, reason=reason, staff_id=me.id)
        else:
            await drafts.approve(number, adviser=me.name, staff_id=me.id)
    except AlreadyCheckedError:
        return await _job(request, form, "al_besloten")
    return go_on_to(f"{JOBS}/{number}")


async def _job(request: web.Request, form: Mapping[str, str], error: str | None = None) -> web.Response:
    draft = await _draft(request)
    await _keep_look(request, draft.person_id)
    return await show(request, "coach_baan.html", shown="banen", error=error, draft=draft, form=form)


async def _draft(request: web.Request) -> JobDraft:
    try:
        draft = await request.app[JOB_DRAFTS].draft(request.match_info["number"])
    except UnknownJobDraftError as error:
        raise web.HTTPNotFound from error
    await request.app[READER].check_sight_of(draft.person_id, await staff_of(request))
    return draft


async def _keep_look(request: web.Request, person_id: str) -> None:
    me, number = await staff_of(request), request.match_info["number"]
    await request.app[STAFF].record(me.id, StaffEvent.LOOKED, person_id=person_id, detail=number)
