"""Who is typing now: that somebody is, for how long it shows, and nothing of what they type."""

import asyncio
from collections.abc import Callable
from enum import StrEnum

# Seconds that somebody shows as typing after the last sign of it; pages give a sign every three.
SHOWS_FOR = 6.0


class Side(StrEnum):
    """Who types."""

    PERSON = "person"
    COACH = "coach"


type Follower = Callable[[str, Side], None]


class TypingBoard:
    """Remembers who is typing in which conversation, in this process and in no store."""

    def __init__(self) -> None:
        self._ending: dict[tuple[str, Side], asyncio.TimerHandle] = {}
        self._followers: list[Follower] = []

    def pass_on_to(self, follower: Follower) -> None:
        """Call this with the conversation and the side whenever somebody begins to type, or stops."""
        self._followers.append(follower)

    def begin(self, conversation_id: str, side: Side) -> None:
        """Note that somebody is typing; without another sign it ends by itself."""
        key = (conversation_id, side)
        ending = self._ending.get(key)
        if ending is not None:
            ending.cancel()
        self._ending[key] = asyncio.get_running_loop().call_later(SHOWS_FOR, self.end, conversation_id, side)
        if ending is None:
            self._tell(conversation_id, side)

    def end(self, conversation_id: str, side: Side) -> None:
        """Note that somebody stopped, or sent what they typed."""
        ending = self._ending.pop((conversation_id, side), None)
        if ending is not None:
            ending.cancel()
            self._tell(conversation_id, side)

    def is_typing(self, conversation_id: str, side: Side) -> bool:
        """Tell whether somebody is typing."""
        return (conversation_id, side) in self._ending

    def close(self) -> None:
        """Forget everybody."""
        for ending in self._ending.values():
            ending.cancel()
        self._ending.clear()

    def _tell(self, conversation_id: str, side: Side) -> None:
        for follow in self._followers:
            follow(conversation_id, side)
