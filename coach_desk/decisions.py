"""What coaches decide about jobs that firms offer and places that came free; and what lay too long.

While a coach helps the person of a firm, who may not see that case decides nothing here.
"""

from collections.abc import Mapping

from aiohttp import web

from coach_desk.access import CARDS, JOB_DRAFTS, OPEN_HIRING, READER
from coach_desk.sheet import checked, keep_look, show
from counter.job_drafts.model import AlreadyCheckedError, JobDraft, UnknownJobDraftError
from counter.open_hiring.model import PlaceFreedError, UnknownJobError
from staff_entrance.access import go_on_to, staff_of
from staff_entrance.forms import form_of

JOBS = "/coach/banen"


async def escalated(request: web.Request) -> web.Response:
    """Show whom nobody accepted or called in time."""
    found = await request.app[CARDS].escalated(await staff_of(request))
    return await show(request, "coach_geescaleerd.html", shown="geescaleerd", escalated=found)


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
    await keep_look(request, draft.person_id)
    return await show(request, "coach_baan.html", shown="banen", error=error, draft=draft, form=form)


async def _draft(request: web.Request) -> JobDraft:
    try:
        draft = await request.app[JOB_DRAFTS].draft(request.match_info["number"])
    except UnknownJobDraftError as error:
        raise web.HTTPNotFound from error
    await request.app[READER].check_sight_of(draft.person_id, await staff_of(request))
    return draft
