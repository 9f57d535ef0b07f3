"""Occupations and skills in everyday Dutch: search, find in text, compare. See README.md.

>>> taxonomy = Taxonomy.load()
>>> [match.concept.id for match in taxonomy.search_occupations("lasster")]
['beroep/lasser']
>>> [(found.concept.id, found.negated, found.wish) for found in taxonomy.extract("Ik wil leren lassen.")]
[('vaardigheid/lassen', False, True)]
>>> taxonomy.compare([], "beroep/lasser").score
0.0
"""

from skills_taxonomy.bridges import Bridge
from skills_taxonomy.closing import Closing
from skills_taxonomy.comparison import Comparison, Near
from skills_taxonomy.experience import Level
from skills_taxonomy.extraction import Found
from skills_taxonomy.kinship import Kin
from skills_taxonomy.likeness import Neighbour
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
    "Bridge",
    "Closing",
    "Collection",
    "Comparison",
    "Concept",
    "Fault",
    "Found",
    "Group",
    "Kin",
    "Level",
    "Match",
    "MatchKind",
    "Near",
    "Neighbour",
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
