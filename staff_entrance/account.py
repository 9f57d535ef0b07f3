"""Somebody's own account: where they are logged in, and their password."""

from collections.abc import Mapping
from http import HTTPStatus

from aiohttp import web

from connectors.problems import Problem, ProblemError
from counter.calendar import local_moment
from counter.staff.model import (
    MIN_PASSWORD,
    PasswordFault,
    TooManyTriesError,
    UnsuitablePasswordError,
    WrongCredentialsError,
)
from staff_entrance import cookie
from staff_entrance.access import CREDENTIALS, DUTIES, HOME, LOGINS, go_on_to, own_page, session_of
from staff_entrance.forms import count_try, device, form_of, refused
from staff_entrance.pages import render

# What was done just before, told on the page that follows it.
NOTES = ("wachtwoord", "tweede-stap-uit", "uitgelogd")
_PASSWORD = "wachtwoord.html"  # noqa: S105 - the name of a template


async def show(request: web.Request) -> web.Response:
    """Show who somebody is here, how they log in, and where."""
    session = await session_of(request)
    sessions = await request.app[LOGINS].sessions(session.member.id)
    context = {
        "account": await request.app[CREDENTIALS].account(session.member),
        "sessions": [
            (one, local_moment(one.opened_at), local_moment(one.seen_at))
            for one in sorted(sessions, key=lambda one: one.id != session.id)
        ],
        "note": next((name for name in NOTES if name in request.query), None),
    }
    return render(request, "account.html", context)


async def show_password(request: web.Request) -> web.Response:
    """Ask for a new password."""
    wanted = own_page(request.query.get("naar", ""))
    return render(request, _PASSWORD, {"wanted": wanted, "error": None, "shortest": MIN_PASSWORD})


async def change_password(request: web.Request) -> web.Response:
    """Take a new password; everywhere else somebody is logged out."""
    session, form = await session_of(request), await form_of(request)
    wanted = own_page(form.get("naar", ""))
    context = {"wanted": wanted, "shortest": MIN_PASSWORD}
    try:
        await count_try(request)
        opened = await request.app[CREDENTIALS].change_password(
            session, form.get("huidig", ""), form.get("nieuw", ""), device=device(request)
        )
    except UnsuitablePasswordError as error:
        return _unsuitable(request, error.fault, context)
    except (WrongCredentialsError, TooManyTriesError) as error:
        return refused(request, _PASSWORD, error, context)
    if opened.duty is None:
        response = go_on_to(wanted or f"{HOME}?wachtwoord")
    else:
        response = go_on_to(DUTIES[opened.duty], wanted)
    cookie.keep(request, response, opened.token)
    return response


async def end_sessions(request: web.Request) -> web.Response:
    """End one of somebody's own sessions, or all others.

    Raises:
        ProblemError: the form names none.
    """
    session, form = await session_of(request), await form_of(request)
    if form.get("doe") == "andere":
        await request.app[LOGINS].end_other_sessions(session.member.id, session.id)
    elif form.get("sessie"):
        await request.app[LOGINS].end_session(session.member.id, form["sessie"])
    else:
        raise ProblemError(Problem.BAD_REQUEST)
    return go_on_to(f"{HOME}?uitgelogd")


def _unsuitable(request: web.Request, fault: PasswordFault, context: Mapping[str, object]) -> web.Response:
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    return render(request, _PASSWORD, {**context, "error": fault.value}, status=status)
