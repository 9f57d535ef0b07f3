"""What people can look up about occupations and skills: one method per use case."""

import asyncio
from collections.abc import Mapping, Sequence
from functools import cached_property

from counter.browsing.model import (
    MAX_TEXT,
    GroupPage,
    OccupationPage,
    Part,
    Results,
    SkillPage,
    UnknownPageError,
    Way,
    everyday_first,
    occupation_id,
    part_of,
    skill_id,
    slug_of,
    step_of,
)
from counter.courses.model import Course, CourseQuery
from counter.courses.service import CourseService
from counter.courses.teaching import SURE_ENOUGH, skills_of
from counter.occupations.model import telling_first
from skills_taxonomy import (
    Bridge,
    Concept,
    Group,
    Occupation,
    Sector,
    Skill,
    Source,
    Taxonomy,
    UnknownConceptError,
)

_FOUND = 10
_NEAREST = 5
_COURSES = 3
_EVERY_COURSE = 100_000


class BrowsingService:
    """The taxonomy, for people who read."""

    def __init__(self, taxonomy: Taxonomy, courses: CourseService) -> None:
        self._taxonomy = taxonomy
        self._courses = courses

    @property
    def sources(self) -> Sequence[Source]:
        """Where all this comes from, to be shown beside it."""
        return self._taxonomy.sources

    async def search(self, text: str) -> Results:
        """Return the occupations and skills that fit a text best."""
        text = text.strip()[:MAX_TEXT]
        return Results(
            occupations=await asyncio.to_thread(self._taxonomy.search_occupations, text, _FOUND),
            skills=await asyncio.to_thread(self._taxonomy.search_skills, text, _FOUND),
        )

    def in_sector(self, sector: Sector, number: int = 1) -> Part[Occupation]:
        """Return a part of the occupations of a sector, the everyday ones first."""
        occupations = (one for one in self._taxonomy.occupations.values() if one.sector is sector)
        return part_of(everyday_first(occupations), number)

    async def occupation(self, slug: str) -> OccupationPage:
        """Return what there is to read about an occupation.

        Raises:
            UnknownPageError: there is none with this slug.
        """
        taxonomy, occupation = self._taxonomy, self._occupation(slug)
        nearest = await asyncio.to_thread(taxonomy.nearest_occupations, occupation.id, _NEAREST)
        return OccupationPage(
            occupation=occupation,
            essential=telling_first(map(taxonomy.skill, occupation.essential), taxonomy),
            optional=telling_first(map(taxonomy.skill, occupation.optional), taxonomy),
            broader=taxonomy.broader(occupation),
            narrower=taxonomy.narrower(occupation),
            nearest=[near.occupation for near in nearest],
        )

    async def skill(self, slug: str) -> SkillPage:
        """Return what there is to read about a skill.

        Raises:
            UnknownPageError: there is none with this slug.
        """
        taxonomy, skill = self._taxonomy, self._skill(slug)
        essential, optional = taxonomy.occupations_needing(skill.id)
        return SkillPage(
            skill=skill,
            essential_for=everyday_first(essential),
            optional_for=everyday_first(optional),
            broader=taxonomy.broader(skill),
            narrower=taxonomy.narrower(skill),
            courses=sorted(
                (course for course in await self._upcoming() if _sureness(course, skill)),
                key=lambda course: -_sureness(course, skill),
            ),
        )

    def group(self, slug: str, number: int = 1) -> GroupPage:
        """Return what there is to read about a group, and a part of what is in it.

        Raises:
            UnknownPageError: there is none with this slug.
        """
        try:
            group = self._groups[slug]
        except KeyError:
            raise UnknownPageError(slug) from None
        narrower = self._taxonomy.narrower(group)
        members: list[Concept] = [one for one in narrower if not isinstance(one, Group)]
        return GroupPage(
            group=group,
            broader=self._taxonomy.broader(group),
            groups=[one for one in narrower if isinstance(one, Group)],
            members=part_of(everyday_first(members), number),
        )

    async def meant(self, words: str) -> Occupation:
        """Return the occupation with this slug, or else the one that the words fit best.

        Raises:
            UnknownPageError: nothing fits.
        """
        try:
            return self._occupation(words)
        except UnknownPageError:
            text = words.strip()[:MAX_TEXT]
            found = await asyncio.to_thread(self._taxonomy.search_occupations, text, 1)
        if not found:
            raise UnknownPageError(words)
        return found[0].concept

    async def way(self, origin: Occupation, goal: Occupation) -> Way:
        """Return the easiest way between two occupations, and the courses that help most on it."""
        bridges = await asyncio.to_thread(self._taxonomy.route, origin.id, goal.id)
        steps = [step_of(bridge, self._taxonomy) for bridge in bridges]
        return Way(steps=steps, courses=await self._on_the_way(bridges))

    async def _on_the_way(self, bridges: Sequence[Bridge]) -> list[Course]:
        courses = {course.id: course for course in await self._upcoming()}
        missing = {skill.id: skill for bridge in bridges for skill in bridge.missing_essential}
        taught = {course.id: skills_of(course) for course in courses.values()}
        closings = await asyncio.to_thread(self._taxonomy.closing_together, missing, taught, _COURSES)
        return [courses[closing.course_id] for closing in closings]

    async def _upcoming(self) -> list[Course]:
        found = await self._courses.search(CourseQuery(), limit=_EVERY_COURSE)
        return [hit.course for hit in found.hits]

    @cached_property
    def _groups(self) -> Mapping[str, Group]:
        return {slug_of(group): group for group in self._taxonomy.groups.values()}

    def _occupation(self, slug: str) -> Occupation:
        try:
            concept = self._taxonomy.concept(occupation_id(slug))
        except UnknownConceptError as error:
            raise UnknownPageError(slug) from error
        if not isinstance(concept, Occupation):
            raise UnknownPageError(slug)
        return concept

    def _skill(self, slug: str) -> Skill:
        try:
            concept = self._taxonomy.concept(skill_id(slug))
        except UnknownConceptError as error:
            raise UnknownPageError(slug) from error
        if not isinstance(concept, Skill):
            raise UnknownPageError(slug)
        return concept


def _sureness(course: Course, skill: Skill) -> float:
    """Return how sure a course teaches a skill; nothing when that is not sure enough to tell."""
    sure = (one.confidence for one in course.taught if one.skill_id == skill.id)
    return max((confidence for confidence in sure if confidence >= SURE_ENOUGH), default=0.0)
