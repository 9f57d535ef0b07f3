"""A text, read word by word: what each word may stand for, and what its clause says of it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate, pairwise

import simplemma

from skills_taxonomy.clauses import scopes
from skills_taxonomy.words import STOPWORDS, Vocabulary, fold, tokenise, word_set

NOT_A_WORD = "."
"""The key of a punctuation mark, which no word has."""

_VERB_REACH = 10
"""How many words before a particle its verb may stand."""

_PREPOSITIONS = word_set("aan bij door in na om op over rond toe uit voor")
_PARTICLES = _PREPOSITIONS | word_set("af klaar los mee open samen schoon terug thuis vast voort weg")
_JOINERS = word_set("en of maar want")
_MARKS_WITHIN_NAMES = frozenset("-/()\"'&")


@dataclass(frozen=True, slots=True)
class Word:
    """A key a text gives, and the numbers of its tokens: two for a split verb or compound."""

    key: str
    tokens: tuple[int, ...]
    is_head: bool = False
    """Whether the text has a compound that ends in this word."""


class Reading:
    """A text whose tokens are numbered from 0."""

    def __init__(self, text: str, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self.tokens = [token for token in tokenise(text) if token.text not in _MARKS_WITHIN_NAMES]
        self.scopes = scopes(self.tokens, text)
        self.words = [fold(token.text) if token.is_word else "" for token in self.tokens]
        self.keys = [self._key(word) if word else NOT_A_WORD for word in self.words]
        telling = (bool(word) and word not in STOPWORDS for word in self.words)
        self._telling_before = list(accumulate(telling, initial=0))

    def _key(self, word: str) -> str:
        # Who puts known words together makes a new one rather than a typing error: worstenmaker.
        if self._vocabulary.parts(word):
            return self._vocabulary.key(word)
        return self._vocabulary.forgiving_key(word)

    def has_typo(self, tokens: Iterable[int]) -> bool:
        """Tell whether one of `tokens` was read as another word than it is."""
        return any(self.words[i] and self.keys[i] != self._vocabulary.key(self.words[i]) for i in tokens)

    def words_between(self, tokens: Iterable[int]) -> int:
        """Return how many words, stopwords aside, stand between the first and last of `tokens`."""
        first, *others = sorted(tokens)
        last = max(others, default=first)
        inside = sum(self._telling_before[i + 1] - self._telling_before[i] for i in (first, *others))
        return self._telling_before[last + 1] - self._telling_before[first] - inside

    def compounds(self) -> Iterator[tuple[int, tuple[str, str]]]:
        """Yield each compound with the keys of its modifier and head."""
        for i, word in enumerate(self.words):
            if parts := self._vocabulary.parts(word):
                yield i, parts

    def meant_words(self) -> Iterator[Word]:
        """Yield the words as they stand, put together where the text splits them, and heads of compounds."""
        for i, key in enumerate(self.keys):
            # "Een hulp" is no first aid, though "eerste" has the key of "een".
            if key != NOT_A_WORD and self.words[i] not in STOPWORDS:
                yield Word(key, (i,))
        for i, (first, second) in enumerate(pairwise(self.words)):
            if first and second and not {first, second} & STOPWORDS:
                yield from self._known(first + second, (i, i + 1))
        for i, (_, head) in self.compounds():
            yield Word(head, (i,), is_head=True)
        for particle, verb in self._split_verbs():
            lemma = simplemma.lemmatize(self.words[verb], lang="nl")
            yield from self._known(self.words[particle] + lemma, (verb, particle))

    def _split_verbs(self) -> Iterator[tuple[int, int]]:
        """Yield particles with the verbs they may belong to: "maak … schoon", "schoon te maken"."""
        for i, word in enumerate(self.words):
            if word not in _PARTICLES:
                continue
            if self.words[i + 1 : i + 2] == ["te"] and any(self.words[i + 2 : i + 3]):
                yield i, i + 2
            # "Ik werk in een winkel" has a preposition; "ik werk mensen in" ends its clause.
            elif word not in _PREPOSITIONS or self._ends_clause(i):
                for j in range(max(0, i - _VERB_REACH), i):
                    if self.words[j] and self.scopes[j].clause == self.scopes[i].clause:
                        yield i, j

    def _ends_clause(self, i: int) -> bool:
        following = self.words[i + 1 : i + 2]
        return (
            not any(following)
            or following[0] in _JOINERS
            or self.scopes[i].clause != self.scopes[i + 1].clause
        )

    def _known(self, word: str, tokens: tuple[int, ...]) -> Iterator[Word]:
        key = self._vocabulary.key(word)
        if key in self._vocabulary:
            yield Word(key, tokens)
