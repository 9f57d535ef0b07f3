"""A folder with files of the ESCO release → a taxonomy."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from skills_taxonomy.esco.building import Builder
from skills_taxonomy.esco.competentnl import Entry, entries
from skills_taxonomy.esco.drafts import Drafts
from skills_taxonomy.esco.files import Part, ReleaseFile, look_into
from skills_taxonomy.esco.problems import Problems
from skills_taxonomy.esco.relations import Relations
from skills_taxonomy.esco.repeats import once
from skills_taxonomy.esco.report import Report
from skills_taxonomy.esco.tables import Progress, Row, rows_telling
from skills_taxonomy.esco.versions import version_of
from skills_taxonomy.model import Source, TaxonomyData

NOTICE = "This service uses the ESCO classification of the European Commission."
"""The sentence the licence (Decision 2011/833/EU) asks for."""


@dataclass(frozen=True, slots=True)
class Import:
    """What the folder holds, and what to tell about it."""

    data: TaxonomyData
    """ESCO alone; `competentnl.add` puts the names beside it."""
    competentnl: tuple[Entry, ...]
    """What a file of CompetentNL in the folder says; nothing when there is none."""
    report: Report


def read_esco(folder: Path, progress: Progress = lambda _line: None) -> Import:
    """Read whatever files of the release are in a folder, row by row.

    Rows that contradict others are left out and reported.

    Raises:
        TaxonomyDataError: a file cannot be read, lacks a column, or tells two things of the same
            concept; or none is of use.
    """
    files = look_into(folder)
    problems = Problems()

    def of(part: Part, about: str | None = None) -> Iterator[tuple[Row, ReleaseFile]]:
        for file in files.of(part):
            # ESCO leaves out the empty cells at the end of the rows of its hierarchy.
            told = rows_telling(file.path, problems, progress, may_be_short=part is Part.HIERARCHY)
            for row in once(told, problems, about):
                yield row, file

    drafts = Drafts(problems)
    for row, file in of(Part.CONCEPTS, about="conceptUri"):
        drafts.read(row, file)
    # Some hundreds of rows: the groups are needed now, what stands above what only later.
    hierarchy = list(of(Part.HIERARCHY))
    for row, file in hierarchy:
        drafts.read_hierarchy(row, file)
    problems.stop_if_refused()
    drafts.drop_nameless()
    relations = Relations(drafts, problems)
    for part, read in (
        (Part.NEEDS, relations.read_need),
        (Part.RELATED, relations.read_related),
        (Part.BROADER, relations.read_broader),
    ):
        for row, _ in of(part):
            read(row)
    for row, _ in hierarchy:
        relations.read_hierarchy(row)
    version = version_of(folder, files, problems)
    data = Builder(drafts, relations).taxonomy((Source(name="ESCO", version=version.shown, notice=NOTICE),))
    names = tuple(entries((row for row, _ in of(Part.COMPETENTNL)), problems))
    report = Report(data=data, folder=files, version=version, withdrawn=drafts.withdrawn, problems=problems)
    return Import(data, names, report)
