"""`bench turn`: a whole website turn, message in to replies out, against stock Rasa in the same run.

Ours counts everything a person waits for: storing the message, the bot, the actions, storing the
answer, reading it. The peer's turn is one call of its REST channel, with its store in memory.
"""

import asyncio
import statistics
import tempfile
import time
import uuid
from collections.abc import Awaitable, Callable
from pathlib import Path

import aiohttp

from benchmarks.peer import Peer, train
from tests.support.running import RunningLoket, newest_model

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
ROUNDS = 5
HEADER = " " * 20 + "ours p50     p95  turns/s   peer p50     p95  turns/s  ratio"

type Say = Callable[[str], Awaitable[None]]
type Open = Callable[[], Awaitable[Say]]


async def measure() -> None:
    """Measure both at 1, 4 and 16 conversations at once and print a table with the ratios."""
    model = newest_model()
    peer_model = train(model)
    with tempfile.TemporaryDirectory() as folder:
        ours = RunningLoket(folder=Path(folder), model=model)
        ours.start()
        peer = Peer(peer_model, f"{ours.url}/actions", ours.token)
        try:
            async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as http:
                await _wait_until_ready(http, peer)
                print(HEADER)
                for talks in (1, 4, 16):
                    our_figures = await _run(_website(http, ours), talks)
                    peer_figures = await _run(_rest(http, peer), talks)
                    print(
                        f"{talks:>2} conversation(s)    "
                        f"{our_figures[0]:>9.0f}ms{our_figures[1]:>6.0f}ms{our_figures[2]:>9.1f}"
                        f"{peer_figures[0]:>9.0f}ms{peer_figures[1]:>6.0f}ms{peer_figures[2]:>9.1f}"
                        f"{our_figures[2] / peer_figures[2]:>7.2f}",
                        flush=True,
                    )
        finally:
            peer.stop()
            ours.stop()


async def _run(open_talk: Open, talks: int) -> tuple[float, float, float]:
    """Return p50 and p95 in milliseconds, and turns a second, over whole dialogues."""
    seconds: list[float] = []

    async def hold_dialogue() -> None:
        say = await open_talk()
        for sentence in DIALOGUE:
            started = time.perf_counter()
            await say(sentence)
            seconds.append(time.perf_counter() - started)

    await hold_dialogue()  # the first dialogue warms caches on both sides and does not count
    seconds.clear()
    started = time.perf_counter()
    for _ in range(max(1, ROUNDS // talks)):
        await asyncio.gather(*(hold_dialogue() for _ in range(talks)))
    elapsed = time.perf_counter() - started
    percentiles = statistics.quantiles(seconds, n=100, method="inclusive")
    return percentiles[49] * 1000, percentiles[94] * 1000, len(seconds) / elapsed


def _website(http: aiohttp.ClientSession, loket: RunningLoket) -> Open:
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


def _rest(http: aiohttp.ClientSession, peer: Peer) -> Open:
    async def open_talk() -> Say:
        sender = str(uuid.uuid4())

        async def say(text: str) -> None:
            body = {"sender": sender, "message": text, "metadata": {"message_id": str(uuid.uuid4())}}
            async with http.post(f"{peer.url}/webhooks/rest/webhook", json=body) as response:
                await response.json()

        return say

    return open_talk


async def _wait_until_ready(http: aiohttp.ClientSession, peer: Peer) -> None:
    async with asyncio.timeout(180):
        while True:
            try:
                async with http.get(f"{peer.url}/status") as response:
                    if response.ok:
                        return
            except aiohttp.ClientError:
                pass
            await asyncio.sleep(0.2)
