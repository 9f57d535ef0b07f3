"""What a skills passport is, and what is put to somebody before it enters one; no framework."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from skills_taxonomy import Level


class EntryKind(StrEnum):
    """Something a person can do, or would like to learn."""

    SKILL = "skill"
    WISH = "wish"


class Source(StrEnum):
    """From whom it is known that somebody can do something; nobody checked what a person told."""

    TOLD = "told"
    TESTED = "tested"
    EMPLOYER = "employer"
    COACH = "coach"


LONGEST = 60.0
"""Years: who did something longer says sixty."""


@dataclass(frozen=True, kw_only=True)
class Told:
    """A skill that somebody told of. `words` are theirs: those that name it, never the whole sentence.

    `occupation_id` is the work the skill comes with, when it was that work they named.
    """

    skill_id: str
    words: str
    kind: EntryKind = EntryKind.SKILL
    occupation_id: str | None = None
    name: str = field(default="", compare=False)
    """What the skill was called when it entered the passport; see `naming`."""
    source: Source = Source.TOLD
    added_by: str = ""
    """The name of the coach or the employer who added it; empty when the person told of it."""
    level: Level | None = None
    """How well they do it, by their own words or those of `rated_by`."""
    rated_by: str = ""
    """The name of the coach who went into how well with them; empty when the person says so."""
    years: float | None = None
    """How long they did it."""


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What somebody says of a skill: that they can do it or would learn it, how well, how long."""

    kind: EntryKind
    level: Level | None = None
    years: float | None = None


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A skill in a passport."""

    told: Told
    added_at: datetime

    @property
    def skill_id(self) -> str:
        """The skill of the taxonomy."""
        return self.told.skill_id


@dataclass(frozen=True, kw_only=True)
class Passport:
    """Somebody's passport, the oldest entry first; what was taken out can be put back."""

    skills: tuple[Entry, ...] = ()
    wishes: tuple[Entry, ...] = ()
    removed: tuple[Entry, ...] = ()

    @property
    def skill_ids(self) -> tuple[str, ...]:
        """What the person can do."""
        return tuple(entry.skill_id for entry in self.skills)

    @property
    def shown_ids(self) -> tuple[str, ...]:
        """What stands in the passport, wishes as well."""
        return tuple(entry.skill_id for entry in (*self.skills, *self.wishes))

    @property
    def removed_ids(self) -> tuple[str, ...]:
        """What was taken out."""
        return tuple(entry.skill_id for entry in self.removed)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to show."""
        return not self.skills and not self.wishes

    def entry(self, skill_id: str) -> Entry | None:
        """Return the entry of this skill, also when it was taken out, or None."""
        entries = (*self.skills, *self.wishes, *self.removed)
        return next((entry for entry in entries if entry.skill_id == skill_id), None)

    def told(self, skill_ids: Iterable[str]) -> tuple[Told, ...]:
        """Return what was told of these skills, also of those taken out; skills not in it are left out."""
        entries = map(self.entry, skill_ids)
        return tuple(entry.told for entry in entries if entry is not None)


@dataclass(frozen=True, kw_only=True)
class Group:
    """A few skills that belong together, to agree with at once; some of them may be crossed out."""

    told: tuple[Told, ...]
    crossed_out: frozenset[str] = frozenset()

    @property
    def kind(self) -> EntryKind:
        """Whether this is about skills or about wishes."""
        return self.told[0].kind

    @property
    def occupation_id(self) -> str | None:
        """The work these skills come with, if it was work that was named."""
        return self.told[0].occupation_id

    @property
    def skill_ids(self) -> tuple[str, ...]:
        """Every skill of the group."""
        return tuple(told.skill_id for told in self.told)

    @property
    def kept(self) -> tuple[Told, ...]:
        """What is not crossed out."""
        return tuple(told for told in self.told if told.skill_id not in self.crossed_out)

    def without(self, skill_ids: Iterable[str]) -> "Group":
        """Return the group with these skills crossed out."""
        return replace(self, crossed_out=(self.crossed_out | set(skill_ids)) & set(self.skill_ids))

    def with_again(self, skill_ids: Iterable[str]) -> "Group":
        """Return the group with these skills no longer crossed out."""
        return replace(self, crossed_out=self.crossed_out - set(skill_ids))

    def with_more(self, told: Iterable[Told]) -> "Group":
        """Return the group with further skills of its kind."""
        new = [more for more in told if more.skill_id not in self.skill_ids and more.kind is self.kind]
        return replace(self, told=(*self.told, *new))


MOST_AT_ONCE = 5
"""How many skills are put to somebody at once; more than a handful is not read but nodded at."""


def in_groups(told: Iterable[Told]) -> tuple[Group, ...]:
    """Put skills in groups of one kind and one occupation, of nearly the same size."""
    together: dict[tuple[EntryKind, str | None], list[Told]] = {}
    for one in told:
        together.setdefault((one.kind, one.occupation_id), []).append(one)
    # What somebody named themselves is asked first, what they would like to learn last.
    ordered = sorted(
        together.items(), key=lambda item: (item[0][0] is EntryKind.WISH, item[0][1] is not None)
    )
    return tuple(Group(told=tuple(some)) for _, all_of_it in ordered for some in _evenly(all_of_it))


def _evenly(told: list[Told]) -> Iterable[list[Told]]:
    count = -(-len(told) // MOST_AT_ONCE)
    size = -(-len(told) // count)
    return (told[start : start + size] for start in range(0, len(told), size))


def by_words(entries: Iterable[Entry]) -> Mapping[str, tuple[Entry, ...]]:
    """Return the entries by the words they come from, in order."""
    sources: dict[str, tuple[Entry, ...]] = {}
    for entry in entries:
        sources[entry.told.words] = (*sources.get(entry.told.words, ()), entry)
    return sources


class EmptyPassportError(LookupError):
    """There is nothing in this person's passport to take away."""
