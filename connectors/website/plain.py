"""The conversation as plain HTML forms, for browsers without JavaScript: read, send, read on."""

import asyncio
from collections.abc import Mapping
from hashlib import sha256
from http import HTTPStatus

import aiohttp_jinja2
from aiohttp import hdrs, web

from connectors.bot_client import BotFailedError, BotUnavailableError
from connectors.gateway import EmptyMessageError, Inbound
from connectors.problems import Problem, ProblemError, problem_texts
from connectors.screening import MAX_CHARACTERS
from connectors.throttle import TooFastError
from connectors.website import access, continuing, cookie, views
from connectors.website.coach_news import CoachNews, coach_news
from connectors.website.incoming import read_code
from connectors.website.limits import MAX_CLIENT_ID, MAX_SEQ
from connectors.website.origins import is_own_page
from connectors.website.wording import as_text
from counter.calendar import local_moment
from counter.clock import utc_now
from counter.conversations.model import (
    Content,
    Conversation,
    PayloadNotOfferedError,
    Sender,
    Transcript,
    UnknownConversationError,
)
from counter.database import new_id
from counter.preservations.model import MustBeKeptError

PAGE = "/gesprek"
# Seconds the page waits for an answer, which takes a fraction of one unless something is wrong.
PATIENCE = 4.0
GREETING = "/groeten"
PERSON = "/coach_spreken"
# What a form came to, told on the page that follows it.
NOTES = ("weg", "gewist", "blijft", "storing", "snel", "elders-verder")
# No code is nearly this long; more need not come back with the page.
MAX_TYPED = 40


async def show(request: web.Request) -> web.Response:
    """Show what was said and all that can be said now; waits a little for an answer."""
    conversation = await cookie.kept(request)
    note = next((name for name in NOTES if name in request.query), None)
    if conversation is None and await cookie.has_moved(request):
        note = "elders"
    return await _page(request, conversation, note=note)


async def _page(
    request: web.Request,
    conversation: Conversation | None,
    *,
    note: str | None = None,
    status: int = HTTPStatus.OK,
    **more: object,
) -> web.Response:
    transcript = None if conversation is None else await _settled(request, conversation.id)
    context = {
        "transcript": transcript,
        "news": await _news(request, conversation, transcript),
        "newest": _newest(transcript),
        "note": note,
        "client_id": new_id(),
        "max_characters": MAX_CHARACTERS,
        "code": None,
        "code_error": None,
        **more,
    }
    response = aiohttp_jinja2.render_template("gesprek.html", request, context, status=status)
    # With no referrer at all, a browser does not tell us that a form was our own.
    response.headers[hdrs.REFERRER_POLICY] = "same-origin"
    response.headers[hdrs.CACHE_CONTROL] = "no-store"
    return response


async def _news(
    request: web.Request, conversation: Conversation | None, transcript: Transcript | None
) -> CoachNews:
    if conversation is None or transcript is None:
        return CoachNews()
    return await coach_news(request.app, conversation.id, transcript.owner)


async def say(request: web.Request) -> web.Response:
    """Do what a form asks, and send the browser on to read what came of it.

    Raises:
        ProblemError: the form stands on a page of another site.
    """
    if not is_own_page(request):
        raise ProblemError(Problem.ORIGIN_NOT_ALLOWED)
    form = {name: value for name, value in (await request.post()).items() if isinstance(value, str)}
    wish, conversation = form.get("doe", ""), await cookie.kept(request)
    if wish == "wissen":
        return await _erase(request, conversation)
    if wish == "verder":
        return await _go_on(request, conversation, form.get("code", ""))
    try:
        if wish == "code":
            return await _give_code(request, conversation)
        if conversation is None or wish == "nieuw":
            return await _begin(request, conversation, form)
        await views.count_visit(request)
        await _send(request, conversation, form)
    except (ProblemError, TooFastError):
        return _to(f"{PAGE}?snel")
    return _to(f"{PAGE}#nieuw")


async def download(request: web.Request) -> web.Response:
    """Give the conversation as a text file."""
    conversation = await cookie.required(request)
    transcript = await request.app[access.CONVERSATIONS].transcript(conversation.id)
    return web.Response(
        text=as_text(transcript.messages, made_at=utc_now()),
        headers={
            "Content-Disposition": 'attachment; filename="gesprek-met-noor.txt"',
            hdrs.CACHE_CONTROL: "no-store",
        },
    )


async def export(request: web.Request) -> web.Response:
    """Give everything the counter keeps about this person."""
    return await views.export_of(request, (await cookie.required(request)).id)


async def passport(request: web.Request) -> web.Response:
    """Give the person's skills passport."""
    return await views.passport_of(request, await cookie.required(request))


def _to(address: str) -> web.Response:
    return web.Response(status=HTTPStatus.SEE_OTHER, headers={hdrs.LOCATION: address})


