"""What the gateway says itself, when the bot cannot or may not; an editor writes it in the domain."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, Self

from counter.conversations.model import Content


@dataclass(frozen=True, kw_only=True)
class Notices:
    """One text for each thing the gateway must tell; each is the response `utter_loket_<name>`."""

    wacht: str
    storing: str
    bsn: str
    iban: str
    te_lang: str
    weggehaald: str
    herhaling: str

    @classmethod
    def from_responses(cls, responses: Mapping[str, Any]) -> Self:
        """Read the notices from a domain's `responses`.

        Raises:
            KeyError: a notice is missing from the domain.
        """
        return cls(**{field.name: responses[f"utter_loket_{field.name}"][0]["text"] for field in fields(cls)})

    def content(self, name: str) -> Content:
        """Return the notice with this name as something to say."""
        return Content(text=getattr(self, name))
