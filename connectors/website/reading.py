"""Reading a conversation that is held in a chat app: a link from there, opened once, by a person.

Who sends a link through a chat app shows it to the app's own machines, which look at what is behind it. So
the page shows nothing of the conversation, and the key is used by pressing a button, not by looking.
"""

import aiohttp_jinja2
from aiohttp import hdrs, web

from connectors.problems import Problem, ProblemError
from connectors.throttle import TooFastError
from connectors.website import access
from connectors.website.continuing import CONTINUATIONS
from connectors.website.wording import as_text
from counter.clock import utc_now
from counter.continuations.model import UnknownCodeError
from counter.conversations.model import UnknownConversationError

# No key is nearly this long; more need not come back with the page.
_LONGEST_KEY = 64


async def ask(request: web.Request) -> web.Response:
    """Show a button that gives the conversation; this uses nothing up."""
    return _page(request, key=request.query.get("sleutel", ""))


async def give(request: web.Request) -> web.Response:
    """Give the conversation of a key as a text file; the key opens nothing after this.

    Raises:
        ProblemError: somebody is guessing.
    """
    key = (await request.post()).get("sleutel")
    try:
        await request.app[access.THROTTLE].guess(access.visitor(request, request.app[access.PROXIES]))
        conversation_id = await request.app[CONTINUATIONS].use_reading_key(
            key if isinstance(key, str) else ""
        )
        transcript = await request.app[access.CONVERSATIONS].transcript(conversation_id)
    except TooFastError as error:
        raise ProblemError(Problem.TOO_MANY_CODES, after=error.after) from error
    except (UnknownCodeError, UnknownConversationError):
        return _page(request, key="", status=404)
    return web.Response(
        text=as_text(transcript.messages, made_at=utc_now()),
        headers={
            hdrs.CONTENT_DISPOSITION: 'attachment; filename="gesprek-met-noor.txt"',
            hdrs.CACHE_CONTROL: "no-store",
        },
    )


def _page(request: web.Request, *, key: str, status: int = 200) -> web.Response:
    response = aiohttp_jinja2.render_template(
        "gesprek-lezen.html", request, {"key": key[:_LONGEST_KEY]}, status=status
    )
    response.headers[hdrs.CACHE_CONTROL] = "no-store"
    # No search engine keeps a key that somebody put on a page.
    response.headers["X-Robots-Tag"] = "noindex"
    return response
