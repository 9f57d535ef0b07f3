"""A folder with files of the ESCO release → a taxonomy."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from skills_taxonomy.esco.building import Builder
from skills_taxonomy.esco.drafts import Drafts
from skills_taxonomy.esco.files import Folder, Part, look_into
from skills_taxonomy.esco.problems import Problems
from skills_taxonomy.esco.relations import Relations
from skills_taxonomy.esco.report import Report
from skills_taxonomy.esco.tables import Row, rows
from skills_taxonomy.model import Source, TaxonomyData

NOTICE = "This service uses the ESCO classification of the European Commission."
"""The sentence the licence (Decision 2011/833/EU) asks for."""

COMPETENTNL = Source(
    name="CompetentNL", version="onbekend", notice="Een deel van de Nederlandse namen komt uit CompetentNL."
)

_VERSION = re.compile(r"(?:(?<![a-z])v|version |versie |esco )(\d+(?:\.\d+){1,2})", re.IGNORECASE)
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
        for row in _rows(file.path, problems, progress):
            drafts.read(row, file)
    for file in files.of(Part.COMPETENTNL):
        for row in _rows(file.path, problems, progress):
            drafts.read_competentnl(row)
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
    esco = Source(name="ESCO", version=_version(folder, files, problems), notice=NOTICE)
    sources = (esco, COMPETENTNL) if any(files.of(Part.COMPETENTNL)) else (esco,)
    data = Builder(drafts, relations).taxonomy(sources)
    return Import(data, Report(data=data, folder=files, withdrawn=drafts.withdrawn, problems=problems))


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
