"""Concepts as they grow: one file has the Dutch name, another the English one, a third the theme."""

import re
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
    competentnl: str | None


@dataclass(slots=True)
class Draft:
    """What is known so far of one concept."""

    uri: str
    pillar: Pillar
    first: Fault
    """Where it stands first, should nobody name it."""
    labels: dict[str, str] = field(default_factory=dict)
    """Its name by language."""
    named_in: dict[str, str] = field(default_factory=dict)
    """The file that gave its name, by language."""
    other_names: dict[str, list[str]] = field(default_factory=dict)
    """By language as well."""
    description: str = ""
    code: str = ""
    isco: str = ""
    competentnl: str | None = None
    collections: set[Collection] = field(default_factory=set)

    def extend(self, row: Row, file: ReleaseFile) -> None:
        """Take from a row what is not known yet."""
        for language, column in file.labels:
            if (label := row[column]) and language not in self.labels:
                self.labels[language] = label
                self.named_in[language] = row.file
        # Other names and descriptions do not say their language: it is that of the file's first name.
        language = file.labels[0][0]
        others = [*_names(row["altLabels"]), *_names(row["hiddenLabels"])]
        self.other_names.setdefault(language, []).extend(others)
        if language == "nl":
            self.description = self.description or row["description"]
        self.code = self.code or row["code"]
        self.isco = self.isco or row["iscoGroup"]
        if file.collection:
            self.collections.add(file.collection)

    def contradicted_by(self, row: Row, file: ReleaseFile) -> str | None:
        """Return another name that the same file gives; another file may have its own."""
        labels = ((language, row[column]) for language, column in file.labels)
        return next(
            (
                label
                for language, label in labels
                if label and self.named_in.get(language) == row.file and self.labels[language] != label
            ),
            None,
        )

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
            competentnl=self.competentnl,
        )


class Drafts:
    """All concepts of a release, by URI."""

    def __init__(self, problems: Problems) -> None:
        self._problems = problems
        self._by_uri: dict[str, Draft] = {}
        self.withdrawn: dict[str, Pillar] = {}
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
        if row["status"] not in ("", "released"):
            self.withdrawn[uri] = pillar
            return
        if known and (label := known.contradicted_by(row, file)):
            self._problems.add(Problem.DUPLICATE, row.fault(f"{uri}: {label}"))
            return
        draft = known or Draft(uri, pillar, row.fault(uri))
        draft.extend(row, file)
        self._by_uri[uri] = draft

    def read_competentnl(self, row: Row) -> None:
        """Add the names of CompetentNL; a concept that had no Dutch name is called so from now on."""
        draft = self._by_uri.get(row["escoUri"])
        if draft is None:
            if row["escoUri"] not in self.withdrawn:
                self._problems.add(Problem.DANGLING, row.fault(row["escoUri"] or "lege URI"))
        elif not row["id"] or not row["label"]:
            self._problems.add(Problem.NO_LABEL, row.fault("id of label is leeg"))
        elif draft.competentnl not in (None, row["id"]):
            self._problems.add(Problem.DUPLICATE, row.fault(f"{draft.uri}: {row['label']}"))
        else:
            draft.competentnl = row["id"]
            draft.labels.setdefault("nl", row["label"])
            draft.other_names.setdefault("nl", []).extend([row["label"], *_names(row["altLabels"])])

    def drop_nameless(self) -> None:
        """Leave out the concepts that no file gives a name, and those that were withdrawn elsewhere."""
        for uri in [uri for uri, draft in self._by_uri.items() if not draft.labels]:
            self._problems.add(Problem.NO_LABEL, self._by_uri.pop(uri).first)
        for uri in self.withdrawn:
            self._by_uri.pop(uri, None)


def _pillar(row: Row) -> Pillar | None:
    if concept_type := row["conceptType"]:
        return _PILLARS.get(concept_type)
    return next((pillar for part, pillar in _ADDRESSES.items() if part in row["conceptUri"]), None)


def _names(cell: str) -> list[str]:
    return [name.strip() for name in _BETWEEN_NAMES.split(cell) if name.strip()]
