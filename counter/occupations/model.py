"""The way from what somebody can do to an occupation; no framework."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from counter.catalogue.words import subject_words
from skills_taxonomy import Concept, Occupation, Sector, Skill, Taxonomy

NEARBY_SHOWN = 3
MAIN_SKILLS = 9
"""As many as people read; a classification has up to sixty for one occupation."""
EVERYDAY_ADVANTAGE = 2
"""So many times as near must an occupation be that only a classification describes, to be shown before
one that is told in everyday words."""


_LOOKED_AT = 10
_STEM = 6
"""How many letters of a sector's name its inflections share: techniek, technisch."""
_NEARLY_AS_WELL = 0.75
"""So well, beside the best, must an occupation fit somebody's own words to be what they mean too."""


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
    named: Collection[str] = (),
    besides: Collection[str] = (),
    limit: int = NEARBY_SHOWN,
) -> tuple[Step, ...]:
    """Return the occupations nearest to a profile, the nearest first; none that shares nothing.

    Occupations `named` by the person come before the others, and need share nothing: who asks for
    windmills hears of them before solar panels, however near these are. `besides` are occupations
    not to mention: the person's own.
    """
    had = frozenset(profile)
    nearness = {
        occupation: _nearness(occupation, had, taxonomy)
        for occupation in taxonomy.occupations.values()
        if sector in {None, occupation.sector} and occupation.id not in besides
    }
    near = sorted(
        (occupation for occupation, share in nearness.items() if share or occupation.id in named),
        key=lambda one: (
            one.id not in named,
            -nearness[one] * (EVERYDAY_ADVANTAGE if is_everyday(one) else 1),
            one.name,
        ),
    )
    return tuple(step_to(occupation.id, profile, taxonomy) for occupation in near[:limit])


def named_in(sector: Sector, words: str, taxonomy: Taxonomy) -> frozenset[str]:
    """Return the ids of occupations of a sector that somebody's words name.

    Words for the sector itself name none.
    """
    stem = sector.value[:_STEM]
    # "Bouwvak" and "de bouwsector" say no more than "bouw", but "wegenbouw" does.
    telling = [word for word in subject_words(words) if not word.startswith(stem)]
    matches = taxonomy.search_occupations(" ".join(telling), _LOOKED_AT) if telling else []
    found = [match for match in matches if match.concept.sector is sector]
    return frozenset(match.concept.id for match in found if match.score >= _NEARLY_AS_WELL * found[0].score)


def _nearness(occupation: Occupation, profile: frozenset[str], taxonomy: Taxonomy) -> float:
    """Return the share of what an occupation asks that is in the profile: 0 to 1.

    A skill weighs more the fewer occupations ask it: being on time brings nobody near a welder.
    """
    shared = profile.intersection(occupation.essential)
    if not shared:
        return 0.0
    asked = sum(taxonomy.rarity(skill_id) for skill_id in occupation.essential)
    return sum(taxonomy.rarity(skill_id) for skill_id in sorted(shared)) / asked


def main_skills(skills: Iterable[Skill], taxonomy: Taxonomy) -> tuple[Skill, ...]:
    """Return the few skills that tell most of an occupation, when it asks more than people read."""
    return telling_first(skills, taxonomy)[:MAIN_SKILLS]


def telling_first(skills: Iterable[Skill], taxonomy: Taxonomy) -> tuple[Skill, ...]:
    """Return the skills an occupation asks; when these are many, those that tell most come first.

    Skills with an everyday name come first, in the order of the taxonomy, then those that few
    other occupations ask, and skills without a Dutch name last.
    """
    many = tuple(skills)
    if len(many) <= MAIN_SKILLS:
        return many
    return tuple(sorted(many, key=lambda skill: _strangeness(skill, taxonomy)))


def is_everyday(concept: Concept) -> bool:
    """Tell whether somebody wrote of this concept for people; others only ESCO knows."""
    return concept.id != concept.esco


def _strangeness(skill: Skill, taxonomy: Taxonomy) -> tuple[bool, bool, float]:
    told_for_people = is_everyday(skill)
    return skill.language != "nl", not told_for_people, 0.0 if told_for_people else -taxonomy.rarity(skill.id)


def profile_of(origin: Occupation | None, skill_ids: Iterable[str], taxonomy: Taxonomy) -> tuple[str, ...]:
    """Return the skills of somebody from the work they did and the skills they told of, each once.

    Skills that the taxonomy does not know are left out: they bring nobody nearer to any work.
    """
    learned = origin.essential if origin else ()
    known = (skill_id for skill_id in skill_ids if skill_id in taxonomy.skills)
    return tuple(dict.fromkeys((*learned, *known)))
