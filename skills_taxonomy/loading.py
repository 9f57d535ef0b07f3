"""Read a taxonomy from two JSON Lines files: all of it is right, or nothing is loaded."""

import json
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from skills_taxonomy.model import Occupation, Sector, Skill, SkillKind, Source, TaxonomyData, World
from skills_taxonomy.words import fold

STARTER_DATA = Path(__file__).parent / "data"
"""The folder with the starter taxonomy that comes with this package."""

STARTER_SOURCE = Source(
    name="starter",
    version="1",
    notice="Beroepen en vaardigheden in gewone woorden, geschreven voor dit loket.",
)


@dataclass(frozen=True, order=True, slots=True)
class Fault:
    """One thing wrong with the data, and where."""

    file: str
    line: int
    """Counted from 1; 0 when the whole file is meant."""
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"


class TaxonomyDataError(ValueError):
    """The data cannot be loaded; `faults` lists everything that is wrong with them."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = tuple(faults)


def load(folder: Path = STARTER_DATA) -> TaxonomyData:
    """Read `occupations.jsonl` and `skills.jsonl` from `folder`.

    Raises:
        TaxonomyDataError: with every fault in both files.
    """
    faults: list[Fault] = []
    skills = list(_records(folder / "skills.jsonl", _SKILL_FIELDS, faults))
    occupations = list(_records(folder / "occupations.jsonl", _OCCUPATION_FIELDS, faults))
    for record, message in _contradictions(skills, occupations):
        faults.append(Fault(record.file, record.line, message))
    if faults:
        raise TaxonomyDataError(sorted(faults))
    return TaxonomyData(
        occupations={
            record.id: Occupation(**_typed(record.fields, sector=Sector, world=World))
            for record in occupations
        },
        skills={record.id: Skill(**_typed(record.fields, kind=SkillKind)) for record in skills},
        sources=(STARTER_SOURCE,),
    )


@dataclass(frozen=True, slots=True)
class _Record:
    file: str
    line: int
    fields: dict[str, Any]

    @property
    def id(self) -> str:
        return str(self.fields.get("id"))

    def texts(self, field: str) -> list[str]:
        """Return the texts of a field, leaving out what `_records` has reported already."""
        value = self.fields.get(field)
        values = value if isinstance(value, list) else [value]
        return [text for text in values if isinstance(text, str)]


type _Check = Callable[[object], str | None]
"""Returns what is wrong with the value of a field."""


def _text(value: object) -> str | None:
    return None if isinstance(value, str) and value.strip() else "must be a text that is not empty"


def _texts(value: object) -> str | None:
    fine = isinstance(value, list) and all(_text(item) is None for item in value)
    return None if fine else "must be a list of texts that are not empty"


def _one_of(choices: type[StrEnum]) -> _Check:
    return lambda value: None if value in list(choices) else f"{value!r} is none of {', '.join(choices)}"


def _esco(pillar: str) -> _Check:
    pattern = re.compile(rf"http://data\.europa\.eu/esco/{pillar}/[0-9a-zA-Z.-]+")

    def check(value: object) -> str | None:
        fine = value is None or (isinstance(value, str) and pattern.fullmatch(value))
        return None if fine else f"{value!r} is no ESCO URI of the {pillar} pillar"

    return check


_CONCEPT_FIELDS: dict[str, _Check] = {"id": _text, "name": _text, "names": _texts}
_SKILL_FIELDS = _CONCEPT_FIELDS | {"kind": _one_of(SkillKind), "esco": _esco("skill")}
_OCCUPATION_FIELDS = _CONCEPT_FIELDS | {
    "description": _text,
    "sector": _one_of(Sector),
    "world": _one_of(World),
    "essential": _texts,
    "optional": _texts,
    "esco": _esco("occupation"),
}


def _records(path: Path, checks: Mapping[str, _Check], faults: list[Fault]) -> Iterator[_Record]:
    """Yield the lines of `path` that are objects, reporting each line and field that is wrong."""
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        faults.append(Fault(path.name, 0, f"cannot be read: {error}"))
        return
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            fields = json.loads(line)
        except json.JSONDecodeError as error:
            faults.append(Fault(path.name, number, f"is not JSON: {error}"))
            continue
        if not isinstance(fields, dict):
            faults.append(Fault(path.name, number, "must be a JSON object"))
            continue
        faults += [Fault(path.name, number, message) for message in _field_faults(fields, checks)]
        yield _Record(path.name, number, fields)


def _field_faults(fields: Mapping[str, object], checks: Mapping[str, _Check]) -> Iterator[str]:
    for field, check in checks.items():
        if field not in fields:
            yield f"{field}: is missing"
        elif fault := check(fields[field]):
            yield f"{field}: {fault}"
    for field in fields.keys() - checks.keys():
        yield f"{field}: is not a field we know"


def _contradictions(skills: list[_Record], occupations: list[_Record]) -> Iterator[tuple[_Record, str]]:
    """Find what is wrong between concepts rather than within one field."""
    first_with: dict[tuple[str, str], _Record] = {}
    for record in (*skills, *occupations):
        for field in ("id", "esco"):
            for value in record.texts(field):
                first = first_with.setdefault((field, value), record)
                if first is not record:
                    yield record, f"{field}: {value!r} is that of {first.file}:{first.line} too"
        for name in _repeated([fold(name) for name in record.texts("name") + record.texts("names")]):
            yield record, f"names: {name!r} stands there twice"
    skill_ids = {record.id for record in skills}
    for record in occupations:
        yield from ((record, message) for message in _relation_faults(record, skill_ids))


def _relation_faults(occupation: _Record, skill_ids: Collection[str]) -> Iterator[str]:
    if occupation.fields.get("essential") == []:
        yield "essential: an occupation needs at least one skill"
    needs = occupation.texts("essential") + occupation.texts("optional")
    for skill_id in dict.fromkeys(needs):
        if skill_id not in skill_ids:
            yield f"there is no skill {skill_id!r}"
    for skill_id in _repeated(needs):
        yield f"skill {skill_id!r} is named twice"


def _repeated(values: list[str]) -> list[str]:
    return [value for value in dict.fromkeys(values) if values.count(value) > 1]


def _typed(fields: Mapping[str, Any], **types: type[StrEnum]) -> dict[str, Any]:
    tuples = {field: tuple(value) for field, value in fields.items() if isinstance(value, list)}
    return {**fields, **tuples, **{field: choices(fields[field]) for field, choices in types.items()}}
