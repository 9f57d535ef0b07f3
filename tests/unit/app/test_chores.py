"""What must happen when the time has come happens, also after something went wrong."""

import asyncio
from contextlib import suppress

import pytest

from app import chores


class ShakyLists:
    """Lists of which the database is away the first time."""

    def __init__(self) -> None:
        self.moved = asyncio.Event()
        self._is_first = True

    async def keep_lists_moving(self) -> None:
        if self._is_first:
            self._is_first = False
            raise OSError
        self.moved.set()


async def test_lists_keep_moving_after_the_database_was_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chores, "CHORE_INTERVAL", 0.001)
    lists = ShakyLists()
    moving = asyncio.create_task(chores._keep_doing(lists.keep_lists_moving))
    async with asyncio.timeout(5):
        await lists.moved.wait()
    moving.cancel()
    with suppress(asyncio.CancelledError):
        await moving
