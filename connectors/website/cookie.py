"""The conversation of a browser without JavaScript: its secret in a cookie that only we are sent."""

from aiohttp import hdrs, web

from connectors.website.access import CONVERSATIONS, open_conversation
from counter.conversations.model import (
    Conversation,
    ConversationMovedError,
    OpenedConversation,
    UnknownConversationError,
)

NAME = "loket_gesprek"
PATH = "/gesprek"
# Between the id and the token; neither holds one.
_SEPARATOR = "."


def keep(request: web.Request, response: web.StreamResponse, opened: OpenedConversation) -> None:
    """Give the browser the key; it goes when the browser closes, for the computer may be everybody's."""
    response.set_cookie(
        NAME,
        f"{opened.id}{_SEPARATOR}{opened.token}",
        path=PATH,
        httponly=True,
        samesite="Strict",
        secure=is_secure(request),
    )


def forget(response: web.StreamResponse) -> None:
    """Take the key back."""
    response.del_cookie(NAME, path=PATH)


async def kept(request: web.Request) -> Conversation | None:
    """Return the conversation this browser has the key of, or None when it has none (any more)."""
    key = key_in(request)
    if key is None:
        return None
    try:
        return await request.app[CONVERSATIONS].authenticate(*key)
    except (ConversationMovedError, UnknownConversationError):
        return None


async def has_moved(request: web.Request) -> bool:
    """Tell whether the conversation this browser had the key of went on elsewhere."""
    key = key_in(request)
    if key is None:
        return False
    try:
        await request.app[CONVERSATIONS].authenticate(*key)
    except ConversationMovedError:
        return True
    except UnknownConversationError:
        return False
    return False


async def required(request: web.Request) -> Conversation:
    """Return the conversation this browser has the key of.

    Raises:
        ProblemError: it has no key, or not the right one.
    """
    conversation_id, token = key_in(request) or ("", None)
    return await open_conversation(request.app[CONVERSATIONS], conversation_id, token)


def key_in(request: web.Request) -> tuple[str, str] | None:
    """Return the id and the token in the cookie, or None."""
    conversation_id, _, token = request.cookies.get(NAME, "").partition(_SEPARATOR)
    return (conversation_id, token) if conversation_id and token else None


def is_secure(request: web.Request) -> bool:
    """Tell whether the browser reached us over TLS, so that a cookie may ask for it."""
    # The proxy speaks TLS with the browser, and plainly with us.
    return request.secure or request.headers.get(hdrs.X_FORWARDED_PROTO) == "https"
