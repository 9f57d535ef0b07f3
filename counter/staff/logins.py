"""Logging in and out: a password, a second factor, and the sessions that follow."""

import secrets
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from counter.clock import Clock
from counter.database import Database
from counter.staff import storage
from counter.staff.checking import PasswordCheck, hash_of, key_of, lock_proven, note_failure
from counter.staff.model import (
    SEEN_EVERY,
    Duty,
    NotLinkedError,
    OpenedSession,
    Session,
    SessionEndedError,
    SessionSummary,
    StaffEvent,
    TooManyTriesError,
    WrongCredentialsError,
)
from counter.staff.passwords import Passwords
from counter.staff.second_factor import hash_recovery_code, step_of
from counter.staff.storage import StaffRow, StaffSessionRow


class LoginService:
    """Opens, confirms and ends sessions of staff."""

    def __init__(self, database: Database, clock: Clock, passwords: Passwords) -> None:
        self._database = database
        self._clock = clock
        self._passwords = passwords
        self._check = PasswordCheck(database, clock, passwords)

    async def log_in(self, username: str, password: str, *, device: str) -> OpenedSession:
        """Open a session; who has a second factor must confirm it first.

        Raises:
            TooManyTriesError: there were too many just before; this one was not looked at.
            WrongCredentialsError: there is nobody with this name and this password.
        """
        proven, now = await self._check.check(username, password), self._clock()
        renewed = None
        if self._passwords.is_outdated(proven.password_hash):
            renewed = await self._passwords.hash(password)
        async with self._database.session() as session:
            row = await lock_proven(session, proven)
            if renewed is not None:
                row.password_hash = renewed
            return await open_session(session, row, device=device, at=now)

    async def log_in_by_provider(
        self, identity: str, verified_email: str | None, *, device: str
    ) -> OpenedSession:
        """Open a session for who their organisation knows; the first time, the address must be known here.

        Raises:
            NotLinkedError: nobody who works here has this identity or this address.
        """
        async with self._database.session() as session:
            row = await storage.lock_by_provider(session, identity, verified_email)
            if row is None or not row.is_active:
                raise NotLinkedError
            if row.provider_identity is None:
                row.provider_identity = identity
                storage.record(session, row.id, StaffEvent.LINKED, at=self._clock())
            return await open_session(session, row, device=device, at=self._clock(), by_password=False)

    async def confirm(self, token: str, code: str, *, device: str) -> OpenedSession:
        """Go on from the password with a code of the app, or one from paper; the token becomes another.

        Raises:
            SessionEndedError: the password was too long ago.
            TooManyTriesError: there were too many just before; this one was not looked at.
            WrongCredentialsError: the code is wrong, or was used.
        """
        now = self._clock()
        async with self._database.session() as session:
            found = await storage.session_by_token(session, hash_of(token), now=now)
            if found is None or found[0].is_confirmed:
                raise SessionEndedError
            pending, member = found
            key = key_of("code", member.id)
            wait = await storage.count_try(session, key, at=now)
            if wait is None:
                row = await storage.lock(session, member.id)
                if await _is_right(session, row, code, at=now):
                    await storage.forget_tries(session, key, at=now)
                    await session.delete(pending)
                    return await open_session(
                        session,
                        row,
                        device=device,
                        at=now,
                        by_password=pending.by_password,
                        is_confirmed=True,
                    )
        if wait is not None:
            raise TooManyTriesError(wait)
        await note_failure(self._database, self._clock, key, member.id)
        raise WrongCredentialsError

    async def session(self, token: str) -> Session | None:
        """Return whose session this is, and note that they are there; None when it ended."""
        now = self._clock()
        async with self._database.reading() as reading:
            found = await storage.session_by_token(reading, hash_of(token), now=now)
        if found is None:
            return None
        session, member = found
        if now - session.seen_at >= SEEN_EVERY:
            async with self._database.session() as writing:
                await storage.see(writing, session.id, at=now)
        return Session(
            id=session.id,
            member=storage.to_member(member),
            duty=_duty(session, member),
            by_password=session.by_password,
        )

    async def lasts(self, token: str) -> bool:
        """Tell whether a session goes on; that somebody asks does not mean that anybody is there."""
        async with self._database.reading() as reading:
            return await storage.session_by_token(reading, hash_of(token), now=self._clock()) is not None

    async def log_out(self, token: str) -> None:
        """End this session; does nothing when it ended."""
        async with self._database.session() as session:
            found = await storage.session_by_token(session, hash_of(token), now=self._clock())
            if found is not None:
                await session.delete(found[0])
                storage.record(session, found[1].id, StaffEvent.LOGGED_OUT, at=self._clock())

    async def sessions(self, staff_id: str) -> tuple[SessionSummary, ...]:
        """Return where somebody is logged in, the latest seen first."""
        async with self._database.reading() as session:
            return await storage.sessions_of(session, staff_id, now=self._clock())

    async def end_session(self, staff_id: str, session_id: str) -> None:
        """End a session of somebody's own; does nothing when it ended, or is another's."""
        async with self._database.session() as session:
            if await storage.end_sessions(session, staff_id, only=session_id):
                storage.record(session, staff_id, StaffEvent.SESSIONS_ENDED, at=self._clock())

    async def end_other_sessions(self, staff_id: str, session_id: str) -> None:
        """End all of somebody's own sessions but this one."""
        async with self._database.session() as session:
            if await storage.end_sessions(session, staff_id, but=session_id):
                storage.record(session, staff_id, StaffEvent.SESSIONS_ENDED, at=self._clock())


async def open_session(
    session: AsyncSession,
    row: StaffRow,
    *,
    device: str,
    at: datetime,
    by_password: bool = True,
    is_confirmed: bool = False,
) -> OpenedSession:
    """Open a session for a member who is held; it waits for the second factor when they have one."""
    token = secrets.token_urlsafe(32)
    opened = StaffSessionRow(
        token_hash=hash_of(token),
        staff_id=row.id,
        is_confirmed=is_confirmed or row.totp_secret is None,
        by_password=by_password,
        device=device,
        opened_at=at,
        seen_at=at,
    )
    await storage.delete_run_out(session, now=at)
    session.add(opened)
    if opened.is_confirmed:
        storage.record(session, row.id, StaffEvent.LOGGED_IN, at=at)
    return OpenedSession(token=token, duty=_duty(opened, row))


def _duty(session: StaffSessionRow, row: StaffRow) -> Duty | None:
    if not session.is_confirmed:
        return Duty.CONFIRM
    if row.must_change_password and session.by_password:
        return Duty.CHANGE_PASSWORD
    if row.totp_secret is None and storage.to_member(row).is_administrator:
        return Duty.ENROL
    return None


async def _is_right(session: AsyncSession, row: StaffRow, code: str, *, at: datetime) -> bool:
    """Tell whether a code is right, and see to it that it is no longer."""
    if row.totp_secret is None:
        return False
    step = step_of(row.totp_secret, code, at=at, used=row.totp_used_step)
    if step is not None:
        row.totp_used_step = step
        return True
    if await storage.use_recovery_code(session, row.id, hash_recovery_code(code)):
        storage.record(session, row.id, StaffEvent.RECOVERY_CODE_USED, at=at)
        return True
    return False
