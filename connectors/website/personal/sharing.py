"""Sharing the passport by a link: what it shows is ticked, and the links that work are looked after."""

import hashlib
import hmac
from base64 import urlsafe_b64encode
from collections.abc import Collection, Mapping
from http import HTTPStatus

import segno
from aiohttp import web

from connectors.screening import clean, refusal
from connectors.website.continuing import PUBLIC_URL
from connectors.website.personal import cookie
from connectors.website.personal.access import to, visit_of
from connectors.website.personal.passport import lines_of
from connectors.website.personal.showing import form_of, render, ticked_in
from connectors.website.shared_passport import SHARED_PASSPORTS
from connectors.website.views import PASSPORTS
from counter.calendar import local_date
from counter.shared_passports.model import SHARED_PAGE, Period, Share, Ticked, TooManyLinksError
from skills_taxonomy.http import TAXONOMY

PAGE = "/mijn/paspoort/delen"
MAX_LABEL, MAX_NAME = 80, 40
_KEY_BYTES = 24
# No number of a page is nearly this long.
_LONGEST_NUMBER = 64


async def show(request: web.Request) -> web.Response:
    """Show what can be shared, the links that work, and the one that was just made."""
    return await _page(request)


async def share(request: web.Request) -> web.Response:
    """Make a link that shows what was ticked; the same form again makes no second one."""
    form, ticked = await form_of(request), await ticked_in(request, "vaardigheid")
    if form.get("doe") in {"alles", "niets"}:
        return await _page(request, form=form, all_ticked=form["doe"] == "alles")
    visit, number = visit_of(request), form.get("nummer", "")
    passport = await request.app[PASSPORTS].of(visit.conversation_id)
    share, error = _read(form, ticked.intersection(passport.shown_ids))
    if share is None or not 0 < len(number) <= _LONGEST_NUMBER:
        return await _page(request, form=form, ticked=ticked, error=error or "nummer")
    try:
        await request.app[SHARED_PASSPORTS].share(visit.conversation_id, _key(request, number), share)
    except TooManyLinksError:
        return await _page(request, form=form, ticked=ticked, error="veel")
    return to(f"{PAGE}?nieuw={number}")


async def withdraw(request: web.Request) -> web.Response:
    """Have a link show nothing any more, from now on."""
    form = await form_of(request)
    await request.app[SHARED_PASSPORTS].withdraw(visit_of(request).conversation_id, form.get("link", ""))
    return to(f"{PAGE}?ingetrokken")


def _read(form: Mapping[str, str], skill_ids: Collection[str]) -> tuple[Share | None, str | None]:
    """Return what somebody wants to share, or why that cannot be."""
    label, name = clean(form.get("naam", ""))[:MAX_LABEL], clean(form.get("voornaam", ""))[:MAX_NAME]
    shows_name = "met_voornaam" in form
    if not skill_ids:
        return None, "niets"
    if shows_name and not name:
        return None, "voornaam"
    if refusal(f"{label}\n{name if shows_name else ''}"):
        return None, "nummers"
    days = form.get("dagen", "")
    if days not in {str(period.value) for period in Period}:
        return None, "dagen"
    ticked = Ticked(
        skill_ids=frozenset(skill_ids),
        with_experience="met_ervaring" in form,
        with_words="met_woorden" in form,
        first_name=name if shows_name else "",
    )
    return Share(label=label, period=Period(int(days)), ticked=ticked), None


def _key(request: web.Request, number: str) -> str:
    """Return the key of the link that a page with this number makes.

    It comes from the secret of the visit, which is kept nowhere but in this browser: so the page can show
    the link again for as long as the visit lasts, while we keep no more than its hash.
    """
    token = cookie.token_in(request) or ""
    digest = hmac.digest(token.encode(), f"gedeeld paspoort {number}".encode(), hashlib.sha256)
    return urlsafe_b64encode(digest[:_KEY_BYTES]).decode()


async def _page(
    request: web.Request,
    *,
    form: Mapping[str, str] | None = None,
    ticked: Collection[str] = (),
    all_ticked: bool = False,
    error: str | None = None,
) -> web.Response:
    conversation_id, taxonomy = visit_of(request).conversation_id, request.app[TAXONOMY]
    passport = await request.app[PASSPORTS].of(conversation_id)
    context = {
        "skills": lines_of(passport.skills, taxonomy),
        "wishes": lines_of(passport.wishes, taxonomy),
        "ticked": passport.shown_ids if all_ticked else ticked,
        "form": form or {},
        "error": error,
        "periods": [period.value for period in Period],
        "links": await request.app[SHARED_PASSPORTS].links(conversation_id),
        "new": await _new(request, conversation_id),
        "is_withdrawn": "ingetrokken" in request.query,
        "max_label": MAX_LABEL,
        "max_name": MAX_NAME,
        "day_of": local_date,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if error else HTTPStatus.OK
    return render(request, "mijn-delen.html", context, status=status)


async def _new(request: web.Request, conversation_id: str) -> dict[str, object] | None:
    """Return the link that was just made from here: its address, and that as a picture."""
    number = request.query.get("nieuw", "")
    if not 0 < len(number) <= _LONGEST_NUMBER:
        return None
    key = _key(request, number)
    link = await request.app[SHARED_PASSPORTS].link(conversation_id, key)
    if link is None:
        return None
    site = str(request.app[PUBLIC_URL] or request.url.origin()).rstrip("/")
    address = f"{site}{SHARED_PAGE}/{key}"
    return {"link": link, "address": address, "qr": segno.make(address).svg_data_uri(scale=4, border=2)}
