"""The pages of voucher schemes: what they say, from which fund they pay, and how much is left."""

from collections.abc import Mapping
from http import HTTPStatus
from itertools import pairwise

from aiohttp import web

from administration.access import SCHEMES
from administration.scheme_form import (
    RuleFields,
    fields_of,
    refused_text,
    rules_in,
    rules_of,
    scheme_in,
)
from connectors.screening import clean, refusal
from counter.accounts.amounts import parse_euros
from counter.accounts.model import CENTS, Fund, FunderKind
from counter.calendar import local_date
from counter.database import new_id
from counter.schemes import model
from counter.schemes.model import (
    BudgetInUseError,
    Check,
    Scheme,
    SchemeChangedError,
    UnknownFundError,
    VoucherKind,
    WrongSchemeError,
)
from staff_entrance.access import go_on_to, staff_of
from staff_entrance.forms import form_of
from staff_entrance.pages import render

PAGE = "/beheer/regelingen"
FUNDS = f"{PAGE}/fondsen"
MAX_NAME = 100
# A form's own id is no longer than the one we give it.
_LONGEST_ID = 36
# What changed between two versions is told by these; an editor words them in the template.
_TOLD = (
    "title",
    "purpose",
    "who",
    "amount_eur",
    "fund",
    "answer_within_working_days",
    "use_within_months",
    "opens_on",
    "closes_on",
    "is_closed",
    "is_sample",
    "documents",
    "rules",
    "objection_to",
)


async def begin(request: web.Request) -> web.Response:
    """Go to the first page of administrators."""
    del request
    return go_on_to(PAGE)


async def show_all(request: web.Request) -> web.Response:
    """Show every scheme, and how its money stands."""
    schemes = request.app[SCHEMES]
    context = {
        "schemes": await schemes.all(),
        "budgets": await schemes.budgets(),
        "today": schemes.today(),
    }
    return render(request, "beheer_regelingen.html", context)


async def show(request: web.Request) -> web.Response:
    """Show a scheme in a form, with its budget and its earlier versions."""
    scheme, *_ = await _versions(request)
    return await _page(request, fields_of(scheme), rules_of(scheme), note=request.query.get("melding"))


async def change(request: web.Request) -> web.Response:
    """Have a scheme say something else from now on."""
    me, form = await staff_of(request), await form_of(request)
    (scheme, *_), funds = await _versions(request), await request.app[SCHEMES].funds()
    if why := refused_text(form):
        return await _page(request, form, rules_in(form), errors=(why,))
    try:
        await request.app[SCHEMES].change(scheme_in(form, scheme, funds), by=me.name)
    except WrongSchemeError as error:
        return await _page(request, form, rules_in(form), errors=error.faults)
    except SchemeChangedError:
        return await _page(request, form, rules_in(form), errors=("veranderd",))
    return go_on_to(f"{PAGE}/{scheme.kind.value}?melding=bewaard")


async def move_budget(request: web.Request) -> web.Response:
    """Put money in a budget or take it back, once for a form."""
    me, form = await staff_of(request), await form_of(request)
    (scheme, *_), cents = await _versions(request), parse_euros(form.get("bedrag", ""))
    movement_id, is_back = form.get("formulier", ""), form.get("richting") == "terug"
    if not cents or cents % CENTS or cents // CENTS > model.MAX_EUROS or not movement_id:
        return await _page(request, fields_of(scheme), rules_of(scheme), errors=("geen_bedrag",), moved=form)
    euros = -cents // CENTS if is_back else cents // CENTS
    try:
        await request.app[SCHEMES].move_budget(
            scheme.kind, euros, movement_id=movement_id[:_LONGEST_ID], by=me.name
        )
    except BudgetInUseError:
        return await _page(request, fields_of(scheme), rules_of(scheme), errors=("in_gebruik",), moved=form)
    return go_on_to(f"{PAGE}/{scheme.kind.value}?melding=budget")


async def show_funds(request: web.Request) -> web.Response:
    """Show every fund, each in a form."""
    return await _funds(request)


async def add_fund(request: web.Request) -> web.Response:
    """Add a fund, once for a form."""
    form = await form_of(request)
    fund, why = _fund_in(form, form.get("formulier", "")[:_LONGEST_ID])
    if fund is None or not fund.id:
        return await _funds(request, refused="nieuw", why=why, typed=form)
    await request.app[SCHEMES].add_fund(fund.kind, fund.name, fund_id=fund.id)
    return go_on_to(FUNDS)


async def change_fund(request: web.Request) -> web.Response:
    """Give a fund another name."""
    form, fund_id = await form_of(request), request.match_info["id"]
    fund, why = _fund_in(form, fund_id)
    if fund is None:
        return await _funds(request, refused=fund_id, why=why, typed=form)
    try:
        await request.app[SCHEMES].change_fund(fund)
    except UnknownFundError as error:
        raise web.HTTPNotFound from error
    return go_on_to(FUNDS)


def _fund_in(form: Mapping[str, str], fund_id: str) -> tuple[Fund | None, str]:
    name = clean(form.get("naam", ""))
    kind = next((kind for kind in FunderKind if kind.value == form.get("soort")), None)
    if why := refusal(name):
        return None, why
    if kind is None or not 0 < len(name) <= MAX_NAME:
        return None, "fonds"
    return Fund(id=fund_id, kind=kind, name=name), ""


async def _funds(
    request: web.Request, *, refused: str | None = None, why: str = "", typed: Mapping[str, str] | None = None
) -> web.Response:
    context = {
        "funds": await request.app[SCHEMES].funds(),
        "kinds": list(FunderKind),
        "refused": refused,
        "errors": [why] if refused else [],
        "typed": typed or {},
        "form_id": new_id(),
        "max_name": MAX_NAME,
    }
    return render(request, "beheer_fondsen.html", context, status=_status(refused))


async def _versions(request: web.Request) -> tuple[Scheme, ...]:
    kind = next((kind for kind in VoucherKind if kind.value == request.match_info["kind"]), None)
    if kind is None:
        raise web.HTTPNotFound
    return await request.app[SCHEMES].versions(kind)


async def _page(
    request: web.Request,
    fields: Mapping[str, str],
    rules: list[RuleFields],
    *,
    errors: tuple[str, ...] = (),
    moved: Mapping[str, str] | None = None,
    note: str | None = None,
) -> web.Response:
    versions = await _versions(request)
    schemes = request.app[SCHEMES]
    context = {
        "scheme": versions[0],
        "fields": fields,
        "rules": rules,
        "errors": errors,
        "note": note,
        "moved": moved or {},
        "funds": await schemes.funds(),
        "checks": list(Check),
        "budget": (await schemes.budgets())[versions[0].kind],
        "movements": await schemes.movements(versions[0].kind),
        "versions": [
            (new, local_date(new.changed_at), _differences(new, old)) for new, old in pairwise(versions)
        ],
        "first": versions[-1],
        "first_day": local_date(versions[-1].changed_at),
        "form_id": (moved or {}).get("formulier") or new_id(),
        "limits": model,
        "today": request.app[SCHEMES].today(),
    }
    return render(request, "beheer_regeling.html", context, status=_status(errors))


def _differences(new: Scheme, old: Scheme) -> list[str]:
    return [name for name in _TOLD if getattr(new, name) != getattr(old, name)]


def _status(problem: object) -> int:
    return HTTPStatus.UNPROCESSABLE_ENTITY if problem else HTTPStatus.OK
