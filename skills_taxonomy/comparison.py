"""Set a person's skills beside what an occupation asks."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from skills_taxonomy.kinship import Kin, Kinship
from skills_taxonomy.model import Occupation, Skill

OPTIONAL_SHARE = 0.2
"""How much of the score the optional skills make, where there are any; the essential ones make the rest."""

NEAR_WORTH = 0.5
"""What a skill counts for when somebody has one near it, beside 1 for the skill itself."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Near:
    """A skill somebody does not have, and one they have that is near it."""

    skill: Skill
    by: Skill
    kin: Kin


@dataclass(frozen=True, kw_only=True, slots=True)
class Comparison:
    """What somebody has and misses of what an occupation asks."""

    occupation: Occupation
    shared: tuple[Skill, ...]
    missing_essential: tuple[Skill, ...]
    missing_optional: tuple[Skill, ...]
    near: tuple[Near, ...]
    """Those of the missing skills that are not far, essential ones first."""
    score: float
    """0 when nothing is shared or near, 1 when nothing is missing."""


def compare(
    profile: Iterable[str], occupation: Occupation, skills: Mapping[str, Skill], kinship: Kinship
) -> Comparison:
    """Compare the skill ids of `profile` with the skills of `occupation`.

    The score is the share of the essential skills, mixed with the share of the optional
    ones as `OPTIONAL_SHARE` says; a near skill counts `NEAR_WORTH`. Skills that are neither
    asked nor near what is asked change nothing.
    """
    had = frozenset(profile)
    near = tuple(near_among(occupation.needs, had, skills, kinship))
    return Comparison(
        occupation=occupation,
        shared=tuple(skills[skill_id] for skill_id in occupation.needs if skill_id in had),
        missing_essential=tuple(skills[skill_id] for skill_id in occupation.essential if skill_id not in had),
        missing_optional=tuple(skills[skill_id] for skill_id in occupation.optional if skill_id not in had),
        near=near,
        score=_score(occupation, had, {one.skill.id for one in near}),
    )


def near_among(
    asked: Iterable[str], had: Collection[str], skills: Mapping[str, Skill], kinship: Kinship
) -> Iterator[Near]:
    """Yield those of the `asked` skills that are not in `had` but near one that is."""
    for skill_id in asked:
        if skill_id not in had and (nearest := kinship.nearest(skill_id, had)):
            own, kin = nearest
            yield Near(skill=skills[skill_id], by=skills[own], kin=kin)


def _score(occupation: Occupation, had: Collection[str], near: Collection[str]) -> float:
    worth = {
        skill_id: 1.0 if skill_id in had else NEAR_WORTH * (skill_id in near) for skill_id in occupation.needs
    }
    parts = [
        (weight, sum(worth[skill_id] for skill_id in asked) / len(asked))
        for weight, asked in (
            (1 - OPTIONAL_SHARE, occupation.essential),
            (OPTIONAL_SHARE, occupation.optional),
        )
        if asked
    ]
    whole = sum(weight for weight, _ in parts)
    return sum(weight * share for weight, share in parts) / whole if parts else 0.0
