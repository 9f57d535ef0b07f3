"""What is said outside the bot's answers: by the gateway, or by the counter of its own accord.

An editor writes all of it in the bot's domain.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, Self

from connectors.bot_client import without_empty
from counter.conversations.model import Content
from counter.notices.model import Notice


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
    onleesbaar: str
    geen_tekst: str
    geen_foto: str
    geen_spraak: str
    geen_bestand: str
    geen_sticker: str
    geen_contact: str
    locatie_onbekend: str
    knop_verlopen: str
    groep: str
    te_snel: str
    code_onbekend: str
    code_hier: str
    afgemeld: str

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


class DomainWording:
    """Puts what the counter tells of its own accord in the words of the domain.

    Placeholders and doubled braces mean what they mean to Rasa: an editor learns one way to write.
    """

    def __init__(self, responses: Mapping[str, Any]) -> None:
        """Read the words for every notice.

        Raises:
            KeyError: a notice is missing from the domain.
        """
        self._responses = {notice: responses[_response(notice)][0] for notice in Notice}

    def __call__(self, notice: Notice, facts: Mapping[str, str]) -> Content:
        """Return the notice in words.

        Raises:
            KeyError: the words use a fact that does not come with this notice.
        """
        filled = _fill(self._responses[notice], facts)
        card = (filled.get("custom") or {}).get("card")
        return Content(
            text=filled.get("text", ""),
            buttons=tuple(filled.get("buttons") or ()),
            cards=() if card is None else (without_empty(card),),
            response=_response(notice),
        )


def _response(notice: Notice) -> str:
    return f"utter_loket_{notice.value}"


def _fill(part: Any, facts: Mapping[str, str]) -> Any:  # noqa: ANN401 - a part of a YAML document
    match part:
        case str():
            return part.format_map(facts)
        case list():
            return [_fill(item, facts) for item in part]
        case dict():
            return {key: _fill(value, facts) for key, value in part.items()}
        case _:
            return part
