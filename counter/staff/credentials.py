"""What somebody does with their own password and second factor, once logged in."""

from counter.clock import Clock
from counter.database import Database
from counter.staff import storage
from counter.staff.checking import PasswordCheck, lock_proven
from counter.staff.logins import open_session
from counter.staff.model import (
    Account,
    OpenedSession,
    PasswordFault,
    SecondFactorRequiredError,
    Session,
    StaffEvent,
    StaffMember,
    UnsuitablePasswordError,
    WrongCredentialsError,
    normalise_password,
    password_fault,
)
from counter.staff.passwords import Passwords
from counter.staff.second_factor import hash_recovery_code, is_secret, new_recovery_codes, step_of


class CredentialService:
    """Changes how somebody logs in; each change that matters asks for the password again."""

    def __init__(self, database: Database, clock: Clock, passwords: Passwords) -> None:
        self._database = database
        self._clock = clock
        self._passwords = passwords
        self._check = PasswordCheck(database, clock, passwords)

    async def change_password(self, by: Session, present: str, new: str, *, device: str) -> OpenedSession:
        """Change somebody's password; ends all their sessions and opens one anew.

        Raises:
            TooManyTriesError: the present one was wrong too often.
            WrongCredentialsError: it is not their present one.
            UnsuitablePasswordError: the new one cannot be chosen.
        """
        fault = password_fault(normalise_password(new), username=by.member.username)
        if fault is None and normalise_password(new) == normalise_password(present):
            fault = PasswordFault.SAME
        proven = await self._check.check(by.member.username, present)
        if fault is not None:
            raise UnsuitablePasswordError(fault)
        password_hash, now = await self._passwords.hash(new), self._clock()
        async with self._database.session() as session:
            row = await lock_proven(session, proven)
            row.password_hash, row.must_change_password = password_hash, False
            await storage.end_sessions(session, row.id)
            storage.record(session, row.id, StaffEvent.PASSWORD_CHANGED, at=now)
            # Who changes it is logged in wholly, second factor included.
            return await open_session(session, row, device=device, at=now, is_confirmed=True)

    async def enrol(self, member: StaffMember, secret: str, code: str) -> tuple[str, ...]:
        """Begin with a second factor, once a code shows that the app has the secret.

        Returns the codes for when the phone is lost, which are told once.

        Raises:
            WrongCredentialsError: the code is wrong, or there is a second factor already.
        """
        now = self._clock()
        step = step_of(secret, code, at=now, used=None) if is_secret(secret) else None
        if step is None:
            raise WrongCredentialsError
        async with self._database.session() as session:
            row = await storage.lock(session, member.id)
            if row.totp_secret is not None:
                raise WrongCredentialsError
            row.totp_secret, row.totp_used_step = secret, step
            storage.record(session, row.id, StaffEvent.SECOND_FACTOR_ON, at=now)
            codes = new_recovery_codes()
            await storage.replace_recovery_codes(session, row.id, map(hash_recovery_code, codes))
        return codes

    async def renew_recovery_codes(self, member: StaffMember, password: str) -> tuple[str, ...]:
        """Return new codes for when the phone is lost; earlier ones open nothing any more.

        Raises:
            TooManyTriesError: the password was wrong too often.
            WrongCredentialsError: it is not theirs, or there is no second factor.
        """
        proven = await self._check.check(member.username, password)
        codes = new_recovery_codes()
        async with self._database.session() as session:
            row = await lock_proven(session, proven)
            if row.totp_secret is None:
                raise WrongCredentialsError
            await storage.replace_recovery_codes(session, row.id, map(hash_recovery_code, codes))
            storage.record(session, row.id, StaffEvent.RECOVERY_CODES_MADE, at=self._clock())
        return codes

    async def switch_off(self, member: StaffMember, password: str) -> None:
        """Go on without a second factor.

        Raises:
            SecondFactorRequiredError: an administrator cannot.
            TooManyTriesError: the password was wrong too often.
            WrongCredentialsError: it is not theirs.
        """
        if member.is_administrator:
            raise SecondFactorRequiredError
        proven = await self._check.check(member.username, password)
        async with self._database.session() as session:
            row = await lock_proven(session, proven)
            row.totp_secret = None
            await storage.replace_recovery_codes(session, row.id, ())
            storage.record(session, row.id, StaffEvent.SECOND_FACTOR_OFF, at=self._clock())

    async def account(self, member: StaffMember) -> Account:
        """Return how somebody logs in."""
        async with self._database.reading() as session:
            [account] = await storage.accounts(session, member.id)
        return account
