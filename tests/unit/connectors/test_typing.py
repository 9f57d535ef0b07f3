"""Who is typing: that it shows, for how long, and to whom it is told."""

import asyncio

import pytest

from connectors import typing
from connectors.typing import Side, TypingBoard


async def test_somebody_shows_as_typing_until_they_stop() -> None:
    board, told = TypingBoard(), []
    board.pass_on_to(lambda conversation_id, side: told.append((conversation_id, side)))
    board.begin("een", Side.PERSON)
    board.begin("een", Side.PERSON)
    assert board.is_typing("een", Side.PERSON)
    assert not board.is_typing("een", Side.COACH)
    assert not board.is_typing("twee", Side.PERSON)
    board.end("een", Side.PERSON)
    board.end("een", Side.PERSON)
    assert not board.is_typing("een", Side.PERSON)
    assert told == [("een", Side.PERSON)] * 2, "once when it began, once when it stopped"


async def test_nobody_types_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typing, "SHOWS_FOR", 0.05)
    board, stopped = TypingBoard(), asyncio.Event()
    board.begin("een", Side.COACH)
    board.pass_on_to(lambda _conversation_id, _side: stopped.set())
    async with asyncio.timeout(5):
        await stopped.wait()
    assert not board.is_typing("een", Side.COACH)
