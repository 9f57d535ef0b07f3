"""Applying for a voucher on a page: kept at every step, checked against the rules, sent once."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus

from aiohttp import web

from connectors.screening import clean, refusal
from connectors.website.personal.access import to, visit_of
from connectors.website.personal.applications import PAGE, VOUCHERS
from connectors.website.personal.showing import render
from counter.people.contact import parse_age, parse_email, parse_name, parse_phone, parse_postcode
from counter.schemes.model import Scheme, VoucherKind
from counter.vouchers.model import (
    AlreadyAppliedError,
    SchemeClosedError,
    VoucherApplicationCommand,
    VoucherBudgetSpentError,
)

type Fields = dict[str, str | list[str]]
"""What somebody typed; `papieren` are the documents they ticked."""

MAX_GOAL, MIN_GOAL_LETTERS = 300, 3
_TEXTS = ("doel", "naam", "leeftijd", "postcode", "email", "telefoon")
_LONGEST_ID = 36
_READERS = {
    "naam": parse_name,
    "leeftijd": parse_age,
    "postcode": parse_postcode,
    "email": parse_email,
}


async def show(request: web.Request) -> web.Response:
    """Show the form, with what somebody filled in before."""
    scheme = await _scheme(request)
    drafts = await request.app[VOUCHERS].drafts_of(visit_of(request).conversation_id)
    return await _page(request, scheme, dict(drafts.get(scheme.kind, {})), note=request.query.get("melding"))


async def take(request: web.Request) -> web.Response:
    """Keep what was filled in; and look at the rules, send it, or throw it away, as was asked."""
    scheme, vouchers, talk = await _scheme(request), request.app[VOUCHERS], visit_of(request).conversation_id
    posted = await request.post()
    wish = str(posted.get("doe", "kijk"))
    if wish == "weg":
        await vouchers.throw_away_draft(talk, scheme.kind)
        return to(PAGE)
    fields: Fields = {name: clean(str(posted.get(name, ""))) for name in _TEXTS}
    fields["papieren"] = [one for one in map(str, posted.getall("papieren", [])) if one in scheme.documents]
    if why := next(filter(None, (refusal(str(fields[name])) for name in _TEXTS)), None):
        return await _page(request, scheme, fields, errors=(why.value,))
    await vouchers.keep_draft(talk, scheme.kind, fields)
    if wish == "bewaar":
        return to(f"{PAGE}/nieuw/{scheme.kind.value}?melding=bewaard")
    if errors := _errors(fields):
        return await _page(request, scheme, fields, errors=errors)
    if wish != "verstuur":
        return await _page(request, scheme, fields, is_checked=True)
    return await _send(request, scheme, fields, str(posted.get("nummer", ""))[:_LONGEST_ID])


async def _send(request: web.Request, scheme: Scheme, fields: Fields, number: str) -> web.Response:
    try:
        receipt = await request.app[VOUCHERS].apply(
            _command(visit_of(request).conversation_id, scheme.kind, fields, number)
        )
    except AlreadyAppliedError as error:
        return to(f"{PAGE}/{error.receipt.number}?melding=al")
    except SchemeClosedError:
        return await _page(request, scheme, fields, errors=("gesloten",))
    except VoucherBudgetSpentError:
        return await _page(request, scheme, fields, errors=("op",))
    return to(f"{PAGE}/{receipt.number}?melding=verstuurd")


def _command(talk: str, kind: VoucherKind, fields: Fields, number: str) -> VoucherApplicationCommand:
    """Return the command of fields without errors."""
    return VoucherApplicationCommand(
        conversation_id=talk,
        message_id=f"mijn {number}",
        kind=kind,
        goal=str(fields["doel"]),
        name=parse_name(str(fields["naam"])) or "",
        age=parse_age(str(fields["leeftijd"])) or 0,
        postcode=parse_postcode(str(fields["postcode"])) or "",
        email=parse_email(str(fields["email"])) or "",
        phone=parse_phone(str(fields["telefoon"])),
        documents=tuple(fields["papieren"]),
    )


def _errors(fields: Mapping[str, str | list[str]]) -> tuple[str, ...]:
    """Return the names of the fields that are not right, in order."""
    goal, phone = str(fields["doel"]), str(fields["telefoon"])
    is_goal = len(goal) <= MAX_GOAL and sum(map(str.isalpha, goal)) >= MIN_GOAL_LETTERS
    wrong = [] if is_goal else ["doel"]
    wrong += [name for name, read in _READERS.items() if read(str(fields[name])) is None]
    if phone and parse_phone(phone) is None:
        wrong.append("telefoon")
    return tuple(wrong)


async def _page(
    request: web.Request,
    scheme: Scheme,
    fields: Fields,
    *,
    errors: Sequence[str] = (),
    is_checked: bool = False,
    note: str | None = None,
) -> web.Response:
    checks = await request.app[VOUCHERS].pre_check(
        scheme.kind,
        age=parse_age(str(fields.get("leeftijd", ""))),
        postcode=parse_postcode(str(fields.get("postcode", ""))),
    )
    context = {
        "scheme": scheme,
        "fields": fields,
        "errors": errors,
        "checks": checks,
        "is_checked": is_checked,
        "is_open": await request.app[VOUCHERS].is_open(scheme.kind),
        "note": note,
        "max_goal": MAX_GOAL,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK
    return render(request, "mijn-aanvragen-nieuw.html", context, status=status)


async def _scheme(request: web.Request) -> Scheme:
    wanted = request.match_info["kind"]
    scheme = next((one for one in await request.app[VOUCHERS].schemes() if one.kind.value == wanted), None)
    if scheme is None:
        raise web.HTTPNotFound
    return scheme
