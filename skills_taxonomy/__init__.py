"""Occupations and skills in everyday Dutch: search, find in text, compare. See README.md.

>>> taxonomy = Taxonomy.load()
>>> [match.concept.id for match in taxonomy.search_occupations("lasster")]
['beroep/lasser']
>>> [(found.concept.id, found.negated, found.wish) for found in taxonomy.extract("Ik wil leren lassen.")]
[('vaardigheid/lassen', False, True)]
>>> taxonomy.compare([], "beroep/lasser").score
0.0
"""

from skills_taxonomy.comparison import Comparison
from skills_taxonomy.extraction import Found
from skills_taxonomy.loading import Fault, TaxonomyDataError
from skills_taxonomy.model import (
    Collection,
    Concept,
    Group,
    Occupation,
    Sector,
    Skill,
    SkillKind,
    Source,
    TaxonomyData,
    World,
)
from skills_taxonomy.search import Match, MatchKind
from skills_taxonomy.taxonomy import Taxonomy, UnknownConceptError

__all__ = [
    "Collection",
    "Comparison",
    "Concept",
    "Fault",
    "Found",
    "Group",
    "Match",
    "MatchKind",
    "Occupation",
    "Sector",
    "Skill",
    "SkillKind",
    "Source",
    "Taxonomy",
    "TaxonomyData",
    "TaxonomyDataError",
    "UnknownConceptError",
    "World",
]
