"""That somebody types shows at the other side; what they type never does."""

import asyncio
from typing import Any

import pytest
from aiohttp import ClientWebSocketResponse, WSMsgType

from connectors.website.access import STREAM_PROTOCOL
from tests.contract.coach_desk.conftest import Asker, Client, open_page
from tests.support.desk import CoachPage
from tests.support.staff import send

SECRET = "dit stuur ik toch maar niet"


async def stream_of(client: Client, asker: Asker) -> ClientWebSocketResponse:
    protocols = (STREAM_PROTOCOL, f"bearer.{asker.conversation.token}")
    return await client.ws_connect(f"{asker.path}/stream", protocols=protocols)


async def until_typing(stream: ClientWebSocketResponse, *, typing: bool) -> None:
    async with asyncio.timeout(10):
        while (await stream.receive_json())["typing"] is not typing:
            pass


@pytest.fixture
async def page(coach: Client, asker: Asker) -> CoachPage:
    """Give the page of a coach who has Fatima."""
    await send(coach, f"/coach/{asker.number}/overnemen")
    page = await open_page(coach, list="mijn", case=asker.number, first="1")
    await page.until(lambda page: page.order and page.messages)
    return page


async def test_a_coach_sees_that_the_person_types(coach: Client, asker: Asker, page: CoachPage) -> None:
    stream = await stream_of(coach, asker)
    await stream.send_json({"typing": True})
    await page.until(lambda page: page.is_typing)
    await coach.post(f"{asker.path}/messages", json={"text": "Hallo"}, headers=asker.headers)
    await page.until(lambda page: not page.is_typing)
    await stream.send_json({"typing": True})
    await page.until(lambda page: page.is_typing)
    await stream.close()
    await page.until(lambda page: not page.is_typing)


@pytest.mark.parametrize(
    "frame",
    [
        {"typing": SECRET},
        {"typing": True, "text": SECRET},
        {"text": SECRET},
        [SECRET],
        SECRET,
        True,
        {"typing": False},
        {"typing": 1, "x": 1},
    ],
    ids=str,
)
async def test_a_coach_never_reads_what_was_not_sent(
    coach: Client, asker: Asker, page: CoachPage, frame: Any
) -> None:
    stream = await stream_of(coach, asker)
    await stream.send_json(frame)
    await page.quiet()
    assert not page.is_typing
    assert SECRET not in str(page.frames)


async def test_a_long_frame_ends_the_line_and_is_read_by_nobody(
    coach: Client, asker: Asker, page: CoachPage
) -> None:
    stream = await stream_of(coach, asker)
    await stream.send_str(SECRET * 100)
    async with asyncio.timeout(10):
        while (await stream.receive()).type is WSMsgType.TEXT:
            pass
    await page.quiet(0.5)
    assert SECRET not in str(page.frames)


async def test_the_person_sees_that_the_coach_types(coach: Client, asker: Asker, page: CoachPage) -> None:
    stream = await stream_of(coach, asker)
    await until_typing(stream, typing=False)
    await page.socket.send_json({"do": "typing"})
    await until_typing(stream, typing=True)
    await page.says("Dag Fatima")
    await until_typing(stream, typing=False)


async def test_who_only_looks_does_not_show_as_typing(
    coach: Client, asker: Asker, page: CoachPage, new_coach: Any
) -> None:
    other, _ = await new_coach("piet")
    look = await open_page(other, list="wachtrij", case=asker.number)
    await look.until(lambda page: page.parts)
    stream = await stream_of(coach, asker)
    await until_typing(stream, typing=False)
    await look.socket.send_json({"do": "typing"})
    await page.says("Dag Fatima")
    seen = [frame for frame in [await stream.receive_json()] if frame["typing"]]
    assert seen == []
