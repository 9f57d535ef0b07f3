"""Tell what somebody can do from what they cannot, and from what they would like.

A text is cut into clauses, and each clause into the members of its enumerations. A *cue*
such as `niet` or `wil` reaches from the member it stands in to the end of the clause; and
back to its start when the verb comes last, as in "lassen en frezen kan ik niet".
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from skills_taxonomy.words import Token, fold, word_set

_SENTENCE_ENDS = frozenset(".!?;")
_CONTRASTS = word_set("maar want omdat doordat terwijl echter hoewel dus wel daarnaast verder")
_ENUMERATORS = frozenset([",", "en", "of", "noch", "&"])

# A member with one of these says something itself, rather than going on with an enumeration.
_CLAUSE_VERBS = word_set(
    "ik we wij ben was heb had kan kun kon wil wilde wou zou mag moet doe deed weet werk werkte zoek hoop"
)

_NEGATIONS = word_set("niet geen nooit niks nauwelijks amper zonder noch")
# "niet alleen lassen", "geen moeite met tillen", "niet bang voor hoogtes": these deny nothing.
_NOT_NEGATED = word_set("alleen slechts moeite probleem problemen punt bezwaar bang vies")
# "Ik werk niet meer als kok" tells of experience; "ik kan niet meer tillen" does not.
_ABILITY_VERBS = word_set("kan kun kunnen kon mag mogen wil willen durf lukt")

_WISHES = word_set(
    "wil wilt willen wilde wou zou hoop droom wens interesse geinteresseerd lijkt zoek zoeken word worden"
)
_LEARNING = word_set("leer leren")
_HAVING_LEARNED = word_set("heb hebt heeft had hebben geleerd")


@dataclass(frozen=True, slots=True)
class Scope:
    """What the clause around a word says about it, by the numbers of the tokens that say so."""

    clause: int
    member: int
    """The number of the first token of the member it stands in."""
    leader: int
    """That of the member whose verb speaks for this one too: mostly its own, or a later one."""
    negations: frozenset[int] = frozenset()
    wishes: frozenset[int] = frozenset()


type _Member = range
"""The numbers of the tokens of one member of an enumeration, or of a clause without one."""


def scopes(tokens: Sequence[Token], text: str) -> list[Scope]:
    """Return the scope each token of `text` stands in."""
    words = [fold(token.text) or token.text for token in tokens]
    clauses = _clauses(words, _line_starts(tokens, text))
    return [scope for number, clause in enumerate(clauses) for scope in _scopes_within(number, clause, words)]


def clause_around(token: int, scopes: Sequence[Scope]) -> range:
    """Return the tokens of the clause that a token stands in."""
    start = end = token
    while start and scopes[start - 1].clause == scopes[token].clause:
        start -= 1
    while end < len(scopes) and scopes[end].clause == scopes[token].clause:
        end += 1
    return range(start, end)


def _scopes_within(number: int, clause: Sequence[_Member], words: Sequence[str]) -> Iterator[Scope]:
    vocabulary = frozenset(words[i] for member in clause for i in member)
    negations = [frozenset(i for i in member if _negates(i, words, vocabulary)) for member in clause]
    wishes = [frozenset(i for i in member if _wishes(words[i], vocabulary)) for member in clause]
    # Before the member with the verb stand only things enumerated, and its cues reach back to those.
    speaking = next((i for i, member in enumerate(clause) if _says_something(member, words)), 0)
    negating, wishing = negations[speaking], wishes[speaking]
    for i, member in enumerate(clause):
        negating |= negations[i]
        wishing |= wishes[i]
        scope = Scope(number, member.start, clause[max(i, speaking)].start, negating, wishing)
        yield from [scope] * len(member)


def _line_starts(tokens: Sequence[Token], text: str) -> set[int]:
    return {i for i in range(1, len(tokens)) if "\n" in text[tokens[i - 1].end : tokens[i].start]}


def _clauses(words: Sequence[str], line_starts: set[int]) -> list[list[_Member]]:
    clauses: list[list[_Member]] = []
    clause_spoke = False
    for member, opens_clause in _members(words, line_starts):
        speaks = _says_something(member, words)
        if opens_clause or not clauses or (speaks and clause_spoke):
            clauses.append([])
            clause_spoke = False
        clauses[-1].append(member)
        clause_spoke = clause_spoke or speaks
    return clauses


def _members(words: Sequence[str], line_starts: set[int]) -> list[tuple[_Member, bool]]:
    """Return the members, and of each whether it opens a clause whatever it says."""
    clause_starts = {i for i, word in enumerate(words) if word in _CONTRASTS} | line_starts
    clause_starts |= {i + 1 for i, word in enumerate(words) if word in _SENTENCE_ENDS}
    starts = {0, *clause_starts, *(i for i, word in enumerate(words) if word in _ENUMERATORS)}
    ordered = sorted(start for start in starts if start < len(words))
    ends = [*ordered, len(words)][1:]
    return [(range(start, end), start in clause_starts) for start, end in zip(ordered, ends, strict=True)]


def _says_something(member: _Member, words: Sequence[str]) -> bool:
    return any(words[i] in _CLAUSE_VERBS for i in member)


def _negates(position: int, words: Sequence[str], vocabulary: frozenset[str]) -> bool:
    if words[position] not in _NEGATIONS:
        return False
    following = words[position + 1] if position + 1 < len(words) else ""
    if following == "meer":
        return not _ABILITY_VERBS.isdisjoint(vocabulary)
    return following not in _NOT_NEGATED


def _wishes(word: str, vocabulary: frozenset[str]) -> bool:
    if word in _LEARNING:
        return _HAVING_LEARNED.isdisjoint(vocabulary)
    return word in _WISHES
