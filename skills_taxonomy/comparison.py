"""Set a person's skills beside what an occupation asks, and occupations beside each other."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from skills_taxonomy.model import Occupation, Skill

OPTIONAL_SHARE = 0.2
"""How much of the score the optional skills make, where there are any; the essential ones make the rest."""

OPTIONAL_WEIGHT = 0.25
"""What an optional skill counts for in the likeness of two occupations; an essential one counts 1."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Comparison:
    """What somebody has and misses of what an occupation asks."""

    occupation: Occupation
    shared: tuple[Skill, ...]
    missing_essential: tuple[Skill, ...]
    missing_optional: tuple[Skill, ...]
    score: float
    """0 when nothing is shared, 1 when nothing is missing."""


def compare(profile: Iterable[str], occupation: Occupation, skills: Mapping[str, Skill]) -> Comparison:
    """Compare the skill ids of `profile` with the skills of `occupation`.

    The score is the share of the essential skills, mixed with the share of the optional
    ones as `OPTIONAL_SHARE` says. Skills the occupation does not ask change nothing.
    """
    had = frozenset(profile)
    optional_share = OPTIONAL_SHARE if occupation.optional else 0.0
    score = (1 - optional_share) * _share(occupation.essential, had)
    if occupation.optional:
        score += optional_share * _share(occupation.optional, had)
    return Comparison(
        occupation=occupation,
        shared=tuple(skills[skill_id] for skill_id in occupation.needs if skill_id in had),
        missing_essential=tuple(skills[skill_id] for skill_id in occupation.essential if skill_id not in had),
        missing_optional=tuple(skills[skill_id] for skill_id in occupation.optional if skill_id not in had),
        score=score,
    )


def _share(asked: tuple[str, ...], had: frozenset[str]) -> float:
    return sum(skill_id in had for skill_id in asked) / len(asked) if asked else 0.0


def similarity(one: Occupation, other: Occupation) -> float:
    """Return how much of the skills of two occupations is the same: 0 to 1, either way round.

    This is the weighted Jaccard index: the weight both give their skills, divided by the
    weight at least one of them gives.
    """
    ours, theirs = _weights(one), _weights(other)
    skill_ids = ours.keys() | theirs.keys()
    both = sum(min(ours.get(skill_id, 0.0), theirs.get(skill_id, 0.0)) for skill_id in skill_ids)
    either = sum(max(ours.get(skill_id, 0.0), theirs.get(skill_id, 0.0)) for skill_id in skill_ids)
    return both / either if either else 0.0


def _weights(occupation: Occupation) -> dict[str, float]:
    optional = dict.fromkeys(occupation.optional, OPTIONAL_WEIGHT)
    return optional | dict.fromkeys(occupation.essential, 1.0)
