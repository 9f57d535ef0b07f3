"""Which skills are near each other, by the hierarchy and relations of their source.

A taxonomy without hierarchy has no near skills.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from enum import StrEnum

from skills_taxonomy.model import Skill

CLOSE_FAMILY = 8
"""How many kinds a broader concept may have for these to be near each other.

In ESCO, "operate sawmill machines" has seven kinds that are alike; "manage quality" has 160,
from vineyards to garments, and who can do one of those is no nearer to the others.
"""


class Kin(StrEnum):
    """How one skill is near another; the closest first."""

    NARROWER = "narrower"
    """The one that is had is a kind of the one that is asked."""
    BROADER = "broader"
    """The one that is asked is a kind of the one that is had."""
    RELATED = "related"
    """Their source names them together."""
    SIBLING = "sibling"
    """Both are a kind of the same, which has few kinds."""


class Kinship:
    """The near skills of each skill, sought once for each."""

    def __init__(self, skills: Mapping[str, Skill]) -> None:
        self._skills = skills
        self._kinds: dict[str, list[str]] = defaultdict(list)
        self._related: dict[str, set[str]] = defaultdict(set)
        self._known: dict[str, dict[str, Kin]] = {}
        for skill in skills.values():
            for broader in skill.broader:
                self._kinds[broader].append(skill.id)
            for other in skill.related:
                self._related[skill.id].add(other)
                self._related[other].add(skill.id)

    def of(self, skill_id: str) -> Mapping[str, Kin]:
        """Return the skills near this one and how, the closest first; whose kin one is, is one's own kin."""
        if skill_id not in self._known:
            self._known[skill_id] = self._sought(skill_id)
        return self._known[skill_id]

    def _sought(self, skill_id: str) -> dict[str, Kin]:
        broader = self._skills[skill_id].broader
        families = (self._kinds[wider] for wider in broader if len(self._kinds[wider]) <= CLOSE_FAMILY)
        near = [(other, Kin.NARROWER) for other in self._kinds.get(skill_id, ())]
        near += [(other, Kin.BROADER) for other in broader if other in self._skills]
        near += [(other, Kin.RELATED) for other in sorted(self._related.get(skill_id, ()))]
        near += [(other, Kin.SIBLING) for family in families for other in family]
        kin: dict[str, Kin] = {}
        for other, how in near:
            if other != skill_id:
                kin.setdefault(other, how)
        return kin

    def nearest(self, skill_id: str, had: Collection[str]) -> tuple[str, Kin] | None:
        """Return which of the skills in `had` is nearest to this one, and how; none if none is near."""
        return next(((other, how) for other, how in self.of(skill_id).items() if other in had), None)
