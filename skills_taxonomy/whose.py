"""Whose ability it is, and whether it is used for pay.

What people do for family, a club or their own pleasure counts as much as paid work. What
somebody else can do does not count: "mijn man kan lassen".
"""

from collections import defaultdict
from collections.abc import Collection, Sequence

from skills_taxonomy.clauses import clause_around
from skills_taxonomy.model import Concept, Occupation
from skills_taxonomy.reading import Reading
from skills_taxonomy.words import word_set

_UNPAID = word_set("""
    hobby hobbymatig huishouden huishouding mantelzorg mantelzorger onbetaald vrijwillig vrijwilliger
    vrijwilligers vrijwilligster vrijwilligerswerk
    """)
# These are places and people to work for as well: with a word for paid work they say nothing.
_PRIVATE = word_set("""
    buren buurthuis club kerk moskee scoutingclub speeltuin sportclub sportvereniging thuis vereniging
    voedselbank voetbalclub voetbalvereniging
    """)
_PAID = word_set("baan baas betaald dienst gewerkt loon salaris werk werkgever werkte werkzaam zzp")

_OURS = word_set("mijn m'n onze")
_RELATIVES = word_set("""
    broer broers dochter dochters familie gezin kind kinderen kleinkinderen man moeder neef nicht oma oom opa
    ouders partner schoonmoeder schoonvader tante vader vriend vriendin vrienden vrouw zoon zonen zus zussen
    """)
_OTHERS = _RELATIVES | word_set("baas begeleider buurman buurvrouw chef collega collega's leidinggevende")
_THEY = word_set("hij zij ze")
_WE = word_set("ik 'k mij me wij we mezelf")
_PREPOSITIONS = word_set("aan achter bij door met naar naast om op over samen tegen tot uit van voor zonder")
# "Ik was de kok van het team" is about oneself; "ik moet naar de tandarts" is not.
_BEING = word_set("als ben was geweest werd word worden")
_GOING_ON = word_set("daarnaast dus en maar of omdat ook terwijl verder want wel")
_POINTING = word_set("de die deze jullie mijn onze")


class Whose:
    """Whose the abilities in a text are; mentions are given by the numbers of their tokens."""

    def __init__(self, reading: Reading) -> None:
        self._words = reading.words
        self._scopes = reading.scopes
        self._others = self._speaking_of_others()

    def is_of_another(self, concept: Concept, mention: Collection[int]) -> bool:
        """Tell whether a mention of `concept` is about somebody else."""
        # "Mijn moeder verzorgen" is one's own work.
        if min(mention) in self._others and not any(self._words[i] in _RELATIVES for i in mention):
            return True
        return isinstance(concept, Occupation) and self._is_pointed_at(mention)

    def is_unpaid(self, mention: Collection[int]) -> bool:
        """Tell whether a mention is about unpaid work."""
        around = [i for i in self._around(mention) if i not in self._others]
        said = {self._words[i] for i in around}
        if not said.isdisjoint(_UNPAID):
            return True
        is_private = not said.isdisjoint(_PRIVATE) or any(self._is_relative(i) for i in around)
        return is_private and said.isdisjoint(_PAID)

    def _is_pointed_at(self, mention: Collection[int]) -> bool:
        """Tell whether work is named to point at who does it: "de tandarts"."""
        first = min(mention)
        # "Bij de bakkerij werken" is work of one's own, in more words.
        if len(mention) > 1 or not first or self._words[first - 1] not in _POINTING:
            return False
        clause = clause_around(first, self._scopes)
        said = {self._words[i] for i in clause if self._scopes[i].member == self._scopes[first].member}
        return said.isdisjoint(_WE) or said.isdisjoint(_BEING)

    def _around(self, mention: Collection[int]) -> range:
        """Return the tokens from the start of the clause to where somebody speaks for the mention."""
        last = max(mention)
        leader = self._scopes[last].leader
        clause = clause_around(last, self._scopes)
        ends = (i for i in range(last, clause.stop) if self._scopes[i].leader != leader)
        return range(clause.start, next(ends, clause.stop))

    def _is_relative(self, i: int) -> bool:
        # "Mijn zieke moeder": a word may stand between.
        return self._words[i] in _RELATIVES and not _OURS.isdisjoint(self._words[max(0, i - 2) : i])

    def _speaking_of_others(self) -> frozenset[int]:
        """Return the tokens that stand in a member of an enumeration that speaks of somebody else.

        A member without a subject of its own has that of its verb, or goes on with the one before it.
        """
        members: dict[int, list[int]] = defaultdict(list)
        for i, scope in enumerate(self._scopes):
            members[scope.member].append(i)
        told = {member: self._speaks_of_another(tokens) for member, tokens in members.items()}
        others: list[int] = []
        current = False
        for member, tokens in members.items():
            opens_clause = member > 0 and self._scopes[member].clause != self._scopes[member - 1].clause
            if opens_clause and self._words[member] not in _GOING_ON:
                current = False
            for speaks in (told[self._scopes[member].leader], told[member]):
                current = current if speaks is None else speaks
            others += tokens if current else ()
        return frozenset(others)

    def _speaks_of_another(self, tokens: Sequence[int]) -> bool | None:
        if any(self._words[i] in _WE for i in tokens):
            return False
        if any(self._words[i] in _THEY or self._is_other_subject(i, tokens[0]) for i in tokens):
            return True
        return None

    def _is_other_subject(self, i: int, start: int) -> bool:
        """Tell whether "mijn man" stands here without a preposition, which would make it no subject."""
        if self._words[i] not in _OTHERS:
            return False
        ours = next((j for j in (i - 1, i - 2) if j >= start and self._words[j] in _OURS), None)
        return ours is not None and (ours == start or self._words[ours - 1] not in _PREPOSITIONS)
