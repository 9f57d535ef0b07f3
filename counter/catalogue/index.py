"""Search by words in a small catalogue: inflections, parts of compounds and typing errors."""

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

from counter.catalogue.stop_words import STOP_WORDS
from counter.catalogue.words import stems, subject_words, words

# How much a kind of likeness is worth next to the very same word.
_SAME_STEM = 0.9
_STARTS_WITH = 0.8
_PART_OF_COMPOUND = 0.7
_TYPING_ERROR = 0.6
_COMPOUND_OF = 0.5

# Below these lengths a part of a word is chance: "las" in "klas", "tand" in "verstand".
_SHORTEST_EDGE = 4
_SHORTEST_MIDDLE = 5

# A hint is worth less than an answer: a word's likeness times the weight of where it stands.
_ANSWERS = 0.25

# A text answers a question when it has the words that carry this share of its meaning.
_ENOUGH = 0.4


@dataclass(frozen=True, kw_only=True)
class Field:
    """A piece of a document; a match in a `whole` field is shown as the whole text."""

    text: str
    weight: float
    whole: bool = False


@dataclass(frozen=True, kw_only=True)
class TextMatch:
    """How well a document answers: from 0 to 1; `is_enough` when it answers most of the question."""

    score: float
    is_enough: bool
    words: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class _Posting:
    document: str
    weight: float
    shown: str


class TextIndex:
    """The words of a catalogue; documents go by their id."""

    def __init__(self, documents: Mapping[str, Sequence[Field]]) -> None:
        self._size = len(documents)
        self._postings: defaultdict[str, list[_Posting]] = defaultdict(list)
        for document, fields in documents.items():
            for field in fields:
                for word in dict.fromkeys(words(field.text)):
                    shown = field.text if field.whole else word
                    self._postings[word].append(_Posting(document=document, weight=field.weight, shown=shown))
        for word in STOP_WORDS & self._postings.keys():
            del self._postings[word]
        self._stems: defaultdict[str, set[str]] = defaultdict(set)
        for word in self._postings:
            for stem in stems(word):
                self._stems[stem].add(word)

    def knows(self, word: str) -> bool:
        """Say whether a folded word is like any word of the catalogue."""
        return bool(self._like(word))

    def match(self, text: str) -> dict[str, TextMatch]:
        """Return the documents that share any word with the text."""
        best_of = {word: self._best_postings(word) for word in subject_words(text)}
        meaning = {word: self._meaning(len(found)) for word, found in best_of.items()}
        total = sum(meaning.values())
        documents = {document for found in best_of.values() for document in found}
        matches = {}
        for document in documents:
            found = {word: best[document] for word, best in best_of.items() if document in best}
            matches[document] = TextMatch(
                score=sum(meaning[word] * worth for word, (worth, _) in found.items()) / total,
                is_enough=_share(found, meaning) / total >= _ENOUGH,
                words=tuple(dict.fromkeys(shown for _, shown in found.values())),
            )
        return matches

    def _meaning(self, documents: int) -> float:
        """Return what a word tells: the rarer, the more; an unknown one as much as the rarest."""
        return math.log(1 + self._size / (max(documents, 1) + 1))

    def _best_postings(self, word: str) -> dict[str, tuple[float, str]]:
        """Return by document the worth of its best word, and that word as it is shown."""
        best: dict[str, tuple[float, str]] = {}
        for known, likeness in self._like(word).items():
            for posting in self._postings[known]:
                worth = likeness * posting.weight
                if worth > best.get(posting.document, (0.0, ""))[0]:
                    best[posting.document] = (worth, posting.shown)
        return best

    def _like(self, word: str) -> dict[str, float]:
        """Return the catalogue's words that are like this one, and how much."""
        like = dict(self._related(word))
        if like or len(word) <= _SHORTEST_EDGE:
            return like
        tolerance = 1 if len(word) < 2 * _SHORTEST_EDGE else 2
        near = process.extract(
            word, self._postings.keys(), scorer=OSA.distance, score_cutoff=tolerance, limit=None
        )
        # People seldom miss the first letter: "handen" is not a misspelt "banden".
        return {known: _TYPING_ERROR / distance for known, distance, _ in near if known[0] == word[0]}

    def _related(self, word: str) -> Iterator[tuple[str, float]]:
        same_stem = {known for stem in stems(word) for known in self._stems.get(stem, ())}
        for known in self._postings:
            if known == word:
                yield known, 1.0
            elif known in same_stem:
                yield known, _SAME_STEM
            elif likeness := _compound_likeness(word, known):
                yield known, likeness


def _share(found: Mapping[str, tuple[float, str]], meaning: Mapping[str, float]) -> float:
    """Return how much of the question's meaning is answered."""
    return sum(meaning[word] for word, (worth, _) in found.items() if worth >= _ANSWERS)


def _compound_likeness(word: str, known: str) -> float:
    if len(word) >= _SHORTEST_EDGE:
        if known.startswith(word):
            return _STARTS_WITH
        if known.endswith(word) or (len(word) >= _SHORTEST_MIDDLE and word in known):
            return _PART_OF_COMPOUND
    if len(known) >= _SHORTEST_MIDDLE and (word.startswith(known) or word.endswith(known)):
        return _COMPOUND_OF
    return 0.0
