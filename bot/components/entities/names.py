"""How somebody introduces themselves."""

import re
from typing import Iterator

from components.entities.found import Found

_PREFIXES = "van|de|der|den|het|ten|ter|te|el|al|ben|bin|la|le|da|di|dos|von|op|in|'t"
_CAPITAL = r"[A-ZÀ-Ž][\w'’-]+"
_ANY = r"[^\W\d_][\w'’-]+"
# "Mijn naam is verkeerd gespeld" tells what a name is like, not which.
_NO_FIRST_WORD = r"(?:verkeerd|fout|niet|anders|nu|veranderd|gewijzigd|nog|wel|goed|slecht|onjuist)\b"
_SAID = re.compile(
    rf"\b(?:ik heet|mijn naam is|me naam is|mn naam is|m'n naam is|naam:|de naam is|ik word genoemd)\s+"
    r"(?:(?:nu|voortaan|veranderd|gewijzigd)\s+(?:(?:in|naar)\s+)?)*"
    rf"((?!{_NO_FIRST_WORD})(?:{_ANY})(?:\s+(?:{_PREFIXES})\b|\s+{_ANY}){{0,4}})",
    re.IGNORECASE,
)
_AM = re.compile(
    r"\b(?i:ik ben|hier is|je spreekt met|u spreekt met|met)\s+"
    rf"({_CAPITAL}(?:\s+(?:(?i:{_PREFIXES})\s+)*{_CAPITAL}){{0,3}})"
)
# Where a name ends when people go on talking.
_END = re.compile(
    r"\s+(?:en|maar|ik|uit|mijn|m'n|woon|ben|want|dus|geboren|met|wil|zoek|kan|heb|graag|aub|is|bij|van\s+beroep)\b.*",
    re.IGNORECASE | re.DOTALL,
)
_NO_NAME = frozenset(
    "Nederlander Nederlands Nederlandse Syrisch Turks Pools Marokkaans Oekraïens Belg Moslim Christen Jood "
    "Werkloos Ondernemer Moeder Vader Zzp Zzp'er".split()
)


def find_names(text: str) -> Iterator[Found]:
    """Find a name after "ik heet", "mijn naam is", or, with a capital, after "ik ben"."""
    for pattern in (_SAID, _AM):
        for match in pattern.finditer(text):
            name = _END.sub("", match.group(1)).strip(" '’-")
            if name and name not in _NO_NAME:
                yield Found("naam", with_capitals(name), match.start(1), match.start(1) + len(name))
                return


def with_capitals(name: str) -> str:
    """Return a name that was typed without capitals as it is written: "Jan de Vries"."""
    if name != name.lower():
        return name
    words = name.split()
    return " ".join(
        word if place and re.fullmatch(_PREFIXES, word) else word[:1].upper() + word[1:]
        for place, word in enumerate(words)
    )
