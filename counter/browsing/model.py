"""What there is to read about an occupation, a skill and the way between two occupations; no framework."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from counter.courses.model import Course
from counter.occupations.model import is_everyday, telling_first
from skills_taxonomy import Bridge, Concept, Group, Match, Near, Occupation, Sector, Skill, Taxonomy

__all__ = ["Sector"]  # which the pages name too

MAX_TEXT = 200
"""The longest text to search for, in characters; the rest of it is not read."""

PART = 40
"""How many names stand together on a page: a sector or group of a classification has hundreds."""

_ESCO = "http://data.europa.eu/esco/"
_ESCO_SLUG = "esco-"


class UnknownPageError(LookupError):
    """No occupation, skill or group has this slug."""


@dataclass(frozen=True, kw_only=True)
class Part[T]:
    """A part of a long list, to leaf through; parts are counted from 1."""

    items: Sequence[T]
    number: int
    last: int
    total: int


def part_of[T](found: Sequence[T], number: int) -> Part[T]:
    """Return this part of a list, or the nearest there is."""
    last = max(1, -(-len(found) // PART))
    number = min(max(1, number), last)
    return Part(items=found[(number - 1) * PART : number * PART], number=number, last=last, total=len(found))


def everyday_first[C: Concept](concepts: Iterable[C]) -> list[C]:
    """Return concepts by name: first those somebody wrote of for people, last those without a Dutch name."""
    return sorted(concepts, key=lambda one: (one.language != "nl", not is_everyday(one), one.name.casefold()))


@dataclass(frozen=True, kw_only=True)
class Results:
    """What was found for a person's own words."""

    occupations: Sequence[Match[Occupation]]
    skills: Sequence[Match[Skill]]


@dataclass(frozen=True, kw_only=True)
class OccupationPage:
    """An occupation, the skills it asks, and what lies around it."""

    occupation: Occupation
    essential: Sequence[Skill]
    optional: Sequence[Skill]
    broader: Sequence[Concept]
    narrower: Sequence[Concept]
    nearest: Sequence[Occupation]


@dataclass(frozen=True, kw_only=True)
class SkillPage:
    """A skill, who needs it and where one learns it."""

    skill: Skill
    essential_for: Sequence[Occupation]
    optional_for: Sequence[Occupation]
    broader: Sequence[Concept]
    narrower: Sequence[Concept]
    courses: Sequence[Course]


@dataclass(frozen=True, kw_only=True)
class GroupPage:
    """A group of occupations or skills, and what is in it."""

    group: Group
    broader: Sequence[Concept]
    groups: Sequence[Group]
    members: Part[Concept]

    @property
    def is_of_work(self) -> bool:
        """Whether it is a group of occupations; the others are of skills."""
        return self.group.id.startswith(_ESCO + "isco/")


@dataclass(frozen=True, kw_only=True)
class Step:
    """From one occupation to the next: what one keeps, what lies near that, and what one learns."""

    origin: Occupation
    goal: Occupation
    keep: Sequence[Skill]
    near: Sequence[Near]
    learn: Sequence[Skill]

    @property
    def size(self) -> int:
        """Return how many skills the step is about."""
        return len(self.keep) + len(self.near) + len(self.learn)


@dataclass(frozen=True, kw_only=True)
class Way:
    """The way from one occupation to another, in one to three steps, and courses on that way."""

    steps: Sequence[Step]
    courses: Sequence[Course]


def step_of(bridge: Bridge, taxonomy: Taxonomy) -> Step:
    """Return the step over a bridge; of what is missing only what nobody does the work without."""
    essential = {skill.id for skill in bridge.missing_essential}
    near = [one for one in bridge.near if one.skill.id in essential]
    known = {one.skill.id for one in near}
    learn = [skill for skill in bridge.missing_essential if skill.id not in known]
    return Step(
        origin=bridge.origin,
        goal=bridge.goal,
        keep=telling_first(bridge.shared, taxonomy),
        near=near,
        learn=telling_first(learn, taxonomy),
    )


def slug_of(concept: Concept) -> str:
    """Return what stands for a concept in the address of its page."""
    if isinstance(concept, Group):
        # Groups come from several lists, which number them alike.
        return concept.id.removeprefix(_ESCO).replace("/", "-")
    tail = concept.id.rsplit("/", 1)[-1]
    return _ESCO_SLUG + tail if concept.id.startswith(_ESCO) else tail


def address_of(concept: Concept) -> str:
    """Return the address of the page of a concept, without the site."""
    room = "beroepen" if isinstance(concept, Occupation) else "vaardigheden"
    return f"/{'groepen' if isinstance(concept, Group) else room}/{quote(slug_of(concept), safe='')}"


def occupation_id(slug: str) -> str:
    """Return the id or URI of the occupation with this slug."""
    return _id(slug, own="beroep/", esco="occupation/")


def skill_id(slug: str) -> str:
    """Return the id or URI of the skill with this slug."""
    return _id(slug, own="vaardigheid/", esco="skill/")


def _id(slug: str, *, own: str, esco: str) -> str:
    if slug.startswith(_ESCO_SLUG):
        return _ESCO + esco + slug.removeprefix(_ESCO_SLUG)
    return own + slug
