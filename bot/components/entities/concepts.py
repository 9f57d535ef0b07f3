"""Occupations and skills by the names of the skills taxonomy; the words stay as written."""

import json
from pathlib import Path
from typing import Dict, Iterator, List

from components.entities.found import Found
from components.entities.gazetteer import Gazetteer

_FILES = {"beroep": "occupations.jsonl", "vaardigheid": "skills.jsonl"}
_PLURALS = ("s", "en", "'s")
_SHORTEST_NAME = 3


class ConceptFinder:
    """Finds names of one kind of concept."""

    def __init__(self, entity: str, gazetteer: Gazetteer) -> None:
        self._entity = entity
        self._gazetteer = gazetteer

    def __call__(self, text: str) -> Iterator[Found]:
        """Find the names; the value is what stands in the sentence, for the counter to link."""
        for mention in self._gazetteer.find(text):
            yield Found(self._entity, text[mention.start : mention.end], mention.start, mention.end)


def read_names(folder: Path) -> Dict[str, List[str]]:
    """Return the names of occupations and of skills; a file that is not there has none."""
    return {entity: _names(folder / file) for entity, file in _FILES.items()}


def _names(path: Path) -> List[str]:
    if not path.is_file():
        return []
    lines = path.read_text(encoding="utf-8").splitlines()
    concepts = [json.loads(line) for line in lines if line.strip()]
    return sorted({name for concept in concepts for name in [concept["name"], *concept["names"]]})


def concept_phrases(names: List[str]) -> Dict[str, str]:
    """Return phrase → name, single words also in the plural."""
    phrases = {name + ending: name for name in names if " " not in name for ending in _PLURALS}
    phrases.update({name: name for name in names if len(name) >= _SHORTEST_NAME})
    return phrases
