"""Logging in, in one step or two, and out."""

from aiohttp import web

from counter.staff.model import (
    Duty,
    OpenedSession,
    SessionEndedError,
    TooManyTriesError,
    WrongCredentialsError,
)
from staff_entrance import cookie
from staff_entrance.access import DUTIES, HOME, LOGIN, LOGINS, go_on_to, own_page, start_of
from staff_entrance.forms import count_try, device, form_of, login_page, refused
from staff_entrance.pages import render, session_in


async def show_login(request: web.Request) -> web.Response:
    """Ask for a name and a password; who is logged in goes on at once."""
    wanted, session = own_page(request.query.get("naar", "")), session_in(request)
    if session is None:
        return login_page(request, wanted)
    if session.duty is not None:
        return go_on_to(DUTIES[session.duty], wanted)
    return go_on_to(wanted or HOME)


async def log_in(request: web.Request) -> web.Response:
    """Take a name and a password."""
    form = await form_of(request)
    username, wanted = form.get("gebruikersnaam", ""), own_page(form.get("naar", ""))
    try:
        await count_try(request)
        opened = await request.app[LOGINS].log_in(
            username, form.get("wachtwoord", ""), device=device(request)
        )
    except (WrongCredentialsError, TooManyTriesError) as error:
        return refused(request, "login.html", error, {"wanted": wanted, "username": username})
    return await _let_in(request, opened, wanted)


async def show_second_step(request: web.Request) -> web.Response:
    """Ask for a code, of who gave their password just before."""
    session, wanted = session_in(request), own_page(request.query.get("naar", ""))
    if session is None or session.duty is not Duty.CONFIRM:
        return go_on_to(LOGIN, wanted)
    return render(request, "login_code.html", {"wanted": wanted, "error": None})


async def confirm(request: web.Request) -> web.Response:
    """Take a code of the app, or one from paper."""
    form = await form_of(request)
    wanted = own_page(form.get("naar", ""))
    try:
        await count_try(request)
        opened = await request.app[LOGINS].confirm(
            cookie.token_in(request) or "", form.get("code", ""), device=device(request)
        )
    except SessionEndedError:
        return go_on_to(LOGIN, wanted)
    except (WrongCredentialsError, TooManyTriesError) as error:
        return refused(request, "login_code.html", error, {"wanted": wanted})
    return await _let_in(request, opened, wanted)


async def log_out(request: web.Request) -> web.Response:
    """End this session."""
    token = cookie.token_in(request)
    if token is not None:
        await request.app[LOGINS].log_out(token)
    response = go_on_to(LOGIN)
    cookie.forget(response)
    return response


async def _let_in(request: web.Request, opened: OpenedSession, wanted: str | None) -> web.Response:
    """Give the browser its new key, and send it on; an earlier key opens nothing any more."""
    before = cookie.token_in(request)
    if before is not None:
        await request.app[LOGINS].log_out(before)
    target = wanted or await start_of(request, opened.token)
    response = go_on_to(target) if opened.duty is None else go_on_to(DUTIES[opened.duty], target)
    cookie.keep(request, response, opened.token)
    return response
