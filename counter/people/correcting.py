"""What each detail may be, wherever somebody puts it right: in the chat, or on a page of their own."""

from collections.abc import Callable, Mapping

from counter.people.contact import (
    parse_age,
    parse_email,
    parse_name,
    parse_phone,
    parse_postcode,
    readable_phone,
)
from counter.people.model import Detail

_PARSERS: Mapping[Detail, Callable[[str], object]] = {
    Detail.NAME: parse_name,
    Detail.PHONE: parse_phone,
    Detail.EMAIL: parse_email,
    Detail.POSTCODE: parse_postcode,
    Detail.AGE: parse_age,
}


def parse(detail: Detail, text: str) -> str | None:
    """Return the value in what somebody wrote as it is kept, or None when there is none."""
    value = _PARSERS[detail](text)
    return None if value is None else str(value)


def readable(detail: Detail, value: str) -> str:
    """Return a value as people write it themselves."""
    return readable_phone(value) if detail is Detail.PHONE else value
