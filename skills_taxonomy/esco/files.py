"""Which files of a folder are which part of the release: told by their columns, not by their names."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from skills_taxonomy.esco.tables import header
from skills_taxonomy.loading import Fault, TaxonomyDataError
from skills_taxonomy.model import Collection

LANGUAGES = ("nl", "en")
"""Languages a name is taken from, the best one first."""

_LABEL = "preferredLabel"
_LANGUAGE_IN_NAME = re.compile(r"_(nl|en)(?=[_.])")


class Part(StrEnum):
    """What a file is about."""

    CONCEPTS = "concepts"
    NEEDS = "needs"
    RELATED = "related"
    BROADER = "broader"
    SCHEMES = "schemes"
    COMPETENTNL = "competentnl"
    """Dutch names from CompetentNL; ESCO has no such file, and its columns are ours."""


_COLUMNS = {
    Part.NEEDS: {"occupationUri", "relationType", "skillUri"},
    Part.RELATED: {"originalSkillUri", "relatedSkillUri"},
    Part.BROADER: {"conceptUri", "broaderUri"},
    Part.SCHEMES: {"conceptSchemeUri"},
    Part.COMPETENTNL: {"id", "label", "escoUri"},
    Part.CONCEPTS: {"conceptUri", _LABEL},
}


@dataclass(frozen=True, slots=True)
class Official:
    """A file of the official release, and what its absence means for people."""

    stem: str
    part: Part
    without: str


OFFICIAL = (
    Official("occupations", Part.CONCEPTS, "alleen de beroepen van de starttaxonomie"),
    Official("skills", Part.CONCEPTS, "alleen de vaardigheden van de starttaxonomie, en die met een thema"),
    Official("ISCOGroups", Part.CONCEPTS, "geen groepen boven de beroepen"),
    Official("skillGroups", Part.CONCEPTS, "geen groepen boven de vaardigheden; hun soort is een gok"),
    Official("occupationSkillRelations", Part.NEEDS, "beroepen van ESCO vragen geen vaardigheden"),
    Official("skillSkillRelations", Part.RELATED, "geen vaardigheden die bij elkaar horen"),
    Official("broaderRelationsOccPillar", Part.BROADER, "geen bredere en smallere beroepen"),
    Official("broaderRelationsSkillPillar", Part.BROADER, "geen bredere en smallere vaardigheden"),
    Official("greenSkillsCollection", Part.CONCEPTS, "geen groene vaardigheden"),
    Official("digitalSkillsCollection", Part.CONCEPTS, "geen digitale vaardigheden"),
    Official("transversalSkillsCollection", Part.CONCEPTS, "geen vaardigheden die overal van pas komen"),
    Official("conceptSchemes", Part.SCHEMES, "de versie komt uit de naam van de map of de bestanden"),
)


@dataclass(frozen=True, slots=True)
class ReleaseFile:
    """A file we can use."""

    path: Path
    part: Part
    labels: tuple[tuple[str, str], ...] = ()
    """Language and column of each name in it."""
    collection: Collection | None = None
    official: Official | None = None


@dataclass(frozen=True, slots=True)
class Folder:
    """The files of a folder, those we use and those we do not."""

    used: tuple[ReleaseFile, ...]
    unused: tuple[str, ...]

    @property
    def missing(self) -> tuple[Official, ...]:
        """The official files that are not there."""
        there = {file.official for file in self.used}
        return tuple(official for official in OFFICIAL if official not in there)

    def of(self, part: Part) -> Iterator[ReleaseFile]:
        """Yield the files of one part."""
        return (file for file in self.used if file.part is part)


def look_into(folder: Path) -> Folder:
    """Recognise the files of a folder.

    Raises:
        TaxonomyDataError: no file is of use, or one is broken or lacks columns its name promises.
    """
    paths = sorted(path for path in _listed(folder) if path.name.endswith((".csv", ".csv.gz")))
    used: list[ReleaseFile] = []
    unused: list[str] = []
    faults: list[Fault] = []
    for path in paths:
        try:
            file = _recognised(path, header(path))
        except TaxonomyDataError as error:
            faults += error.faults
            continue
        if file:
            used.append(file)
        else:
            unused.append(path.name)
    if not used and not faults:
        faults = [Fault(str(folder), 0, "in deze map staat geen CSV-bestand van ESCO")]
    if faults:
        raise TaxonomyDataError(faults)
    return Folder(tuple(used), tuple(unused))


def _listed(folder: Path) -> list[Path]:
    try:
        return list(folder.iterdir())
    except OSError as error:
        raise TaxonomyDataError([Fault(str(folder), 0, "is geen map die we kunnen lezen")]) from error


def _recognised(path: Path, columns: Sequence[str]) -> ReleaseFile | None:
    labels = tuple(_labels(path, columns))
    has = {*columns, _LABEL} if labels else set(columns)
    part = next((part for part, needed in _COLUMNS.items() if needed <= has), None)
    stem = path.name.partition(".")[0].lower()
    named = next((official for official in OFFICIAL if _is_named(stem, official.stem.lower())), None)
    if named and part is not named.part:
        lacking = ", ".join(sorted(_COLUMNS[named.part] - has))
        raise TaxonomyDataError([Fault(path.name, 1, f"kolom {lacking} ontbreekt")])
    # Concepts without a name in our languages are of no use, nor is the share of green work.
    if part is None or (part is Part.CONCEPTS and not labels) or "greenShare" in columns:
        return None
    collection = next((theme for theme in Collection if stem.startswith(f"{theme}skillscollection")), None)
    return ReleaseFile(path, part, labels, collection, named or _only_one_of(part))


def _only_one_of(part: Part) -> Official | None:
    """Return the official file that a file with another name must be, where columns leave no choice."""
    candidates = [official for official in OFFICIAL if official.part is part]
    return candidates[0] if len(candidates) == 1 else None


def _is_named(stem: str, official: str) -> bool:
    return stem == official or stem.startswith(f"{official}_")


def _labels(path: Path, columns: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield language and column of each name; `preferredLabel` leaves the language to the file's name."""
    in_name = _LANGUAGE_IN_NAME.search(path.name)
    for column in columns:
        if column == _LABEL and in_name:
            yield in_name[1], column
        for language in LANGUAGES:
            if column == f"{_LABEL}_{language}" or column.startswith(f"{_LABEL}_{language}_"):
                yield language, column
