"""Staff for tests: somebody to log in, with passwords that cost nothing."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

import argon2
import pyotp
from aiohttp import ClientResponse, hdrs
from aiohttp.test_utils import TestClient
from sqlalchemy import select

from counter.database import Database
from counter.services import Counter
from counter.staff.model import NewMember, OpenedSession, Role, Session, StaffMember
from counter.staff.passwords import Passwords
from counter.staff.storage import StaffEventRow

# A real hash takes 64 MB and 50 ms on purpose; what these tests are about is not how long guessing takes.
CHEAP = argon2.Parameters(
    type=argon2.Type.ID,
    version=argon2.low_level.ARGON2_VERSION,
    salt_len=16,
    hash_len=32,
    time_cost=1,
    memory_cost=8,
    parallelism=1,
)
PASSWORD = "drie losse woorden"


def cheap_passwords() -> Passwords:
    """Return passwords hashed cheaply."""
    return Passwords(CHEAP)


def a_coach(
    name: str = "Sanne",
    *,
    organisation: str = "Loket Haarlem",
    roles: frozenset[Role] = frozenset({Role.COACH}),
) -> StaffMember:
    """Return a coach who is not stored anywhere."""
    return StaffMember(
        id=f"staff-{name.lower()}",
        username=name.lower(),
        name=name,
        roles=roles,
        organisation=organisation,
    )


def an_administrator(name: str = "Beheer") -> StaffMember:
    """Return an administrator who is not stored anywhere: they may look at everybody."""
    return a_coach(name, organisation="Provincie", roles=frozenset({Role.ADMINISTRATOR}))


def new_member(username: str = "sanne", *roles: Role, organisation: str = "UWV Haarlem") -> NewMember:
    """Return somebody who comes to work here; a coach when nothing else is said."""
    return NewMember(
        username=username,
        name=username.capitalize(),
        roles=frozenset(roles or (Role.COACH,)),
        organisation=organisation,
        email=f"{username}@uwv.example",
    )


async def hire(counter: Counter, new: NewMember) -> OpenedSession:
    """Add a member who chose `PASSWORD` already; returns the session in which they did."""
    one_time = await counter.staff.add(new)
    opened = await counter.logins.log_in(new.username, one_time, device="")
    session = await whose(counter, opened)
    return await counter.credentials.change_password(session, one_time, PASSWORD, device="")


async def whose(counter: Counter, opened: OpenedSession) -> Session:
    """Return the session that was opened."""
    session = await counter.logins.session(opened.token)
    assert session is not None
    return session


async def log_in(counter: Counter, password: str = PASSWORD, device: str = "Firefox") -> OpenedSession:
    """Log Sanne in."""
    return await counter.logins.log_in("sanne", password, device=device)


async def is_in(counter: Counter, opened: OpenedSession) -> bool:
    """Tell whether a session is still there."""
    return await counter.logins.session(opened.token) is not None


async def outcomes(tries: int, attempt: Callable[[], Awaitable[object]]) -> list[str]:
    """Try so many times at once; returns the names of what came of it, in alphabetical order."""
    done = await asyncio.gather(*(attempt() for _ in range(tries)), return_exceptions=True)
    return sorted(type(one).__name__ for one in done)


async def events(database: Database) -> list[str]:
    """Return what is kept of what staff did, in order."""
    async with database.reading() as session:
        return list(await session.scalars(select(StaffEventRow.event).order_by(StaffEventRow.id)))


async def enrol(counter: Counter, opened: OpenedSession, at: datetime) -> tuple[str, tuple[str, ...]]:
    """Begin with a second factor; returns its secret and the codes on paper."""
    secret = pyotp.random_base32()
    member = (await whose(counter, opened)).member
    return secret, await counter.credentials.enrol(member, secret, pyotp.TOTP(secret).at(at))


async def send(client: TestClient[Any, Any], path: str, **fields: str) -> ClientResponse:
    """Send a form as a browser does from a page of our own; follows nothing."""
    origin = str(client.make_url("/").origin())
    return await client.post(path, data=fields, headers={hdrs.ORIGIN: origin}, allow_redirects=False)
