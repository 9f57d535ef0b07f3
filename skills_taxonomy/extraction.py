"""Find skills and occupations in what people write about their work and life.

Names that stand in the text as they are, give or take inflection, are found by spaCy's
PhraseMatcher. Dutch also turns phrases round ("brommers repareren", "ik repareer elke week
brommers") and splits verbs ("schoonmaken", "ik maak kantoren schoon"), so names of more
words are found as well when all their words stand near each other in one clause.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc
from spacy.vocab import Vocab

from skills_taxonomy.model import Concept, Occupation, Skill
from skills_taxonomy.names import Name
from skills_taxonomy.reading import NOT_A_WORD, Reading, Word
from skills_taxonomy.words import Vocabulary, word_set

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
        self._lexemes = Vocab()
        self._matcher = PhraseMatcher(self._lexemes)
        self._by_keys: dict[tuple[str, ...], list[Name[Concept]]] = defaultdict(list)
        for name in names:
            self._by_keys[name.keys].append(name)
        for keys in self._by_keys:
            self._matcher.add(" ".join(keys), [self._doc(keys)])
        names = [name for same in self._by_keys.values() for name in same]
        self._by_rarest = _by_rarest_key(names)
        self._by_pair: dict[frozenset[str], list[Name[Concept]]] = defaultdict(list)
        for name in names:
            if len(name.content) == len(("modifier", "head")):
                self._by_pair[frozenset(name.content)].append(name)

    def extract(self, text: str) -> list[Found]:
        """Return what `text` names, in the order of the text; of nested names the longest."""
        reading = Reading(text, self._vocabulary)
        mentions = [*self._in_a_row(reading), *self._compounded(reading), *self._scattered(reading)]
        return [_found(mention, reading) for mention in _chosen(mentions)]

    def _in_a_row(self, reading: Reading) -> Iterator[_Mention]:
        for _, start, end in self._matcher(self._doc(reading.keys)):
            for name in self._by_keys[tuple(reading.keys[start:end])]:
                literal = list(name.words) == reading.words[start:end]
                yield _Mention(name, frozenset(range(start, end)), literal)

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

    def _doc(self, keys: Sequence[str]) -> Doc:
        # Other words are left out: spaCy would keep every word anybody ever wrote.
        return Doc(self._lexemes, words=[key if key in self._vocabulary else NOT_A_WORD for key in keys])


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
        # "Ik heb als kok gewerkt en gekookt" is about the skill of that work as well.
        return not (isinstance(one, Occupation) and isinstance(other, Skill) and not chosen.literal)
    return one is other and bool(chosen.tokens & mention.tokens)


def _found(mention: _Mention, reading: Reading) -> Found:
    around = [reading.scopes[i] for i in mention.tokens]
    first, last = min(mention.tokens), max(mention.tokens)
    return Found(
        concept=mention.name.concept,
        start=reading.tokens[first].start,
        end=reading.tokens[last].end,
        words=" ".join(
            reading.tokens[i].text
            for i in range(first, last + 1)
            if i in mention.tokens or reading.words[i] in _JOINING_WORDS
        ),
        matched_name=mention.name.text,
        # A cue that is part of the name says nothing about it: "snel leren" is no wish.
        negated=any(scope.negations - mention.tokens for scope in around),
        wish=any(scope.wishes - mention.tokens for scope in around),
    )
