"""What an initiative is and how one is looked for; no framework."""

from dataclasses import dataclass
from enum import StrEnum

from counter.places.model import Region


class Relaxation(StrEnum):
    """A wish that was let go because nothing fitted; in the order in which they are let go."""

    REGIO = "regio"
    THEMA = "thema"
    VRAAG = "vraag"


@dataclass(frozen=True, kw_only=True)
class Initiative:
    """A campus, fieldlab or partnership; `place` is a name the gazetteer knows."""

    id: str
    name: str
    kind: str
    place: str
    region: Region
    themes: tuple[str, ...]
    description: str
    url: str | None = None
    is_sample: bool = False


@dataclass(frozen=True, kw_only=True)
class InitiativeHit:
    """An initiative found, its own words that answer the question, and how far away it is."""

    initiative: Initiative
    matched: tuple[str, ...]
    distance_km: float | None = None


@dataclass(frozen=True, kw_only=True)
class InitiativeSearch:
    """One page of results; `relaxed` names the wishes these results do not meet.

    `words` are those of the question that were looked for.
    """

    hits: tuple[InitiativeHit, ...]
    relaxed: tuple[Relaxation, ...]
    total: int
    words: tuple[str, ...] = ()


class UnknownInitiativeError(LookupError):
    """No initiative has this id."""
