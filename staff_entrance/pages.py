"""Pages of staff: each knows who is logged in."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

import aiohttp_jinja2
from aiohttp import web

from counter.staff.model import Session

# Where the guard leaves the session, when there is one.
SESSION = web.RequestKey("staff_session", Session)


def session_in(request: web.Request) -> Session | None:
    """Return the session of who asks, or None."""
    session: Session | None = request.get(SESSION, None)
    return session


def render(
    request: web.Request, template: str, context: Mapping[str, Any], *, status: int = HTTPStatus.OK
) -> web.Response:
    """Return a page that extends `staff_base.html`; `session` is whose it is, or None."""
    return aiohttp_jinja2.render_template(
        template, request, {"session": session_in(request), **context}, status=status
    )
