"""Which files of a folder are which part of the release: told by their columns, not by their names."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from skills_taxonomy.esco.hierarchy import FIRST_LEVEL
from skills_taxonomy.esco.languages import IN_DUTCH, LANGUAGES, Surroundings, language_of, surroundings_of
from skills_taxonomy.esco.tables import header
from skills_taxonomy.loading import Fault, TaxonomyDataError
from skills_taxonomy.model import Collection

_LABEL = "preferredLabel"
_GONE = re.compile(r"in_v(\d+(?:\.\d+)+)")
_ASSUMED = {
    "conceptType": "de soort komt uit het adres (URI) van elk begrip",
    "status": "aangenomen dat ESCO alles erin heeft vrijgegeven",
}
"""What is assumed of a file with concepts that lacks a column."""


class Part(StrEnum):
    """What a file is about."""

    CONCEPTS = "concepts"
    NEEDS = "needs"
    RELATED = "related"
    BROADER = "broader"
    HIERARCHY = "hierarchy"
    SCHEMES = "schemes"
    COMPETENTNL = "competentnl"
    """Dutch names from CompetentNL; ESCO has no such file, and its columns are ours."""


COMPETENTNL_COLUMNS = {"id", "label", "escoUri"}

_COLUMNS = {
    Part.NEEDS: {"occupationUri", "relationType", "skillUri"},
    Part.RELATED: {"originalSkillUri", "relatedSkillUri"},
    Part.BROADER: {"conceptUri", "broaderUri"},
    Part.HIERARCHY: {"Level 0 URI", FIRST_LEVEL},
    Part.SCHEMES: {"conceptSchemeUri"},
    Part.COMPETENTNL: COMPETENTNL_COLUMNS,
    Part.CONCEPTS: {"conceptUri", _LABEL},
}


_NAMING = (Part.CONCEPTS, Part.HIERARCHY)
"""Parts with names, which are of use in our languages alone."""


@dataclass(frozen=True, slots=True)
class Official:
    """A file of the official release, and what its absence means for people."""

    stem: str
    part: Part
    without: str
    instead: tuple[str, ...] = ()
    """Stems of files that say the same between them."""
    with_instead: str = ""
    """What its absence means when those are there."""


OFFICIAL = (
    Official("occupations", Part.CONCEPTS, "alleen de beroepen van de starttaxonomie"),
    Official("skills", Part.CONCEPTS, "alleen de vaardigheden van de starttaxonomie, en die met een thema"),
    Official("ISCOGroups", Part.CONCEPTS, "geen groepen boven de beroepen"),
    Official(
        "skillGroups",
        Part.CONCEPTS,
        "geen groepen boven de vaardigheden; hun soort is een gok",
        ("skillsHierarchy",),
        "vaardigheidsgroepen komen uit skillsHierarchy, met alleen een naam en een nummer",
    ),
    Official("occupationSkillRelations", Part.NEEDS, "beroepen van ESCO vragen geen vaardigheden"),
    Official("skillSkillRelations", Part.RELATED, "geen vaardigheden die bij elkaar horen"),
    Official("broaderRelationsOccPillar", Part.BROADER, "geen bredere en smallere beroepen"),
    Official(
        "broaderRelationsSkillPillar",
        Part.BROADER,
        "geen bredere en smallere vaardigheden; hun soort is een gok",
        ("skillsHierarchy",),
        "alleen groepen boven groepen, uit skillsHierarchy; de soort van vaardigheden is een gok",
    ),
    Official(
        "skillsHierarchy",
        Part.HIERARCHY,
        "wat skillGroups of broaderRelationsSkillPillar mist, wordt niet aangevuld",
        ("skillGroups", "broaderRelationsSkillPillar"),
        "geen; skillGroups en broaderRelationsSkillPillar zeggen hetzelfde",
    ),
    Official("greenSkillsCollection", Part.CONCEPTS, "geen groene vaardigheden"),
    Official("digitalSkillsCollection", Part.CONCEPTS, "geen digitale vaardigheden"),
    Official("transversalSkillsCollection", Part.CONCEPTS, "geen vaardigheden die overal van pas komen"),
    Official("conceptSchemes", Part.SCHEMES, "geen bestand zegt welke versie dit is"),
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
    gone: tuple[str, str] | None = None
    """Column that says 0 of what a later version no longer has, and that version."""
    assumptions: tuple[str, ...] = ()
    """What the file does not say and we take for granted, in Dutch."""


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

    def consequence(self, missing: Official) -> str:
        """Tell what the absence of an official file means, with the files that are there."""
        there = {file.official.stem for file in self.used if file.official}
        instead = missing.instead and there.issuperset(missing.instead)
        return missing.with_instead if instead else missing.without

    def of(self, part: Part) -> Iterator[ReleaseFile]:
        """Yield the files of one part."""
        return (file for file in self.used if file.part is part)


def look_into(folder: Path) -> Folder:
    """Recognise the files of a folder.

    Raises:
        TaxonomyDataError: no file is of use, or one is broken, lacks columns its name promises,
            or is in a language that cannot be known.
    """
    paths = sorted(path for path in _listed(folder) if path.name.endswith((".csv", ".csv.gz")))
    around = surroundings_of(folder, [path.name for path in paths])
    used: list[ReleaseFile] = []
    unused: list[str] = []
    faults: list[Fault] = []
    for path in paths:
        try:
            file = _recognised(path, header(path), around)
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


def _recognised(path: Path, columns: Sequence[str], around: Surroundings | None) -> ReleaseFile | None:
    has = {*columns, _LABEL} if any(_labels_with_language(columns)) else set(columns)
    part = next((part for part, needed in _COLUMNS.items() if needed <= has), None)
    stem = path.name.partition(".")[0].lower()
    named = next((official for official in OFFICIAL if _is_named(stem, official.stem.lower())), None)
    if named and part is not named.part:
        lacking = ", ".join(sorted(_COLUMNS[named.part] - has))
        raise TaxonomyDataError([Fault(path.name, 1, f"kolom {lacking} ontbreekt")])
    # The share of green work is of no use.
    if part is None or "greenShare" in columns:
        return None
    labels, assumptions = _labels(path, columns, around) if part in _NAMING else ((), ())
    # Nor are concepts without a name in our languages.
    if part in _NAMING and not labels:
        return None
    if part is Part.CONCEPTS:
        lacking_columns = ((column, then) for column, then in _ASSUMED.items() if column not in columns)
        assumptions += tuple(f"kolom {column} ontbreekt; {then}" for column, then in lacking_columns)
    return ReleaseFile(
        path,
        part,
        labels=labels,
        collection=next((theme for theme in Collection if stem.startswith(f"{theme}skillscollection")), None),
        official=named or _only_one_of(part),
        gone=next(((found[0], found[1]) for column in columns if (found := _GONE.fullmatch(column))), None),
        assumptions=assumptions,
    )


def _only_one_of(part: Part) -> Official | None:
    """Return the official file that a file with another name must be, where columns leave no choice."""
    candidates = [official for official in OFFICIAL if official.part is part]
    return candidates[0] if len(candidates) == 1 else None


def _is_named(stem: str, official: str) -> bool:
    return stem == official or stem.startswith(f"{official}_")


type _Label = tuple[str, str]
"""Language and column of a name."""


def _labels(
    path: Path, columns: Sequence[str], around: Surroundings | None
) -> tuple[tuple[_Label, ...], tuple[str, ...]]:
    """Return language and column of each name, and what was assumed to know it.

    Raises:
        TaxonomyDataError: nothing tells the language.
    """
    labels = tuple(_labels_with_language(columns))
    plain = next((column for column in (_LABEL, FIRST_LEVEL) if column in columns), None)
    in_name = language_of(path.name)
    if plain is None or (labels and not in_name):
        return labels, ()
    if in_name:
        return (*([(in_name, plain)] if in_name in LANGUAGES else []), *labels), ()
    if around is None:
        stem, dot, rest = path.name.partition(".")
        message = (
            "de naam zegt niet in welke taal dit bestand is; "
            f"noem het {stem}_nl{dot}{rest} (Nederlands) of {stem}_en{dot}{rest} (Engels)"
        )
        raise TaxonomyDataError([Fault(path.name, 0, message)])
    if around.language not in LANGUAGES:
        return (), ()
    assumption = f"gelezen als {IN_DUTCH[around.language]}, volgens {around.told_by}"
    return ((around.language, plain),), (assumption,)


def _labels_with_language(columns: Sequence[str]) -> Iterator[_Label]:
    """Yield language and column of each name whose column tells the language."""
    for column in columns:
        for language in LANGUAGES:
            if column == f"{_LABEL}_{language}" or column.startswith(f"{_LABEL}_{language}_"):
                yield language, column
