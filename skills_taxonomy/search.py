"""Rank concepts by how well one of their names fits a person's words.

Several kinds of evidence are looked at, and the strongest tells why a name was found:

* `exact`: the same words, give or take case, accents, spaces, inflection and gender;
* `prefix`: the name goes on where the person stopped typing;
* `word`: words, or parts of compounds, that are rare among names weigh most;
* `typo`: nearly the same letters;
* `meaning`: other words for nearly the same, where the index knows meanings (see `meaning`).

Two sparse indexes (words, and runs of letters) find the candidates in one pass of
numpy over the postings of the query's own features, so the cost grows with the number of
names that share something with the query rather than with the taxonomy. Meanings are
compared with all names in one product of matrices.

Without meanings the strongest evidence is the score. With them the meaning makes most of
it: names that share words often mean other things, and the same thing has many names.
"""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA

from skills_taxonomy.meaning import Meanings
from skills_taxonomy.model import Concept
from skills_taxonomy.names import Name
from skills_taxonomy.sparse_index import SparseIndex
from skills_taxonomy.words import STOPWORDS, Vocabulary, fold, word_set

CANDIDATES = 60
"""How many names, the most promising by each kind of letters, are looked at more closely."""

MEANT = 300
"""How many names, the nearest in meaning, are looked at besides: often ten of one concept stand together."""

LEAST_SCORE = 0.4
"""A result below this would surprise people more than no result: of those by meaning one in ten is right."""

# Found by ranking names of ESCO by other names of the same concept.
_MEANING, _EVIDENCE, _LETTERS = 0.85, 0.05, 0.1

_AS_WRITTEN = 0.98
"""The evidence from which a name is, letter for letter, what was asked; nothing comes before that."""

LEAST_LIKENESS = 0.75
"""Names with fewer letters in common are other words: kapster and lasster share 0.71."""

_RUNS = range(3, 5)
"""How many letters of a word are looked at together."""

# Who looks for "werk als kok" and what is called "koken als werk" mean no more by it.
_SAYING_LITTLE = STOPWORDS | word_set("baan beroep functie vacature werk zoek zoeken")


class MatchKind(StrEnum):
    """Why a name was found."""

    EXACT = "exact"
    PREFIX = "prefix"
    WORD = "word"
    TYPO = "typo"
    MEANING = "meaning"

    @property
    def is_loose(self) -> bool:
        """Whether the words asked for are not those of the name, so it may be something else."""
        return self in {MatchKind.WORD, MatchKind.MEANING}


@dataclass(frozen=True, slots=True)
class Match[C: Concept]:
    """A concept that was found, by which of its names, why, and how well (0 to 1)."""

    concept: C
    matched_name: str
    kind: MatchKind
    score: float


