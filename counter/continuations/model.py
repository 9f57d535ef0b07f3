"""What a code is, and how one is recognised; no framework."""

import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

# Long enough to take another phone and type it; whoever finds it in a library tomorrow has nothing.
LIFETIME = timedelta(minutes=15)

# The page of the website where a key to read a conversation is used.
READING_PAGE = "/gesprek/lezen"

# No vowels, so that no code is a word, nor a word a code; nothing that looks like something else.
_LETTERS = "BCDFGHJKLMNPQRSTVWXZ23456789"
_LENGTH = 8
_CODE = re.compile(rf"(?:CODE:? *)?([{_LETTERS}]{{4}})[ -]?([{_LETTERS}]{{4}})")


@dataclass(frozen=True, kw_only=True)
class Code:
    """A code that moves one conversation, once, before it expires."""

    text: str
    """As people read it: `BCDF-2345`."""
    expires_at: datetime


class UnknownCodeError(LookupError):
    """Nothing can be opened with this code: it is wrong, too old, or was used."""


class SamePlaceError(ValueError):
    """The conversation is already held where it should go on."""


def new_code() -> str:
    """Return a new code, of some 38 random bits."""
    letters = "".join(secrets.choice(_LETTERS) for _ in range(_LENGTH))
    return f"{letters[:4]}-{letters[4:]}"


def parse_code(text: str) -> str | None:
    """Return the code that a message is, as `new_code` writes it, or None for a message that is no code."""
    found = _CODE.fullmatch(text.strip().upper())
    return None if found is None else f"{found[1]}-{found[2]}"
