"""What the website channel answers, one function a call of the public HTTP contract."""

import asyncio
import json
import random
from dataclasses import replace
from typing import Any

from aiohttp import WSMsgType, web

from connectors.announcer import Announcer
from connectors.bot_client import BotFailedError, BotUnavailableError
from connectors.gateway import EmptyMessageError, Gateway
from connectors.problems import Problem, ProblemError
from connectors.throttle import TooFastError
from connectors.typing import Side, TypingBoard
from connectors.website.access import (
    CONVERSATIONS,
    PROXIES,
    STREAM_PROTOCOL,
    THROTTLE,
    bearer_token,
    conversation_of,
    open_conversation,
    stream_token,
    visitor,
)
from connectors.website.coach_news import coach_news
from connectors.website.continuing import go_on
from connectors.website.incoming import (
    PassportFormat,
    is_typing_sign,
    parse_message,
    parse_opening,
    parse_passport_format,
    parse_position,
    parse_rating,
)
from connectors.website.outgoing import render_transcript
from counter.conversations.model import (
    Conversation,
    PayloadNotOfferedError,
    Transcript,
    UnknownConversationError,
)
from counter.passport.model import EmptyPassportError
from counter.passport.service import PassportService
from counter.preservations.model import MustBeKeptError
from counter.ratings.model import NotAnAnswerError
from counter.ratings.service import RatingService

GATEWAY = web.AppKey("gateway", Gateway)
ANNOUNCER = web.AppKey("announcer", Announcer)
TYPING = web.AppKey("typing", TypingBoard)
PASSPORTS = web.AppKey("passports", PassportService)
RATINGS = web.AppKey("ratings", RatingService)
OPENAPI = web.AppKey("openapi", dict[str, Any])

CONTENT_TYPES = {
    PassportFormat.PDF: "application/pdf",
    PassportFormat.JSON: "application/ld+json",
    PassportFormat.EUROPASS: "application/ld+json",
    PassportFormat.PLAIN: "application/json",
}
_FILE_NAMES = {
    PassportFormat.PDF: "skillspaspoort.pdf",
    PassportFormat.JSON: "skillspaspoort.json",
    PassportFormat.EUROPASS: "skillspaspoort-europass.json",
    PassportFormat.PLAIN: "skillspaspoort-gegevens.json",
}
# Seconds between two signs of life, so that proxies and browsers keep the line open.
HEARTBEAT = 20.0
# The longest frame that a page may send over the stream, in bytes: a sign, and no text.
MAX_SIGN = 64


async def openapi(request: web.Request) -> web.Response:
    """Return the description of this interface."""
    return web.json_response(request.app[OPENAPI])


async def open_new(request: web.Request) -> web.Response:
    """Open a conversation, or go on with one by its code; with an earlier token it is the same person's."""
    code = parse_opening(await _json(request))
    await count_visit(request, opens=True)
    try:
        opened = (
            await go_on(request, code)
            if code
            else await request.app[CONVERSATIONS].open("website", earlier_token=bearer_token(request))
        )
    except UnknownConversationError as error:
        raise ProblemError(Problem.NOT_AUTHENTICATED) from error
    return web.json_response({"id": opened.id, "token": opened.token}, status=201)


async def send(request: web.Request) -> web.Response:
    """Take a message; it is stored when this answers."""
    conversation = await conversation_of(request)
    inbound = parse_message(await _json(request))
    await count_visit(request)
    try:
        received = await request.app[GATEWAY].receive(conversation, inbound)
    except TooFastError as error:
        raise ProblemError(Problem.TOO_FAST, after=error.after) from error
    except EmptyMessageError as error:
        raise ProblemError(Problem.EMPTY_MESSAGE) from error
    except PayloadNotOfferedError as error:
        raise ProblemError(Problem.PAYLOAD_NOT_OFFERED) from error
    request.app[TYPING].end(conversation.id, Side.PERSON)
    return web.json_response({"seq": received.message.seq}, status=202)


async def read(request: web.Request) -> web.Response:
    """Return what was said after `after`; wait at most `wait` seconds when that is nothing."""
    conversation = await conversation_of(request)
    after, wait = parse_position(request.query)
    with request.app[ANNOUNCER].listening(conversation.id) as news:
        transcript = await _transcript(request.app, conversation.id, after)
        if wait and not transcript.messages:
            try:
                async with asyncio.timeout(wait):
                    await news.wait()
            except TimeoutError:
                pass
            # It may have gone on elsewhere meanwhile, where who waits here is no part of it.
            await conversation_of(request)
            transcript = await _transcript(request.app, conversation.id, after)
    return web.json_response(await _rendered(request.app, conversation.id, transcript))


async def stream(request: web.Request) -> web.WebSocketResponse:
    """Send what is said, live, from `after` on."""
    conversation_id, token = request.match_info["id"], stream_token(request)
    await open_conversation(request.app[CONVERSATIONS], conversation_id, token)
    after, _ = parse_position(request.query)
    socket = web.WebSocketResponse(
        protocols=[STREAM_PROTOCOL], heartbeat=some_of(HEARTBEAT), max_msg_size=MAX_SIGN
    )
    await socket.prepare(request)
    sending = asyncio.create_task(_send_news(request.app, socket, conversation_id, token, after))
    board = request.app[TYPING]
    try:
        async for message in socket:
            if message.type is WSMsgType.ERROR:
                break
            # That somebody is typing; not what.
            if message.type is WSMsgType.TEXT and is_typing_sign(message.data):
                board.begin(conversation_id, Side.PERSON)
    finally:
        board.end(conversation_id, Side.PERSON)
        sending.cancel()
        await asyncio.gather(sending, return_exceptions=True)
    return socket


