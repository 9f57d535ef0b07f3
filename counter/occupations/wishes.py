"""Which other work somebody would rather see than what was shown: "nee, toch liever iets met schepen"."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from counter.catalogue.words import subject_words
from skills_taxonomy import Sector, Taxonomy

LOOKED_AT = 10
_NEARLY_AS_WELL = 0.75
"""So well, beside the best, must an occupation fit somebody's words to be what they wish."""
SURE = 0.75
"""From this score up words without "liever" or "iets met" are taken for a wish."""

_MORE = r"(?:nou|dan|toch|nog|mij|me|voor mij)"
_RATHER = re.compile(
    rf"\b(?:iets|werk)\s+(?:anders,?\s+)?(?:met|in|op|bij|aan|voor)\b|\biets\s+(?=\w{{4,}}s\b)|"
    rf"\bliever\b|\b(?:doe|geef|laat|toon|zoek)\s+(?:{_MORE}\s+)*maar\b|^(?:n+ee+h?\W+)?toch maar\b"
)
_NOT = re.compile(r"\s*(?:niet|geen)\b")
# Right before a name: this is what somebody does not want.
_BUT_NOT = re.compile(
    r"\b(?:niet|geen)\s+(?:meer\s+)?(?:(?:in|op|bij|met|naar|van)\s+)?(?:een\s+|de\s+|het\s+)?$"
)
# Who tells what they can, or speaks of the list itself, wishes for no other work.
_OF_ONESELF = re.compile(r"\bik\s+(?:kan|kon|was|ben|deed|had|spreek|heb(?!\s+(?:me|mij|liever)\b))\b")
_OF_A_LIST = re.compile(
    r"\b(?:eruit|erbij|eraf|erin|er\s+(?:\w+\s+){0,2}(?:in|uit|bij|af)|weg|weghalen|terug|terugzetten|toevoegen|"
    r"paspoort|skillspaspoort|skills?|vaardigheid|vaardigheden|vergeten|haal|zet|schrap|streep|voeg|wis|noteer|"
    r"verwijder\w*)\b"
)
# Around a wish, besides what says nothing anywhere.
_AROUND = frozenset("bedacht bedenk bezig doe kant klopt leuker neeh richting tog zie waarbij".split())
# What people say of work that no occupation is called after.
_SECTOR_FOR = {
    "buiten": Sector.GROEN,
    "buitenlucht": Sector.GROEN,
    "natuur": Sector.GROEN,
    "handen": Sector.TECHNIEK,
}


@dataclass(frozen=True, kw_only=True)
class Wish:
    """Work that somebody would rather see, as they said it."""

    words: str
    sector: Sector | None = None


def read_wish(text: str, sectors: Mapping[int, str]) -> Wish | None:
    """Return the other work that a sentence wishes for, or None when it wishes for none.

    `sectors` are those it names, by where they stand.
    """
    folded = text.casefold()
    if _is_about_something_else(text):
        return None
    marks = [mark for mark in _RATHER.finditer(folded) if not _NOT.match(folded[mark.end() :])]
    if not marks:
        return None
    mark = marks[-1]
    # "Iets met schepen, liever" has its wish before the word that tells so.
    said = folded[mark.end() :] if _telling(folded[mark.end() :]) else folded
    named = wanted_sectors(text, {at: name for at, name in sectors.items() if at >= mark.start()})
    return _wish_of(_telling(said), named[-1] if named else None)


def read_loose_wish(text: str, sectors: Mapping[int, str], taxonomy: Taxonomy) -> Wish | None:
    """Return what a few words wish for when they surely are about work: "de haven lijkt me leuker"."""
    if _is_about_something_else(text):
        return None
    wanted = wanted_sectors(text, sectors)
    wish = _wish_of(_telling(text), wanted[-1] if wanted else None)
    if wish is None or (sectors and not wanted):
        return None
    best = taxonomy.search_occupations(wish.words, 1)
    return wish if wish.sector or (best and best[0].score >= SURE) else None


def wanted_sectors(text: str, sectors: Mapping[int, str]) -> list[Sector]:
    """Return the sectors of a text in order, without those it says no to: "liever niet op kantoor"."""
    folded, known = text.casefold(), set(Sector)
    return [
        Sector(name)
        for start, name in sorted(sectors.items())
        if name in known and not _BUT_NOT.search(folded[:start])
    ]


def wished(wish: str, taxonomy: Taxonomy, *, nearly: float = _NEARLY_AS_WELL) -> frozenset[str]:
    """Return the ids of the occupations that words wish for; a lower `nearly` takes in more of them."""
    matches = taxonomy.search_occupations(wish, LOOKED_AT)
    return frozenset(match.concept.id for match in matches if match.score >= nearly * matches[0].score)


def _is_about_something_else(text: str) -> bool:
    folded = text.casefold()
    return bool(_OF_ONESELF.search(folded) or _OF_A_LIST.search(folded))


def _telling(text: str) -> list[str]:
    return [word for word in subject_words(text) if word not in _AROUND]


def _wish_of(words: list[str], sector: Sector | None) -> Wish | None:
    if sector is None:
        sector = next((_SECTOR_FOR[word] for word in words if word in _SECTOR_FOR), None)
    if not words and sector is None:
        return None
    return Wish(words=" ".join(words) or str(sector), sector=sector)
