"""Going on with a conversation elsewhere: a code and the ways to use it, and opening with a code."""

from collections.abc import Iterator
from typing import Any

import segno
from aiohttp import web

from connectors.problems import Problem, ProblemError
from connectors.throttle import TooFastError
from connectors.webhooks import CHANNELS
from connectors.website.access import PROXIES, THROTTLE, conversation_of, visitor
from counter.continuations.model import Code, UnknownCodeError
from counter.continuations.service import ContinuationService
from counter.conversations.model import OpenedConversation

CONTINUATIONS = web.AppKey("continuations", ContinuationService)
PUBLIC_URL = web.AppKey("public_url", str)


async def issue_code(request: web.Request) -> web.Response:
    """Return a code that moves this conversation, and an address and a QR code for each place it can go."""
    conversation = await conversation_of(request)
    try:
        await request.app[THROTTLE].issue(conversation.id)
    except TooFastError as error:
        raise ProblemError(Problem.TOO_FAST, after=error.after) from error
    code = await request.app[CONTINUATIONS].issue(conversation.id)
    return web.json_response(
        {
            "code": code.text,
            "expires_at": code.expires_at.isoformat(),
            "ways": [
                {"channel": channel, "url": url, "qr": segno.make(url).svg_data_uri(scale=4, border=2)}
                for channel, url in _ways(request, code)
            ],
        },
        status=201,
    )


async def go_on(request: web.Request, code: str) -> OpenedConversation:
    """Open the conversation of a code here.

    Raises:
        ProblemError: the code opens nothing, or somebody is guessing.
    """
    try:
        await request.app[THROTTLE].guess(visitor(request, request.app[PROXIES]))
        return await request.app[CONTINUATIONS].take_to_website(code)
    except TooFastError as error:
        raise ProblemError(Problem.TOO_FAST, after=error.after) from error
    except UnknownCodeError as error:
        raise ProblemError(Problem.UNKNOWN_CODE) from error


def _ways(request: web.Request, code: Code) -> Iterator[tuple[str, str]]:
    home: Any = request.app[PUBLIC_URL] or request.url.origin()
    # Behind the hash: browsers keep that to themselves, so that no code stands in anybody's log.
    yield "website", f"{str(home).rstrip('/')}/#code={code.text}"
    for name, channel in request.app[CHANNELS].items():
        if (url := channel.link(code.text)) is not None:
            yield name, url
