"""Reading a JSON document of somebody else's: each value is looked at, and every fault is kept."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from counter.imports.model import ImportFault
from counter.imports.plain_text import plain
from counter.imports.values import UnusableValueError, day, link, quoted, tidy

# In this order: the language of the counter, the one most people know besides, and then any.
_LANGUAGES = ("nl", "en", "")


class Document:
    """One object of a source, and what is wrong with it; what is missing or wrong reads as None."""

    def __init__(self, content: Mapping[str, Any], item: str) -> None:
        self.content = content
        self.faults: list[ImportFault] = []
        self._item = item

    def fault(self, field: str, message: str) -> None:
        """Keep that something is wrong with a field."""
        self.faults.append(ImportFault(item=self._item, column=field, message=message))

    def has(self, field: str) -> bool:
        """Tell whether there is anything in a field."""
        return self.content.get(field) is not None

    def text(self, field: str) -> str | None:
        """Return a text."""
        value = self.content.get(field)
        if value is None:
            return None
        if not isinstance(value, str):
            self.fault(field, "dit is geen tekst.")
            return None
        return self._tidied(field, value)

    def in_dutch(self, field: str, *, required: bool = False) -> str | None:
        """Return the best of a list of texts that each have a language, as plain text."""
        value = self.content.get(field)
        if value is None or value == []:
            if required:
                self.fault(field, "dit ontbreekt.")
            return None
        chosen = _best(value) if isinstance(value, list) else None
        if chosen is None:
            self.fault(field, "dit is geen lijst van teksten met een taal.")
            return None
        text = self._tidied(field, plain(chosen))
        if required and text == "":
            self.fault(field, "dit is leeg.")
        return text or None

    def outcomes(self, field: str) -> Iterator[str]:
        """Yield the best text of each item of a list of lists of texts."""
        value = self.content.get(field)
        for texts in value if isinstance(value, list) else ():
            chosen = _best(texts) if isinstance(texts, list) else None
            if chosen and (text := self._tidied(field, plain(chosen))):
                yield text

    def day(self, field: str, *, required: bool = False) -> date | None:
        """Return a date; of a moment its day."""
        value = self.content.get(field)
        if value is None:
            if required:
                self.fault(field, "dit ontbreekt.")
            return None
        try:
            return day(str(value).split("T")[0])
        except UnusableValueError as error:
            self.fault(field, str(error))
            return None

    def identity(self, field: str) -> str | None:
        """Return an id, as every spelling of it comes out the same."""
        value = self.content.get(field)
        if value is None:
            self.fault(field, "dit ontbreekt.")
            return None
        return self._uuid(field, value)

    def _uuid(self, field: str, value: object) -> str | None:
        try:
            return str(UUID(str(value)))
        except ValueError:
            self.fault(field, f"{quoted(str(value))} is geen id (UUID).")
            return None

    def reference(self, field: str, key: str) -> str | None:
        """Return the id of another object, which may stand here as a whole."""
        value = self.content.get(field)
        if isinstance(value, Mapping):
            value = value.get(key)
        return None if value is None else self._uuid(field, value)

    def link(self, field: str) -> str | None:
        """Return a web address; one that is not safe to show is no fault, but is left out."""
        value = self.content.get(field)
        try:
            return link(value) if isinstance(value, str) and value else None
        except UnusableValueError:
            return None

    def number(self, value: object, field: str) -> Decimal | None:
        """Return a number, also when it is written as text."""
        if value is None:
            return None
        try:
            number = Decimal(str(value)) if not isinstance(value, bool) else None
        except InvalidOperation:
            number = None
        if number is None or not number.is_finite():
            self.fault(field, f"{quoted(str(value))} is geen getal.")
            return None
        return number

    def objects(self, field: str) -> Iterator[Mapping[str, Any]]:
        """Yield the objects in a list."""
        value = self.content.get(field)
        if value is not None and not isinstance(value, list):
            self.fault(field, "dit is geen lijst.")
            return
        yield from (one for one in value or () if isinstance(one, Mapping))

    def _tidied(self, field: str, value: str) -> str | None:
        try:
            return tidy(value)
        except UnusableValueError as error:
            self.fault(field, str(error))
            return None


def _best(texts: list[object]) -> str | None:
    told = {
        str(one.get("language") or "").lower(): one["value"]
        for one in reversed(texts)
        if isinstance(one, Mapping) and isinstance(one.get("value"), str)
    }
    for language in _LANGUAGES:
        for tag, value in reversed(told.items()):
            if tag.startswith(language):
                return str(value)
    return None
