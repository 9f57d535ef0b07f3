"""The way from what somebody can do to an occupation; no framework."""

import math
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from skills_taxonomy import Occupation, Sector, Skill, Taxonomy

NEARBY_SHOWN = 3


@dataclass(frozen=True, kw_only=True)
class Step:
    """An occupation beside what somebody can do: what they have of it, and what it still asks."""

    occupation: Occupation
    shared: tuple[Skill, ...]
    missing: tuple[Skill, ...]
    """The skills nobody does this work without."""


def step_to(occupation_id: str, profile: Iterable[str], taxonomy: Taxonomy) -> Step:
    """Compare the skill ids of `profile` with what an occupation asks.

    Raises:
        UnknownConceptError: when a skill or the occupation does not exist.
    """
    comparison = taxonomy.compare(profile, occupation_id)
    return Step(
        occupation=comparison.occupation,
        shared=comparison.shared,
        missing=comparison.missing_essential,
    )


def nearby(
    profile: Collection[str],
    taxonomy: Taxonomy,
    *,
    sector: Sector | None = None,
    besides: Collection[str] = (),
    limit: int = NEARBY_SHOWN,
) -> tuple[Step, ...]:
    """Return the occupations nearest to a profile, the nearest first; none that shares nothing.

    `besides` are occupations not to mention: the person's own.
    """
    rarity = _rarity(taxonomy)
    nearness = {
        occupation: _nearness(occupation, frozenset(profile), rarity)
        for occupation in taxonomy.occupations.values()
        if sector in {None, occupation.sector} and occupation.id not in besides
    }
    near = sorted(
        (occupation for occupation, share in nearness.items() if share),
        key=lambda occupation: (-nearness[occupation], occupation.name),
    )
    return tuple(step_to(occupation.id, profile, taxonomy) for occupation in near[:limit])


def _nearness(occupation: Occupation, profile: frozenset[str], rarity: Mapping[str, float]) -> float:
    """Return the share of what an occupation asks that is in the profile: 0 to 1."""
    asked = sum(rarity[skill_id] for skill_id in occupation.essential)
    return sum(rarity[skill_id] for skill_id in occupation.essential if skill_id in profile) / asked


def _rarity(taxonomy: Taxonomy) -> Mapping[str, float]:
    """Weigh each skill by how few occupations ask it: being on time brings nobody near a welder."""
    counts = Counter(
        skill_id for occupation in taxonomy.occupations.values() for skill_id in occupation.essential
    )
    return {skill_id: math.log(1 + len(taxonomy.occupations) / count) for skill_id, count in counts.items()}


def profile_of(origin: Occupation | None, skill_ids: Iterable[str]) -> tuple[str, ...]:
    """Return the skills of somebody from the work they did and the skills they told of, each once."""
    learned = origin.essential if origin else ()
    return tuple(dict.fromkeys((*learned, *skill_ids)))
