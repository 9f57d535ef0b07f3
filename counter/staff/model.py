"""Who works at the counter, what they may, and the rules of logging in; no framework."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

# A working day without a lunch break long enough to forget the screen, and nobody works longer than this.
IDLE, LIFETIME = timedelta(hours=8), timedelta(hours=12)
# Long enough to find a phone; a screen left at the second step opens nothing for the next visitor.
PENDING = timedelta(minutes=10)
# That somebody is there is written down no more often than this.
SEEN_EVERY = timedelta(minutes=1)

# Who mistypes a few times waits for nothing; who guesses waits longer each time, but no colleague is
# kept out for a day by somebody who only knows a name.
FREE_TRIES = 5
FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=30), timedelta(minutes=15)
TRIES_FORGOTTEN = timedelta(days=1)

# NIST SP 800-63B: length counts, and no rules about signs; the upper bound keeps hashing cheap.
MIN_PASSWORD, MAX_PASSWORD, FEWEST_SIGNS = 12, 200, 5
_USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,39}")


class Role(StrEnum):
    """What somebody does here."""

    COACH = "coach"
    EDITOR = "redacteur"
    ADMINISTRATOR = "beheerder"


class StaffEvent(StrEnum):
    """What is kept of what staff do."""

    ADDED = "added"
    ACTIVATED = "activated"
    DEACTIVATED = "deactivated"
    PASSWORD_RESET = "password_reset"  # noqa: S105 - the name of an event
    PASSWORD_CHANGED = "password_changed"  # noqa: S105 - the name of an event
    SECOND_FACTOR_ON = "second_factor_on"
    SECOND_FACTOR_OFF = "second_factor_off"
    RECOVERY_CODES_MADE = "recovery_codes_made"
    RECOVERY_CODE_USED = "recovery_code_used"
    LINKED = "linked"
    LOGGED_IN = "logged_in"
    LOGIN_FAILED = "login_failed"
    LOCKED = "locked"
    LOGGED_OUT = "logged_out"
    SESSIONS_ENDED = "sessions_ended"
    LOOKED = "looked"
    REFUSED = "refused"
    """They wanted to look at somebody who is none of their business."""
    CLAIMED = "claimed"
    DECIDED = "decided"
    CORRECTED = "corrected"
    """They put right what is known of somebody."""


class Duty(StrEnum):
    """What somebody who knows their password must do before anything else."""

    CONFIRM = "confirm"
    """Give the second factor."""
    CHANGE_PASSWORD = "change_password"  # noqa: S105 - the name of a duty
    ENROL = "enrol"
    """Begin with a second factor."""


class PasswordFault(StrEnum):
    """Why a password cannot be chosen."""

    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    HOLDS_NAME = "holds_name"
    REPEATS = "repeats"
    """Fewer than five different signs."""
    SAME = "same"
    """It is the one before."""


@dataclass(frozen=True, kw_only=True)
class StaffMember:
    """Somebody who works here, as the rest of the counter sees them."""

    id: str
    username: str
    name: str
    """Shown to people."""
    roles: frozenset[Role]
    organisation: str
    regions: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    """The topics they are good at."""

    @property
    def is_administrator(self) -> bool:
        """Tell whether they may do everything, and so must have a second factor."""
        return Role.ADMINISTRATOR in self.roles


@dataclass(frozen=True, kw_only=True)
class NewMember:
    """Somebody who comes to work here."""

    username: str
    name: str
    roles: frozenset[Role]
    organisation: str
    email: str | None = None
    """Known at the organisation's own log-in; only needed for that."""
    regions: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    is_sample: bool = False


@dataclass(frozen=True, kw_only=True)
class Account:
    """A member, and how they log in."""

    member: StaffMember
    is_active: bool
    is_sample: bool
    has_second_factor: bool
    recovery_codes: int
    """How many are left."""
    last_seen: datetime | None


@dataclass(frozen=True, kw_only=True)
class OpenedSession:
    """What a browser is given once: the token, and what must be done first."""

    token: str
    duty: Duty | None


@dataclass(frozen=True, kw_only=True)
class Session:
    """Somebody who is logged in, or half-way when there is a duty."""

    id: str
    member: StaffMember
    duty: Duty | None
    by_password: bool
    """Not by the log-in of their organisation."""


@dataclass(frozen=True, kw_only=True)
class SessionSummary:
    """Where somebody is logged in, as they recognise it themselves."""

    id: str
    device: str
    opened_at: datetime
    seen_at: datetime


class UnknownMemberError(LookupError):
    """Nobody works here under this name."""


class UsernameTakenError(ValueError):
    """Somebody else has this username, or this e-mail address."""


class UnsuitableUsernameError(ValueError):
    """A username is 2 to 40 small letters, figures, dots, dashes and underscores."""


class WrongCredentialsError(Exception):
    """The name, the password or the code is wrong; which one is not told."""


class TooManyTriesError(Exception):
    """There were too many wrong tries just before; this one was not looked at."""

    def __init__(self, wait: timedelta) -> None:
        super().__init__(wait)
        self.wait = wait


class SessionEndedError(LookupError):
    """Nobody is logged in with this token, or not any more."""


class UnsuitablePasswordError(ValueError):
    """This password cannot be chosen; `fault` says why."""

    def __init__(self, fault: PasswordFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


class SecondFactorRequiredError(Exception):
    """An administrator cannot do without a second factor."""


class NotLinkedError(LookupError):
    """The organisation knows this person, but nobody here has that address."""


def normalise_username(typed: str) -> str:
    """Return a username as it is kept."""
    return typed.strip().casefold()


def check_username(username: str) -> None:
    """Accept a username that people can type and read aloud.

    Raises:
        UnsuitableUsernameError: it is not.
    """
    if _USERNAME.fullmatch(username) is None:
        raise UnsuitableUsernameError(username)


def normalise_password(typed: str) -> str:
    """Return a password as it is hashed: the same letter typed on two keyboards is one letter."""
    return unicodedata.normalize("NFKC", typed)


def password_fault(password: str, *, username: str) -> PasswordFault | None:
    """Return why a password cannot be chosen, or None."""
    if len(password) < MIN_PASSWORD:
        return PasswordFault.TOO_SHORT
    if len(password) > MAX_PASSWORD:
        return PasswordFault.TOO_LONG
    if username in password.casefold():
        return PasswordFault.HOLDS_NAME
    if len(set(password)) < FEWEST_SIGNS:
        return PasswordFault.REPEATS
    return None


def wait_after(failures: int) -> timedelta:
    """Return how long to wait after this many wrong tries in a row: nothing at first, then ever longer."""
    if failures < FREE_TRIES:
        return timedelta(0)
    # Doubled no further than needed: the power of a large number is larger than any duration.
    doubled = min(failures - FREE_TRIES, 10)
    return min(LONGEST_WAIT, FIRST_WAIT * (1 << doubled))
