"""Pages of staff: each knows who is logged in."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

import aiohttp_jinja2
from aiohttp import web

from counter.staff.model import Session
from staff_entrance.provider import Provider

# Where the guard leaves the session, when there is one.
SESSION = web.RequestKey("staff_session", Session)
# The log-in of the organisation, when there is one.
PROVIDER = web.AppKey("provider", Provider)


def session_in(request: web.Request) -> Session | None:
    """Return the session of who asks, or None."""
    session: Session | None = request.get(SESSION, None)
    return session


def render(
    request: web.Request, template: str, context: Mapping[str, Any], *, status: int = HTTPStatus.OK
) -> web.Response:
    """Return a page that extends `staff_base.html`; `session` is whose it is, or None."""
    return aiohttp_jinja2.render_template(
        template,
        request,
        {
            "session": session_in(request),
            "has_provider": PROVIDER in request.app,
            **context,
        },
        status=status,
    )
