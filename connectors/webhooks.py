"""`/webhooks/<channel>`: where providers bring what people sent. Stored before it is acknowledged."""

import json
from collections.abc import Mapping

import structlog
from aiohttp import web

from connectors.channel import Channel
from connectors.problems import Problem, ProblemError
from connectors.reception import Reception

CHANNELS = web.AppKey("channels", dict[str, Channel])
RECEPTION = web.AppKey("reception", Reception)

# Meta sends up to 1,000 events together, in at most 3 MB
# (https://developers.facebook.com/docs/graph-api/webhooks/getting-started).
MAX_BODY_BYTES = 3 * 1024 * 1024

log = structlog.get_logger(__name__)


def routes() -> list[web.AbstractRouteDef]:
    """Return the addresses of every channel that is brought its messages."""
    return [
        web.get("/webhooks/{channel}", shake_hands),
        web.post("/webhooks/{channel}", take),
    ]


async def shake_hands(request: web.Request) -> web.Response:
    """Answer a provider that tries this address out."""
    answer = _channel(request).handshake(request.query)
    if answer is None:
        raise ProblemError(Problem.FORBIDDEN)
    return web.Response(text=answer)


async def take(request: web.Request) -> web.Response:
    """Store what a provider brings; what it brings twice is stored once."""
    channel = _channel(request)
    body = await request.clone(client_max_size=MAX_BODY_BYTES).read()
    if not channel.verify(_lower(request.headers), body):
        raise ProblemError(Problem.FORBIDDEN)
    try:
        update = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise ProblemError(Problem.BAD_REQUEST) from error
    events = channel.parse(update)
    if not events:
        # Acknowledged all the same: a provider would bring it again for days.
        log.info("update_without_events", channel=channel.name)
    await request.app[RECEPTION].take(channel, events)
    return web.Response()


def _channel(request: web.Request) -> Channel:
    channel = request.app[CHANNELS].get(request.match_info["channel"])
    if channel is None:
        raise ProblemError(Problem.NOT_FOUND)
    return channel


def _lower(headers: Mapping[str, str]) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}
