"""One task at a time for each conversation, and another look when something came meanwhile."""

import asyncio
from collections.abc import Callable, Coroutine
from contextlib import suppress
from typing import Any

import structlog

log = structlog.get_logger(__name__)

type Work = Callable[[str], Coroutine[Any, Any, None]]
"""Something to do for the conversation with this id."""


class Attendance:
    """Who in this process is at work on which conversation."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._look_again: set[str] = set()

    def attend(self, conversation_id: str) -> None:
        """Work on a conversation; whoever is at it already looks once more when they end."""
        if conversation_id in self._tasks:
            # Its task may just have seen that nothing waits.
            self._look_again.add(conversation_id)
            return
        self.start(conversation_id, self._work)

    def start(self, conversation_id: str, work: Work) -> None:
        """Do some other work on a conversation, unless somebody here is at work on it."""
        if conversation_id in self._tasks:
            return
        task = asyncio.create_task(work(conversation_id))
        self._tasks[conversation_id] = task
        task.add_done_callback(lambda ended: self._on_end(conversation_id, ended))

    def _on_end(self, conversation_id: str, task: asyncio.Task[None]) -> None:
        del self._tasks[conversation_id]
        if task.cancelled():
            return
        if (error := task.exception()) is not None:
            # What was to be done still waits in the database; the next look finds it.
            log.error("work_broke_off", conversation=conversation_id, exc_info=error)
        if conversation_id in self._look_again:
            self._look_again.discard(conversation_id)
            self.attend(conversation_id)

    async def stop(self, conversation_id: str) -> None:
        """Break off what is done on a conversation."""
        task = self._tasks.get(conversation_id)
        if task is not None:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    async def stop_all(self) -> None:
        """Break off everything."""
        tasks = list(self._tasks.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
