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
    """An initiative found, and its own words that answer the question."""

    initiative: Initiative
    matched: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class InitiativeSearch:
    """One page of results; `relaxed` names the wishes these results do not meet."""

    hits: tuple[InitiativeHit, ...]
    relaxed: tuple[Relaxation, ...]
    total: int
