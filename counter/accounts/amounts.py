"""Amounts of money as people write and read them."""

import re

from counter.accounts.model import CENTS

# "1.250,50", "1250", "€ 1.250": points between thousands, a comma before cents.
_AMOUNT = re.compile(r"€?\s*(\d{1,3}(?:\.\d{3})+|\d{1,7})(?:,(\d{2}|-))?")


def in_euros(cents: int) -> str:
    """Return whole cents as euros, without the sign: `1.500`, or `1.250,50` when there are cents."""
    euros, rest = divmod(abs(cents), CENTS)
    sign = "-" if cents < 0 else ""
    written = f"{sign}{euros:,}".replace(",", ".")
    return f"{written},{rest:02}" if rest else written


def parse_euros(text: str) -> int | None:
    """Return the whole cents that somebody typed, or None when it is no amount."""
    match = _AMOUNT.fullmatch(text.strip())
    if match is None:
        return None
    euros, cents = match.groups()
    rest = int(cents) if cents and cents.isdecimal() else 0
    return int(euros.replace(".", "")) * CENTS + rest
