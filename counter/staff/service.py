"""What can be done with staff: one method per use case. Logging in is in `logins`."""

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from counter.clock import Clock
from counter.conversations.storage import person_of
from counter.database import Database
from counter.staff import storage
from counter.staff.checking import key_of, new_one_time_password
from counter.staff.model import (
    Account,
    NewMember,
    Role,
    StaffEvent,
    StaffMember,
    UnknownMemberError,
    check_username,
    normalise_username,
)
from counter.staff.passwords import Passwords


class StaffService:
    """Who works here, and what they did."""

    def __init__(self, database: Database, clock: Clock, passwords: Passwords) -> None:
        self._database = database
        self._clock = clock
        self._passwords = passwords

    async def members(self, role: Role | None = None) -> tuple[StaffMember, ...]:
        """Return who works here now, by name; with a role, only who has it."""
        async with self._database.reading() as session:
            rows = await storage.members(session)
        found = (storage.to_member(row) for row in rows if row.is_active)
        return tuple(member for member in found if role is None or role in member.roles)

    async def member(self, staff_id: str) -> StaffMember | None:
        """Return a member, also one who left; None for an id nobody ever had."""
        async with self._database.reading() as session:
            row = await session.get(storage.StaffRow, staff_id)
        return None if row is None else storage.to_member(row)

    async def accounts(self) -> tuple[Account, ...]:
        """Return everybody who ever worked here, and how they log in."""
        async with self._database.reading() as session:
            return await storage.accounts(session)

    async def record(
        self,
        staff_id: str,
        event: StaffEvent,
        *,
        person_id: str | None = None,
        conversation_id: str | None = None,
        detail: str = "",
    ) -> None:
        """Keep what somebody did; `detail` holds words of ours or a receipt number, never of a person.

        The person of a conversation need not be named: they are looked up, so that they can see later
        who looked.

        Raises:
            UnknownConversationError: there is no such conversation.
        """
        async with self._database.session() as session:
            if conversation_id is not None and person_id is None:
                person_id = await person_of(session, conversation_id)
            storage.record(
                session,
                staff_id,
                event,
                at=self._clock(),
                person_id=person_id,
                conversation_id=conversation_id,
                detail=detail,
            )

    async def add(self, new: NewMember) -> str:
        """Add a member; returns the password for the first log-in, which is kept nowhere.

        Raises:
            UnsuitableUsernameError: nobody can be called that.
            UsernameTakenError: somebody else has the username or the address.
        """
        check_username(new.username)
        password = new_one_time_password()
        password_hash = await self._passwords.hash(password)
        async with self._database.session() as session:
            row = await storage.add(session, new, password_hash=password_hash, at=self._clock())
            storage.record(session, row.id, StaffEvent.ADDED, at=self._clock())
        return password

    async def reset(self, username: str) -> str:
        """Give somebody a new password for one log-in; their second factor and sessions are gone.

        Raises:
            UnknownMemberError: nobody works here under this name.
        """
        password = new_one_time_password()
        password_hash, now = await self._passwords.hash(password), self._clock()
        async with self._database.session() as session:
            row = await _lock(session, username)
            for key in (key_of("password", row.username), key_of("code", row.id)):
                await storage.forget_tries(session, key, at=now)
            row.password_hash, row.must_change_password, row.totp_secret = password_hash, True, None
            await storage.replace_recovery_codes(session, row.id, ())
            await storage.end_sessions(session, row.id)
            storage.record(session, row.id, StaffEvent.PASSWORD_RESET, at=now)
        return password

    async def deactivate(self, username: str) -> None:
        """End somebody's access, at once; what they did stays theirs.

        Raises:
            UnknownMemberError: nobody works here under this name.
        """
        async with self._database.session() as session:
            row = await _lock(session, username)
            row.is_active = False
            await storage.end_sessions(session, row.id)
            storage.record(session, row.id, StaffEvent.DEACTIVATED, at=self._clock())

    async def activate(self, username: str) -> None:
        """Give somebody their access back, with the password they had.

        Raises:
            UnknownMemberError: nobody works here under this name.
        """
        async with self._database.session() as session:
            row = await _lock(session, username)
            row.is_active = True
            storage.record(session, row.id, StaffEvent.ACTIVATED, at=self._clock())

    async def erase(self, session: AsyncSession, conversation_ids: Sequence[str]) -> None:
        """Blank whom staff looked at in these conversations."""
        await storage.erase(session, conversation_ids)


async def _lock(session: AsyncSession, username: str) -> storage.StaffRow:
    row = await storage.by_username(session, normalise_username(username))
    if row is None:
        raise UnknownMemberError(username)
    return await storage.lock(session, row.id)
