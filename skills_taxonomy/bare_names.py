"""Whether a single word is meant as the name of a skill or an occupation.

A classification has many names of one everyday word: `energie`, `zwangerschap`, `bas`,
`stomme`. In what people write these say what it is about, not what somebody can do. So such
a *bare name* counts only where its clause tells of work or ability, or is nothing but names.
Names of the taxonomies that were written for people need no such proof.
"""

from collections.abc import Collection

from skills_taxonomy.clauses import clause_around
from skills_taxonomy.model import Concept, Occupation
from skills_taxonomy.names import Name
from skills_taxonomy.reading import Reading
from skills_taxonomy.words import word_set

_WORK = word_set("""
    als baan ben beroep bent cursus diploma doe doet ervaring functie geweest gewerkt jaar maanden opleiding
    stage studie training vacature vacatures verdien verdient vak was werd werk werken werkervaring werkt
    werkte worden word zoek
    """)
_ABILITY = word_set("""
    beheers certificaat gedaan geleerd gestudeerd goed graag handig hobby kan ken kennis kon kun
    leer leerde leren les lesgeven specialisatie spreek sterk studeer studeerde vaardig verstand weet
    """)
_ENUMERATORS = frozenset(["", "en", "of"])


_SAME_BEGINNING = 3
"""How many letters a title begins with however it is inflected: "geholpen" is no "helpende"."""


def is_meant(name: Name[Concept], mention: Collection[int], reading: Reading, named: Collection[int]) -> bool:
    """Tell whether a mention, by the numbers of its tokens, means this name; `named` are those of all."""
    if len(name.content) > 1:
        return True
    if isinstance(name.concept, Occupation) and not _is_title(name, mention, reading):
        return False
    if not _is_classified(name.concept):
        return True
    return not reading.has_typo(mention) and _is_told(name, mention, reading, named)


def _is_classified(concept: Concept) -> bool:
    """Tell whether only the classification knows this concept, and nobody wrote everyday names for it."""
    return concept.id == concept.esco


def _is_title(name: Name[Concept], mention: Collection[int], reading: Reading) -> bool:
    """Tell whether the title itself is said, rather than a word it is made of: "druk" is no "drukker"."""
    spoken = "".join(reading.words[i] for i in sorted(mention))
    title = name.squeezed
    # Plurals and feminine forms are longer; one letter may be forgotten.
    return spoken[:_SAME_BEGINNING] == title[:_SAME_BEGINNING] and len(spoken) >= len(title) - 1


def _is_told(name: Name[Concept], mention: Collection[int], reading: Reading, named: Collection[int]) -> bool:
    around = clause_around(min(mention), reading.scopes)
    cues = _WORK if isinstance(name.concept, Occupation) else _WORK | _ABILITY
    if any(reading.words[i] in cues for i in around):
        return True
    return all(i in named or reading.words[i] in _ENUMERATORS for i in around)
