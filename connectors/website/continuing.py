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
from counter.conversations.model import Conversation, OpenedConversation

CONTINUATIONS = web.AppKey("continuations", ContinuationService)
PUBLIC_URL = web.AppKey("public_url", str)


async def issue_code(request: web.Request) -> web.Response:
    """Return a code that moves this conversation, and an address and a QR code for each place it can go."""
    code = await new_code(request, await conversation_of(request))
    return web.json_response(
        {"code": code.text, "expires_at": code.expires_at.isoformat(), "ways": ways(request, code)},
        status=201,
    )


async def new_code(request: web.Request, conversation: Conversation) -> Code:
    """Return a code that moves a conversation; an earlier one opens nothing any more.

    Raises:
        ProblemError: too many were asked for.
    """
    try:
        await request.app[THROTTLE].issue(conversation.id)
    except TooFastError as error:
        raise ProblemError(Problem.TOO_MANY_CODES, after=error.after) from error
    return await request.app[CONTINUATIONS].issue(conversation.id)


def ways(request: web.Request, code: Code) -> list[dict[str, str]]:
    """Return where a code can be used: the channel, an address that gives it there, and that as a picture."""
    return [
        {"channel": channel, "url": url, "qr": segno.make(url).svg_data_uri(scale=4, border=2)}
        for channel, url in _addresses(request, code)
    ]


async def go_on(request: web.Request, code: str) -> OpenedConversation:
    """Open the conversation of a code here.

    Raises:
        ProblemError: the code opens nothing, or somebody is guessing.
    """
    try:
        await request.app[THROTTLE].guess(visitor(request, request.app[PROXIES]))
        return await request.app[CONTINUATIONS].take_to_website(code)
    except TooFastError as error:
        raise ProblemError(Problem.TOO_MANY_CODES, after=error.after) from error
    except UnknownCodeError as error:
        raise ProblemError(Problem.UNKNOWN_CODE) from error


def _addresses(request: web.Request, code: Code) -> Iterator[tuple[str, str]]:
    home: Any = request.app[PUBLIC_URL] or request.url.origin()
    # Behind the hash: browsers keep that to themselves, so that no code stands in anybody's log.
    yield "website", f"{str(home).rstrip('/')}/#code={code.text}"
    for name, channel in request.app[CHANNELS].items():
        if (url := channel.link(code.text)) is not None:
            yield name, url