def some_of(seconds: float) -> float:
    """Return most of a pause: what was opened all at once does not come back all at once."""
    return seconds * random.uniform(0.5, 1.0)  # noqa: S311 - no secret


async def export(request: web.Request) -> web.Response:
    """Return everything the counter keeps about this person, to take away."""
    return await export_of(request, (await conversation_of(request)).id)


async def export_of(request: web.Request, conversation_id: str) -> web.Response:
    """Return everything the counter keeps about the person of this conversation."""
    everything = await request.app[CONVERSATIONS].export(conversation_id)
    return web.json_response(
        everything,
        headers={"Content-Disposition": 'attachment; filename="mijn-gegevens.json"'},
        dumps=lambda data: json.dumps(data, ensure_ascii=False, indent=2),
    )


async def passport(request: web.Request) -> web.Response:
    """Return the person's skills passport: a PDF for people, Open Badges for programs."""
    return await passport_of(request, await conversation_of(request))


async def passport_of(request: web.Request, conversation: Conversation) -> web.Response:
    """Return the skills passport of the person of this conversation, in the format that is asked.

    Raises:
        ProblemError: there is nothing in it, or no such format.
    """
    try:
        return await passport_file(request, conversation.id, parse_passport_format(request.query))
    except EmptyPassportError as error:
        raise ProblemError(Problem.EMPTY_PASSPORT) from error


async def passport_file(request: web.Request, conversation_id: str, format_: PassportFormat) -> web.Response:
    """Return a person's skills passport as a file.

    Raises:
        EmptyPassportError: there is nothing in it.
    """
    passports = request.app[PASSPORTS]
    match format_:
        case PassportFormat.PDF:
            body = await passports.pdf(conversation_id)
        case PassportFormat.JSON:
            body = _as_bytes(await passports.credentials(conversation_id))
        case PassportFormat.EUROPASS:
            body = _as_bytes(await passports.europass(conversation_id))
        case PassportFormat.PLAIN:
            body = _as_bytes(await passports.plain(conversation_id))
    return web.Response(
        body=body,
        content_type=CONTENT_TYPES[format_],
        headers={"Content-Disposition": f'attachment; filename="{_FILE_NAMES[format_]}"'},
    )


def _as_bytes(document: dict[str, Any]) -> bytes:
    return json.dumps(document, ensure_ascii=False, indent=2).encode()


async def rate(request: web.Request) -> web.Response:
    """Keep what somebody thinks of an answer, in place of what they thought before."""
    conversation = await conversation_of(request)
    rating = parse_rating(await _json(request))
    await count_visit(request)
    try:
        await request.app[RATINGS].rate(conversation.id, rating)
    except NotAnAnswerError as error:
        raise ProblemError(Problem.NOT_AN_ANSWER) from error
    except UnknownConversationError as error:  # erased meanwhile
        raise ProblemError(Problem.UNKNOWN_CONVERSATION) from error
    return web.json_response({"seq": rating.seq, "helpful": rating.is_helpful, "reason": rating.reason})


async def erase(request: web.Request) -> web.Response:
    """Erase the conversation and what was submitted in it."""
    conversation = await conversation_of(request)
    try:
        await request.app[GATEWAY].forget(conversation)
    except (BotUnavailableError, BotFailedError) as error:
        raise ProblemError(Problem.BOT_UNAVAILABLE) from error
    except MustBeKeptError as error:
        raise ProblemError(Problem.MUST_BE_KEPT) from error
    return web.Response(status=204)


async def count_visit(request: web.Request, *, opens: bool = False) -> None:
    """Count something that is sent, or a conversation that is opened, from this address.

    Raises:
        ProblemError: there were too many just before.
    """
    try:
        await request.app[THROTTLE].visit(visitor(request, request.app[PROXIES]), opens=opens)
    except TooFastError as error:
        raise ProblemError(Problem.TOO_FAST, after=error.after) from error


async def _json(request: web.Request) -> object:
    try:
        return await request.json()
    except (ValueError, LookupError) as error:  # no JSON, no UTF-8, no known encoding
        raise ProblemError(Problem.BAD_REQUEST) from error


async def _transcript(app: web.Application, conversation_id: str, after: int) -> Transcript:
    """Return what was said after `after`; a coach who types shows as Noor does."""
    try:
        transcript = await app[CONVERSATIONS].transcript(conversation_id, after=after)
    except UnknownConversationError as error:  # erased meanwhile
        raise ProblemError(Problem.UNKNOWN_CONVERSATION) from error
    is_coach_typing = app[TYPING].is_typing(conversation_id, Side.COACH)
    return replace(transcript, typing=transcript.typing or is_coach_typing)


async def _rendered(app: web.Application, conversation_id: str, transcript: Transcript) -> dict[str, Any]:
    return render_transcript(transcript, await coach_news(app, conversation_id, transcript.owner))


async def _send_news(
    app: web.Application, socket: web.WebSocketResponse, conversation_id: str, token: str | None, after: int
) -> None:
    with app[ANNOUNCER].listening(conversation_id) as news:
        while not socket.closed:
            news.clear()
            try:
                # Each time anew: it may have been erased, or have gone on elsewhere.
                await open_conversation(app[CONVERSATIONS], conversation_id, token)
                transcript = await _transcript(app, conversation_id, after)
            except ProblemError:
                await socket.close()
                return
            await socket.send_json(await _rendered(app, conversation_id, transcript))
            if transcript.messages:
                after = transcript.messages[-1].seq
            news.reached = after
            await news.wait()
