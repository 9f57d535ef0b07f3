"""Showing a page of the person's own, and reading a form that stood on one."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

import aiohttp_jinja2
from aiohttp import web

from connectors.website.personal import menu
from connectors.website.personal.access import visit_at_door
from counter.database import new_id


def render(
    request: web.Request, template: str, context: Mapping[str, Any], *, status: int = HTTPStatus.OK
) -> web.Response:
    """Return a page that extends `mijn.html`; its forms carry `number`, so that each counts once."""
    return aiohttp_jinja2.render_template(
        template,
        request,
        {
            "is_in": visit_at_door(request) is not None,
            "menu": menu.entries(),
            "here": request.path,
            "number": new_id(),
            **context,
        },
        status=status,
    )


async def ticked_in(request: web.Request, name: str) -> frozenset[str]:
    """Return what is ticked in a form, of all boxes with one name."""
    ticked = (await request.post()).getall(name, ())
    return frozenset(value for value in ticked if isinstance(value, str))


async def form_of(request: web.Request) -> dict[str, str]:
    """Return the words of a form; of a field that stands in it more than once the last."""
    return {name: value for name, value in (await request.post()).items() if isinstance(value, str)}
