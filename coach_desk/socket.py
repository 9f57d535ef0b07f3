"""The line between a page and the desk: `GET /api/staff/desk`, a WebSocket.

The address says what the page shows: `list`, the page's own filters, and for a case `case` and `first`
(the first message on the page). A page that lost the line opens it again, with the same address: it gets
everything as it is then, so nothing it missed stays missing. Frames to the page: see `coach_desk.screen`.

Frames from the page are JSON objects; `do` says which:

- `say` and `note`: `text`, and a `client_id` of the page's own; the same one again is stored once;
- `typing`: the coach is typing to the person; what they type is not sent;
- `beat`: the page is open; `active` says whether there was a key or a pointer since the last one.

Refused with 403: the case is none of this coach's business. Closed with 4401: the session ended, and the
page must log in.
"""

import asyncio
import json
from collections.abc import Mapping

import structlog
from aiohttp import WSMsgType, web

from coach_desk import admission, saying
from coach_desk.access import COURIER, DESK, HUB, PERSON, PRESENCE, READER, SHOWING
from coach_desk.filtering import filters_in
from coach_desk.screen import Screen, View
from connectors.typing import Side
from connectors.website.views import TYPING, some_of
from counter.desk.overview import DeskList
from staff_entrance import cookie
from staff_entrance.access import LOGINS, staff_of

log = structlog.get_logger(__name__)

# Seconds between two signs of life, and between two looks at whether the session is still there.
HEARTBEAT, SESSION_CHECK = 20.0, 15.0
SESSION_ENDED = 4401
# The longest text, each character four bytes or an escape of six, and some around it.
MAX_FRAME = 16_384
MAX_SEQ = 999_999_999


async def desk(request: web.Request) -> web.WebSocketResponse:
    """Keep a page up to date, and take what its coach does, until either side goes."""
    me, view = await staff_of(request), view_in(request.query)
    if view.number is not None:
        await admission.check(request, view.number)
    socket = web.WebSocketResponse(heartbeat=some_of(HEARTBEAT), max_msg_size=MAX_FRAME)
    await socket.prepare(request)
    hub = request.app[HUB]
    screen = Screen(
        me,
        view,
        reader=request.app[READER],
        showing=request.app[SHOWING],
        person=request.app[PERSON],
        outlook=lambda: hub.outlook,
    )
    await request.app[PRESENCE].beat(me.id, is_active=True, looking_at=view.number)
    with hub.showing(screen):
        screen.see(case=True)
        work = [
            asyncio.create_task(_show(screen, socket)),
            asyncio.create_task(_end_with_session(request, socket)),
        ]
        try:
            async for message in socket:
                if message.type is WSMsgType.TEXT:
                    await _do(request, socket, screen, message.data)
        finally:
            for task in work:
                task.cancel()
            await asyncio.gather(*work, return_exceptions=True)
    return socket


def view_in(query: Mapping[str, str]) -> View:
    """Return what a page says that it shows."""
    named, first = query.get("list", ""), query.get("first", "")
    return View(
        which=DeskList(named) if named in list(DeskList) else DeskList.WAITING,
        filters=filters_in(query),
        number=query.get("case") or None,
        first=min(int(first), MAX_SEQ) if first.isascii() and first.isdecimal() else None,
    )


async def _show(screen: Screen, socket: web.WebSocketResponse) -> None:
    while not socket.closed:
        try:
            frames = await screen.changes()
        except Exception:
            # The page opens the line again, and reads everything anew.
            log.exception("desk_screen_failed")
            await socket.close()
            return
        if screen.is_closed:
            await socket.close()
            return
        for frame in frames:
            await socket.send_json(frame)


async def _end_with_session(request: web.Request, socket: web.WebSocketResponse) -> None:
    token = cookie.token_in(request)
    while True:
        await asyncio.sleep(some_of(SESSION_CHECK))
        if token is None or not await request.app[LOGINS].lasts(token):
            await socket.close(code=SESSION_ENDED)
            return


async def _do(request: web.Request, socket: web.WebSocketResponse, screen: Screen, data: str) -> None:
    """Do what the page asks; what is no frame of ours is nothing."""
    app = request.app
    try:
        frame = json.loads(data)
    except ValueError:
        return
    try:
        match frame:
            case {"do": "say", "text": str(text), "client_id": str(client_id)} if screen.number:
                why = await saying.say(app[DESK], screen.number, screen.me, text, client_id=client_id)
                app[TYPING].end(screen.conversation_id or "", Side.COACH)
                await socket.send_json(_answer(app, "said", client_id, why))
            case {"do": "note", "text": str(text), "client_id": str(client_id)} if screen.number:
                why = await saying.note(app[DESK], screen.number, screen.me, text, client_id=client_id)
                await socket.send_json(_answer(app, "noted", client_id, why))
            case {"do": "typing"}:
                await _type(app, screen)
            case {"do": "beat", "active": bool(is_active)}:
                await app[PRESENCE].beat(screen.me.id, is_active=is_active, looking_at=screen.number)
                if is_active:
                    # A page that is only open lets the session run out.
                    await app[LOGINS].session(cookie.token_in(request) or "")
            case _:
                pass
    except Exception:
        # Whatever was not stored the page says again, under the same id, once the line is open again.
        log.exception("desk_frame_failed")
        await socket.close()


async def _type(app: web.Application, screen: Screen) -> None:
    """Show the person that their coach is typing; to others who look on it means nothing."""
    line = None if screen.number is None else app[HUB].outlook.line(screen.number)
    if screen.conversation_id is None or line is None or line.coach_id != screen.me.id:
        return
    app[TYPING].begin(screen.conversation_id, Side.COACH)
    await app[COURIER].show_typing(screen.conversation_id)


def _answer(app: web.Application, done: str, client_id: str, why: str | None) -> Mapping[str, str]:
    if why is None:
        return {"is": done, "client_id": client_id}
    return {"is": "refused", "client_id": client_id, "html": app[SHOWING].refusal(why)}
