"""How fast people may write: enough for everybody, too little to keep others from being helped."""

import math
import time
from dataclasses import dataclass

from limits import RateLimitItem, parse, parse_many
from limits.aio.storage import MemoryStorage
from limits.aio.strategies import MovingWindowRateLimiter

from counter.conversations.model import Conversation

# Who writes on after a limit is told of it once in this while.
_TOLD = parse("1/minute")
# Codes that somebody guesses, from one place and from everywhere: 38 bits are far out of reach with these.
_CODES = parse("10/hour")
_GUESSES, _ALL_GUESSES = parse("10/hour"), parse("300/hour")


@dataclass(frozen=True, kw_only=True)
class Limits:
    """How many messages in how much time; notation of the `limits` library."""

    conversation: str = "30/minute"
    visitor: str = "300/minute"
    """From one address on the internet, which a school or a library shares."""
    opened: str = "120/hour"
    """Conversations opened from one address on the internet."""
    channel: str = "200/second"
    logins: str = "30/minute;200/hour;1000/day"
    """Tries of staff to log in from one address on the internet: enough for an office that shares one."""


class TooFastError(Exception):
    """Too much came too fast; `after` is how many seconds to wait."""

    def __init__(self, after: int) -> None:
        super().__init__(after)
        self.after = after


class Throttle:
    """Counts what comes in over a moving window, in this process alone."""

    def __init__(self, limits: Limits) -> None:
        self._limiter = MovingWindowRateLimiter(MemoryStorage())
        self._conversation, self._visitor = parse(limits.conversation), parse(limits.visitor)
        self._opened, self._channel = parse(limits.opened), parse(limits.channel)
        self._logins = parse_many(limits.logins)

    async def message(self, conversation: Conversation) -> None:
        """Count a message in its conversation and its channel.

        Raises:
            TooFastError: there were too many just before; this one must not be taken.
        """
        await self._count(self._conversation, "conversation", conversation.id)
        await self._count(self._channel, "channel", conversation.channel)

    async def visit(self, address: str, *, opens: bool = False) -> None:
        """Count a message, or a conversation that is opened, from an address on the internet.

        Raises:
            TooFastError: there were too many just before.
        """
        if opens:
            await self._count(self._opened, "opened", address)
        else:
            await self._count(self._visitor, "visitor", address)

    async def log_in(self, address: str) -> None:
        """Count a try of somebody to log in, from an address on the internet.

        Raises:
            TooFastError: there were too many; this one must not be looked at.
        """
        for limit in self._logins:
            await self._count(limit, "login", address)

    async def issue(self, conversation_id: str) -> None:
        """Count a code that is asked for.

        Raises:
            TooFastError: too many were asked for.
        """
        await self._count(_CODES, "code", conversation_id)

    async def guess(self, place: str) -> None:
        """Count a code that somebody gives.

        Raises:
            TooFastError: too many were given; this one must not be looked at.
        """
        await self._count(_GUESSES, "guess", place)
        await self._count(_ALL_GUESSES, "guess")

    async def may_tell(self, conversation_id: str) -> bool:
        """Tell whether it is time to say that it went too fast: once in a while, or we flood too."""
        return await self._limiter.hit(_TOLD, "told", conversation_id)

    async def _count(self, limit: RateLimitItem, *key: str) -> None:
        if not await self._limiter.hit(limit, *key):
            reset = (await self._limiter.get_window_stats(limit, *key)).reset_time
            raise TooFastError(max(1, math.ceil(reset - time.time())))
