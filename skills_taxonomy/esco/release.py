"""A folder with files of the ESCO release → a taxonomy."""

import re
from collections import Counter, deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from skills_taxonomy.esco.classes import kind_of, place_of
from skills_taxonomy.esco.drafts import Draft, Drafts, Pillar
from skills_taxonomy.esco.files import Folder, Part, look_into
from skills_taxonomy.esco.problems import Problems
from skills_taxonomy.esco.relations import Links, Relations
from skills_taxonomy.esco.report import Report
from skills_taxonomy.esco.tables import Row, rows
from skills_taxonomy.model import Collection, Group, Occupation, Skill, SkillKind, Source, TaxonomyData

NOTICE = "This service uses the ESCO classification of the European Commission."
"""The sentence the licence (Decision 2011/833/EU) asks for."""

_VERSION = re.compile(r"(?<![\d.])1\.\d+(?:\.\d+)?(?![\d.])")
_ROWS_A_STEP = 25_000

type Progress = Callable[[str], None]
"""Is given a line of Dutch after each step."""


@dataclass(frozen=True, slots=True)
class Import:
    """What the folder holds, and what to tell about it."""

    data: TaxonomyData
    report: Report


def read_esco(folder: Path, progress: Progress = lambda _line: None) -> Import:
    """Read whatever files of the release are in a folder, row by row.

    Rows that contradict others are left out and reported.

    Raises:
        TaxonomyDataError: a file cannot be read or lacks a column, or none is of use.
    """
    files = look_into(folder)
    problems = Problems()
    drafts = Drafts(problems)
    for file in files.of(Part.CONCEPTS):
        named_here: dict[tuple[str, str], str] = {}
        for row in _rows(file.path, problems, progress):
            drafts.read(row, file, named_here)
    drafts.drop_nameless()
    relations = Relations(drafts, problems)
    for part, read in (
        (Part.NEEDS, relations.read_need),
        (Part.RELATED, relations.read_related),
        (Part.BROADER, relations.read_broader),
    ):
        for file in files.of(part):
            for row in _rows(file.path, problems, progress):
                read(row)
    version = _version(folder, files, problems)
    data = _Builder(drafts, relations).taxonomy(Source(name="ESCO", version=version, notice=NOTICE))
    return Import(data, _report(version, files, drafts, data, problems))


def _rows(path: Path, problems: Problems, progress: Progress) -> Iterator[Row]:
    number = 0
    for number, row in enumerate(rows(path, problems), start=1):
        yield row
        if number % _ROWS_A_STEP == 0:
            progress(f"{path.name}: {number} rijen …")
    progress(f"{path.name}: {number} rijen gelezen.")


def _version(folder: Path, files: Folder, problems: Problems) -> str:
    """Return the version by the files themselves, the folder's name or the files' names, in that order."""
    inside = [
        cell
        for file in files.of(Part.SCHEMES)
        for row in rows(file.path, problems)
        for cell in row.cells.values()
    ]
    for texts in (inside, [folder.resolve().name], [file.path.name for file in files.used]):
        if found := {version for text in texts for version in _VERSION.findall(text)}:
            return ", ".join(sorted(found))
    return "onbekend"


def _report(version: str, files: Folder, drafts: Drafts, data: TaxonomyData, problems: Problems) -> Report:
    skills, occupations = data.skills.values(), data.occupations.values()
    return Report(
        version=version,
        folder=files,
        counts=Counter(draft.pillar for draft in drafts.of(*Pillar)),
        not_dutch=drafts.unnamed(),
        withdrawn=Counter(drafts.withdrawn.values()),
        relations=Counter(
            {
                "keer een vaardigheid die bij een beroep moet": sum(len(item.essential) for item in occupations),
                "keer een vaardigheid die bij een beroep helpt": sum(len(item.optional) for item in occupations),
                "keer vaardigheden die bij elkaar horen": sum(len(item.related) for item in skills),
                **{
                    f"vaardigheden met thema {theme}": sum(theme in item.collections for item in skills)
                    for theme in Collection
                },
            }
        ),
        problems=problems,
    )


class _Builder:
    """Makes concepts of drafts, once everything is read."""

    def __init__(self, drafts: Drafts, relations: Relations) -> None:
        self._drafts = drafts
        self._essential = relations.needs("essential")
        self._optional = relations.needs("optional")
        self._related = relations.related()
        self._broader: Links = relations.broader()
        self._codes = {
            draft.uri: draft.code for draft in drafts.of(Pillar.ISCO_GROUP, Pillar.SKILL_GROUP) if draft.code
        }

    def taxonomy(self, source: Source) -> TaxonomyData:
        """Return all concepts."""
        return TaxonomyData(
            occupations={draft.uri: self._occupation(draft) for draft in self._drafts.of(Pillar.OCCUPATION)},
            skills={draft.uri: self._skill(draft) for draft in self._drafts.of(Pillar.SKILL)},
            groups={
                draft.uri: self._group(draft)
                for draft in self._drafts.of(Pillar.ISCO_GROUP, Pillar.SKILL_GROUP)
            },
            sources=(source,),
        )

    def _occupation(self, draft: Draft) -> Occupation:
        # The number of an occupation (7212.3) starts with that of its group.
        isco = draft.isco or draft.code.partition(".")[0] or self._nearest_code(draft)
        place = place_of(isco)
        return Occupation(
            **draft.fields(),
            sector=place.sector,
            world=place.world,
            essential=self._of(self._essential, draft),
            optional=self._of(self._optional, draft),
            broader=self._of(self._broader, draft),
        )

    def _skill(self, draft: Draft) -> Skill:
        digital = Collection.DIGITAL in draft.collections
        return Skill(
            **draft.fields(),
            kind=SkillKind.DIGITAAL if digital else kind_of(self._nearest_code(draft)),
            collections=frozenset(draft.collections),
            related=self._of(self._related, draft),
            broader=self._of(self._broader, draft),
        )

    def _group(self, draft: Draft) -> Group:
        return Group(**draft.fields(), code=draft.code, broader=self._of(self._broader, draft))

    def _of(self, links: Links, draft: Draft) -> tuple[str, ...]:
        return tuple(links.get(draft.uri, ()))

    def _nearest_code(self, draft: Draft) -> str:
        """Return the number of the first group above a concept, level by level; empty when there is none."""
        waiting, seen = deque([draft.uri]), {draft.uri}
        while waiting:
            uri = waiting.popleft()
            if code := self._codes.get(uri):
                return code
            above = [upper for upper in self._broader.get(uri, ()) if upper not in seen]
            seen.update(above)
            waiting.extend(above)
        return ""
