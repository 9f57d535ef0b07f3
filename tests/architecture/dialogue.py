"""The files under `bot/` as data, for the validators beside this module."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from app.yaml_files import read_yaml

PROJECT = Path(__file__).resolve().parents[2]
BOT = PROJECT / "bot"


@dataclass(frozen=True)
class Variant:
    """One way to say a response."""

    stem: str
    response: str
    content: dict[str, Any]

    @property
    def buttons(self) -> list[dict[str, str]]:
        """Return its buttons, also those on its card."""
        card = self.content.get("custom", {}).get("card", {})
        return [*self.content.get("buttons", ()), *card.get("buttons", ())]

    @property
    def simpler(self) -> str:
        """Return its text in easier words, or an empty text."""
        easier: str = self.content.get("metadata", {}).get("makkelijker", "")
        return easier

    @property
    def sentences(self) -> Iterator[str]:
        """Yield every sentence a person reads, in bubble and card."""
        card = self.content.get("custom", {}).get("card", {})
        for text in (self.content.get("text"), card.get("text")):
            yield from (part for part in re.split(r"(?<=[.!?:])\s+|\n+", text or "") if part)

    @property
    def words(self) -> str:
        """Return everything a person reads of it, as one text."""
        card = self.content.get("custom", {}).get("card", {})
        facts = [f"{fact.get('label')} {fact.get('value')}" for fact in card.get("facts", ())]
        titles = [button["title"] for button in self.buttons]
        parts = [self.content.get("text"), card.get("title"), card.get("subtitle"), card.get("text")]
        return " ".join(filter(None, [*parts, *facts, *titles]))


@cache
def domain_files() -> dict[str, dict[str, Any]]:
    """Return every domain file by its stem."""
    return {file.stem: read_yaml(file) for file in sorted((BOT / "domain").glob("*.yml"))}


def names(section: str) -> list[str]:
    """Return the names in a section of all domain files together, as often as they stand there."""
    return [
        entry if isinstance(entry, str) else next(iter(entry))
        for content in domain_files().values()
        for entry in content.get(section) or ()
    ]


def variants() -> list[Variant]:
    """Return every variant of every response."""
    return [
        Variant(stem, name, content)
        for stem, file in domain_files().items()
        for name, contents in (file.get("responses") or {}).items()
        for content in contents
    ]


def payload(button: dict[str, str]) -> tuple[str, dict[str, Any]]:
    """Return the intent and the entities of a button; placeholders count as text.

    Raises:
        ValueError: the payload is no intent, or its data no JSON.
    """
    text = re.sub(r"(?<!\{)\{(\w+)\}(?!\})", r"\1", button["payload"]).replace("{{", "{").replace("}}", "}")
    match = re.fullmatch(r"/([a-z_]+(?:/[a-z_]+)?)(\{.*\})?", text)
    if match is None:
        raise ValueError(text)
    return match[1], json.loads(match[2]) if match[2] else {}


@cache
def examples() -> dict[str, list[str]]:
    """Return what people say, by intent."""
    found: dict[str, list[str]] = {}
    for file in sorted((BOT / "data").rglob("nlu.yml")):
        for block in read_yaml(file)["nlu"]:
            if "intent" in block:
                lines = [line.removeprefix("- ").strip() for line in block["examples"].splitlines()]
                found.setdefault(block["intent"], []).extend(filter(None, lines))
    return found


@cache
def rules() -> list[dict[str, Any]]:
    """Return every rule and story."""
    found: list[dict[str, Any]] = []
    for file in sorted((BOT / "data").rglob("*.yml")):
        content = read_yaml(file) or {}
        found += content.get("rules") or []
        found += content.get("stories") or []
    return found


@cache
def action_source() -> str:
    """Return the source of the custom actions, as one text."""
    return "\n".join(file.read_text(encoding="utf-8") for file in sorted((BOT / "actions").rglob("*.py")))
