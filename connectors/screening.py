"""What a person may send: cleaned, and refused before it is stored when it must not be kept."""

import re
import unicodedata
from enum import StrEnum

from stdnum import iban
from stdnum.nl import bsn

# Two pages of text; longer is a pasted letter, which a coach should read instead.
MAX_CHARACTERS = 2000

# Nine digits, also as 111.222.333; a digit or plus in front or behind makes it another number.
_NINE_DIGITS = re.compile(r"(?<![\d+])\d{3}[ .-]?\d{3}[ .-]?\d{3}(?![ .-]?\d)")
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?:[ ]?[A-Z0-9]){11,30}\b", re.IGNORECASE)


class Refusal(StrEnum):
    """Why a text is not kept; each is the name of a notice."""

    BSN = "bsn"
    IBAN = "iban"
    TOO_LONG = "te_lang"


def clean(text: str) -> str:
    """Remove what cannot be read: control characters but newlines, and space around the text."""
    kept = (
        character
        for character in text.replace("\r\n", "\n").replace("\r", "\n")
        # Cc: NUL and the like. Cs: halves of surrogate pairs, which no database takes.
        if character == "\n" or unicodedata.category(character) not in {"Cc", "Cs"}
    )
    return "".join(kept).strip()


def refusal(text: str) -> Refusal | None:
    """Return why this text must not be stored, or None.

    A burgerservicenummer counts when it passes the elfproef, an IBAN when it passes mod-97;
    postcodes, phone numbers and receipt numbers pass.
    """
    if len(text) > MAX_CHARACTERS:
        return Refusal.TOO_LONG
    if any(bsn.is_valid(match.group()) for match in _NINE_DIGITS.finditer(text)):
        return Refusal.BSN
    if any(_holds_iban(match.group()) for match in _IBAN.finditer(text)):
        return Refusal.IBAN
    return None


def _holds_iban(text: str) -> bool:
    # "NL91 ABNA 0417 1643 00 alsjeblieft" matches too far: try the shorter beginnings as well.
    compact = re.sub(r"\s", "", text)
    return any(iban.is_valid(compact[:length]) for length in range(15, len(compact) + 1))
