"""Dutch names and identifiers of CompetentNL, put beside a taxonomy that is there already."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from skills_taxonomy.esco.drafts import split_names
from skills_taxonomy.esco.files import COMPETENTNL_COLUMNS
from skills_taxonomy.esco.problems import Problem, Problems
from skills_taxonomy.esco.repeats import once
from skills_taxonomy.esco.tables import Progress, Row, header, rows_telling
from skills_taxonomy.loading import Fault, TaxonomyDataError
from skills_taxonomy.merging import distinct_names
from skills_taxonomy.model import Concept, Source, TaxonomyData

SOURCE = Source(
    name="CompetentNL", version="onbekend", notice="Een deel van de Nederlandse namen komt uit CompetentNL."
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """What CompetentNL calls a concept of ESCO, and where it says so."""

    id: str
    label: str
    names: tuple[str, ...]
    esco: str
    """The URI of the concept."""
    file: str
    line: int

    def fault(self, message: str) -> Fault:
        """Say what is wrong with it."""
        return Fault(self.file, self.line, message)


def read(file: Path, problems: Problems, progress: Progress = lambda _line: None) -> tuple[Entry, ...]:
    """Read a file of CompetentNL.

    Raises:
        TaxonomyDataError: it cannot be read, lacks a column, or has no row of use.
    """
    if lacking := COMPETENTNL_COLUMNS - set(header(file)):
        message = f"kolom {', '.join(sorted(lacking))} ontbreekt"
        raise TaxonomyDataError([Fault(file.name, 1, message)])
    found = tuple(entries(once(rows_telling(file, problems, progress), problems), problems))
    if not found:
        raise TaxonomyDataError([Fault(file.name, 0, "er staat geen rij in met id, label en escoUri")])
    return found


def entries(rows: Iterable[Row], problems: Problems) -> Iterator[Entry]:
    """Yield what rows say, leaving out those that say too little."""
    for row in rows:
        if row["id"] and row["label"] and row["escoUri"]:
            yield Entry(
                id=row["id"],
                label=row["label"],
                names=tuple(split_names(row["altLabels"])),
                esco=row["escoUri"],
                file=row.file,
                line=row.line,
            )
        else:
            problems.add(Problem.NO_LABEL, row.fault("id, label of escoUri is leeg"))


def add(data: TaxonomyData, found: Iterable[Entry], problems: Problems) -> TaxonomyData:
    """Return `data` with these names and identifiers.

    A concept that had no Dutch name is called so from now on; others gain a name. The first
    identifier of a concept stays.
    """
    concepts: dict[str, Concept] = {**data.groups, **data.skills, **data.occupations}
    ids = {concept.esco: concept.id for concept in concepts.values() if concept.esco}
    for entry in found:
        if entry.esco not in ids:
            problems.add(Problem.UNPLACED, entry.fault(entry.esco))
            continue
        concept = concepts[ids[entry.esco]]
        if concept.competentnl not in (None, entry.id):
            problems.add(Problem.SECOND_ID, entry.fault(f"{entry.esco}: {entry.label}"))
        else:
            concepts[concept.id] = _called(concept, entry)
    return replace(
        data,
        groups=_same(data.groups, concepts),
        skills=_same(data.skills, concepts),
        occupations=_same(data.occupations, concepts),
        sources=(*data.sources, SOURCE),
    )


def to_json(found: Iterable[Entry]) -> str:
    """Return entries as JSON, to be put beside a later taxonomy as well."""
    return json.dumps([asdict(entry) for entry in found], ensure_ascii=False)


def from_json(text: str) -> tuple[Entry, ...]:
    """Return the entries that `to_json` wrote."""
    return tuple(Entry(**{**fields, "names": tuple(fields["names"])}) for fields in json.loads(text))


def _called[C: Concept](concept: C, entry: Entry) -> C:
    if concept.language == "nl":
        names = distinct_names(concept.name, (*concept.names, entry.label, *entry.names))
        return replace(concept, names=names, competentnl=entry.id)
    # Foreign names beside a Dutch one would turn up where people search in Dutch.
    names = distinct_names(entry.label, entry.names)
    return replace(concept, name=entry.label, names=names, language="nl", competentnl=entry.id)


def _same[C: Concept](before: Mapping[str, C], after: Mapping[str, Concept]) -> dict[str, C]:
    """Return the concepts of one sort as they are now."""
    return {key: concept for key in before if isinstance(concept := after[key], type(before[key]))}
