"""A coach's page over the raw line, as its script keeps it."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from aiohttp import ClientWebSocketResponse

Frame = dict[str, Any]


@dataclass
class CoachPage:
    """What stands on the page after all frames so far."""

    socket: ClientWebSocketResponse
    order: list[str] = field(default_factory=list)
    lines: dict[str, str] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    attention: int = 0
    need: int = 0
    messages: dict[int, str] = field(default_factory=dict)
    parts: dict[str, str] = field(default_factory=dict)
    is_typing: bool = False
    answers: list[Frame] = field(default_factory=list)
    frames: list[Frame] = field(default_factory=list)

    async def until(self, holds: Callable[["CoachPage"], object], seconds: float = 10) -> None:
        """Take frames until `holds(page)` is true."""
        async with asyncio.timeout(seconds):
            while not holds(self):
                self._take(await self.socket.receive_json())

    async def quiet(self, seconds: float = 1.5) -> None:
        """Take frames for a while, whatever comes."""
        try:
            async with asyncio.timeout(seconds):
                while True:
                    self._take(await self.socket.receive_json())
        except TimeoutError:
            pass

    async def says(self, text: str, client_id: str = "een") -> Frame:
        """Say something to the person; returns what the desk answers."""
        return await self._write("say", text, client_id)

    async def notes(self, text: str, client_id: str = "een") -> Frame:
        """Write something for colleagues; returns what the desk answers."""
        return await self._write("note", text, client_id)

    async def _write(self, do: str, text: str, client_id: str) -> Frame:
        await self.socket.send_json({"do": do, "text": text, "client_id": client_id})
        await self.until(lambda page: any(frame["client_id"] == client_id for frame in page.answers))
        return self.answers.pop()

    def _take(self, frame: Frame) -> None:
        self.frames.append(frame)
        match frame:
            case {"is": "lists"}:
                self.order, self.counts = frame["order"], frame["counts"]
                self.attention, self.need = frame["attention"], frame["need"]
                self.lines |= {number: piece["html"] for number, piece in frame["lines"].items()}
            case {"is": "case"}:
                self.messages |= {message["seq"]: message["html"] for message in frame["messages"]}
                self.parts |= {name: piece["html"] for name, piece in frame["parts"].items()}
                self.is_typing = frame["typing"]
            case _:
                self.answers.append(frame)