class ConceptSearch[C: Concept]:
    """Finds concepts of one pillar by name; built once, then only read."""

    def __init__(
        self,
        names: Sequence[Name[C]],
        vocabulary: Vocabulary,
        *,
        words: SparseIndex | None = None,
        letters: SparseIndex | None = None,
        meanings: Meanings | None = None,
    ) -> None:
        """Index `names`, unless that was done before; without `meanings` the letters alone decide."""
        self._vocabulary = vocabulary
        self._names = names
        self._by_squeezed = _positions(name.squeezed for name in names)
        self._by_content = _positions(_telling_keys(name) for name in names)
        self._sorted = sorted((name.squeezed, position) for position, name in enumerate(names))
        self.words = words or SparseIndex.of([self._word_features(name.words) for name in names])
        self.letters = letters or SparseIndex.of([_runs(name.words) for name in names])
        self.meanings = meanings

    def search(self, text: str, limit: int) -> list[Match[C]]:
        """Return the `limit` concepts that fit `text` best, the best first."""
        best: dict[str, Match[C]] = {}
        for match in self.names_found(text):
            known = best.get(match.concept.id)
            if match.score >= LEAST_SCORE and (known is None or match.score > known.score):
                best[match.concept.id] = match
        ranked = sorted(best.values(), key=lambda match: (-match.score, match.concept.name))
        return ranked[:limit]

    def names_found(self, text: str) -> Iterator[Match[C]]:
        """Yield every name that may fit, in no order: several of one concept, and poor ones as well."""
        query = tuple(fold(text).split())
        if not query:
            return
        words = self.words.similarities(self._word_features(query))
        letters = self.letters.similarities(_runs(query))
        meant = self.meanings.nearness(text) if self.meanings else None
        exact = self._exact(query)
        spellings = {"".join(query), "".join(_telling(query))}
        begun = {position for squeezed in spellings for position in self._begun(squeezed)}
        spelled_alike = {*exact, *begun, *_largest(words, CANDIDATES), *_largest(letters, CANDIDATES)}
        for position in sorted(spelled_alike.union(_largest(meant, MEANT))):
            name = self._names[position]
            kind, score = MatchKind.WORD, 0.93 * float(words[position])
            if position in spelled_alike:
                kind, score = max(
                    (MatchKind.EXACT, exact.get(position, 0.0)),
                    (MatchKind.PREFIX, max(_beginning(squeezed, name) for squeezed in spellings)),
                    (kind, score),
                    # Who writes a name as it is made no typing error: ober is no boer.
                    (MatchKind.TYPO, 0.0 if exact else max(_likeness(one, name) for one in spellings)),
                    key=lambda evidence: evidence[1],
                )
            # Between equals the letters decide, and then the name people are shown.
            score = 0.97 * score + 0.02 * float(letters[position]) + 0.01 * (name.text == name.concept.name)
            if meant is not None and score < _AS_WRITTEN:
                nearness = max(float(meant[position]), 0.0)
                kind = MatchKind.MEANING if nearness > score else kind
                score = _MEANING * nearness + _EVIDENCE * score + _LETTERS * float(letters[position])
            yield Match(name.concept, name.text, kind, round(score, 4))

    def _exact(self, query: tuple[str, ...]) -> dict[int, float]:
        inflected = dict.fromkeys(self._by_content.get(self._content(query), ()), 0.97)
        return inflected | dict.fromkeys(self._by_squeezed.get("".join(query), ()), 1.0)

    def _begun(self, squeezed: str) -> list[int]:
        start = bisect_left(self._sorted, (squeezed, -1))
        run = self._sorted[start : start + CANDIDATES]
        return [position for name, position in run if name.startswith(squeezed)]

    def _content(self, words: tuple[str, ...]) -> frozenset[str]:
        return frozenset(self._vocabulary.forgiving_key(word) for word in _telling(words))

    def _word_features(self, words: tuple[str, ...]) -> dict[str, float]:
        """Weigh each word, and of a compound its parts, most of all the head: that says what it is."""
        features: dict[str, float] = defaultdict(float)
        for word in _telling(words):
            parts = self._vocabulary.parts(word)
            features[self._vocabulary.forgiving_key(word)] += 0.6 if parts else 1.0
            if parts:
                modifier, head = parts
                features[modifier] += 0.6
                features[head] += 0.8
        return features


def _telling(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return the words that tell one name from another, or all when none does."""
    return tuple(word for word in words if word not in _SAYING_LITTLE) or words


def _telling_keys(name: Name[Concept]) -> frozenset[str]:
    telling = _telling(name.words)
    return frozenset(key for word, key in zip(name.words, name.keys, strict=True) if word in telling)


def _beginning(squeezed: str, name: Name[Concept]) -> float:
    whole = name.squeezed
    return 0.7 + 0.27 * len(squeezed) / len(whole) if whole.startswith(squeezed) else 0.0


def _likeness(squeezed: str, name: Name[Concept]) -> float:
    return 0.95 * OSA.normalized_similarity(squeezed, name.squeezed, score_cutoff=LEAST_LIKENESS)


def _runs(words: tuple[str, ...]) -> Counter[str]:
    """Count the runs of letters in each word; its beginning and its end count as letters."""
    padded = [f" {word} " for word in words]
    return Counter(
        word[start : start + length]
        for word in padded
        for length in _RUNS
        for start in range(len(word) - length + 1)
    )


def _positions[K](values: Iterable[K]) -> dict[K, list[int]]:
    positions: dict[K, list[int]] = defaultdict(list)
    for position, value in enumerate(values):
        positions[value].append(position)
    return dict(positions)


def _largest(similarities: NDArray[np.floating] | None, most: int) -> list[int]:
    if similarities is None:
        return []
    some = np.flatnonzero(similarities > 0)
    if len(some) > most:
        some = some[np.argpartition(-similarities[some], most)[:most]]
    return [int(position) for position in some]
