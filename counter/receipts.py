"""Receipt numbers: short enough to read aloud, too many to guess."""

import re
import secrets
from typing import Literal

type Kind = Literal["V", "H", "C", "B", "M"]
"""V = voucher application, H = place on an open-hiring list, C = referral to a coach, B = job offered,
M = alert about courses."""

# Crockford's base 32 leaves out I, L, O and U, which people misread or misspell.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_MISREAD = str.maketrans("OIL", "011")
_NUMBER = re.compile(r"([VHCBM])[\s-]*([0-9A-Z]{4})[\s-]*([0-9A-Z]{4})", re.IGNORECASE)


def new_number(kind: Kind) -> str:
    """Return a new receipt number such as `V-7KQ4-M2XR` (40 random bits)."""
    characters = "".join(secrets.choice(ALPHABET) for _ in range(8))
    return f"{kind}-{characters[:4]}-{characters[4:]}"


def normalise_number(text: str) -> str | None:
    """Return the receipt number that `text` is, as it was issued, or None.

    Lower case, spaces, and the letters people type for digits (o, i, l) are forgiven.
    """
    match = _NUMBER.fullmatch(text.strip())
    if match is None:
        return None
    kind, first, second = (part.upper() for part in match.groups())
    body = f"{first}-{second}".translate(_MISREAD)
    if not set(body) <= {*ALPHABET, "-"}:
        return None
    return f"{kind}-{body}"


def numbers_in(text: str) -> list[str]:
    """Return the receipt numbers in words of ours, as they were issued."""
    return [match.group() for match in _NUMBER.finditer(text)]
