"""The taxonomy as its users see it."""

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path

from skills_taxonomy import comparison, loading
from skills_taxonomy.bridges import Bridge, Bridges
from skills_taxonomy.closing import Closing, Gap
from skills_taxonomy.comparison import Comparison
from skills_taxonomy.extraction import Extractor, Found
from skills_taxonomy.index import open_index
from skills_taxonomy.kinship import Kinship
from skills_taxonomy.lexicon import Lexicon
from skills_taxonomy.likeness import Likeness, Neighbour
from skills_taxonomy.loading import STARTER_DATA
from skills_taxonomy.meaning import open_encoder
from skills_taxonomy.model import Concept, Group, Occupation, Skill, Source, TaxonomyData
from skills_taxonomy.names import names_of
from skills_taxonomy.search import ConceptSearch, Match
from skills_taxonomy.storing import to_json


class UnknownConceptError(LookupError):
    """No occupation or skill has this id."""


class Taxonomy:
    """Occupations, skills, and what can be asked of them. Never changes once built."""

    def __init__(self, data: TaxonomyData, lexicon: Lexicon | None = None) -> None:
        self.occupations: Mapping[str, Occupation] = data.occupations
        self.skills: Mapping[str, Skill] = data.skills
        self.groups: Mapping[str, Group] = data.groups
        self.sources: tuple[Source, ...] = data.sources
        self._by_uri = {concept.esco: concept for concept in self._all() if concept.esco}
        self._narrower = _reversed(
            (concept.id, broader) for concept in self._all() for broader in concept.broader
        )
        self._needing = _reversed(
            (occupation.id, skill_id)
            for occupation in data.occupations.values()
            for skill_id in occupation.needs
        )
        self._lexicon = lexicon or Lexicon.of(data)
        self._extractor = Extractor(
            [*self._lexicon.occupation_names, *self._lexicon.skill_names], self._lexicon.vocabulary
        )

    def _all(self) -> Iterator[Concept]:
        yield from self.occupations.values()
        yield from self.skills.values()
        yield from self.groups.values()

    @classmethod
    def load(cls, folder: Path | None = None) -> "Taxonomy":
        """Load the taxonomy in `folder`, or the starter taxonomy of this package.

        Raises:
            TaxonomyDataError: with everything that is wrong with the data.
        """
        return cls(loading.load(folder or STARTER_DATA))

    @classmethod
    def open(cls, folder: Path) -> "Taxonomy":
        """Open the index that `index.build` made in `folder`.

        Raises:
            IndexMissingError: there is none, or it is of another version.
        """
        return cls(*open_index(folder, open_encoder()))

    def occupation(self, occupation_id: str) -> Occupation:
        """Return the occupation with this id.

        Raises:
            UnknownConceptError: when there is none.
        """
        try:
            return self.occupations[occupation_id]
        except KeyError:
            raise UnknownConceptError(occupation_id) from None

    def skill(self, skill_id: str) -> Skill:
        """Return the skill with this id.

        Raises:
            UnknownConceptError: when there is none.
        """
        try:
            return self.skills[skill_id]
        except KeyError:
            raise UnknownConceptError(skill_id) from None

    def concept(self, concept_id: str) -> Concept:
        """Return the occupation, skill or group with this id or ESCO URI.

        Raises:
            UnknownConceptError: when there is none.
        """
        for concepts in (self.occupations, self.skills, self.groups, self._by_uri):
            if concept := concepts.get(concept_id):
                return concept
        raise UnknownConceptError(concept_id)

    def broader(self, concept: Concept) -> tuple[Concept, ...]:
        """Return what `concept` is a kind of, one step up."""
        return tuple(self.concept(broader) for broader in concept.broader)

    def narrower(self, concept: Concept) -> tuple[Concept, ...]:
        """Return the kinds of `concept`, one step down, by name."""
        kinds = (self.concept(narrower) for narrower in self._narrower.get(concept.id, ()))
        return tuple(sorted(kinds, key=lambda kind: kind.name.casefold()))

    def occupations_needing(self, skill_id: str) -> tuple[tuple[Occupation, ...], tuple[Occupation, ...]]:
        """Return the occupations nobody does without this skill, and those in which it helps; by name.

        Raises:
            UnknownConceptError: when the skill does not exist.
        """
        skill = self.skill(skill_id)
        needing = (self.occupations[needing] for needing in self._needing.get(skill.id, ()))
        ordered = sorted(needing, key=lambda occupation: occupation.name.casefold())
        essential = tuple(occupation for occupation in ordered if skill.id in occupation.essential)
        return essential, tuple(occupation for occupation in ordered if skill.id not in occupation.essential)

    def search_occupations(self, text: str, limit: int = 10) -> list[Match[Occupation]]:
        """Return the occupations whose names fit `text` best, the best first."""
        return self._lexicon.occupations.search(text, limit)

    def search_skills(self, text: str, limit: int = 10) -> list[Match[Skill]]:
        """Return the skills whose names fit `text` best, the best first."""
        return self._lexicon.skills.search(text, limit)

    def search_groups(self, text: str, limit: int = 10) -> list[Match[Group]]:
        """Return the groups whose names fit `text` best, by letters alone, the best first."""
        return self._group_search.search(text, limit)

    def extract(self, text: str, today: date | None = None) -> list[Found]:
        """Return the skills and occupations that `text` names, in the order of the text.

        `today` tells how long "sinds 2015" is; by default it is the day it is (UTC).
        """
        return self._extractor.extract(text, today or datetime.now(UTC).date())

    def compare(self, profile_skill_ids: Iterable[str], occupation_id: str) -> Comparison:
        """Compare a person's skills with what an occupation asks.

        Raises:
            UnknownConceptError: when a skill or the occupation does not exist.
        """
        profile = [self.skill(skill_id).id for skill_id in profile_skill_ids]
        return comparison.compare(profile, self.occupation(occupation_id), self.skills, self._kinship)

    def rarity(self, skill_id: str) -> float:
        """Return what a skill tells of an occupation that asks it: more, the fewer others ask it too.

        Raises:
            UnknownConceptError: when the skill does not exist.
        """
        return self._likeness.rarity(self.skill(skill_id).id)

    def similarity(self, occupation_id: str, other_id: str) -> float:
        """Return how alike the skills of two occupations are: 0 to 1, the same either way round.

        Raises:
            UnknownConceptError: when an occupation does not exist.
        """
        return self._likeness.between(self.occupation(occupation_id).id, self.occupation(other_id).id)

    def nearest_occupations(self, occupation_id: str, limit: int = 10) -> tuple[Neighbour, ...]:
        """Return the occupations most like this one, the likest first; none that shares no skill.

        Raises:
            UnknownConceptError: when the occupation does not exist.
        """
        return self._likeness.nearest(self.occupation(occupation_id).id, limit)

    def bridge(self, from_id: str, to_id: str) -> Bridge:
        """Set what somebody brings from one occupation beside what another asks.

        Raises:
            UnknownConceptError: when an occupation does not exist.
        """
        return self._bridges.bridge(self.occupation(from_id), self.occupation(to_id))

    def route(self, from_id: str, to_id: str) -> tuple[Bridge, ...]:
        """Return the easiest way between two occupations in one to three steps.

        There is one step when going directly is best, and each of more steps is easier than that.

        Raises:
            UnknownConceptError: when an occupation does not exist.
        """
        return self._bridges.route(self.occupation(from_id), self.occupation(to_id))

    def closing(
        self, missing_skill_ids: Iterable[str], courses: Mapping[str, Collection[str]]
    ) -> tuple[Closing, ...]:
        """Return what each course closes of the missing skills, the course that closes most first.

        `courses` gives the ids of the skills each course teaches, by the id of the course;
        skills the taxonomy does not know close nothing. A course that closes nothing is left out.

        Raises:
            UnknownConceptError: when a missing skill does not exist.
        """
        return self._gap(missing_skill_ids).closing(courses)

    def closing_together(
        self, missing_skill_ids: Iterable[str], courses: Mapping[str, Collection[str]], limit: int = 3
    ) -> tuple[Closing, ...]:
        """Return at most `limit` courses that together close most, each with what it adds to those before.

        Raises:
            UnknownConceptError: when a missing skill does not exist.
        """
        return self._gap(missing_skill_ids).closing_together(courses, limit)

    def _gap(self, missing_skill_ids: Iterable[str]) -> Gap:
        return Gap([self.skill(skill_id).id for skill_id in missing_skill_ids], self.skills, self._kinship)

    @cached_property
    def edition(self) -> str:
        """What tells this taxonomy from every other: a digest of all that is in it."""
        concepts = to_json(
            TaxonomyData(
                occupations=self.occupations,
                skills=self.skills,
                groups=self.groups,
                sources=self.sources,
            )
        )
        by_meaning = self._lexicon.skills.meanings is not None
        return hashlib.sha256(f"{by_meaning} {concepts}".encode()).hexdigest()[:32]

    # Not everybody looks for a group.
    @cached_property
    def _group_search(self) -> ConceptSearch[Group]:
        vocabulary = self._lexicon.vocabulary
        return ConceptSearch(names_of(self.groups.values(), vocabulary), vocabulary)

    # Not everybody compares: these are built for the first who does.
    @cached_property
    def _kinship(self) -> Kinship:
        return Kinship(self.skills)

    @cached_property
    def _likeness(self) -> Likeness:
        return Likeness(self.occupations)

    @cached_property
    def _bridges(self) -> Bridges:
        return Bridges(self._likeness, self.skills, self._kinship)


def _reversed(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    index: dict[str, list[str]] = defaultdict(list)
    for one, other in pairs:
        index[other].append(one)
    return dict(index)
