"""The pages about occupations and skills; they need no JavaScript."""

from collections.abc import Mapping

import aiohttp_jinja2
from aiohttp import web

from counter.browsing.model import MAX_TEXT, Sector, UnknownPageError
from counter.browsing.service import BrowsingService

BROWSING = web.AppKey("browsing", BrowsingService)

_MOST_DIGITS = 4
SHOWN = 20
"""How many occupations a page names until somebody asks for all."""


async def find(request: web.Request) -> web.Response:
    """Let people search, or look around by sector."""
    text = request.query.get("zoek", "").strip()[:MAX_TEXT]
    browsing, chosen = request.app[BROWSING], request.query.get("sector", "")
    sector = Sector(chosen) if chosen in set(Sector) else None
    context = {
        "text": text,
        "results": await browsing.search(text) if text else None,
        "sectors": list(Sector),
        "sector": sector,
        "occupations": browsing.in_sector(sector, _number(request)) if sector else None,
    }
    return _page(request, "vinden.html", context)


async def occupation(request: web.Request) -> web.Response:
    """Tell about an occupation."""
    try:
        found = await request.app[BROWSING].occupation(request.match_info["slug"])
    except UnknownPageError:
        return _unknown(request)
    return _page(request, "beroep.html", {"page": found})


async def skill(request: web.Request) -> web.Response:
    """Tell about a skill."""
    try:
        found = await request.app[BROWSING].skill(request.match_info["slug"])
    except UnknownPageError:
        return _unknown(request)
    shown = None if "alles" in request.query else SHOWN
    return _page(request, "vaardigheid.html", {"page": found, "shown": shown})


async def group(request: web.Request) -> web.Response:
    """Tell about a group, and what is in it."""
    try:
        found = request.app[BROWSING].group(request.match_info["slug"], _number(request))
    except UnknownPageError:
        return _unknown(request)
    return _page(request, "groep.html", {"page": found})


async def move(request: web.Request) -> web.Response:
    """Show the way from one occupation to another."""
    browsing = request.app[BROWSING]
    words = {name: request.query.get(name, "").strip()[:MAX_TEXT] for name in ("van", "naar")}
    found, unknown = {}, []
    for name, text in words.items():
        try:
            if text:
                found[name] = await browsing.meant(text)
        except UnknownPageError:
            unknown.append(text)
    way = await browsing.way(found["van"], found["naar"]) if len(found) == len(words) else None
    names = words | {name: one.name for name, one in found.items()}
    return _page(request, "overstappen.html", {"words": names, "unknown": unknown, "way": way})


def _number(request: web.Request) -> int:
    """Return which part of a list is asked for; whatever is no number asks for the first."""
    text = request.query.get("deel", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS else 1


def _unknown(request: web.Request) -> web.Response:
    return _page(request, "onbekend.html", {"text": ""}, status=404)


def _page(
    request: web.Request, template: str, context: Mapping[str, object], *, status: int = 200
) -> web.Response:
    sources = request.app[BROWSING].sources
    return aiohttp_jinja2.render_template(template, request, {**context, "sources": sources}, status=status)
