"""Concepts as they grow: one file has the Dutch name, another the English one, a third the theme."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypedDict

from skills_taxonomy.esco.files import ReleaseFile
from skills_taxonomy.esco.hierarchy import levels
from skills_taxonomy.esco.languages import LANGUAGES
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
    named_at: dict[str, Fault] = field(default_factory=dict)
    """The row that gave its name, by language."""
    other_names: dict[str, list[str]] = field(default_factory=dict)
    """By language as well."""
    description: str = ""
    code: str = ""
    isco: str = ""
    collections: set[Collection] = field(default_factory=set)

    def extend(self, row: Row, file: ReleaseFile) -> None:
        """Take from a row what is not known yet."""
        for language, column in file.labels:
            self.call(row[column], language, row)
        # Other names and descriptions do not say their language: it is that of the file's first name.
        language = file.labels[0][0]
        others = [*split_names(row["altLabels"]), *split_names(row["hiddenLabels"])]
        self.other_names.setdefault(language, []).extend(others)
        if language == "nl":
            self.description = self.description or row["description"]
        self.code = self.code or row["code"]
        self.isco = self.isco or row["iscoGroup"]
        if file.collection:
            self.collections.add(file.collection)

    def call(self, label: str, language: str, row: Row) -> None:
        """Give it its name in a language, unless it has one already."""
        if label and language not in self.labels:
            self.labels[language] = label
            self.named_at[language] = row.fault(label)

    def called_before(self, label: str, language: str) -> Fault | None:
        """Return the row that gave another name in the same language; nothing when none did."""
        first = self.named_at.get(language)
        return first if first and label and first.message != label else None

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


@dataclass(frozen=True, slots=True)
class Absence:
    """Why a concept of some file is not in the taxonomy."""

    pillar: Pillar
    reason: str
    """In Dutch, to start a sentence with."""


class Drafts:
    """All concepts of a release, by URI."""

    def __init__(self, problems: Problems) -> None:
        self._problems = problems
        self._by_uri: dict[str, Draft] = {}
        self._gone: dict[str, Absence] = {}
        self.withdrawn: dict[str, Absence] = {}
        """What ESCO has not released, or no longer has, by URI."""

    def pillar(self, uri: str) -> Pillar | None:
        """Return what sort of concept it is; nothing when it is not there."""
        draft = self._by_uri.get(uri)
        return draft.pillar if draft else None

    def of(self, *pillars: Pillar) -> Iterator[Draft]:
        """Yield the concepts of these sorts."""
        return (draft for draft in self._by_uri.values() if draft.pillar in pillars)

    def read(self, row: Row, file: ReleaseFile) -> None:
        """Add what a row tells of a concept."""
        uri = row["conceptUri"]
        if not uri:
            self._problems.add(Problem.NO_URI, row.fault("conceptUri is leeg"))
            return
        pillar = _pillar(row)
        known = self._by_uri.get(uri)
        if pillar is None or (known and known.pillar is not pillar):
            self._problems.add(Problem.KIND, row.fault(f"{uri}: {row['conceptType'] or 'onbekende soort'}"))
            return
        if row["status"].lower() not in ("", "released"):
            self.withdrawn[uri] = Absence(pillar, "Niet vrijgegeven door ESCO")
            return
        if file.gone and row[file.gone[0]] == "0":
            self._gone[uri] = Absence(pillar, f"Volgens {row.file} niet meer in ESCO {file.gone[1]}")
            return
        draft = known or Draft(uri, pillar, row.fault(uri))
        for language, column in file.labels:
            if first := draft.called_before(row[column], language):
                message = f"{uri}: {row[column]}; eerst {first.message} ({first.file}:{first.line})"
                self._problems.add(Problem.RENAMED, row.fault(message))
        draft.extend(row, file)
        self._by_uri[uri] = draft

    def read_hierarchy(self, row: Row, file: ReleaseFile) -> None:
        """Add the skill groups of a row, and the names and numbers they lack."""
        groups = levels(row)
        if not groups:
            self._problems.add(Problem.GAP, row.fault("een niveau is leeg"))
        language = file.labels[0][0]
        for group in groups:
            draft = self._by_uri.get(group.uri) or Draft(group.uri, Pillar.SKILL_GROUP, row.fault(group.uri))
            if draft.pillar is not Pillar.SKILL_GROUP:
                self._problems.add(Problem.KIND, row.fault(f"{group.uri}: {draft.pillar}"))
                continue
            first = draft.called_before(group.name, language)
            if first and first.file == row.file:
                message = f"{group.uri} heet hier {group.name}, en op regel {first.line} {first.message}"
                self._problems.refuse(row.fault(message))
            draft.call(group.name, language, row)
            draft.code = draft.code or group.code
            self._by_uri[group.uri] = draft

    def drop_nameless(self) -> None:
        """Leave out the concepts that no file gives a name, and those that were withdrawn elsewhere.

        What one file calls gone stays when another one has it: that may be of a later version still.
        """
        for uri in [uri for uri, draft in self._by_uri.items() if not draft.labels]:
            self._problems.add(Problem.NO_LABEL, self._by_uri.pop(uri).first)
        self.withdrawn |= {uri: gone for uri, gone in self._gone.items() if uri not in self._by_uri}
        for uri in self.withdrawn:
            self._by_uri.pop(uri, None)


def _pillar(row: Row) -> Pillar | None:
    if concept_type := row["conceptType"]:
        return _PILLARS.get(concept_type)
    return next((pillar for part, pillar in _ADDRESSES.items() if part in row["conceptUri"]), None)


def split_names(cell: str) -> list[str]:
    """Return the names in a cell, on lines of their own or with ` | ` between them."""
    return [name.strip() for name in _BETWEEN_NAMES.split(cell) if name.strip()]
