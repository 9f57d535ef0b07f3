"""The interest test: twelve statements, weighed by hand; no framework.

The seven worlds are the *7 werelden van techniek*; the types are those of the
Bèta&TechMentality model of 2019 (Platform Talent voor Technologie, YoungWorks, Motivaction).
That model describes young people; using it for adults, and every weight below, is this
project's own choice and rests on no survey. The texts of the statements stand in the domain.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum


class World(StrEnum):
    """The seven worlds of technology."""

    HEALTH = "mens-gezondheid"
    FOOD_AND_NATURE = "voeding-natuur"
    ENERGY_AND_SAFETY = "energie-water-veiligheid"
    LIVING_AND_TRAFFIC = "wonen-werken-verkeer"
    MEDIA = "entertainment-media"
    MONEY_AND_TRADE = "geld-handel"
    HIGH_TECH = "hightech-science"


class MentalityType(StrEnum):
    """The five Bèta&TechMentality types of 2019."""

    DISCOVERER = "ontdekkers"
    CREATIVE_MAKER = "creatieve-makers"
    INNOVATOR = "vernieuwers"
    SOCIAL_APPLIER = "maatschappelijke-toepassers"
    DOER = "doeners"


class Answer(StrEnum):
    """How far somebody agrees with a statement."""

    YES = "ja"
    A_BIT = "beetje"
    NO = "nee"


POINTS: Mapping[Answer, int] = {Answer.YES: 2, Answer.A_BIT: 1, Answer.NO: 0}


@dataclass(frozen=True, kw_only=True)
class Statement:
    """What agreeing says about somebody: never a weight below zero, so a yes never counts against."""

    worlds: Mapping[World, int]
    types: Mapping[MentalityType, int]


@dataclass(frozen=True, kw_only=True)
class Occupation:
    """An occupation to suggest (id of the skills taxonomy), and the statements that point to it."""

    id: str
    world: World
    statements: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class SuggestedOccupation:
    """A suggestion; `because` are the statements agreed with that led to it, the strongest first."""

    id: str
    world: World
    because: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class OrientationResult:
    """The outcome; without any agreement there is none: no worlds, no type, no occupations."""

    worlds: tuple[World, ...]
    mentality: MentalityType | None
    occupations: tuple[SuggestedOccupation, ...]


STATEMENTS: Mapping[str, Statement] = {
    # I like to help people who need care.
    "stelling_01": Statement(worlds={World.HEALTH: 2}, types={MentalityType.SOCIAL_APPLIER: 2}),
    # I would rather work with my hands than at a desk.
    "stelling_02": Statement(
        worlds={World.LIVING_AND_TRAFFIC: 1, World.ENERGY_AND_SAFETY: 1}, types={MentalityType.DOER: 2}
    ),
    # I want to know how a device works inside.
    "stelling_03": Statement(worlds={World.HIGH_TECH: 2}, types={MentalityType.DISCOVERER: 2}),
    # I like to be outdoors, among plants or animals.
    "stelling_04": Statement(worlds={World.FOOD_AND_NATURE: 2}, types={MentalityType.DOER: 1}),
    # I want to help with clean energy and water.
    "stelling_05": Statement(
        worlds={World.ENERGY_AND_SAFETY: 2},
        types={MentalityType.SOCIAL_APPLIER: 1, MentalityType.INNOVATOR: 1},
    ),
    # I like to build or repair things.
    "stelling_06": Statement(worlds={World.LIVING_AND_TRAFFIC: 2}, types={MentalityType.DOER: 1}),
    # I like to make something beautiful: a picture, a video, a design.
    "stelling_07": Statement(worlds={World.MEDIA: 2}, types={MentalityType.CREATIVE_MAKER: 2}),
    # I like to work with figures or money.
    "stelling_08": Statement(worlds={World.MONEY_AND_TRADE: 2}, types={MentalityType.DISCOVERER: 1}),
    # I like to try new apps and devices.
    "stelling_09": Statement(worlds={World.HIGH_TECH: 1, World.MEDIA: 1}, types={MentalityType.INNOVATOR: 2}),
    # I like to keep others safe.
    "stelling_10": Statement(
        worlds={World.ENERGY_AND_SAFETY: 1, World.HEALTH: 1}, types={MentalityType.SOCIAL_APPLIER: 1}
    ),
    # I like to see to it that things arrive in time and in the right place.
    "stelling_11": Statement(
        worlds={World.MONEY_AND_TRADE: 1, World.LIVING_AND_TRAFFIC: 1}, types={MentalityType.INNOVATOR: 1}
    ),
    # I like to cook or to work with food.
    "stelling_12": Statement(worlds={World.FOOD_AND_NATURE: 2}, types={MentalityType.CREATIVE_MAKER: 1}),
}

OCCUPATIONS: tuple[Occupation, ...] = (
    Occupation(id="beroep/verzorgende-ig", world=World.HEALTH, statements=("stelling_01",)),
    Occupation(id="beroep/verpleegkundige", world=World.HEALTH, statements=("stelling_01", "stelling_10")),
    Occupation(id="beroep/helpende", world=World.HEALTH, statements=("stelling_01", "stelling_02")),
    Occupation(id="beroep/hovenier", world=World.FOOD_AND_NATURE, statements=("stelling_04", "stelling_02")),
    Occupation(id="beroep/dierenverzorger", world=World.FOOD_AND_NATURE, statements=("stelling_04",)),
    Occupation(id="beroep/kok", world=World.FOOD_AND_NATURE, statements=("stelling_12",)),
    Occupation(id="beroep/bakker", world=World.FOOD_AND_NATURE, statements=("stelling_12", "stelling_02")),
    Occupation(
        id="beroep/zonnepaneelmonteur",
        world=World.ENERGY_AND_SAFETY,
        statements=("stelling_05", "stelling_02"),
    ),
    Occupation(
        id="beroep/elektromonteur", world=World.ENERGY_AND_SAFETY, statements=("stelling_05", "stelling_03")
    ),
    Occupation(id="beroep/beveiliger", world=World.ENERGY_AND_SAFETY, statements=("stelling_10",)),
    Occupation(
        id="beroep/timmerman", world=World.LIVING_AND_TRAFFIC, statements=("stelling_06", "stelling_02")
    ),
    Occupation(
        id="beroep/automonteur", world=World.LIVING_AND_TRAFFIC, statements=("stelling_06", "stelling_03")
    ),
    Occupation(id="beroep/vrachtwagenchauffeur", world=World.LIVING_AND_TRAFFIC, statements=("stelling_11",)),
    Occupation(id="beroep/grafisch-vormgever", world=World.MEDIA, statements=("stelling_07",)),
    Occupation(id="beroep/videomaker", world=World.MEDIA, statements=("stelling_09", "stelling_07")),
    Occupation(id="beroep/fotograaf", world=World.MEDIA, statements=("stelling_07", "stelling_09")),
    Occupation(
        id="beroep/administratief-medewerker", world=World.MONEY_AND_TRADE, statements=("stelling_08",)
    ),
    Occupation(id="beroep/boekhouder", world=World.MONEY_AND_TRADE, statements=("stelling_08",)),
    Occupation(
        id="beroep/expediteur",
        world=World.MONEY_AND_TRADE,
        statements=("stelling_11",),
    ),
    Occupation(
        id="beroep/mechatronicamonteur", world=World.HIGH_TECH, statements=("stelling_03", "stelling_06")
    ),
    Occupation(
        id="beroep/softwareontwikkelaar", world=World.HIGH_TECH, statements=("stelling_09", "stelling_03")
    ),
    Occupation(id="beroep/laborant", world=World.HIGH_TECH, statements=("stelling_03", "stelling_10")),
)

WORLDS_SHOWN = 2
# Of the first world two, of the second one; a single world gives all three.
OCCUPATIONS_SHOWN = 3


def world_shares(answers: Mapping[str, Answer]) -> dict[World, float]:
    """Return for each world which share (0 to 1) of its points was given; unanswered counts as no."""
    weights = {key: statement.worlds for key, statement in STATEMENTS.items()}
    return {world: _share(world, weights, answers) for world in World}


def type_shares(answers: Mapping[str, Answer]) -> dict[MentalityType, float]:
    """Return for each type which share (0 to 1) of its points was given."""
    weights = {key: statement.types for key, statement in STATEMENTS.items()}
    return {kind: _share(kind, weights, answers) for kind in MentalityType}


def score(answers: Mapping[str, Answer]) -> OrientationResult:
    """Return what the answers point to; of equals the first in this file wins, so it is repeatable."""
    worlds = _best(world_shares(answers))[:WORLDS_SHOWN]
    types = _best(type_shares(answers))
    return OrientationResult(
        worlds=tuple(worlds),
        mentality=types[0] if types else None,
        occupations=tuple(_suggest(worlds, answers)),
    )


def reasons(answers: Mapping[str, Answer], occupation_id: str | None = None) -> tuple[str, ...]:
    """Return the statements agreed with that led to an occupation, or to the whole result."""
    for suggestion in score(answers).occupations:
        if suggestion.id == occupation_id:
            return suggestion.because
    return _agreed(answers, STATEMENTS)


def _suggest(worlds: list[World], answers: Mapping[str, Answer]) -> Iterable[SuggestedOccupation]:
    left = OCCUPATIONS_SHOWN
    for position, world in enumerate(worlds):
        candidates = [occupation for occupation in OCCUPATIONS if occupation.world is world]
        candidates.sort(key=lambda occupation: _fit(occupation, answers), reverse=True)
        wanted = left - (len(worlds) - position - 1)
        for occupation in candidates[:wanted]:
            because = _agreed(answers, occupation.statements) or _agreed(
                answers, [key for key, statement in STATEMENTS.items() if world in statement.worlds]
            )
            yield SuggestedOccupation(id=occupation.id, world=world, because=because)
            left -= 1


def _fit(occupation: Occupation, answers: Mapping[str, Answer]) -> float:
    return sum(_points(answers, key) for key in occupation.statements) / len(occupation.statements)


def _agreed(answers: Mapping[str, Answer], statements: Iterable[str]) -> tuple[str, ...]:
    agreed = [key for key in statements if _points(answers, key)]
    return tuple(sorted(agreed, key=lambda key: _points(answers, key), reverse=True))


def _share[T](subject: T, weights: Mapping[str, Mapping[T, int]], answers: Mapping[str, Answer]) -> float:
    weight = {key: subjects[subject] for key, subjects in weights.items() if subject in subjects}
    most = POINTS[Answer.YES] * sum(weight.values())
    return sum(_points(answers, key) * weight[key] for key in weight) / most


def _points(answers: Mapping[str, Answer], statement: str) -> int:
    return POINTS[answers.get(statement, Answer.NO)]


def _best[T](shares: Mapping[T, float]) -> list[T]:
    return sorted((key for key, share in shares.items() if share), key=lambda key: shares[key], reverse=True)
