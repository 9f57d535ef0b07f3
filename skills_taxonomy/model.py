"""What the taxonomy consists of: occupations, skills, and the words people have for them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Sector(StrEnum):
    """The thirteen sectors of the counter, by the slug used everywhere."""

    TECHNIEK = "techniek"
    ENERGIE = "energie"
    BOUW = "bouw"
    ICT = "ict"
    LOGISTIEK = "logistiek"
    ZORG = "zorg"
    HORECA = "horeca"
    WINKEL = "winkel"
    SCHOONMAAK = "schoonmaak"
    GROEN = "groen"
    VOEDING = "voeding"
    LUCHTVAART = "luchtvaart"
    KANTOOR = "kantoor"


class World(StrEnum):
    """The seven worlds of the interest test, by slug."""

    MENS_GEZONDHEID = "mens-gezondheid"
    VOEDING_NATUUR = "voeding-natuur"
    ENERGIE_WATER_VEILIGHEID = "energie-water-veiligheid"
    WONEN_WERKEN_VERKEER = "wonen-werken-verkeer"
    ENTERTAINMENT_MEDIA = "entertainment-media"
    GELD_HANDEL = "geld-handel"
    HIGHTECH_SCIENCE = "hightech-science"


class SkillKind(StrEnum):
    """What sort of skill it is; `dagelijks` are the skills of daily and unpaid life."""

    TECHNISCH = "technisch"
    DIGITAAL = "digitaal"
    SOCIAAL = "sociaal"
    ORGANISEREN = "organiseren"
    TAAL = "taal"
    DAGELIJKS = "dagelijks"
    VEILIGHEID = "veiligheid"
    AMBACHT = "ambacht"
    ZAKELIJK = "zakelijk"
    LOGISTIEK = "logistiek"
    ZORG = "zorg"


class Collection(StrEnum):
    """The themes ESCO marks skills with."""

    GREEN = "green"
    DIGITAL = "digital"
    TRANSVERSAL = "transversal"


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """Where concepts come from, as the licence asks to be shown."""

    name: str
    version: str
    notice: str
    """The sentence to show people, in Dutch or as the licence words it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Concept:
    """An idea, whatever people call it."""

    id: str
    name: str
    """The name shown to people."""
    names: tuple[str, ...] = ()
    """Other names that mean the same: synonyms, feminine forms, everyday words."""
    esco: str | None = None
    """The URI of the same concept in the European ESCO classification, where there is one."""
    competentnl: str | None = None
    """The identifier of the same concept in CompetentNL, where there is one."""
    language: str = "nl"
    """The language of `name`: another one when the source has no Dutch name."""
    description: str = ""
    """What it is, as people are told."""
    formal_description: str = ""
    """What ESCO says it is, where `description` says so in other words; searched by, and shown to nobody."""
    broader: tuple[str, ...] = ()
    """Ids of the concepts this is a kind of: groups, or wider occupations and skills."""

    @property
    def all_names(self) -> tuple[str, ...]:
        """The preferred name, then the others."""
        return (self.name, *self.names)


@dataclass(frozen=True, kw_only=True, slots=True)
class Skill(Concept):
    """Something a person can do or know."""

    kind: SkillKind
    collections: frozenset[Collection] = frozenset()
    related: tuple[str, ...] = ()
    """Ids of skills and knowledge that come with this one, by the source."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Occupation(Concept):
    """Something a person can be at work, with the skills it takes."""

    sector: Sector
    world: World
    essential: tuple[str, ...]
    """Ids of the skills nobody can do without in this work; a source without relations gives none."""
    optional: tuple[str, ...] = ()
    """Ids of the skills that help."""

    @property
    def needs(self) -> tuple[str, ...]:
        """Ids of all skills of this work, essential ones first."""
        return self.essential + self.optional


@dataclass(frozen=True, kw_only=True, slots=True)
class Group(Concept):
    """A class of occupations (ISCO) or of skills; nobody is it, or can do it."""

    code: str = ""
    """Its number in the classification, such as 7212 or S1.2."""


@dataclass(frozen=True, kw_only=True, slots=True)
class TaxonomyData:
    """Checked concepts by id: every id that a concept names is there, and `broader` has no cycle."""

    occupations: Mapping[str, Occupation]
    skills: Mapping[str, Skill]
    groups: Mapping[str, Group] = field(default_factory=dict)
    sources: tuple[Source, ...] = ()
