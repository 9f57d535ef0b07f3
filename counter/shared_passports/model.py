"""What a shared passport shows: what was ticked and still stands in the passport, and nothing else."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import IntEnum

from counter.passport.model import Entry, EntryKind, Passport, Source, Told
from skills_taxonomy import Taxonomy

# The page where a shared passport is seen.
SHARED_PAGE = "/paspoort"
MOST_LINKS = 20
"""How many links of one person work at the same time; more is no longer looked after."""


class Period(IntEnum):
    """How many days a link works."""

    WEEK = 7
    MONTH = 30
    QUARTER = 90

    @property
    def duration(self) -> timedelta:
        """How long that is."""
        return timedelta(days=self.value)


@dataclass(frozen=True, kw_only=True)
class Ticked:
    """What somebody chose to show."""

    skill_ids: frozenset[str]
    with_experience: bool = False
    """How well and how long as well."""
    with_words: bool = False
    """The words in which they told of it as well."""
    first_name: str = ""
    """Empty when no name is shown."""


@dataclass(frozen=True, kw_only=True)
class Share:
    """A link somebody wants; `label` is for themselves alone."""

    label: str
    period: Period
    ticked: Ticked


@dataclass(frozen=True, kw_only=True)
class Link:
    """A link that somebody gave, as they see it themselves."""

    id: str
    label: str
    ticked: Ticked
    created_at: datetime
    expires_at: datetime
    looks: int
    last_look: date | None


@dataclass(frozen=True, kw_only=True)
class SharedPassport:
    """What others see; of each skill it holds what they may know, and nothing else."""

    first_name: str
    skills: tuple[Told, ...]
    wishes: tuple[Told, ...]
    expires_at: datetime


class TooManyLinksError(ValueError):
    """So many links of this person work already that one more would be lost sight of."""


class UnknownLinkError(LookupError):
    """This link shows nothing: it never did, it was withdrawn, or its time is over."""


def what_shows(
    passport: Passport, ticked: Ticked, taxonomy: Taxonomy, *, expires_at: datetime
) -> SharedPassport:
    """Return what others see of a passport as it is now."""
    chosen = [
        shown
        for entry in (*passport.skills, *passport.wishes)
        if entry.skill_id in ticked.skill_ids and (shown := _shown(entry, ticked, taxonomy))
    ]
    return SharedPassport(
        first_name=ticked.first_name,
        skills=tuple(told for told in chosen if told.kind is EntryKind.SKILL),
        wishes=tuple(told for told in chosen if told.kind is EntryKind.WISH),
        expires_at=expires_at,
    )


def _shown(entry: Entry, ticked: Ticked, taxonomy: Taxonomy) -> Told | None:
    """Return what others may know of an entry; one that has no name but the person's words is left out.

    Who added it or went into it stays with the person, and so does the work they did.
    """
    told = entry.told
    skill = taxonomy.skills.get(told.skill_id)
    name = skill.name if skill else told.name
    if not name:
        return None
    return Told(
        skill_id=told.skill_id,
        name=name,
        kind=told.kind,
        source=told.source,
        level=told.level if ticked.with_experience else None,
        years=told.years if ticked.with_experience else None,
        # What somebody else wrote is no word of the person's.
        words=told.words if ticked.with_words and told.source is Source.TOLD else "",
    )
