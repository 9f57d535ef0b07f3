"""Telling those who listen that a conversation has something new."""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager


class News(asyncio.Event):
    """Set when there is something to read; whoever reads may note how far they came."""

    reached: int | None = None


class Announcer:
    """Wakes the listeners of a conversation within this process; they read the news themselves."""

    def __init__(self) -> None:
        self._listeners: defaultdict[str, set[News]] = defaultdict(set)
        self._followers: list[Callable[[str], None]] = []

    def pass_on_to(self, follower: Callable[[str], None]) -> None:
        """Call this with the id of every conversation that has something new."""
        self._followers.append(follower)

    @contextmanager
    def listening(self, conversation_id: str) -> Iterator[News]:
        """Give an event that is set at each announcement; clear it before you read."""
        news = News()
        listeners = self._listeners[conversation_id]
        listeners.add(news)
        try:
            yield news
        finally:
            listeners.discard(news)
            if not listeners:
                self._listeners.pop(conversation_id, None)

    def listened_to(self) -> list[str]:
        """Return the conversations that somebody listens to."""
        return list(self._listeners)

    def is_listened_to(self, conversation_id: str) -> bool:
        """Tell whether somebody listens to this conversation in this process."""
        return conversation_id in self._listeners

    def have_all_reached(self, conversation_id: str, seq: int) -> bool:
        """Tell whether everyone who listens has read up to this message."""
        return all(news.reached == seq for news in self._listeners.get(conversation_id, ()))

    def wake(self, conversation_id: str) -> None:
        """Wake everyone who listens to this conversation, although nothing was said in it."""
        for news in self._listeners.get(conversation_id, ()):
            news.set()

    def announce(self, conversation_id: str) -> None:
        """Wake everyone who listens to this conversation, and all who follow."""
        self.wake(conversation_id)
        for follow in self._followers:
            follow(conversation_id)

    def announce_all(self) -> None:
        """Wake every listener, so that nobody waits while the app stops."""
        for listeners in self._listeners.values():
            for news in listeners:
                news.set()
