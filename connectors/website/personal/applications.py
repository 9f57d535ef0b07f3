"""The person's applications for a voucher: those they sent, those they began, and those they can begin."""

from aiohttp import web

from connectors.website.personal.access import to, visit_of
from connectors.website.personal.showing import form_of, render
from counter.vouchers.model import AlreadyDecidedError, Application, UnknownVoucherError
from counter.vouchers.service import VoucherService

VOUCHERS = web.AppKey("personal_vouchers", VoucherService)
PAGE = "/mijn/aanvragen"


async def show_all(request: web.Request) -> web.Response:
    """Show what somebody applied for, what they began, and which vouchers there are."""
    vouchers, talk = request.app[VOUCHERS], visit_of(request).conversation_id
    schemes = await vouchers.schemes()
    context = {
        "applications": await vouchers.applications_of(talk),
        "drafts": await vouchers.drafts_of(talk),
        "schemes": schemes,
        "open": [scheme.kind for scheme in schemes if await vouchers.is_open(scheme.kind)],
        "titles": {scheme.kind: scheme.title for scheme in schemes},
    }
    return render(request, "mijn-aanvragen.html", context)


async def show(request: web.Request) -> web.Response:
    """Show one application: how it stands, by which rules, and what can be done."""
    return _page(request, await _own(request), note=request.query.get("melding"))


async def withdraw(request: web.Request) -> web.Response:
    """Withdraw an application, when the person ticked that they are sure; twice changes nothing."""
    found, form = await _own(request), await form_of(request)
    number, talk = found.receipt.number, visit_of(request).conversation_id
    if form.get("zeker") != "ja":
        return _page(request, found, note="zeker")
    try:
        await request.app[VOUCHERS].withdraw(number, talk)
    except AlreadyDecidedError:
        return to(f"{PAGE}/{number}?melding=besloten")
    return to(f"{PAGE}/{number}?melding=ingetrokken")


def _page(request: web.Request, found: Application, *, note: str | None) -> web.Response:
    return render(request, "mijn-aanvraag.html", {"application": found, "note": note})


async def _own(request: web.Request) -> Application:
    try:
        return await request.app[VOUCHERS].own_application(
            request.match_info["number"], visit_of(request).conversation_id
        )
    except UnknownVoucherError as error:
        raise web.HTTPNotFound from error
