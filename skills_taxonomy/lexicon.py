"""The names of a taxonomy and everything that finds them: made from the data, or kept in an index."""

from collections.abc import Sequence
from dataclasses import dataclass

from skills_taxonomy.model import Occupation, Skill, TaxonomyData
from skills_taxonomy.names import Name, names_of
from skills_taxonomy.search import ConceptSearch
from skills_taxonomy.words import Vocabulary, fold


@dataclass(frozen=True, kw_only=True, slots=True)
class Lexicon:
    """The words of a taxonomy, its names taken apart, and a search for each pillar."""

    vocabulary: Vocabulary
    occupation_names: Sequence[Name[Occupation]]
    skill_names: Sequence[Name[Skill]]
    occupations: ConceptSearch[Occupation]
    skills: ConceptSearch[Skill]

    @classmethod
    def of(cls, data: TaxonomyData) -> "Lexicon":
        """Make a lexicon in which the letters alone decide."""
        concepts = (*data.skills.values(), *data.occupations.values())
        vocabulary = Vocabulary.of(
            word for concept in concepts for name in concept.all_names for word in fold(name).split()
        )
        occupation_names = names_of(data.occupations.values(), vocabulary)
        skill_names = names_of(data.skills.values(), vocabulary)
        return cls(
            vocabulary=vocabulary,
            occupation_names=occupation_names,
            skill_names=skill_names,
            occupations=ConceptSearch(occupation_names, vocabulary),
            skills=ConceptSearch(skill_names, vocabulary),
        )
