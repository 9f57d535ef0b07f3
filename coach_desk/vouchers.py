"""What coaches do as advisers with vouchers: decide, have trainers paid, put a mistake right.

While a coach helps the applicant, who may not see that case does nothing here.
"""

from collections.abc import Mapping
from datetime import date

from aiohttp import web

from coach_desk.access import READER, SHOWING, VOUCHER_DESK, VOUCHERS
from coach_desk.sheet import checked, keep_look, show
from counter.accounts.amounts import in_euros, parse_euros
from counter.accounts.model import MAX_PAYEE
from counter.calendar import local_date
from counter.database import new_id
from counter.vouchers.deciding import Pay
from counter.vouchers.model import (
    AlreadyDecidedError,
    Application,
    Decision,
    NotAwardedError,
    PaymentTooHighError,
    UnknownPaymentError,
    UnknownVoucherError,
    VoucherBudgetSpentError,
)
from staff_entrance.access import go_on_to, staff_of
from staff_entrance.forms import form_of

APPLICATIONS = "/coach/aanvragen"
# A form's own id is no longer than the one we give it.
_LONGEST_ID = 36


async def applications(request: web.Request) -> web.Response:
    """Show which applications wait for a decision, and which awards can be paid of."""
    vouchers = request.app[VOUCHERS]
    return await show(
        request,
        "coach_aanvragen.html",
        shown="aanvragen",
        applications=await vouchers.open_applications(),
        awarded=await vouchers.awarded(),
    )


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
    decision, desk = Decision(form["besluit"]), request.app[VOUCHER_DESK]
    await _found(request)
    try:
        await desk.decide(number, decision, adviser=me.name, reason=reason, staff_id=me.id)
    except AlreadyDecidedError:
        return await _application(request, form, "al_besloten")
    return go_on_to(f"{APPLICATIONS}/{number}")


async def pay(request: web.Request) -> web.Response:
    """Book that a trainer was paid; the same form again changes nothing."""
    me, form, number = await staff_of(request), await form_of(request), request.match_info["number"]
    payment, error = _payment_in(form, local_date(request.app[SHOWING].clock()))
    if payment is None:
        return await _application(request, form, error)
    await _found(request)
    try:
        await request.app[VOUCHER_DESK].pay(number, payment, adviser=me.name, staff_id=me.id)
    except NotAwardedError:
        return await _application(request, form, "niet_toegekend")
    except PaymentTooHighError as refused:
        return await _application(request, form, "te_hoog", left=in_euros(refused.left_cents))
    return go_on_to(f"{APPLICATIONS}/{number}")


async def take_back(request: web.Request) -> web.Response:
    """Put right a payment that was booked by mistake, for a reason."""
    me, form, number = await staff_of(request), await form_of(request), request.match_info["number"]
    reason, error = checked(form.get("reden", ""))
    if error is not None:
        return await _application(request, form, error)
    await _found(request)
    try:
        await request.app[VOUCHER_DESK].take_back(
            number, form.get("betaling", ""), adviser=me.name, reason=reason, staff_id=me.id
        )
    except UnknownPaymentError as gone:
        raise web.HTTPNotFound from gone
    except VoucherBudgetSpentError:
        return await _application(request, form, "rest_weg")
    return go_on_to(f"{APPLICATIONS}/{number}")


def _payment_in(form: Mapping[str, str], today: date) -> tuple[Pay | None, str | None]:
    """Return what somebody typed of a payment, or why it is none."""
    payee, refused = checked(form.get("aan", ""))
    cents, day = parse_euros(form.get("bedrag", "")), _day(form.get("op", ""))
    payment_id = form.get("formulier", "")
    if refused is not None or len(payee) > MAX_PAYEE or not 0 < len(payment_id) <= _LONGEST_ID:
        return None, "geen_ontvanger" if refused in {None, "leeg", "te_lang"} else refused
    if not cents:
        return None, "geen_bedrag"
    if day is None or day > today:
        return None, "geen_betaaldag"
    is_last = form.get("laatste") == "ja"
    return Pay(payment_id=payment_id, payee=payee, cents=cents, paid_on=day, is_last=is_last), None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


async def _application(
    request: web.Request, form: Mapping[str, str], error: str | None = None, *, left: str = ""
) -> web.Response:
    found = await _found(request)
    await keep_look(request, found.person_id)
    return await show(
        request,
        "coach_aanvraag.html",
        shown="aanvragen",
        error=error,
        application=found,
        form=form,
        left=left,
        max_payee=MAX_PAYEE,
        # A form that was refused keeps its id: it was not booked.
        form_id=form.get("formulier") or new_id(),
    )


async def _found(request: web.Request) -> Application:
    try:
        found = await request.app[VOUCHERS].application(request.match_info["number"])
    except UnknownVoucherError as error:
        raise web.HTTPNotFound from error
    await request.app[READER].check_sight_of(found.person_id, await staff_of(request))
    return found