async def _begin(request: web.Request, earlier: Conversation | None, form: Mapping[str, str]) -> web.Response:
    """Open a conversation, of the same person as an earlier one, and send what the form holds."""
    key = cookie.key_in(request)
    note = "?elders-verder" if await cookie.has_moved(request) else "?weg" if key and earlier is None else ""
    await views.count_visit(request, opens=True)
    conversations, gateway = request.app[access.CONVERSATIONS], request.app[views.GATEWAY]
    opened = await conversations.open("website", earlier_token=key[1] if earlier and key else None)
    conversation = await conversations.authenticate(opened.id, opened.token)
    await gateway.receive(conversation, Inbound(payload=GREETING))
    # She says who she is before she answers.
    await _settled(request, conversation.id)
    await _send(request, conversation, form)
    response = _to(f"{PAGE}{note}#nieuw")
    cookie.keep(request, response, opened)
    return response


async def _give_code(request: web.Request, conversation: Conversation | None) -> web.Response:
    """Show a code to go on elsewhere; a reload gives a new one, and the one before works no more."""
    if conversation is None:
        return _to(PAGE)
    code = await continuing.new_code(request, conversation)
    return await _page(
        request,
        conversation,
        code=code.text,
        spelled=", ".join(" ".join(group) for group in code.text.split("-")),
        until=f"{local_moment(code.expires_at):%H.%M}",
        ways=continuing.ways(request, code),
    )


async def _go_on(request: web.Request, conversation: Conversation | None, typed: str) -> web.Response:
    """Go on here with the conversation of a code; with one that opens nothing, all stays as it was."""
    try:
        await views.count_visit(request, opens=True)
        opened = await continuing.go_on(request, read_code(typed))
    except ProblemError as error:
        text = problem_texts()[error.problem.value]
        return await _page(
            request, conversation, status=text["status"], typed=typed[:MAX_TYPED], code_error=text["detail"]
        )
    response = _to(f"{PAGE}#nieuw")
    cookie.keep(request, response, opened)
    return response


async def _settled(request: web.Request, conversation_id: str) -> Transcript | None:
    """Return the conversation once Noor has answered, or as it is when she takes too long."""
    deadline = asyncio.get_running_loop().time() + PATIENCE
    with request.app[views.ANNOUNCER].listening(conversation_id) as news:
        while True:
            news.clear()
            try:
                transcript = await request.app[access.CONVERSATIONS].transcript(conversation_id)
                if not transcript.typing:
                    return transcript
                async with asyncio.timeout_at(deadline):
                    await news.wait()
            except TimeoutError:
                return transcript
            except UnknownConversationError:  # erased meanwhile
                return None


def _newest(transcript: Transcript | None) -> int:
    """Return the place of what the person said last, or of the first words; nought when there are none."""
    spoken = [message for message in transcript.messages if _shows(message.content)] if transcript else []
    own = [message.seq for message in spoken if message.sender is Sender.PERSON]
    return own[-1] if own else next((message.seq for message in spoken), 0)


def _shows(content: Content) -> bool:
    return bool(content.text or content.cards or content.buttons)


async def _send(request: web.Request, conversation: Conversation, form: Mapping[str, str]) -> None:
    """Send what the form holds: a choice by its number, a wish for a person, or words; or nothing."""
    payload = (
        PERSON if form.get("doe") == "mens" else await _chosen(request, conversation, form.get("keuze", ""))
    )
    text = "" if payload else form.get("tekst", "")
    try:
        await request.app[views.GATEWAY].receive(
            conversation, Inbound(text=text, payload=payload, client_id=_client_id(form))
        )
    except (EmptyMessageError, PayloadNotOfferedError):
        # Nothing typed, or a button of a conversation that is over: the page shows what there is.
        return


def _client_id(form: Mapping[str, str]) -> str | None:
    """Return an id for what a form says: the same for a form that is sent twice, and for no other."""
    page = form.get("nummer", "")
    said = "\n".join(form.get(name, "") for name in ("doe", "keuze", "tekst"))
    return f"{page}-{sha256(said.encode()).hexdigest()[:16]}" if 0 < len(page) <= MAX_CLIENT_ID // 2 else None


async def _chosen(request: web.Request, conversation: Conversation, number: str) -> str | None:
    """Return the payload of a button by its number, `message.button`; None when there is no such button."""
    seq, _, index = number.partition(".")
    if not all(
        part.isascii() and part.isdecimal() and len(part) <= len(str(MAX_SEQ)) for part in (seq, index)
    ):
        return None
    transcript = await request.app[access.CONVERSATIONS].transcript(conversation.id)
    for message in transcript.messages:
        if message.seq == int(seq):
            buttons = message.content.choices
            return buttons[int(index)]["payload"] if int(index) < len(buttons) else None
    return None


async def _erase(request: web.Request, conversation: Conversation | None) -> web.Response:
    if conversation is not None:
        try:
            await request.app[views.GATEWAY].forget(conversation)
        except (BotUnavailableError, BotFailedError):
            return _to(f"{PAGE}?storing")
        except MustBeKeptError:
            return _to(f"{PAGE}?blijft")
    response = _to(f"{PAGE}?gewist")
    cookie.forget(response)
    return response
