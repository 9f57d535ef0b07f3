"""What the taxonomy consists of: occupations, skills, and the words people have for them."""

from dataclasses import dataclass
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


@dataclass(frozen=True, kw_only=True, slots=True)
class Concept:
    """An occupation or a skill: one idea, whatever people call it."""

    id: str
    name: str
    """The name shown to people."""
    names: tuple[str, ...] = ()
    """Other names that mean the same: synonyms, feminine forms, everyday words."""
    esco: str | None = None
    """The URI of the same concept in the European ESCO classification, where there is one."""

    @property
    def all_names(self) -> tuple[str, ...]:
        """The preferred name, then the others."""
        return (self.name, *self.names)


@dataclass(frozen=True, kw_only=True, slots=True)
class Skill(Concept):
    """Something a person can do or know."""

    kind: SkillKind


@dataclass(frozen=True, kw_only=True, slots=True)
class Occupation(Concept):
    """Something a person can be at work, with the skills it takes."""

    description: str
    sector: Sector
    world: World
    essential: tuple[str, ...]
    """Ids of the skills nobody can do without in this work."""
    optional: tuple[str, ...] = ()
    """Ids of the skills that help."""

    @property
    def needs(self) -> tuple[str, ...]:
        """Ids of all skills of this work, essential ones first."""
        return self.essential + self.optional
