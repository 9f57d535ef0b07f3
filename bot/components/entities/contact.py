"""Contact details and numbers somebody was given: recognised by their form, checked where a check exists."""

import re
from typing import Iterator

import phonenumbers
from stdnum.nl import postcode as dutch_postcode

from components.entities.found import Found, fold

_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_POSTCODE = re.compile(r"\b([1-9]\d{3})(\s?)([A-Za-z]{2})\b")
# Two letters after a year or a number that are a word of their own: "in 2024 is", "1200 km".
_SHORT_WORDS = frozenset(
    "al de en er ff ga ie ik in is ja je km kg m2 me mm na nu of om op pm te to uur we wo ze zo".split()
)
_KVK = re.compile(r"(?<![\d+-])\d{8}(?![\d-])")
# The counter's receipts: Crockford's base 32, V = voucher, H = open-hiring list, C = coach, B = job.
_RECEIPT = re.compile(r"\b([vhcbm])([\s-]*)([0-9a-z]{4})([\s-]*)([0-9a-z]{4})\b")
_RECEIPT_ALPHABET = frozenset("0123456789ABCDEFGHJKMNPQRSTVWXYZ")
_MISREAD = str.maketrans("OIL", "011")


def find_emails(text: str) -> Iterator[Found]:
    """Find e-mail addresses; the value is in lower case."""
    for match in _EMAIL.finditer(text):
        yield Found("email", match.group().lower(), *match.span())


def find_phone_numbers(text: str) -> Iterator[Found]:
    """Find phone numbers that exist in the Dutch plan or carry a country code; the value is E.164."""
    for match in phonenumbers.PhoneNumberMatcher(text, "NL"):
        value = phonenumbers.format_number(match.number, phonenumbers.PhoneNumberFormat.E164)
        yield Found("telefoon", value, match.start, match.end)


def find_postcodes(text: str) -> Iterator[Found]:
    """Find postcodes; the value is "1506 AB"."""
    for match in _POSTCODE.finditer(text):
        digits, space, letters = match.groups()
        is_words = space and letters in _SHORT_WORDS
        if not is_words and dutch_postcode.is_valid(digits + letters):
            yield Found("postcode", f"{digits} {letters.upper()}", *match.span())


def find_kvk_numbers(text: str) -> Iterator[Found]:
    """Find Chamber of Commerce numbers: eight digits; they carry no check digit."""
    for match in _KVK.finditer(text):
        yield Found("kvk_nummer", match.group(), *match.span())


def find_receipt_numbers(text: str) -> Iterator[Found]:
    """Find receipt numbers however typed; the value is as issued: "V-7KQ4-M2XR"."""
    for match in _RECEIPT.finditer(fold(text)):
        kind, first_gap, first, second_gap, second = match.groups()
        # Without a digit and its hyphens it is a letter and two Dutch words: "h werk doen".
        if not ("-" in first_gap and "-" in second_gap) and not re.search(r"\d", first + second):
            continue
        body = f"{first}{second}".upper().translate(_MISREAD)
        if set(body) <= _RECEIPT_ALPHABET:
            yield Found("aanvraagnummer", f"{kind.upper()}-{body[:4]}-{body[4:]}", *match.span())
