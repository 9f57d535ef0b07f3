"""Concepts as they grow, file by file: one file has the Dutch name, another the English, a third the theme."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypedDict

from skills_taxonomy.esco.files import LANGUAGES, ReleaseFile
from skills_taxonomy.esco.problems import Problem, Problems
from skills_taxonomy.esco.tables import Row
from skills_taxonomy.loading import Fault
from skills_taxonomy.merging import distinct_names
from skills_taxonomy.model import Collection

_BETWEEN_NAMES = re.compile(r"\n| \| ")


class Pillar(StrEnum):
    """What sort of concept it is, as the administrator reads it."""

    OCCUPATION = "beroepen"
    SKILL = "vaardigheden"
    ISCO_GROUP = "beroepsgroepen"
    SKILL_GROUP = "vaardigheidsgroepen"


_PILLARS = {
    "Occupation": Pillar.OCCUPATION,
    "KnowledgeSkillCompetence": Pillar.SKILL,
    "ISCOGroup": Pillar.ISCO_GROUP,
    "SkillGroup": Pillar.SKILL_GROUP,
}
# A file without conceptType has only the address to go by.
_ADDRESSES = {
    "/esco/occupation/": Pillar.OCCUPATION,
    "/esco/skill/": Pillar.SKILL,
    "/esco/isco/": Pillar.ISCO_GROUP,
    "/esco/isced-f/": Pillar.SKILL_GROUP,
}


class ConceptFields(TypedDict):
    """What every concept has."""

    id: str
    esco: str
    name: str
    names: tuple[str, ...]
    language: str
    description: str


@dataclass(slots=True)
class Draft:
    """What is known so far of one concept."""

    uri: str
    pillar: Pillar
    first: Fault
    """Where it stands first, should nobody name it."""
    labels: dict[str, str] = field(default_factory=dict)
    """Its name by language."""
    other_names: dict[str, list[str]] = field(default_factory=dict)
    description: str = ""
    code: str = ""
    isco: str = ""
    collections: set[Collection] = field(default_factory=set)

    @property
    def language(self) -> str | None:
        """The best language it has a name in; none when nobody named it."""
        return next((language for language in LANGUAGES if language in self.labels), None)

    def fields(self) -> ConceptFields:
        """Return what every concept has; call it on a concept with a name."""
        language = next(language for language in LANGUAGES if language in self.labels)
        name = self.labels[language]
        return ConceptFields(
            id=self.uri,
            esco=self.uri,
            name=name,
            names=distinct_names(name, self.other_names.get(language, [])),
            language=language,
            description=self.description,
        )


class Drafts:
    """All concepts of a release, by URI."""

    def __init__(self, problems: Problems) -> None:
        self._problems = problems
        self._by_uri: dict[str, Draft] = {}
        self.withdrawn: dict[str, Pillar] = {}
        """What ESCO has not released, or no longer has, by URI."""

    def __contains__(self, uri: str) -> bool:
        return uri in self._by_uri

    def pillar(self, uri: str) -> Pillar | None:
        """Return what sort of concept it is; nothing when it is not there."""
        draft = self._by_uri.get(uri)
        return draft.pillar if draft else None

    def of(self, *pillars: Pillar) -> Iterator[Draft]:
        """Yield the concepts of these sorts."""
        return (draft for draft in self._by_uri.values() if draft.pillar in pillars)

    def unnamed(self) -> Counter[Pillar]:
        """Count the concepts without a Dutch name."""
        return Counter(draft.pillar for draft in self._by_uri.values() if draft.language != "nl")

    def read(self, row: Row, file: ReleaseFile, named_here: dict[tuple[str, str], str]) -> None:
        """Add what a row tells; `named_here` holds the names this file gave so far."""
        uri = row["conceptUri"]
        if not uri:
            self._problems.add(Problem.NO_URI, row.fault("conceptUri is leeg"))
            return
        pillar = _pillar(row)
        known = self._by_uri.get(uri)
        if pillar is None or (known and known.pillar is not pillar):
            self._problems.add(Problem.KIND, row.fault(f"{uri}: {row['conceptType'] or 'onbekende soort'}"))
            return
        if row["status"] not in ("", "released"):
            self.withdrawn[uri] = pillar
            return
        for language, column in file.labels:
            label = row[column]
            if label and named_here.setdefault((uri, language), label) != label:
                self._problems.add(Problem.DUPLICATE, row.fault(f"{uri}: {label}"))
                return
        draft = known or self._by_uri.setdefault(uri, Draft(uri, pillar, row.fault(uri)))
        _extend(draft, row, file)

    def drop_nameless(self) -> None:
        """Leave out the concepts that no file gives a name, and those that were withdrawn elsewhere."""
        for uri in [uri for uri, draft in self._by_uri.items() if draft.language is None]:
            self._problems.add(Problem.NO_LABEL, self._by_uri.pop(uri).first)
        for uri in self.withdrawn:
            self._by_uri.pop(uri, None)


def _pillar(row: Row) -> Pillar | None:
    if concept_type := row["conceptType"]:
        return _PILLARS.get(concept_type)
    return next((pillar for part, pillar in _ADDRESSES.items() if part in row["conceptUri"]), None)


def _extend(draft: Draft, row: Row, file: ReleaseFile) -> None:
    languages = [language for language, _ in file.labels]
    for language, column in file.labels:
        if label := row[column]:
            draft.labels.setdefault(language, label)
    # Alternative names carry no language of their own: they have that of the file's only name.
    others = [*_names(row["altLabels"]), *_names(row["hiddenLabels"])]
    draft.other_names.setdefault(languages[0], []).extend(others)
    if languages == ["nl"] and not draft.description:
        draft.description = row["description"]
    draft.code = draft.code or row["code"]
    draft.isco = draft.isco or row["iscoGroup"]
    if file.collection:
        draft.collections.add(file.collection)


def _names(cell: str) -> list[str]:
    return [name.strip() for name in _BETWEEN_NAMES.split(cell) if name.strip()]
