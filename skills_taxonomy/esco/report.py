"""What came of reading a release, for the administrator."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from skills_taxonomy.esco.drafts import Pillar
from skills_taxonomy.esco.files import Folder
from skills_taxonomy.esco.problems import Problems


@dataclass(frozen=True, kw_only=True)
class Report:
    """How much there is, what is missing, and what was left out."""

    version: str
    folder: Folder
    counts: Counter[Pillar]
    not_dutch: Counter[Pillar]
    """How many have a name in another language only."""
    withdrawn: Counter[Pillar]
    """How many ESCO has not released, or no longer has."""
    relations: Counter[str]
    """How many of each sort, by its name in Dutch."""
    problems: Problems

    def lines(self) -> Iterator[str]:
        """Tell it in Dutch."""
        yield f"ESCO-versie: {self.version}."
        yield from (self._told(pillar) for pillar in Pillar)
        yield from (f"{count} {name}." for name, count in self.relations.items())
        for official in self.folder.missing:
            yield f"Niet in de map: {official.stem}. Gevolg: {official.without}."
        if self.folder.unused:
            yield f"Niet gebruikt: {', '.join(self.folder.unused)}."
        yield from self.problems.lines()

    def _told(self, pillar: Pillar) -> str:
        line = f"{self.counts[pillar]} {pillar}"
        if count := self.not_dutch[pillar]:
            line += f", waarvan {count} zonder Nederlandse naam (dan de Engelse)"
        if count := self.withdrawn[pillar]:
            line += f"; {count} andere niet vrijgegeven door ESCO, weggelaten"
        return f"{line}."
