"""Concepts from drafts, once every file is read."""

from collections import deque

from skills_taxonomy.esco.classes import kind_of, place_of
from skills_taxonomy.esco.drafts import Draft, Drafts, Pillar
from skills_taxonomy.esco.relations import Links, Relations
from skills_taxonomy.model import Collection, Group, Occupation, Skill, SkillKind, Source, TaxonomyData

_GROUPS = (Pillar.ISCO_GROUP, Pillar.SKILL_GROUP)


class Builder:
    """Makes concepts of drafts and the relations between them."""

    def __init__(self, drafts: Drafts, relations: Relations) -> None:
        self._drafts = drafts
        self._essential = relations.needs("essential")
        self._optional = relations.needs("optional")
        self._related = relations.related()
        self._broader: Links = relations.broader()
        self._codes = {draft.uri: draft.code for draft in drafts.of(*_GROUPS) if draft.code}

    def taxonomy(self, sources: tuple[Source, ...]) -> TaxonomyData:
        """Return all concepts."""
        return TaxonomyData(
            occupations={draft.uri: self._occupation(draft) for draft in self._drafts.of(Pillar.OCCUPATION)},
            skills={draft.uri: self._skill(draft) for draft in self._drafts.of(Pillar.SKILL)},
            groups={draft.uri: self._group(draft) for draft in self._drafts.of(*_GROUPS)},
            sources=sources,
        )

    def _occupation(self, draft: Draft) -> Occupation:
        # The number of an occupation (7212.3) starts with that of its group.
        isco = draft.isco or draft.code.partition(".")[0] or self._nearest_code(draft)
        place = place_of(isco)
        return Occupation(
            **draft.fields(),
            sector=place.sector,
            world=place.world,
            essential=self._of(self._essential, draft),
            optional=self._of(self._optional, draft),
            broader=self._of(self._broader, draft),
        )

    def _skill(self, draft: Draft) -> Skill:
        digital = Collection.DIGITAL in draft.collections
        return Skill(
            **draft.fields(),
            kind=SkillKind.DIGITAAL if digital else kind_of(self._nearest_code(draft)),
            collections=frozenset(draft.collections),
            related=self._of(self._related, draft),
            broader=self._of(self._broader, draft),
        )

    def _group(self, draft: Draft) -> Group:
        return Group(**draft.fields(), code=draft.code, broader=self._of(self._broader, draft))

    def _of(self, links: Links, draft: Draft) -> tuple[str, ...]:
        return tuple(links.get(draft.uri, ()))

    def _nearest_code(self, draft: Draft) -> str:
        """Return the number of the first group above a concept, level by level; empty when there is none."""
        waiting, seen = deque([draft.uri]), {draft.uri}
        while waiting:
            uri = waiting.popleft()
            if code := self._codes.get(uri):
                return code
            above = [upper for upper in self._broader.get(uri, ()) if upper not in seen]
            seen.update(above)
            waiting.extend(above)
        return ""
