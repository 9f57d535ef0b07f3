"""Getting in and out: the page that explains, the link that Noor gives, the chat's key, and the end."""

from http import HTTPStatus

from aiohttp import web

from connectors.problems import Problem, ProblemError
from connectors.throttle import TooFastError
from connectors.website import access as conversation_access
from connectors.website import cookie as chat
from connectors.website.personal import cookie
from connectors.website.personal.access import DONE, VISITS, to, visit_at_door
from connectors.website.personal.menu import address_of
from connectors.website.personal.showing import form_of, render
from counter.conversations.model import ConversationMovedError, UnknownConversationError
from counter.visits.model import UnknownKeyError

# What brought somebody to the door, told there.
NOTES = ("verlopen", "weg", "nakijken")
# No key and no number of a page is nearly this long; more need not come back with the page.
_LONGEST = 64


async def home(request: web.Request) -> web.Response:
    """Show what there is; who is not in reads how to get in."""
    if visit_at_door(request) is not None:
        return render(request, "mijn-begin.html", {})
    note = next((name for name in NOTES if name in request.query), None)
    return render(
        request, "mijn-deur.html", {"note": note, "wanted": request.query.get("naar", "")[:_LONGEST]}
    )


async def let_in_from_chat(request: web.Request) -> web.Response:
    """Let in who holds the key of a conversation: the chat sends it along, in no address."""
    form = await form_of(request)
    try:
        conversation = await request.app[conversation_access.CONVERSATIONS].authenticate(
            form.get("gesprek", ""), form.get("sleutel", "")
        )
        token = await request.app[VISITS].begin(conversation.id)
    except (ConversationMovedError, UnknownConversationError):
        return to("/mijn?weg")
    return _enter(request, token, form.get("naar", ""))


async def let_in_from_page(request: web.Request) -> web.Response:
    """Let in who talks with Noor on the page without JavaScript; to that page who talks nowhere."""
    conversation = await chat.kept(request)
    if conversation is None:
        return to("/gesprek")
    token = await request.app[VISITS].begin(conversation.id)
    return _enter(request, token, request.query.get("naar", ""))


async def ask(request: web.Request) -> web.Response:
    """Show a button that opens the pages; chat apps fetch links, and this uses nothing up."""
    return render(
        request, "mijn-open.html", _asked(request.query.get("sleutel", ""), request.query.get("naar", ""))
    )


async def let_in_by_link(request: web.Request) -> web.Response:
    """Open the pages with the key of a link; it opens nothing after this.

    Raises:
        ProblemError: somebody is guessing.
    """
    form = await form_of(request)
    try:
        token = await request.app[VISITS].use(form.get("sleutel", ""), page_id=form.get("nummer", ""))
    except UnknownKeyError:
        await count_guess(request)
        return render(request, "mijn-open.html", _asked("", ""), status=HTTPStatus.NOT_FOUND)
    return _enter(request, token, form.get("naar", ""))


async def count_guess(request: web.Request) -> None:
    """Count a wrong key; right ones are free, for a whole library may share an address.

    Raises:
        ProblemError: too many were wrong.
    """
    visitor = conversation_access.visitor(request, request.app[conversation_access.PROXIES])
    try:
        await request.app[conversation_access.THROTTLE].guess(visitor)
    except TooFastError as error:
        raise ProblemError(Problem.TOO_MANY_CODES, after=error.after) from error


async def leave(request: web.Request) -> web.Response:
    """End the visit in this browser, and say so."""
    token = cookie.token_in(request)
    if token is not None:
        await request.app[VISITS].end(token)
    response = to(DONE)
    cookie.forget(response)
    return response


async def left(request: web.Request) -> web.Response:
    """Tell that nobody can look here any more, and what else a shared computer may hold."""
    return render(request, "mijn-klaar.html", {})


def _asked(key: str, wanted: str) -> dict[str, str]:
    return {"key": key[:_LONGEST], "wanted": wanted[:_LONGEST]}


def _enter(request: web.Request, token: str, wanted: str) -> web.Response:
    response = to(address_of(wanted))
    cookie.keep(request, response, token)
    return response
