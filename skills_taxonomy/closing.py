"""Which courses close a gap: the skills somebody misses for what they want to do.

Every missing skill counts alike, so people can recount the result: "three of your five".
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from skills_taxonomy.comparison import NEAR_WORTH, Near, near_among
from skills_taxonomy.kinship import Kinship
from skills_taxonomy.model import Skill


@dataclass(frozen=True, kw_only=True, slots=True)
class Closing:
    """What one course closes of a gap."""

    course_id: str
    closes: tuple[Skill, ...]
    near: tuple[Near, ...]
    """Missing skills it does not teach, each with one that it does teach and that is near."""
    share: float
    """How much of the whole gap this is: 1 is all of it; a near skill counts `NEAR_WORTH`."""


class Gap:
    """The skills somebody misses."""

    def __init__(self, skill_ids: Iterable[str], skills: Mapping[str, Skill], kinship: Kinship) -> None:
        self._missing = tuple(dict.fromkeys(skill_ids))
        self._skills = skills
        self._kinship = kinship

    def closing(self, courses: Mapping[str, Collection[str]]) -> tuple[Closing, ...]:
        """Return what each course closes, most first, by id where equal; no course that closes nothing."""
        told = (self._closed(course_id, frozenset(taught)) for course_id, taught in courses.items())
        return tuple(sorted((one for one in told if one.share), key=_most_first))

    def closing_together(self, courses: Mapping[str, Collection[str]], limit: int) -> tuple[Closing, ...]:
        """Return at most `limit` courses that close most together, in the order to take them in.

        Each is the one that adds most to those before it, and tells what it adds. No such
        choice is ever worse than 63 % of the best one (Nemhauser, Wolsey and Fisher, 1978).
        """
        had: frozenset[str] = frozenset()
        chosen: list[Closing] = []
        while len(chosen) < limit:
            added = (self._closed(course_id, frozenset(taught), had) for course_id, taught in courses.items())
            best = min(added, key=_most_first, default=None)
            if best is None or not best.share:
                break
            chosen.append(best)
            had |= frozenset(courses[best.course_id])
        return tuple(chosen)

    def _closed(self, course_id: str, taught: frozenset[str], had: frozenset[str] = frozenset()) -> Closing:
        """Return what a course adds for somebody who took courses that taught the skills in `had`."""
        open_before = [skill_id for skill_id in self._missing if skill_id not in had]
        near_before = {near.skill.id for near in self._near(open_before, had)}
        still_open = [skill_id for skill_id in open_before if skill_id not in taught]
        closes = tuple(self._skills[skill_id] for skill_id in open_before if skill_id in taught)
        near = tuple(near for near in self._near(still_open, taught) if near.skill.id not in near_before)
        worth = sum(1 - NEAR_WORTH * (skill.id in near_before) for skill in closes) + NEAR_WORTH * len(near)
        return Closing(
            course_id=course_id,
            closes=closes,
            near=near,
            share=worth / len(self._missing) if self._missing else 0.0,
        )

    def _near(self, missing: Iterable[str], taught: Collection[str]) -> Iterable[Near]:
        return near_among(missing, taught, self._skills, self._kinship)


def _most_first(closing: Closing) -> tuple[float, str]:
    return -closing.share, closing.course_id
