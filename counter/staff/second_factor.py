"""The second factor: codes of an app on somebody's phone (RFC 6238), and codes on paper for a lost one."""

import hashlib
import secrets
from datetime import datetime

import pyotp
from pyotp.utils import strings_equal

ISSUER = "Loket Noord-Holland"
RECOVERY_CODES = 10
# A phone's clock may be half a minute off, either way.
_NEIGHBOURS = (0, -1, 1)
# No vowels, so that no code is a word; nothing that looks like something else.
_LETTERS = "BCDFGHJKLMNPQRSTVWXZ23456789"
_GROUP = 5


def new_secret() -> str:
    """Return a new secret of 160 random bits, as apps read it."""
    return pyotp.random_base32()


def is_secret(text: str) -> bool:
    """Tell whether this can be a secret that `new_secret` gave."""
    return len(text) == len(new_secret()) and set(text) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")


def address_of(secret: str, username: str) -> str:
    """Return the address that an app reads from a QR code."""
    return pyotp.TOTP(secret).provisioning_uri(name=username, issuer_name=ISSUER)


def step_of(secret: str, typed: str, *, at: datetime, used: int | None) -> int | None:
    """Return the half minute a code is of, or None for a wrong one.

    `used` is the half minute of the code that was accepted last; that one and earlier ones are no
    longer right, so that who reads along cannot use a code again.
    """
    totp, code = pyotp.TOTP(secret), "".join(typed.split())
    for offset in _NEIGHBOURS:
        step = totp.timecode(at) + offset
        if strings_equal(totp.generate_otp(step), code) and (used is None or step > used):
            return step
    return None


def new_recovery_codes() -> tuple[str, ...]:
    """Return new codes of some 48 random bits each."""
    return tuple(_new_code() for _ in range(RECOVERY_CODES))


def hash_recovery_code(typed: str) -> str:
    """Return the hash to keep or to look for; random bits enough that it need not be slow."""
    letters = "".join(sign for sign in typed.upper() if sign.isalnum())
    return hashlib.sha256(letters.encode()).hexdigest()


def _new_code() -> str:
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(_GROUP)) for _ in range(2))
