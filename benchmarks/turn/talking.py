"""Holding conversations, ours and the peer's, and taking the time of every turn."""

import time
import uuid
from collections.abc import Awaitable, Callable, Sequence

import aiohttp

from benchmarks.peer import Peer
from tests.support.running import RunningLoket

DIALOGUE = (
    "hoi",
    "wat kun je allemaal?",
    "wat is open hiring?",
    "ik zoek een cursus lassen in Zaandam",
    "wat is een skill?",
    "stop maar",
    "ben je een mens?",
    "dankjewel",
)

type Say = Callable[[str], Awaitable[None]]
type Open = Callable[[], Awaitable[Say]]


def website(http: aiohttp.ClientSession, loket: RunningLoket) -> Open:
    """Return how to open one of our conversations: through the public interface, as the chat does."""

    async def open_talk() -> Say:
        async with http.post(f"{loket.url}/api/conversations", json={"channel": "website"}) as response:
            opened = await response.json()
        url = f"{loket.url}/api/conversations/{opened['id']}/messages"
        headers = {"Authorization": f"Bearer {opened['token']}"}

        async def say(text: str) -> None:
            async with http.post(url, json={"text": text}, headers=headers) as response:
                seq = (await response.json())["seq"]
            while True:
                query = {"after": str(seq), "wait": "20"}
                async with http.get(url, params=query, headers=headers) as response:
                    page = await response.json()
                if page["messages"] and not page["typing"]:
                    return

        return say

    return open_talk


def rest(http: aiohttp.ClientSession, peer: Peer, sender: str | None = None) -> Open:
    """Return how to open one of the peer's: through Rasa's REST channel, under a new id or this one."""

    async def open_talk() -> Say:
        sender_id = sender or str(uuid.uuid4())

        async def say(text: str) -> None:
            body = {"sender": sender_id, "message": text, "metadata": {"message_id": str(uuid.uuid4())}}
            async with http.post(f"{peer.url}/webhooks/rest/webhook", json=body) as response:
                await response.json()

        return say

    return open_talk


async def seconds_of(say: Say, sentences: Sequence[str]) -> list[float]:
    """Say the sentences one after another; return how long each took to be answered."""
    seconds = []
    for sentence in sentences:
        started = time.perf_counter()
        await say(sentence)
        seconds.append(time.perf_counter() - started)
    return seconds
