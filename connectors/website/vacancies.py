"""The public pages about open-hiring jobs; they need no JavaScript."""

import json
from collections.abc import Mapping

import aiohttp_jinja2
from aiohttp import web
from markupsafe import Markup

from counter.open_hiring.model import Condition, JobClosedError, JobQuery, UnknownJobError
from counter.open_hiring.posting import as_job_posting
from counter.open_hiring.service import OpenHiringService

JOBS = web.AppKey("jobs", OpenHiringService)
SITE = web.AppKey("site", str)

# How many jobs a page names, and how much of what somebody types is read.
PART, _MOST_PARTS, _MAX_TEXT = 20, 500, 100
# These would end the block that holds the data, or begin a comment in it.
_ESCAPED = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"}


async def find(request: web.Request) -> web.Response:
    """Show the jobs, near a place when one is named; who reads is not asked anything."""
    place = request.query.get("plaats", "").strip()[:_MAX_TEXT]
    number = _number(request)
    search = await request.app[JOBS].search(
        JobQuery(place=place or None), limit=PART, offset=(number - 1) * PART
    )
    last = max(1, -(-search.total // PART))
    is_near = any(Condition.PLAATS in hit.matched for hit in search.hits)
    context = {
        "place": place,
        "hits": search.hits,
        "total": search.total,
        "is_far": bool(place) and not is_near,
        "part": {"number": number, "last": last},
    }
    return _page(request, "vacatures.html", context)


async def show(request: web.Request) -> web.Response:
    """Show one job, with what search engines read of it; one that is closed is gone."""
    try:
        public = await request.app[JOBS].public(request.match_info["id"])
    except JobClosedError:
        return _page(request, "vacature-weg.html", {"is_closed": True}, status=410)
    except UnknownJobError:
        return _page(request, "vacature-weg.html", {"is_closed": False}, status=404)
    posting = as_job_posting(public, site=request.app[SITE])
    context = {"job": public.job, "waiting": public.waiting, "posting": data_block(posting)}
    return _page(request, "vacature.html", context)


def data_block(data: Mapping[str, object]) -> Markup:
    """Return JSON that can stand in a page as it is: nothing in it ends the block."""
    text = json.dumps(data, ensure_ascii=False, indent=1)
    for character, escaped in _ESCAPED.items():
        text = text.replace(character, escaped)
    return Markup(text)  # noqa: S704 - every character that means something to HTML is escaped above


def _number(request: web.Request) -> int:
    """Return which part of the list is asked for; whatever is no number asks for the first."""
    text = request.query.get("deel", "")
    is_number = text.isascii() and text.isdigit() and len(text) <= len(str(_MOST_PARTS))
    return max(1, min(int(text), _MOST_PARTS)) if is_number else 1


def _page(
    request: web.Request, template: str, context: Mapping[str, object], *, status: int = 200
) -> web.Response:
    return aiohttp_jinja2.render_template(template, request, context, status=status)
