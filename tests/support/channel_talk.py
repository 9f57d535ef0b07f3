"""Somebody who talks to the counter in a channel: through its webhook, and its provider's double."""

import asyncio
import itertools
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import aiohttp
from sqlalchemy import select

from counter.channels.storage import AddressRow
from counter.conversations.service import export_message
from counter.services import Counter
from tests.support.providers import Provider, Scenario
from tests.support.running import RunningLoket
from tests.support.talking import ANSWER_SECONDS, Answer, Conversation


class ChannelTalk(Conversation):
    """One person's conversation in a channel, through its webhook and its provider's double."""

    _people = itertools.count(100)

    def __init__(
        self, http: aiohttp.ClientSession, loket: RunningLoket, provider: Provider, counter: Counter
    ) -> None:
        super().__init__(http, loket.url, loket.bot_url)
        self.provider = provider
        self.person = next(self._people)
        """The number by which the double knows them."""
        self._counter = counter
        self._numbers = itertools.count(1)

    async def says(self, text: str) -> Answer:
        """Bring what the person says, and wait until the answer is with the provider."""
        await self.writes(text)
        return await self._answer()

    async def catch_up(self) -> None:
        """Take what was said so far for read: what is said next is an answer to what comes next."""
        self.seq = (await self._counter.conversations.transcript(self.id)).messages[-1].seq

    async def writes(self, text: str) -> None:
        """Bring what the person says; whoever is to answer may take their time."""
        await self.brings(
            self.provider.says(Scenario.TEXT, text=text, person=self.person, number=next(self._numbers))
        )

    async def presses(self, answer: Answer, title: str) -> Answer:
        """Press a button that the person has seen."""
        del answer
        await self.brings(self.provider.presses(title, person=self.person, number=next(self._numbers)))
        return await self._answer()

    async def brings(self, update: Any) -> None:
        """Bring what the provider tells of this person."""
        body = json.dumps(update).encode()
        url = f"{self._url}/webhooks/{self.provider.name}"
        headers = {"Content-Type": "application/json", **self.provider.sign(body)}
        async with self._http.post(url, data=body, headers=headers) as response:
            assert response.status == 200
        if not self.id:
            self.id = await self._newest_conversation()

    async def _newest_conversation(self) -> str:
        async with self._counter.database.reading() as session:
            newest = await session.scalar(
                select(AddressRow.conversation_id).order_by(AddressRow.heard_at.desc()).limit(1)
            )
        assert newest is not None
        return newest

    async def _answer(self) -> Answer:
        deadline = time.monotonic() + ANSWER_SECONDS
        while True:
            page = await self._counter.conversations.transcript(self.id, after=self.seq)
            said = [export_message(message) for message in page.messages]
            said = [message for message in said if message["from"] != "person"]
            if said and not page.typing and await self._delivered_up_to() >= page.messages[-1].seq:
                self.seq = page.messages[-1].seq
                return Answer(messages=said, responses=await self._last_responses())
            assert time.monotonic() < deadline, "no answer"
            await asyncio.sleep(0.05)

    async def _delivered_up_to(self) -> int:
        async with self._counter.database.reading() as session:
            seq = await session.scalar(
                select(AddressRow.delivered_seq).where(AddressRow.conversation_id == self.id)
            )
        return seq or 0

    async def receives(self, words: str) -> None:
        """Wait until the person has read these words."""
        async with asyncio.timeout(ANSWER_SECONDS):
            while words not in self.read:  # noqa: ASYNC110 - a double in a thread of its own tells nobody
                await asyncio.sleep(0.1)

    @property
    def read(self) -> str:
        """Return everything that the person has read, buttons too."""
        return "\n".join(self.provider.read_by(self.person))


@contextmanager
def in_a_thread(provider: Provider) -> Iterator[None]:
    """Run a provider beside the tests, for as long as the counter that talks to it runs."""
    loop, started, ended = asyncio.new_event_loop(), threading.Event(), asyncio.Event()

    async def run() -> None:
        async with provider.running():
            started.set()
            await ended.wait()

    thread = threading.Thread(target=loop.run_until_complete, args=(run(),))
    thread.start()
    try:
        assert started.wait(10)
        yield
    finally:
        loop.call_soon_threadsafe(ended.set)
        thread.join()
        loop.close()
