"""Passwords, hashed with argon2id by argon2-cffi."""

import asyncio

import argon2
from argon2.exceptions import InvalidHashError, VerificationError

from counter.staff.model import normalise_password

# RFC 9106, section 4, for machines without 2 GB to spare a log-in; takes 64 MB and some 50 ms.
PARAMETERS = argon2.profiles.RFC_9106_LOW_MEMORY
# Each takes its memory while it runs; who comes next waits for a moment rather than all memory being gone.
_AT_ONCE = 2


class Passwords:
    """Hashes and compares passwords, a few at a time, beside the work of the loop."""

    def __init__(self, parameters: argon2.Parameters | None = None) -> None:
        self._hasher = argon2.PasswordHasher.from_parameters(parameters or PARAMETERS)
        self._turns = asyncio.Semaphore(_AT_ONCE)

    async def hash(self, password: str) -> str:
        """Return the hash to keep; it holds its salt and its parameters."""
        async with self._turns:
            return await asyncio.to_thread(self._hasher.hash, normalise_password(password))

    async def is_right(self, password: str, kept: str | None) -> bool:
        """Tell whether a password is the kept one; costs the same when nothing is kept."""
        if kept is None:
            await self.hash(password)
            return False
        async with self._turns:
            return await asyncio.to_thread(self._verify, kept, normalise_password(password))

    def is_outdated(self, kept: str) -> bool:
        """Tell whether a hash was made with other parameters than the present ones."""
        return self._hasher.check_needs_rehash(kept)

    def _verify(self, kept: str, password: str) -> bool:
        try:
            return self._hasher.verify(kept, password)
        except (VerificationError, InvalidHashError):
            return False
