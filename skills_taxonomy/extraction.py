"""Find skills and occupations in what people write about their work and life.

Names that stand in the text as they are, give or take inflection, are looked up by the keys
of their words. Dutch also turns phrases round ("brommers repareren", "ik repareer elke week
brommers") and splits verbs ("schoonmaken", "ik maak kantoren schoon"), so names of more
words are found as well when all their words stand near each other in one clause.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from skills_taxonomy.bare_names import is_meant
from skills_taxonomy.experience import Level, levels, spans_of_years, told_of
from skills_taxonomy.model import Concept, Skill
from skills_taxonomy.names import Name
from skills_taxonomy.reading import Reading, Word
from skills_taxonomy.whose import Whose
from skills_taxonomy.words import STOPWORDS, Vocabulary, word_set

WORDS_BETWEEN = 3
"""How many other words, stopwords aside, may stand between the words of one name."""

_LIGHT_WORDS = word_set("hebben heb zijn ben een de het mijn ik")
"""Words that add nothing to the one beside them: "handig zijn", "ik heb mijn rijbewijs"."""

_JOINING_WORDS = word_set("aan bij de een het in met mijn naar om op over te van voor")
"""Words that may stand between those of a name and are read with them: "zorg voor mijn moeder"."""


@dataclass(frozen=True, slots=True)
class Found:
    """A concept named in a text: `text[start:end]` holds the words that name it."""

    concept: Concept
    start: int
    end: int
    words: str
    """The words that name it, without the others between them: those may say more than anybody need keep."""
    matched_name: str
    negated: bool
    """The person says they cannot do, or do not have, this."""
    wish: bool
    """The person would like this, rather than having it."""
    years: float | None = None
    """How long the person did this, when they tell."""
    level: Level | None = None
    """How well the person does this, in their own words."""
    unpaid: bool = False
    """It was done as a volunteer, for family, at home or at a club: that counts as much."""
    of_another: bool = False
    """Somebody else can do or is this: "mijn man kan lassen", "de tandarts"."""


@dataclass(frozen=True, slots=True)
class _Mention:
    """A name, and the numbers of the tokens that give it."""

    name: Name[Concept]
    tokens: frozenset[int]
    literal: bool
    """Whether the text has the very words of the name."""


class Extractor:
    """Finds the concepts of a taxonomy in texts; built once, then only read."""

    def __init__(self, names: Iterable[Name[Concept]], vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        dutch = [name for name in names if _is_dutch(name)]
        self._by_keys: dict[tuple[str, ...], list[Name[Concept]]] = defaultdict(list)
        for name in dutch:
            self._by_keys[name.keys].append(name)
        self._longest = max(map(len, self._by_keys), default=0)
        self._by_rarest = _by_rarest_key(dutch)
        self._by_pair: dict[frozenset[str], list[Name[Concept]]] = defaultdict(list)
        for name in dutch:
            if len(name.content) == len(("modifier", "head")):
                self._by_pair[frozenset(name.content)].append(name)

    def extract(self, text: str, today: date) -> list[Found]:
        """Return what `text` names, in the order of the text; of nested names the longest."""
        reading = Reading(text, self._vocabulary)
        mentions = [*self._in_a_row(reading), *self._compounded(reading), *self._scattered(reading)]
        named = frozenset(token for mention in mentions for token in mention.tokens)
        chosen = _chosen([one for one in mentions if is_meant(one.name, one.tokens, reading, named)])
        return _Telling(reading, today).found(chosen) if chosen else []

    def _in_a_row(self, reading: Reading) -> Iterator[_Mention]:
        keys = tuple(reading.keys)
        for start in range(len(keys)):
            for end in range(start + 1, min(start + self._longest, len(keys)) + 1):
                for name in self._by_keys.get(keys[start:end], ()):
                    spoken = reading.words[start:end]
                    if _says_as_much(spoken, name):
                        yield _Mention(name, frozenset(range(start, end)), spoken == list(name.words))

    def _compounded(self, reading: Reading) -> Iterator[_Mention]:
        """Find names of two words that the text writes as one: heftruckrijden for heftruck rijden."""
        for i, parts in reading.compounds():
            for name in self._by_pair.get(frozenset(parts), ()):
                yield _Mention(name, frozenset([i]), literal=False)

    def _scattered(self, reading: Reading) -> Iterator[_Mention]:
        """Find names whose words stand near each other in one clause, in any order."""
        places: dict[tuple[int, str], list[Word]] = defaultdict(list)
        for word in reading.meant_words():
            places[reading.scopes[word.tokens[0]].clause, word.key].append(word)
        for (clause, key), rarest_words in places.items():
            for name in self._by_rarest.get(key, ()):
                others = [places.get((clause, other), []) for other in name.content if other != key]
                for rarest in rarest_words:
                    tokens = _gathered(rarest, others)
                    if tokens and reading.words_between(tokens) <= WORDS_BETWEEN:
                        yield _Mention(name, tokens, literal=False)


def _is_dutch(name: Name[Concept]) -> bool:
    """Tell whether a name is Dutch: only the preferred name of a concept may be of another language."""
    return name.concept.language == "nl" or name.text != name.concept.name


def _says_as_much(spoken: Sequence[str], name: Name[Concept]) -> bool:
    """Tell whether no stopword stands for a word that says more: "een hulp" has the keys of "eerste hulp"."""
    return all(
        word not in STOPWORDS or named in STOPWORDS for word, named in zip(spoken, name.words, strict=True)
    )


def _by_rarest_key(names: Sequence[Name[Concept]]) -> dict[str, list[Name[Concept]]]:
    """Index each name under its rarest word: where that is missing, so is the name."""
    counts = Counter(key for name in names for key in name.content)
    index: dict[str, list[Name[Concept]]] = defaultdict(list)
    for name in names:
        # One word among stopwords ("goed met mensen") says too little without them.
        if len(name.content) > 1 or len(set(name.words) - _LIGHT_WORDS) == 1:
            index[min(name.content, key=lambda key: (counts[key], key))].append(name)
    return dict(index)


def _gathered(rarest: Word, others: Sequence[Sequence[Word]]) -> frozenset[int]:
    """Return the tokens of `rarest` and the nearest of each of the others; none if one is missing."""
    # The head of a compound means the compound only beside other words of the name.
    if not all(others) or (rarest.is_head and not others):
        return frozenset()
    position = rarest.tokens[0]
    nearest = [min(words, key=lambda word: abs(word.tokens[0] - position)) for words in others]
    return frozenset(token for word in (rarest, *nearest) for token in word.tokens)


def _chosen(mentions: list[_Mention]) -> list[_Mention]:
    """Keep the longest of nested mentions; of equally long ones the most literal, one a pillar."""
    ranked = sorted(
        mentions, key=lambda mention: (-len(mention.tokens), not mention.literal, mention.name.concept.id)
    )
    chosen: list[_Mention] = []
    for mention in ranked:
        if not any(_excludes(other, mention) for other in chosen):
            chosen.append(mention)
    return sorted(chosen, key=lambda mention: (min(mention.tokens), mention.name.concept.id))


def _excludes(chosen: _Mention, mention: _Mention) -> bool:
    one, other = chosen.name.concept, mention.name.concept
    if chosen.tokens == mention.tokens:
        return type(one) is type(other) or chosen.literal > mention.literal
    if mention.tokens < chosen.tokens:
        # "Ik heb als timmerman gewerkt" names work and a skill, "ik heb monteurs aangestuurd" only a skill.
        names_both = isinstance(other, Skill) or mention.literal
        return type(one) is type(other) or chosen.literal or not names_both
    return one is other and bool(chosen.tokens & mention.tokens)


class _Telling:
    """What a text tells of the concepts it names."""

    def __init__(self, reading: Reading, today: date) -> None:
        self._reading = reading
        self._levels = list(levels(reading.words))
        self._spans = list(spans_of_years(reading.words, today))
        self._amounts = {i for cue in (*self._levels, *self._spans) for i in cue.tokens}
        self._whose = Whose(reading)

    def found(self, mentions: Iterable[_Mention]) -> list[Found]:
        return [self._found(mention) for mention in mentions]

    def _found(self, mention: _Mention) -> Found:
        reading = self._reading
        concept, tokens = mention.name.concept, mention.tokens
        around = [reading.scopes[i] for i in tokens]
        # A cue that is part of the name says nothing about it: "snel leren" is no wish.
        negated = any(scope.negations - tokens for scope in around)
        wish = any(scope.wishes - tokens for scope in around)
        has = not negated and not wish
        of_another = self._whose.is_of_another(concept, tokens)
        first, last = min(tokens), max(tokens)
        return Found(
            concept=concept,
            start=reading.tokens[first].start,
            end=reading.tokens[last].end,
            words=self._words(tokens),
            matched_name=mention.name.text,
            negated=negated,
            wish=wish,
            years=told_of(self._spans, tokens, reading.scopes) if has else None,
            level=told_of(self._levels, tokens, reading.scopes) if has else None,
            unpaid=not of_another and self._whose.is_unpaid(tokens),
            of_another=of_another,
        )

    def _words(self, tokens: frozenset[int]) -> str:
        reading = self._reading
        return " ".join(
            reading.tokens[i].text
            for i in range(min(tokens), max(tokens) + 1)
            if i in tokens or (reading.words[i] in _JOINING_WORDS and i not in self._amounts)
        )
