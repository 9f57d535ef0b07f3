"""Which occupations a sentence is about: the one somebody comes from, and the one they want to."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from counter.catalogue.words import subject_words
from skills_taxonomy import Found, MatchKind, Occupation, Sector, Taxonomy

OPTIONS_OFFERED = 3
# A name that merely resembles what was typed is offered, not taken.
_SURE = {
    MatchKind.EXACT: 0.0,
    MatchKind.TYPO: 0.85,
    MatchKind.WORD: 0.8,
    MatchKind.PREFIX: 0.88,
    MatchKind.MEANING: 0.9,
}


@dataclass(frozen=True, kw_only=True)
class Meant:
    """The occupation that words stand for, or else the ones they may stand for, the likeliest first."""

    occupation_id: str | None = None
    options: tuple[str, ...] = ()
    unknown: bool = False
    """Whether some work was named that is not on the list."""


@dataclass(frozen=True, kw_only=True)
class Move:
    """What a sentence says of a change of work: from where, to where, or what lies near."""

    origin: Meant = Meant()
    goal: Meant = Meant()
    named: Meant = Meant()
    """An occupation of which nothing else was said."""
    sector: Sector | None = None
    """The sector somebody wants to, when they named no occupation there."""
    asks_nearby: bool = False


# Around the name of an occupation in a question about it; what is left is the name.
_ASKING = frozenset(
    """
    baan banen beroep beroepen bekijken bestaat betaalt carriere dag diploma eigenlijk functie geld heb
    houdt iemand inhoudt kansrijke leuk loon maand mee meerdere nodig opleiding over past per precies
    salaris sector skills soort soorten taken uitziet vak verdien verdienen verdient vereisten vertel
    vertellen vraag vraagt ziet zoal zwaar werktijden
    """.split()
)


def meant_by(text: str, taxonomy: Taxonomy) -> Meant:
    """Return the occupation that a name, an answer or a question is about.

    "Wat doet een astronaut" is about one that is not on the list.
    """
    named = [found for found in taxonomy.extract(text) if isinstance(found.concept, Occupation)]
    if named:
        return Meant(occupation_id=named[0].concept.id)
    rest = [word for word in subject_words(text) if word not in _ASKING]
    meant = _searched(" ".join(rest), taxonomy) if rest else Meant()
    is_about_work = bool(rest) and bool(_ABOUT_ONE.search(text.casefold()))
    return meant if meant != Meant() else Meant(unknown=is_about_work)


_ABOUT_ONE = re.compile(r"\b(?:een|als|word|worden)\b")


def _searched(words: str, taxonomy: Taxonomy) -> Meant:
    matches = taxonomy.search_occupations(words, OPTIONS_OFFERED)
    if not matches:
        return Meant()
    best, others = matches[0], matches[1:]
    is_sure = best.score >= _SURE[best.kind] and (best.kind is MatchKind.EXACT or not others)
    if is_sure:
        return Meant(occupation_id=best.concept.id)
    return Meant(options=tuple(match.concept.id for match in matches))


_ORIGIN = r"van|vanuit|ben|was|als|werk|werkte|mijn|geweest"
_BEFORE_ORIGIN = re.compile(rf"\b(?:{_ORIGIN})(?:\s+(?:een|de|het|nu|altijd|geen|beroep|werk|baan))*\s*$")
_BEEN = re.compile(r"\s+(?:geweest|gewerkt|en wil|maar wil)\b")
_BEFORE_GOAL = re.compile(r"\b(?:naar|tot|met|richting)(?:\s+(?:een|de|het|beroep|baan|werk|als|van))*\s*$")
_TOWARDS = re.compile(r"\bnaar\b")
_WISH = re.compile(r"\b(?:wil|wou|wilde|zou|word|worden|graag)\b")
# What was said straight after these words, when the taxonomy found no name in it.
_ORIGIN_WORDS = re.compile(
    r"\b(?:van|vanuit|ben|was|werkte? als)\s+(?:een\s+|de\s+|het\s+)?"
    r"(?P<words>[\w'’-]+)(?=\s+(?:naar|en|maar)\b)"
)
_GOAL_WORDS = re.compile(
    r"\bnaar\s+(?:een\s+|de\s+|het\s+)?(?P<after>[\w'’-]+(?:\s+(?!te\b|gaan\b|dan\b)[\w'’-]+)?)|"
    r"\b(?P<before>[\w'’-]+)\s+(?:worden|te worden)\b|\btot\s+(?P<until>[\w'’-]+)|"
    r"\bword(?:t)?\s+(?:ik|je)\s+(?:van\s+[\w'’-]+\s+)?(?P<become>[\w'’-]+)\s*\??$"
)
_NEARBY = re.compile(
    r"\blijk(?:en|t) op\b|\bdicht\s?bij\b|\bin de buurt van\b|\bnog meer\b|\bwaar kan ik\b|\bwat kan ik\b|"
    r"\bwelk(?:e)? (?:werk|beroep(?:en)?|banen|baan)\b|\bin een andere sector\b|\bverwant"
)


def read_move(text: str, taxonomy: Taxonomy, sectors: Mapping[int, str]) -> Move:
    """Return what a sentence says of a change of work. `sectors` are those it names, by where they stand."""
    folded = text.casefold()
    origin, goal, named = Meant(), Meant(), Meant()
    for found in taxonomy.extract(text):
        if isinstance(found.concept, Occupation):
            meant = Meant(occupation_id=found.concept.id)
            if _is_goal(found, folded):
                # "Kan een kok lasser worden": of two that are wanted the last is where it goes to.
                origin, goal = (goal if origin == Meant() else origin), meant
            elif _is_origin(found, folded):
                origin = meant if origin == Meant() else origin
            else:
                named = meant
    if origin == Meant() and goal != Meant():
        origin, named = named, Meant()
    taken = [found.words.casefold() for found in taxonomy.extract(text)]
    sector = _sector_wanted(folded, sectors)
    if origin == Meant() and (words := _unknown(_ORIGIN_WORDS, folded, taken)):
        origin = _searched(words, taxonomy)
    if goal == Meant() and sector is None and (words := _unknown(_GOAL_WORDS, folded, taken)):
        goal = _searched(words, taxonomy)
    return Move(
        origin=origin,
        goal=goal,
        named=named,
        sector=sector,
        asks_nearby=bool(_NEARBY.search(folded)),
    )


def _is_origin(found: Found, folded: str) -> bool:
    before, after = folded[: found.start], folded[found.end :]
    return bool(_BEFORE_ORIGIN.search(before) or _TOWARDS.search(after) or _BEEN.match(after))


def _is_goal(found: Found, folded: str) -> bool:
    before = folded[: found.start]
    if _BEFORE_ORIGIN.search(before) and not _is_wished_role(before, found):
        return False
    if _BEFORE_GOAL.search(before) or _TOWARDS.search(before):
        return True
    return found.wish and not _TOWARDS.search(folded[found.end :])


def _is_wished_role(before: str, found: Found) -> bool:
    """Tell "ik wil aan de slag als kok" from "ik werk als kok"."""
    return found.wish and before.rstrip().endswith((" als", " als een")) and bool(_WISH.search(before))


def _sector_wanted(folded: str, sectors: Mapping[int, str]) -> Sector | None:
    """Return the sector that is wanted: "de bouw in", "naar de zorg", "iets met ict"."""
    for start, name in sorted(sectors.items(), reverse=True):
        before, known = folded[:start], list(Sector)
        if name in known and (_TOWARDS.search(before) or (_WISH.search(before) and not _leaves(before))):
            return Sector(name)
    return None


def _leaves(before: str) -> bool:
    return bool(re.search(r"\b(?:uit|weg uit|van|vanuit)\s+(?:de\s+|het\s+)?$", before))


def _unknown(pattern: re.Pattern[str], folded: str, taken: Sequence[str]) -> str | None:
    for match in pattern.finditer(folded):
        words = next((group for group in match.groups() if group), None)
        if words and not any(words in name or name in words for name in taken):
            return words
    return None
