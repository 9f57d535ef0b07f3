"""The relations of a concept by their names in ESCO; no framework."""

from collections.abc import Iterable, Mapping, Sequence

from skills_taxonomy.model import Concept, Group, Occupation, Skill
from skills_taxonomy.taxonomy import Taxonomy

RELATIONS = frozenset(
    """
    broaderConcept broaderHierarchyConcept broaderIscoGroup broaderOccupation broaderSkill
    hasEssentialSkill hasOptionalSkill isEssentialForOccupation isOptionalForOccupation
    narrowerConcept narrowerOccupation narrowerSkill
    """.split()
)
"""Every relation that a concept may have."""


def relations_of(taxonomy: Taxonomy, concept: Concept) -> Mapping[str, Sequence[Concept]]:
    """Return what a concept is related to, by relation."""
    broader, narrower = taxonomy.broader(concept), taxonomy.narrower(concept)
    if isinstance(concept, Occupation):
        return {
            "hasEssentialSkill": [taxonomy.skill(one) for one in concept.essential],
            "hasOptionalSkill": [taxonomy.skill(one) for one in concept.optional],
            "broaderIscoGroup": _only(Group, broader),
            "broaderOccupation": _only(Occupation, broader),
            "narrowerOccupation": _only(Occupation, narrower),
        }
    if isinstance(concept, Skill):
        essential, optional = taxonomy.occupations_needing(concept.id)
        return {
            "isEssentialForOccupation": essential,
            "isOptionalForOccupation": optional,
            "broaderSkill": _only(Skill, broader),
            "narrowerSkill": _only(Skill, narrower),
            "broaderHierarchyConcept": _only(Group, broader),
        }
    return {
        "broaderConcept": broader,
        "narrowerConcept": _only(Group, narrower),
        "narrowerOccupation": _only(Occupation, narrower),
        "narrowerSkill": _only(Skill, narrower),
    }


def _only[C: Concept](kind: type[C], concepts: Iterable[Concept]) -> list[C]:
    return [concept for concept in concepts if isinstance(concept, kind)]
