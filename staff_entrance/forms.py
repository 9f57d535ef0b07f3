"""What every form of staff has: its fields, how often it may be tried, and being shown again."""

import math
from collections.abc import Mapping
from datetime import timedelta
from http import HTTPStatus
from typing import Any

from aiohttp import hdrs, web

from connectors.throttle import TooFastError
from connectors.website.access import PROXIES, THROTTLE, visitor
from counter.staff.model import TooManyTriesError, WrongCredentialsError
from staff_entrance.device import device_of
from staff_entrance.pages import render


async def form_of(request: web.Request) -> dict[str, str]:
    """Return the fields of a form; files are none."""
    return {name: value for name, value in (await request.post()).items() if isinstance(value, str)}


def device(request: web.Request) -> str:
    """Return what somebody recognises this browser by."""
    return device_of(request.headers.get(hdrs.USER_AGENT, ""))


async def count_try(request: web.Request) -> None:
    """Count a try from this address on the internet.

    Raises:
        TooManyTriesError: there were too many; this one must not be looked at.
    """
    try:
        await request.app[THROTTLE].log_in(visitor(request, request.app[PROXIES]))
    except TooFastError as error:
        raise TooManyTriesError(timedelta(seconds=error.after)) from error


def login_page(
    request: web.Request,
    wanted: str | None,
    *,
    error: str | None = None,
    status: int = HTTPStatus.OK,
) -> web.Response:
    """Ask for a name and a password, with what went wrong before."""
    return render(request, "login.html", {"wanted": wanted, "error": error, "username": ""}, status=status)


def refused(
    request: web.Request,
    template: str,
    error: WrongCredentialsError | TooManyTriesError,
    context: Mapping[str, Any],
) -> web.Response:
    """Show a form again, with what is wrong and how long to wait."""
    if isinstance(error, WrongCredentialsError):
        return render(
            request, template, {**context, "error": "onjuist"}, status=HTTPStatus.UNPROCESSABLE_ENTITY
        )
    seconds = max(1, math.ceil(error.wait.total_seconds()))
    response = render(
        request,
        template,
        {**context, "error": "wachten", "minutes": math.ceil(seconds / 60)},
        status=HTTPStatus.TOO_MANY_REQUESTS,
    )
    response.headers[hdrs.RETRY_AFTER] = str(seconds)
    return response
