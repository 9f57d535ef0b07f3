"""Both screens of a talk, over open lines or by asking every two seconds."""

import asyncio
import random
import string
import time
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Self

import aiohttp

from benchmarks.desk.people import Talk
from connectors.website.access import STREAM_PROTOCOL
from counter.desk.overview import DeskList
from staff_entrance import cookie
from tests.support.running import RunningLoket

POLL_SECONDS = 2.0


def new_words() -> str:
    """Return words nobody said before; without figures, which could be somebody's BSN."""
    return "".join(random.choices(string.ascii_lowercase, k=20))  # noqa: S311 - no secret


@dataclass
class Delays:
    """How long words took one way, in seconds."""

    seconds: list[float] = field(default_factory=list)


class Screen:
    """What somebody sees; words that appear are awaited by whoever wrote them."""

    def __init__(self) -> None:
        self._awaited: dict[str, asyncio.Future[None]] = {}

    async def show(self, words: str, write: Callable[[str], Awaitable[None]]) -> float:
        """Write words on the other side; returns the seconds until they are here."""
        here = self._awaited[words] = asyncio.get_running_loop().create_future()
        began = time.perf_counter()
        await write(words)
        await here
        return time.perf_counter() - began

    def hear(self, text: str) -> None:
        """See that this came."""
        for words in [words for words in self._awaited if words in text]:
            self._awaited.pop(words).set_result(None)


class Sides(ABC):
    """A person and their coach, with a screen each."""

    def __init__(
        self,
        http: aiohttp.ClientSession,
        loket: RunningLoket,
        talk: Talk,
        to_coach: Delays,
        to_person: Delays,
    ) -> None:
        self._http = http
        self._loket = loket
        self._talk = talk
        self._to_coach, self._to_person = to_coach, to_person
        self._of_coach, self._of_person = Screen(), Screen()

    @property
    def _messages(self) -> str:
        return f"{self._loket.url}/api/conversations/{self._talk.conversation_id}/messages"

    async def person_writes(self) -> None:
        """Write as the person, and wait until the coach sees it."""
        self._to_coach.seconds.append(await self._of_coach.show(new_words(), self._send))

    async def coach_answers(self) -> None:
        """Write as the coach, and wait until the person sees it."""
        self._to_person.seconds.append(await self._of_person.show(new_words(), self._say))

    async def _send(self, words: str) -> None:
        body = {"text": words, "client_id": words}
        async with self._http.post(self._messages, json=body, headers=self._talk.headers) as response:
            response.raise_for_status()

    @classmethod
    @asynccontextmanager
    async def open(
        cls,
        http: aiohttp.ClientSession,
        loket: RunningLoket,
        talk: Talk,
        to_coach: Delays,
        to_person: Delays,
    ) -> AsyncIterator[Self]:
        """Open both screens of a talk."""
        sides = cls(http, loket, talk, to_coach, to_person)
        async with sides._kept_up_to_date():
            yield sides

    @abstractmethod
    def _kept_up_to_date(self) -> AbstractAsyncContextManager[None]:
        """Keep both screens up to date until the block ends."""

    @abstractmethod
    async def _say(self, words: str) -> None:
        """Say something as the coach."""


class Line(Sides):
    """Screens over lines that stay open, as the desk's pages and the chat have them."""

    _desk: aiohttp.ClientWebSocketResponse

    @asynccontextmanager
    async def _kept_up_to_date(self) -> AsyncIterator[None]:
        talk, url = self._talk, self._loket.url
        key = {"Cookie": f"{cookie.NAME}={talk.coach_key}", "Origin": url}
        query = {"list": DeskList.MINE.value, "case": talk.number}
        stream = f"{url}/api/conversations/{talk.conversation_id}/stream"
        protocols = (STREAM_PROTOCOL, f"bearer.{talk.token}")
        async with (
            self._http.ws_connect(
                f"{url}/api/staff/desk", params=query, headers=key, max_msg_size=0
            ) as coach,
            self._http.ws_connect(stream, protocols=protocols, max_msg_size=0) as person,
        ):
            self._desk = coach
            reading = [
                asyncio.create_task(_read(coach, self._of_coach)),
                asyncio.create_task(_read(person, self._of_person)),
            ]
            try:
                yield
            finally:
                for task in reading:
                    task.cancel()

    async def _say(self, words: str) -> None:
        await self._desk.send_json({"do": "say", "text": words, "client_id": words})


class Polling(Sides):
    """Screens that ask every two seconds whether there is anything new."""

    @asynccontextmanager
    async def _kept_up_to_date(self) -> AsyncIterator[None]:
        asking = [asyncio.create_task(self._ask(screen)) for screen in (self._of_coach, self._of_person)]
        try:
            yield
        finally:
            for task in asking:
                task.cancel()
                with suppress(asyncio.CancelledError):
                    await task

    async def _ask(self, screen: Screen) -> None:
        # What both screens ask costs the counter the same; pages are opened at any moment.
        await asyncio.sleep(random.uniform(0, POLL_SECONDS))  # noqa: S311 - no secret
        while True:
            async with self._http.get(self._messages, headers=self._talk.headers) as response:
                screen.hear(await response.text())
            await asyncio.sleep(POLL_SECONDS)

    async def _say(self, words: str) -> None:
        form = {"tekst": words, "nummer": words}
        headers = {"Cookie": f"{cookie.NAME}={self._talk.coach_key}", "Origin": self._loket.url}
        url = f"{self._loket.url}/coach/{self._talk.number}/bericht"
        async with self._http.post(url, data=form, headers=headers, allow_redirects=False) as response:
            response.raise_for_status()


async def _read(socket: aiohttp.ClientWebSocketResponse, screen: Screen) -> None:
    async for message in socket:
        screen.hear(str(message.data))
