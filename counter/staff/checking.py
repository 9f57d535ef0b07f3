"""Checking what somebody types to prove who they are: counted first, so that nobody can guess on."""

import hashlib
import secrets
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from counter.clock import Clock
from counter.database import Database
from counter.staff import storage
from counter.staff.model import (
    StaffEvent,
    TooManyTriesError,
    WrongCredentialsError,
    normalise_username,
    wait_after,
)
from counter.staff.passwords import Passwords

# No vowels, so that no password is a word; nothing that looks like something else.
_LETTERS = "bcdfghjkmnpqrstvwxz23456789"


@dataclass(frozen=True, kw_only=True)
class Proven:
    """Whose password it was, and the hash it was compared with: by now there may be another."""

    staff_id: str
    password_hash: str


class PasswordCheck:
    """Compares passwords with the kept ones, for logging in and for what matters afterwards."""

    def __init__(self, database: Database, clock: Clock, passwords: Passwords) -> None:
        self._database = database
        self._clock = clock
        self._passwords = passwords

    async def check(self, typed_username: str, password: str) -> Proven:
        """Return whose password this is; a name nobody has costs the same time, and waits alike.

        Raises:
            TooManyTriesError: there were too many just before.
            WrongCredentialsError: there is nobody with this name and this password.
        """
        username = normalise_username(typed_username)
        key = key_of("password", username)
        async with self._database.session() as session:
            wait = await storage.count_try(session, key, at=self._clock())
            row = await storage.by_username(session, username)
        if wait is not None:
            raise TooManyTriesError(wait)
        kept = row.password_hash if row is not None and row.is_active else None
        if not await self._passwords.is_right(password, kept) or row is None:
            await note_failure(self._database, self._clock, key, None if row is None else row.id)
            raise WrongCredentialsError
        async with self._database.session() as session:
            await storage.forget_tries(session, key, at=self._clock())
        return Proven(staff_id=row.id, password_hash=row.password_hash)


async def lock_proven(session: AsyncSession, proven: Proven) -> storage.StaffRow:
    """Return whose password was proven, held until the unit of work ends.

    Raises:
        WrongCredentialsError: it was changed, or they left, while the password was compared.
    """
    row = await storage.lock(session, proven.staff_id)
    if not row.is_active or row.password_hash != proven.password_hash:
        raise WrongCredentialsError
    return row


async def note_failure(database: Database, clock: Clock, key: str, staff_id: str | None) -> None:
    """Keep that a try was wrong, and that the next one has to wait."""
    async with database.session() as session:
        storage.record(session, staff_id, StaffEvent.LOGIN_FAILED, at=clock())
        if wait_after(await storage.failures(session, key)):
            storage.record(session, staff_id, StaffEvent.LOCKED, at=clock())


def key_of(kind: str, name: str) -> str:
    """Return under what tries of a kind are counted; hashed, for a name may be a mistyped password."""
    return hash_of(f"{kind} {name}")


def hash_of(secret: str) -> str:
    """Return the hash of random bits, or of what needs no protection from guessing."""
    return hashlib.sha256(secret.encode()).hexdigest()


def new_one_time_password() -> str:
    """Return a password to be told once, of some 76 random bits."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(4))
