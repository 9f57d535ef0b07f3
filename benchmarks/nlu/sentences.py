"""Sentences with what they mean, as somebody wrote them down in Rasa's NLU YAML."""

import itertools
import json
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml

from benchmarks.nlu.typos import misspell
from launcher.console import LauncherError

# [Zaandam](plaats), [morgen](datum:2026-01-01) or [de tweede]{"entity": "keuze", "value": "2"}
_MARKUP = re.compile(r"\[(?P<words>[^\]]+)\](?:\((?P<name>[^):]+)(?::[^)]*)?\)|(?P<details>\{[^}]+\}))")


class UnreadableSentencesError(LauncherError):
    """A file of sentences does not hold what it should; the message says what is wrong."""


@dataclass(frozen=True, kw_only=True)
class Entity:
    """A fact in a sentence and where it stands."""

    name: str
    start: int
    end: int


@dataclass(frozen=True, kw_only=True)
class Sentence:
    """What somebody says and what it means; `key` is the question, where the intent has keys."""

    text: str
    intent: str
    key: str = ""
    entities: tuple[Entity, ...] = ()

    @property
    def label(self) -> str:
        """Return the intent with its key."""
        return f"{self.intent}/{self.key}" if self.key else self.intent

    def misspelled(self, seed: int) -> "Sentence":
        """Return the sentence with one typo a word; the entities move along."""
        chance = random.Random(f"{seed} {self.text}")  # noqa: S311 - the same typos in every run, no secret
        borders = sorted(
            {0, len(self.text), *(edge for fact in self.entities for edge in (fact.start, fact.end))}
        )
        text, moved = "", {0: 0}
        for start, end in itertools.pairwise(borders):
            text += misspell(self.text[start:end], chance)
            moved[end] = len(text)
        facts = [replace(fact, start=moved[fact.start], end=moved[fact.end]) for fact in self.entities]
        return replace(self, text=text, entities=tuple(facts))


def read_sentences(file: Path) -> list[Sentence]:
    """Return the sentences of an NLU file in order; lookup tables and synonyms are passed over.

    Raises:
        UnreadableSentencesError: the file is not there, or is no NLU YAML.
    """
    try:
        entries = yaml.safe_load(file.read_text(encoding="utf-8"))["nlu"]
        return [sentence for entry in entries if entry.get("intent") for sentence in _sentences(entry)]
    except FileNotFoundError as error:
        message = f"{file} is not there."
        raise UnreadableSentencesError(message) from error
    except (yaml.YAMLError, TypeError, KeyError, AttributeError, ValueError) as error:
        message = f"{file} is no NLU file of Rasa 3.1: {error}"
        raise UnreadableSentencesError(message) from error


def _sentences(entry: dict[str, Any]) -> Iterator[Sentence]:
    intent, _, key = entry["intent"].partition("/")
    for line in entry["examples"].splitlines():
        marked = line.strip().removeprefix("-").strip()
        if marked:
            text, entities = _without_markup(marked)
            yield Sentence(text=text, intent=intent, key=key, entities=entities)


def _without_markup(marked: str) -> tuple[str, tuple[Entity, ...]]:
    text, entities, read = "", [], 0
    for fact in _MARKUP.finditer(marked):
        text += marked[read : fact.start()]
        name = fact["name"] or json.loads(fact["details"])["entity"]
        entities.append(Entity(name=name, start=len(text), end=len(text) + len(fact["words"])))
        text += fact["words"]
        read = fact.end()
    return text + marked[read:], tuple(entities)
