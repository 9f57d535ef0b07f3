"""Who may open a conversation: whoever holds its token."""

from aiohttp import web

from connectors.problems import Problem, ProblemError
from connectors.throttle import Throttle
from counter.conversations.model import Conversation, ConversationMovedError, UnknownConversationError
from counter.conversations.service import ConversationService

CONVERSATIONS = web.AppKey("conversations", ConversationService)
THROTTLE = web.AppKey("throttle", Throttle)
PROXIES = web.AppKey("proxies", int)

# Browsers cannot set a header on a WebSocket; the token comes as a subprotocol `bearer.<token>`.
STREAM_PROTOCOL = "loket.v1"
_BEARER_PROTOCOL = "bearer."


def bearer_token(request: web.Request) -> str | None:
    """Return the token of the `Authorization: Bearer` header, or None."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" and token.strip() else None


def stream_token(request: web.Request) -> str | None:
    """Return the token that a WebSocket request carries, in the header or as a subprotocol."""
    offered = request.headers.get("Sec-WebSocket-Protocol", "").split(",")
    for protocol in (name.strip() for name in offered):
        if protocol.startswith(_BEARER_PROTOCOL):
            return protocol.removeprefix(_BEARER_PROTOCOL)
    return bearer_token(request)


async def conversation_of(request: web.Request) -> Conversation:
    """Return the conversation of this address, when its token comes with the request.

    Raises:
        ProblemError: no token, or not the one of this conversation.
    """
    return await open_conversation(
        request.app[CONVERSATIONS], request.match_info["id"], bearer_token(request)
    )


async def open_conversation(
    conversations: ConversationService, conversation_id: str, token: str | None
) -> Conversation:
    """Return the conversation that the token opens.

    Raises:
        ProblemError: no token, or not the one of this conversation.
    """
    if token is None:
        raise ProblemError(Problem.NOT_AUTHENTICATED)
    try:
        return await conversations.authenticate(conversation_id, token)
    except ConversationMovedError as error:
        raise ProblemError(Problem.CONVERSATION_MOVED) from error
    except UnknownConversationError as error:
        raise ProblemError(Problem.UNKNOWN_CONVERSATION) from error


def visitor(request: web.Request, proxies: int) -> str:
    """Return the address on the internet that a request comes from, past this many proxies of our own.

    Each proxy adds whom it heard to `X-Forwarded-For`; what stands further left anybody may have made up.
    """
    forwarded = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",")]
    if proxies and len(forwarded) >= proxies and forwarded[-proxies]:
        return forwarded[-proxies]
    return request.remote or ""
