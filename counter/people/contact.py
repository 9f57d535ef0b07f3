"""What counts as a name, an age, a postcode, an e-mail address or a phone number.

Each function reads what somebody typed, with or without words around it, and returns the
normalised value, or None when it holds no such thing.
"""

import re
import unicodedata

import phonenumbers
from phonenumbers import PhoneNumberFormat, PhoneNumberType
from stdnum.exceptions import ValidationError
from stdnum.nl import postcode as dutch_postcode

MAX_NAME_LENGTH = 60
MAX_NAME_WORDS = 6
MAX_EMAIL_LENGTH = 254  # RFC 5321, 4.5.3.1.3
MAX_AGE = 120

_NAME_INTRODUCTION = re.compile(
    r"^(?:(?:hoi|hallo|hi|ja)[,!]?\s+)?(?:ik heet|mijn naam is|m'n naam is|ik ben)\s+", re.IGNORECASE
)
_NAME = re.compile(r"[^\W\d_](?:[^\W\d_]|[ .'\u2019-])*")
_POSTCODE = re.compile(r"\b(\d{4})\s?([a-z]{2})\b", re.IGNORECASE)
_EMAIL = re.compile(
    r"(?<![\w.@+-])[\w+-]+(?:\.[\w+-]+)*@(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,63}(?![\w@-])",
    re.IGNORECASE | re.ASCII,
)
# Calling back one of these costs no more than an ordinary call.
_ORDINARY_NUMBERS = frozenset(
    {
        PhoneNumberType.MOBILE,
        PhoneNumberType.FIXED_LINE,
        PhoneNumberType.FIXED_LINE_OR_MOBILE,
        PhoneNumberType.VOIP,
    }
)
_DUTCH_COUNTRY_CODE = 31

_UP_TO_NINETEEN = [
    "nul",
    "een",
    "twee",
    "drie",
    "vier",
    "vijf",
    "zes",
    "zeven",
    "acht",
    "negen",
    "tien",
    "elf",
    "twaalf",
    "dertien",
    "veertien",
    "vijftien",
    "zestien",
    "zeventien",
    "achttien",
    "negentien",
]
_TENS = ["twintig", "dertig", "veertig", "vijftig", "zestig", "zeventig", "tachtig", "negentig"]
_AGE_IN_FIGURES = re.compile(r"(?<![\w.,@/-])\d{1,3}(?![\w@/-]|[.,]\d)")
_AROUND_AN_AGE = re.compile(r"\b(?:ik|ben|nu|jaar|oud|mijn|leeftijd|is)\b")


def parse_name(text: str) -> str | None:
    """Return the name in "Anna de Vries" or "ik heet Anna"."""
    name = " ".join(unicodedata.normalize("NFC", text).split())
    name = _NAME_INTRODUCTION.sub("", name).rstrip(" .,!")
    letters = sum(letter.isalpha() for letter in name)
    is_name = (
        _NAME.fullmatch(name) is not None
        and letters > 1
        and len(name) <= MAX_NAME_LENGTH
        and len(name.split()) <= MAX_NAME_WORDS
    )
    return name if is_name else None


def parse_age(text: str) -> int | None:
    """Return the age in years in "34", "ik ben 34 jaar" or "vierendertig"."""
    figures = _AGE_IN_FIGURES.findall(text)
    if figures:
        age = int(figures[0])
        return age if len(figures) == 1 and age <= MAX_AGE else None
    words = _AROUND_AN_AGE.sub(" ", _without_accents(text.lower()))
    return _age_in_words("".join(re.findall(r"[a-z]+", words)))


def parse_postcode(text: str) -> str | None:
    """Return the postcode as "1506 AB"."""
    found = _POSTCODE.search(text)
    if found is None:
        return None
    try:
        valid: str = dutch_postcode.validate("".join(found.groups()))
    except ValidationError:
        return None
    return valid


def parse_email(text: str) -> str | None:
    """Return the e-mail address; it looks like one, which is all that can be known."""
    found = _EMAIL.search(text)
    if found is None or len(found[0]) > MAX_EMAIL_LENGTH:
        return None
    return found[0]


def parse_phone(text: str) -> str | None:
    """Return the ordinary Dutch phone number as "+31612345678"."""
    for found in phonenumbers.PhoneNumberMatcher(text, "NL"):
        if (
            found.number.country_code == _DUTCH_COUNTRY_CODE
            and phonenumbers.number_type(found.number) in _ORDINARY_NUMBERS
        ):
            return phonenumbers.format_number(found.number, PhoneNumberFormat.E164)
    return None


def readable_phone(phone: str) -> str:
    """Return a number as people here read it: "06 12345678"; what is no number stays as it is."""
    try:
        number = phonenumbers.parse(phone, "NL")
    except phonenumbers.NumberParseException:
        return phone
    return phonenumbers.format_number(number, PhoneNumberFormat.NATIONAL)


def _without_accents(text: str) -> str:
    return "".join(
        letter for letter in unicodedata.normalize("NFD", text) if not unicodedata.combining(letter)
    )


def _age_in_words(word: str) -> int | None:
    return next((age for age in range(MAX_AGE + 1) if _in_words(age) == word), None)


def _in_words(number: int) -> str:
    """Return a number up to 199 in Dutch, without accents."""
    hundreds, rest = divmod(number, 100)
    if hundreds:
        return "honderd" + (_in_words(rest) if rest else "")
    if rest < len(_UP_TO_NINETEEN):
        return _UP_TO_NINETEEN[rest]
    tens, units = divmod(rest, 10)
    return (_UP_TO_NINETEEN[units] + "en" if units else "") + _TENS[tens - 2]
