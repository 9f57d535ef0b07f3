"""From the text of one cell to a value; what is no value is explained in Dutch."""

import math
import re
import unicodedata
from collections.abc import Callable
from datetime import date
from enum import StrEnum
from urllib.parse import urlsplit

from counter.places.gazetteer import Gazetteer

type Parser[Value] = Callable[[str], Value]

MAX_URL_LENGTH = 500
MAX_WORDS = 20
MAX_WORD_LENGTH = 80
MAX_PRICE_EUR = 100_000
_SHOWN = 40

_IDENTIFIER = re.compile(r"[A-Za-z0-9]+(?:[._-][A-Za-z0-9]+)*")
_MAX_IDENTIFIER_LENGTH = 60
_ISO_DATE = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})", re.ASCII)
_DUTCH_DATE = re.compile(r"(?P<day>\d{1,2})-(?P<month>\d{1,2})-(?P<year>\d{4})", re.ASCII)
_FIRST_YEAR, _LAST_YEAR = 2000, 2100
# "1.250,00", "1250", "1250,-" and, from other programs, "1250.50".
_EUROS = re.compile(
    r"(?:€|eur)?\s*(?P<whole>\d{1,3}(?:\.\d{3})+|\d+)(?:[.,](?P<cents>\d{1,2})|,-{1,2})?", re.ASCII
)
_WHOLE_NUMBER = re.compile(r"\d{1,9}", re.ASCII)
_YES = frozenset({"ja", "true", "waar", "1"})
_NO = frozenset({"nee", "false", "onwaar", "0"})
# A spreadsheet that opens our export would run a cell that starts like this.
_FORMULA_STARTS = ("=", "+", "-", "@")


class UnusableValueError(ValueError):
    """A cell does not hold what its column promises; the message is for the administrator."""


def quoted(text: str) -> str:
    """Return what somebody wrote, short enough for one line."""
    return f"'{text}'" if len(text) <= _SHOWN else f"'{text[:_SHOWN]}…'"


def tidy(cell: str) -> str:
    """Return the cell in one spelling of its letters, with single spaces.

    Raises:
        UnusableValueError: it holds something nobody can see or store.
    """
    # Browsers and databases disagree about control characters; half a surrogate pair is no text at all.
    text = unicodedata.normalize("NFC", " ".join(cell.split()))
    if any(unicodedata.category(character) in {"Cc", "Cs"} for character in text):
        message = "hier staat een onzichtbaar teken in."
        raise UnusableValueError(message)
    return text


def text(maximum: int) -> Parser[str]:
    """Return a parser of text of at most so many characters."""

    def parse(cell: str) -> str:
        if len(cell) > maximum:
            message = f"deze tekst heeft {len(cell)} tekens; {maximum} is het meeste."
            raise UnusableValueError(message)
        if cell.startswith(_FORMULA_STARTS):
            message = f"{quoted(cell)} begint met '{cell[0]}'. Een spreadsheet leest dat als formule."
            raise UnusableValueError(message)
        return cell

    return parse


def identifier(cell: str) -> str:
    """Return an id: it travels in buttons and addresses, so it is short and plain."""
    if not _IDENTIFIER.fullmatch(cell) or len(cell) > _MAX_IDENTIFIER_LENGTH:
        message = (
            f"{quoted(cell)} kan geen id zijn. Gebruik gewone letters, cijfers en streepjes, "
            f"hoogstens {_MAX_IDENTIFIER_LENGTH} tekens."
        )
        raise UnusableValueError(message)
    return cell


def words(cell: str) -> tuple[str, ...]:
    """Return the parts between bars, each once."""
    parse = text(MAX_WORD_LENGTH)
    parts = tuple(dict.fromkeys(parse(part.strip()) for part in cell.split("|") if part.strip()))
    if len(parts) > MAX_WORDS:
        message = f"hier staan {len(parts)} woorden of zinnen; {MAX_WORDS} is het meeste."
        raise UnusableValueError(message)
    return parts


