"""What an editor calls everything that is kept of somebody; they write it in `own_data.toml`."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple, Self


class Naming(NamedTuple):
    """What one subject of the export is called."""

    subject: str
    title: str
    about: str = ""
    heading: tuple[str, ...] = ()
    """The fields of which the first that is there stands above each thing."""


class Words:
    """The words of an editor for the export's own."""

    def __init__(self, table: Mapping[str, Any]) -> None:
        self._table = table
        self.groups = tuple(
            Naming(group["subject"], group["title"], group["about"], tuple(group["heading"]))
            for group in table["group"]
        )
        self.looks: Mapping[str, str] = table["looks"]
        self.conversations: Mapping[str, str] = table["conversations"]
        self.technical = frozenset(table["technical"]["fields"])

    @classmethod
    @cache
    def load(cls) -> Self:
        """Read them."""
        path = Path(__file__).with_name("own_data.toml")
        return cls(tomllib.loads(path.read_text(encoding="utf-8")))

    def unnamed(self, subject: str) -> Naming:
        """Return what a subject is called that no editor named yet; it is shown all the same."""
        return Naming(subject, self._table["other"]["title"])

    def has_label(self, field: str) -> bool:
        """Tell whether an editor named this field."""
        return field in self._table["fields"]

    def label(self, field: str) -> str:
        """Return what a field is called; without a name by the name that programs know it by."""
        named: str = self._table["fields"].get(field, field.replace("_", " ").capitalize())
        return named

    def value(self, subject: str, field: str, value: str) -> str:
        """Return what a value of a field is called, or the value itself."""
        values = self._table["values"]
        named: str = values.get(f"{subject}.{field}", values.get(field, {})).get(value, value)
        return named
