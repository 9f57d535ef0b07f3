"""Relations between concepts, checked: both ends are there, and nothing is above itself."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import Literal

from skills_taxonomy.esco.drafts import Drafts, Pillar
from skills_taxonomy.esco.hierarchy import levels
from skills_taxonomy.esco.problems import Problem, Problems
from skills_taxonomy.esco.tables import Row
from skills_taxonomy.loading import Fault

type Links = Mapping[str, list[str]]
"""URIs by the URI that they belong to, each once, in the order of the file."""

_SKILL = (Pillar.SKILL,)
_OCCUPATION = (Pillar.OCCUPATION,)
_GROUPS = (Pillar.ISCO_GROUP, Pillar.SKILL_GROUP)
# What may stand above what: nobody finds an occupation under a skill.
_ABOVE = {
    Pillar.OCCUPATION: (Pillar.OCCUPATION, Pillar.ISCO_GROUP),
    Pillar.SKILL: (Pillar.SKILL, Pillar.SKILL_GROUP),
    Pillar.ISCO_GROUP: (Pillar.ISCO_GROUP,),
    Pillar.SKILL_GROUP: (Pillar.SKILL_GROUP,),
}


class Relations:
    """The relations of a release between the concepts that are there."""

    def __init__(self, drafts: Drafts, problems: Problems) -> None:
        self._drafts = drafts
        self._problems = problems
        self._needs: dict[tuple[str, str], Literal["essential", "optional"]] = {}
        self._related: dict[tuple[str, str], None] = {}
        self._broader: dict[tuple[str, str], Fault] = {}
        self._lower: set[str] = set()
        """What has something above it by the files with relations."""

    def read_need(self, row: Row) -> None:
        """Add a skill that an occupation needs; essential wins where a release says both."""
        pair = row["occupationUri"], row["skillUri"]
        if not self._holds(row, pair, _OCCUPATION, _SKILL):
            return
        match row["relationType"]:
            case "essential" | "optional" as kind:
                if self._needs.setdefault(pair, kind) != kind:
                    self._needs[pair] = "essential"
                    self._problems.add(Problem.BOTH, row.fault(" → ".join(pair)))
            case other:
                self._problems.add(Problem.KIND, row.fault(f"relationType {other!r}"))

    def read_related(self, row: Row) -> None:
        """Add a skill or knowledge that comes with another."""
        pair = row["originalSkillUri"], row["relatedSkillUri"]
        if self._holds(row, pair, _SKILL, _SKILL) and pair[0] != pair[1]:
            self._related[pair] = None

    def read_broader(self, row: Row) -> None:
        """Add what stands above a concept."""
        pair = row["conceptUri"], row["broaderUri"]
        pillar = self._drafts.pillar(pair[0])
        if self._holds(row, pair, tuple(Pillar), _ABOVE[pillar] if pillar else ()):
            self._broader.setdefault(pair, row.fault(""))
            self._lower.add(pair[0])

    def read_hierarchy(self, row: Row) -> None:
        """Add each level of skill groups below the one above, where no relation says otherwise.

        Call it after every `read_broader`.
        """
        for upper, lower in pairwise(levels(row)):
            pair = lower.uri, upper.uri
            group = (Pillar.SKILL_GROUP,)
            if lower.uri not in self._lower and self._holds(row, pair, group, group):
                self._broader.setdefault(pair, row.fault(""))

    def needs(self, kind: Literal["essential", "optional"]) -> Links:
        """Return the skills of each occupation."""
        return _links(pair for pair, told in self._needs.items() if told == kind)

    def related(self) -> Links:
        """Return the skills that come with each skill."""
        return _links(self._related)

    def broader(self) -> Links:
        """Return what stands above each concept, without the links that close a circle."""
        links = _links(self._broader)
        for circle in list(_circles(links)):
            *_, lower, upper = circle
            links[lower].remove(upper)
            place = self._broader[lower, upper]
            self._problems.add(Problem.CYCLE, Fault(place.file, place.line, " → ".join(circle)))
        return links

    def _holds(
        self, row: Row, pair: tuple[str, str], from_: tuple[Pillar, ...], to: tuple[Pillar, ...]
    ) -> bool:
        """Say whether both ends are there; one that ESCO withdrew is counted with the concepts already."""
        for uri, pillars in zip(pair, (from_, to), strict=True):
            if self._drafts.pillar(uri) not in pillars:
                if not any(end in self._drafts.withdrawn for end in pair):
                    self._problems.add(Problem.DANGLING, row.fault(f"{uri or 'lege URI'}"))
                return False
        return True


def _links(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    links: defaultdict[str, list[str]] = defaultdict(list)
    for one, other in pairs:
        links[one].append(other)
    return dict(links)


def _circles(links: Links) -> Iterator[list[str]]:
    """Walk up from every concept, and yield each way that comes back, from a concept up to itself.

    Every link is walked once, on a stack of its own: a hierarchy may be one long chain, or
    broken all over. Without the last link of each way there is no circle left.
    """
    done: set[str] = set()
    for start in links:
        way = {} if start in done else {start: iter(links[start])}
        while way:
            here, uppers = next(reversed(way.items()))
            upper = next(uppers, None)
            if upper is None:
                done.add(here)
                del way[here]
            elif upper in way:
                steps = list(way)
                yield [*steps[steps.index(upper) :], upper]
            elif upper not in done:
                way[upper] = iter(links.get(upper, ()))