def one_of[Choice: StrEnum](choices: type[Choice]) -> Parser[Choice]:
    """Return a parser that knows these choices, however they are capitalised or spaced."""
    known = {_plain(choice): choice for choice in choices}

    def parse(cell: str) -> Choice:
        choice = known.get(_plain(cell))
        if choice is None:
            message = f"{quoted(cell)} ken ik niet. Kies uit: {', '.join(choices)}."
            raise UnusableValueError(message)
        return choice

    return parse


def _plain(text: str) -> str:
    return re.sub(r"[\s_-]", "", text).casefold()


def whole_number(minimum: int, maximum: int) -> Parser[int]:
    """Return a parser of whole numbers within these bounds."""

    def parse(cell: str) -> int:
        if not _WHOLE_NUMBER.fullmatch(cell):
            message = f"{quoted(cell)} is geen heel getal."
            raise UnusableValueError(message)
        number = int(cell)
        if not minimum <= number <= maximum:
            message = f"{number} mag niet: het is minstens {minimum} en hoogstens {maximum}."
            raise UnusableValueError(message)
        return number

    return parse


def euros(cell: str) -> int:
    """Return a price in whole euros, rounded up: nobody may find it dearer than we said."""
    if cell.casefold() == "gratis":
        return 0
    found = _EUROS.fullmatch(cell.casefold())
    if found is None:
        message = f"{quoted(cell)} is geen bedrag. Schrijf bijvoorbeeld: 1250 of € 1.250,00."
        raise UnusableValueError(message)
    whole = found["whole"].replace(".", "")
    # The length goes first: Python does not read numbers of thousands of digits.
    price = math.inf if len(whole) > len(str(MAX_PRICE_EUR)) else int(whole) + (int(found["cents"] or 0) > 0)
    if price > MAX_PRICE_EUR:
        message = f"{quoted(cell)} is te veel: {MAX_PRICE_EUR} euro is het meeste."
        raise UnusableValueError(message)
    return int(price)


def day(cell: str) -> date:
    """Return a date, written as 2027-03-01 or 1-3-2027."""
    found = _ISO_DATE.fullmatch(cell) or _DUTCH_DATE.fullmatch(cell)
    try:
        value = date(*(int(found[part]) for part in ("year", "month", "day"))) if found else None
    except ValueError:
        value = None
    if value is None:
        message = f"{quoted(cell)} is geen datum. Schrijf bijvoorbeeld: 1-3-2027."
        raise UnusableValueError(message)
    if not _FIRST_YEAR <= value.year <= _LAST_YEAR:
        message = f"het jaar {value.year} kan niet kloppen."
        raise UnusableValueError(message)
    return value


def link(cell: str) -> str:
    """Return a web address that is safe to show as a link."""
    try:
        parts = urlsplit(cell)
        usable = parts.scheme in {"http", "https"} and bool(parts.hostname) and "@" not in parts.netloc
        # Reading the port is what checks it.
        usable = usable and (parts.port is None or parts.port > 0)
    except ValueError:
        usable = False
    if not usable or " " in cell or len(cell) > MAX_URL_LENGTH:
        message = f"{quoted(cell)} is geen webadres dat begint met https:// of http://."
        raise UnusableValueError(message)
    return cell


def yes_or_no(cell: str) -> bool:
    """Return whether the cell says yes."""
    answer = cell.casefold()
    if answer not in _YES | _NO:
        message = f"{quoted(cell)} is geen ja of nee."
        raise UnusableValueError(message)
    return answer in _YES


def place_in(gazetteer: Gazetteer) -> Parser[str]:
    """Return a parser of places; a misspelt one is refused, because a guess would move a course."""

    def parse(cell: str) -> str:
        place = gazetteer.find(cell)
        if place is None:
            message = f"{quoted(cell)} is geen plaats in Noord-Holland die ik ken."
            raise UnusableValueError(message)
        if not gazetteer.knows(cell):
            message = f"{quoted(cell)} ken ik niet. Bedoel je {place.name}?"
            raise UnusableValueError(message)
        return place.name

    return parse
