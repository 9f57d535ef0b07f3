"""Rank concepts by how well one of their names fits a person's words.

Four kinds of evidence are looked at, and the strongest decides:

* `exact`: the same words, give or take case, accents, spaces, inflection and gender;
* `prefix`: the name goes on where the person stopped typing;
* `word`: words, or parts of compounds, that are rare among names weigh most;
* `typo`: nearly the same letters.

Two sparse indexes (words, and character trigrams) find the candidates in one pass of
numpy over the postings of the query's own features, so the cost grows with the number of
names that share something with the query rather than with the taxonomy.
"""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA

from skills_taxonomy.model import Concept
from skills_taxonomy.names import Name
from skills_taxonomy.sparse_index import SparseIndex
from skills_taxonomy.words import STOPWORDS, Vocabulary, fold, word_set

CANDIDATES = 60
"""How many names, the most promising by either index, are compared letter by letter."""

LEAST_SCORE = 0.4
"""A result below this would surprise people more than no result."""

LEAST_LIKENESS = 0.75
"""Names with fewer letters in common are other words: kapster and lasster share 0.71."""

# Who looks for "werk als kok" and what is called "koken als werk" mean no more by it.
_SAYING_LITTLE = STOPWORDS | word_set("baan beroep functie vacature werk zoek zoeken")


class MatchKind(StrEnum):
    """Why a name was found."""

    EXACT = "exact"
    PREFIX = "prefix"
    WORD = "word"
    TYPO = "typo"


@dataclass(frozen=True, slots=True)
class Match[C: Concept]:
    """A concept that was found, by which of its names, why, and how well (0 to 1)."""

    concept: C
    matched_name: str
    kind: MatchKind
    score: float


class ConceptSearch[C: Concept]:
    """Finds concepts of one pillar by name; built once, then only read."""

    def __init__(self, names: Sequence[Name[C]], vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._names = names
        self._by_squeezed = _positions(name.squeezed for name in names)
        self._by_content = _positions(self._content(name.words) for name in names)
        self._sorted = sorted((name.squeezed, position) for position, name in enumerate(names))
        self._words = SparseIndex([self._word_features(name.words) for name in names])
        self._trigrams = SparseIndex([_trigrams(name.words) for name in names])

    def search(self, text: str, limit: int) -> list[Match[C]]:
        """Return the `limit` concepts that fit `text` best, the best first."""
        query = tuple(fold(text).split())
        if not query:
            return []
        words = self._words.similarities(self._word_features(query))
        trigrams = self._trigrams.similarities(_trigrams(query))
        exact = self._exact(query)
        spellings = {"".join(query), "".join(_telling(query))}
        begun = {position for squeezed in spellings for position in self._begun(squeezed)}
        best: dict[str, Match[C]] = {}
        for position in sorted({*exact, *begun, *_largest(words), *_largest(trigrams)}):
            name = self._names[position]
            kind, score = max(
                (MatchKind.EXACT, exact.get(position, 0.0)),
                (MatchKind.PREFIX, max(_beginning(squeezed, name) for squeezed in spellings)),
                (MatchKind.WORD, 0.93 * float(words[position])),
                # Who writes a name as it is made no typing error: ober is no boer.
                (MatchKind.TYPO, 0.0 if exact else max(_likeness(squeezed, name) for squeezed in spellings)),
                key=lambda evidence: evidence[1],
            )
            # Between equals the letters decide, and then the name people are shown.
            score = 0.97 * score + 0.02 * float(trigrams[position]) + 0.01 * (name.text == name.concept.name)
            known = best.get(name.concept.id)
            if score >= LEAST_SCORE and (known is None or score > known.score):
                best[name.concept.id] = Match(name.concept, name.text, kind, round(score, 4))
        ranked = sorted(best.values(), key=lambda match: (-match.score, match.concept.name))
        return ranked[:limit]

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


def _beginning(squeezed: str, name: Name[Concept]) -> float:
    whole = name.squeezed
    return 0.7 + 0.27 * len(squeezed) / len(whole) if whole.startswith(squeezed) else 0.0


def _likeness(squeezed: str, name: Name[Concept]) -> float:
    return 0.95 * OSA.normalized_similarity(squeezed, name.squeezed, score_cutoff=LEAST_LIKENESS)


def _trigrams(words: tuple[str, ...]) -> Counter[str]:
    padded = [f" {word} " for word in words]
    return Counter(word[i : i + 3] for word in padded for i in range(len(word) - 2))


def _positions[K](values: Iterable[K]) -> dict[K, list[int]]:
    positions: dict[K, list[int]] = defaultdict(list)
    for position, value in enumerate(values):
        positions[value].append(position)
    return dict(positions)


def _largest(similarities: NDArray[np.float64]) -> list[int]:
    some = np.flatnonzero(similarities)
    if len(some) > CANDIDATES:
        some = some[np.argpartition(-similarities[some], CANDIDATES)[:CANDIDATES]]
    return [int(position) for position in some]
