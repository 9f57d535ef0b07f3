"""Either process dies in the middle of a conversation: nothing is lost, nothing is said twice."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Iterator

import aiohttp
import pytest

from tests.support.running import RunningLoket, newest_model
from tests.support.talking import Conversation

WORDS = ("hoi", "wat kun je?", "wat is open hiring?", "dankjewel", "ben je een mens?")


@pytest.fixture(scope="module")
def mortal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningLoket]:
    """Give a counter of one's own, that may be killed."""
    running = RunningLoket(folder=tmp_path_factory.mktemp("mortal"), model=newest_model())
    try:
        running.start()
        yield running
    finally:
        running.stop()


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


async def insist(conversation: Conversation, text: str, client_id: str) -> int:
    """Send until it is acknowledged, with the same client id each time, as the widget does."""
    async with asyncio.timeout(90):
        while True:
            try:
                status, received = await conversation.sends({"text": text, "client_id": client_id})
            except aiohttp.ClientError:
                await asyncio.sleep(0.1)
                continue
            assert status == 202, received
            return int(received["seq"])


async def everything_said(conversation: Conversation) -> list[dict[str, object]]:
    async with asyncio.timeout(90):
        while True:
            try:
                page = await conversation.reads()
            except aiohttp.ClientError:
                await asyncio.sleep(0.2)
                continue
            if page["messages"] and not page["typing"]:
                return list(page["messages"])
            await asyncio.sleep(0.2)


async def chat(conversation: Conversation) -> None:
    for number, word in enumerate(WORDS):
        await insist(conversation, word, str(number))
        await asyncio.sleep(0.15)


@pytest.mark.timeout(300)
@pytest.mark.parametrize("victim", ["bot", "app"])
async def test_a_process_killed_in_the_middle_loses_and_doubles_nothing(
    mortal: RunningLoket, http: aiohttp.ClientSession, victim: str
) -> None:
    talks = [await Conversation(http, mortal.url, mortal.bot_url).open() for _ in range(6)]
    chatting = asyncio.gather(*(chat(talk) for talk in talks))
    await asyncio.sleep(0.4)
    if victim == "bot":
        mortal.kill_bot()
        mortal.start_bot()
        await asyncio.to_thread(mortal.wait_for_bot)
    else:
        mortal.kill_app()
        mortal.start_app()
        await asyncio.to_thread(mortal.wait_for_app)
    await chatting
    for talk in talks:
        messages = await everything_said(talk)
        persons = [message["text"] for message in messages if message["from"] == "person"]
        assert persons == list(WORDS)
        assert [message["seq"] for message in messages] == list(range(1, len(messages) + 1))
        events = (await talk.tracker())["events"]
        heard = [event["metadata"]["message_id"] for event in events if event["event"] == "user"]
        assert [count for count in Counter(heard).values() if count > 1] == []
        assert len(heard) == len(WORDS)
        # Everything the bot ever said reached the person, once and in order.
        said = [event["text"] for event in events if event["event"] == "bot" and event["text"]]
        received = [message["text"] for message in messages if message["from"] == "bot" and message["text"]]
        assert received == said
