"""The second factor of somebody's own account: begin with it, get new codes on paper, go on without."""

from http import HTTPStatus
from typing import Any

import segno
from aiohttp import web

from connectors.problems import Problem, ProblemError
from counter.staff.model import (
    SecondFactorRequiredError,
    Session,
    TooManyTriesError,
    WrongCredentialsError,
)
from counter.staff.second_factor import address_of, is_secret, new_secret
from staff_entrance.access import CREDENTIALS, HOME, go_on_to, own_page, session_of
from staff_entrance.forms import count_try, form_of, refused
from staff_entrance.pages import render

_PAGE, _CODES = "tweede_stap.html", "codes.html"
# A key is easier to type in groups of four.
_GROUP = 4


async def show(request: web.Request) -> web.Response:
    """Show a picture to scan, or what can be done with the second factor there is."""
    session = await session_of(request)
    wanted = own_page(request.query.get("naar", ""))
    context = await _context(request, session, new_secret(), wanted)
    return render(request, _PAGE, {**context, "error": None})


async def begin(request: web.Request) -> web.Response:
    """Take the first code of an app; shows the codes on paper, once."""
    session, form = await session_of(request), await form_of(request)
    secret, wanted = form.get("sleutel", ""), own_page(form.get("naar", ""))
    if not is_secret(secret):
        raise ProblemError(Problem.BAD_REQUEST)
    try:
        await count_try(request)
        codes = await request.app[CREDENTIALS].enrol(session.member, secret, form.get("code", ""))
    except (WrongCredentialsError, TooManyTriesError) as error:
        return refused(request, _PAGE, error, await _context(request, session, secret, wanted))
    return render(request, _CODES, {"codes": codes, "go_on": wanted or HOME})


async def renew_codes(request: web.Request) -> web.Response:
    """Give new codes on paper to who gives their password; shows them once."""
    session, form = await session_of(request), await form_of(request)
    try:
        await count_try(request)
        codes = await request.app[CREDENTIALS].renew_recovery_codes(
            session.member, form.get("wachtwoord", "")
        )
    except (WrongCredentialsError, TooManyTriesError) as error:
        return await _refused_password(request, session, error)
    return render(request, _CODES, {"codes": codes, "go_on": HOME})


async def switch_off(request: web.Request) -> web.Response:
    """Go on without, for who gives their password and may do without."""
    session, form = await session_of(request), await form_of(request)
    try:
        await count_try(request)
        await request.app[CREDENTIALS].switch_off(session.member, form.get("wachtwoord", ""))
    except SecondFactorRequiredError:
        context = await _context(request, session, new_secret(), None)
        return render(request, _PAGE, {**context, "error": "verplicht"}, status=HTTPStatus.FORBIDDEN)
    except (WrongCredentialsError, TooManyTriesError) as error:
        return await _refused_password(request, session, error)
    return go_on_to(f"{HOME}?tweede-stap-uit")


async def _refused_password(
    request: web.Request, session: Session, error: WrongCredentialsError | TooManyTriesError
) -> web.Response:
    context = await _context(request, session, new_secret(), None)
    return refused(request, _PAGE, error, context)


async def _context(request: web.Request, session: Session, secret: str, wanted: str | None) -> dict[str, Any]:
    address = address_of(secret, session.member.username)
    return {
        "account": await request.app[CREDENTIALS].account(session.member),
        "wanted": wanted,
        "secret": secret,
        "spelled": " ".join(secret[start : start + _GROUP] for start in range(0, len(secret), _GROUP)),
        "qr": segno.make(address).svg_data_uri(scale=4, border=2),
    }
