"""What came of reading a release, for the administrator."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from skills_taxonomy.esco.drafts import Absence
from skills_taxonomy.esco.files import Folder
from skills_taxonomy.esco.problems import Problems
from skills_taxonomy.esco.versions import Version
from skills_taxonomy.model import Collection, Concept, TaxonomyData

_THEMES = {
    Collection.GREEN: "groen",
    Collection.DIGITAL: "digitaal",
    Collection.TRANSVERSAL: "overal van pas",
}


@dataclass(frozen=True, kw_only=True)
class Report:
    """How much there is, what is missing, and what was left out."""

    data: TaxonomyData
    folder: Folder
    version: Version
    withdrawn: Mapping[str, Absence]
    """What ESCO has not released, or no longer has, by URI."""
    problems: Problems

    def lines(self) -> Iterator[str]:
        """Tell it in Dutch."""
        for source in self.data.sources:
            yield f"{source.name}, versie {source.version}. {source.notice}"
        yield from self.version.reasons
        yield from self._concepts()
        yield from self._relations()
        for official in self.folder.missing:
            yield f"Niet in de map: {official.stem}. Gevolg: {self.folder.consequence(official)}."
        for file in self.folder.used:
            yield from (f"{file.path.name}: {assumption}." for assumption in file.assumptions)
        if self.folder.unused:
            yield f"Niet nodig, of zonder Nederlandse en Engelse namen: {', '.join(self.folder.unused)}."
        for absence, count in Counter(self.withdrawn.values()).items():
            yield f"{absence.reason}, weggelaten: {count} {absence.pillar}."
        yield from self.problems.lines()

    def _concepts(self) -> Iterator[str]:
        yield f"Beroepen: {_counted(self.data.occupations.values())}."
        yield f"Vaardigheden: {_counted(self.data.skills.values())}."
        yield f"Groepen: {_counted(self.data.groups.values())}."

    def _relations(self) -> Iterator[str]:
        occupations, skills = self.data.occupations.values(), self.data.skills.values()
        yield f"Wat moet bij een beroep: {sum(len(item.essential) for item in occupations)} vaardigheden."
        yield f"Wat helpt bij een beroep: {sum(len(item.optional) for item in occupations)} vaardigheden."
        yield f"Wat bij een vaardigheid hoort: {sum(len(item.related) for item in skills)} vaardigheden."
        for theme, name in _THEMES.items():
            yield f"Vaardigheden met thema {name}: {sum(theme in item.collections for item in skills)}."


def _counted(concepts: Iterable[Concept]) -> str:
    by_language = Counter(concept.language for concept in concepts)
    not_dutch = by_language.total() - by_language["nl"]
    without = f", waarvan {not_dutch} zonder Nederlandse naam; daar staat de Engelse" if not_dutch else ""
    return f"{by_language.total()}{without}"
