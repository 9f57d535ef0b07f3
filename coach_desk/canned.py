"""The page of canned answers: coaches and editors look after them."""

from collections.abc import Awaitable
from http import HTTPStatus

from aiohttp import web

from coach_desk.access import ANSWERS
from coach_desk.pages import frame_of
from coach_desk.saying import NotSaid
from connectors.screening import clean, refusal
from counter.canned_answers.model import MAX_NAME, MAX_TEXT, UnknownAnswerError
from staff_entrance.access import go_on_to, staff_of
from staff_entrance.forms import form_of
from staff_entrance.pages import render

PAGE = "/coach/antwoorden"


async def show(request: web.Request) -> web.Response:
    """Show every answer that this coach can choose, each in a form."""
    return await _page(request)


async def add(request: web.Request) -> web.Response:
    """Add an answer, for everybody or for oneself."""
    me, form = await staff_of(request), await form_of(request)
    name, text = clean(form.get("naam", "")), clean(form.get("tekst", ""))
    if why := _not_to_be_kept(name, text):
        return await _page(request, refused="nieuw", why=why, typed=(name, text))
    await request.app[ANSWERS].add(me.id, name, text, is_shared=form.get("voor") != "mij")
    return go_on_to(PAGE)


async def change(request: web.Request) -> web.Response:
    """Change an answer, or take it away."""
    me, form, answer_id = await staff_of(request), await form_of(request), request.match_info["id"]
    answers = request.app[ANSWERS]
    if form.get("doe") == "weg":
        return await _done(answers.delete(me.id, answer_id))
    name, text = clean(form.get("naam", "")), clean(form.get("tekst", ""))
    if why := _not_to_be_kept(name, text):
        return await _page(request, refused=answer_id, why=why, typed=(name, text))
    return await _done(answers.change(me.id, answer_id, name, text))


async def _done(work: Awaitable[None]) -> web.Response:
    try:
        await work
    except UnknownAnswerError as error:
        raise web.HTTPNotFound from error
    return go_on_to(PAGE)


async def _page(
    request: web.Request, *, refused: str | None = None, why: str = "", typed: tuple[str, str] = ("", "")
) -> web.Response:
    me = await staff_of(request)
    context = {
        **await frame_of(request, "antwoorden", me),
        "answers": await request.app[ANSWERS].of(me.id),
        "max_name": MAX_NAME,
        "max_text": MAX_TEXT,
        "refused": refused,
        "why": why,
        "typed": typed,
    }
    status = HTTPStatus.OK if refused is None else HTTPStatus.UNPROCESSABLE_ENTITY
    return render(request, "coach_antwoorden.html", context, status=status)


def _not_to_be_kept(name: str, text: str) -> str | None:
    if not name or not text:
        return NotSaid.EMPTY
    if len(name) > MAX_NAME or len(text) > MAX_TEXT:
        return NotSaid.TOO_LONG
    return refusal(f"{name}\n{text}")
