"""What a course teaches, in the words of the taxonomy, and how sure that is.

A course tells in words what it is about. Where those words name a skill it is known by how plainly:
a skill that the provider lists under its own name is nearly certain, one named in passing is not.
"""

import re
from collections.abc import Iterator
from datetime import date

from counter.catalogue.words import subject_words
from counter.courses.model import Course, Level, Taught
from skills_taxonomy import Found, MatchKind, Occupation, Skill, Taxonomy

SURE_ENOUGH = 0.6
"""From here on a skill is told to people; below it only the text of the course is searched."""

# How sure each kind of evidence makes it; measured by hand on sample courses, see docs/import.md.
_LISTED, _LISTED_NEARLY = 0.95, 0.8
_TITLE_IS, _IN_TITLE, _IN_LISTED, _IN_DESCRIPTION = 0.9, 0.85, 0.75, 0.5
_OF_OCCUPATION = _LEARNED = 0.65
_ENDS = ".!?;"
_LEARNING = re.compile(r"\b(?:leer|leert|leren|oefen|oefent|oefenen|train|traint)\b", re.IGNORECASE)
# Mentions in more places make each other likelier, never certain.
_BESIDES, _MOST = 0.15, 0.95
_MOST_SKILLS = 30
# Nothing in a course is about how long ago somebody did something.
_ANY_DAY = date(2026, 1, 1)


def taught_by(course: Course, taxonomy: Taxonomy) -> tuple[Taught, ...]:
    """Return the skills a course teaches, the surest first; what is less than sure enough is kept too."""
    sureness: dict[str, float] = {}
    for skill_id, confidence in _evidence(course, taxonomy):
        before = sureness.get(skill_id)
        best = confidence if before is None else max(before, confidence)
        sureness[skill_id] = best if before is None else max(best, min(best + _BESIDES, _MOST))
    surest = sorted(sureness.items(), key=lambda one: (-one[1], one[0]))[:_MOST_SKILLS]
    return tuple(Taught(skill_id=skill_id, confidence=round(sure, 2)) for skill_id, sure in surest)


def skills_of(course: Course) -> frozenset[str]:
    """Return the ids of the skills a course teaches for sure enough."""
    return frozenset(one.skill_id for one in course.taught if one.confidence >= SURE_ENOUGH)


def _evidence(course: Course, taxonomy: Taxonomy) -> Iterator[tuple[str, float]]:
    """Yield each skill that something points at, and how sure that makes it."""
    for words in course.skills:
        yield from _named(words, taxonomy)
    for found in taxonomy.extract(course.title, _ANY_DAY):
        is_all = found.words.casefold() == course.title.casefold()
        yield from _told(found, _TITLE_IS if is_all else _IN_TITLE)
        if isinstance(found.concept, Occupation) and _is_whole_trade(course, found):
            for skill_id in found.concept.essential:
                yield skill_id, _OF_OCCUPATION
    # A skill named twice in one text is no surer than one named once.
    told = {one.concept.id: one for one in taxonomy.extract(course.description, _ANY_DAY)}
    for found in told.values():
        is_learned = _says_learning(course.description, found.start)
        yield from _told(found, _LEARNED if is_learned else _IN_DESCRIPTION)


def _says_learning(text: str, place: int) -> bool:
    """Tell whether the sentence around a place in a text says that one learns something."""
    begin = max(text.rfind(mark, 0, place) for mark in _ENDS) + 1
    end = min((found for mark in _ENDS if (found := text.find(mark, place)) >= 0), default=len(text))
    return _LEARNING.search(text, begin, end) is not None


def _is_whole_trade(course: Course, found: Found) -> bool:
    """Tell whether a course makes an occupation of somebody: its title says nothing else."""
    is_all = frozenset(subject_words(course.title)) <= frozenset(subject_words(found.words))
    return is_all and course.level is not Level.CURSUS


def _named(words: str, taxonomy: Taxonomy) -> Iterator[tuple[str, float]]:
    """Yield the skill that is called so, or else those named in a longer phrase."""
    best = next(iter(taxonomy.search_skills(words, 1)), None)
    if best is not None and not best.kind.is_loose:
        yield best.concept.id, _LISTED if best.kind is MatchKind.EXACT else _LISTED_NEARLY
        return
    for found in taxonomy.extract(words, _ANY_DAY):
        yield from _told(found, _IN_LISTED)


def _told(found: Found, confidence: float) -> Iterator[tuple[str, float]]:
    if isinstance(found.concept, Skill) and not found.negated:
        yield found.concept.id, confidence
