"""Splits text into the pieces E5 knows, the likeliest way: SentencePiece's unigram model."""

import re
from typing import List, Tuple

import numpy as np

from sentence_vectors.weights import Vocabulary

_SPACES = re.compile(" +")
_WORD_START = "\u2581"  # how the vocabulary writes a space
_UNKNOWN_COSTS = 10.0  # more than the least likely piece


class Pieces:
    """Finds the numbers of a text's pieces.

    Of every piece only a fingerprint is kept: a dictionary of 250,000 texts takes twelve times the memory.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._spelling = vocabulary.spelling
        self._unknown = vocabulary.unknown
        self._scores = vocabulary.scores
        self._unknown_score = float(self._scores.min()) - _UNKNOWN_COSTS
        starts, lengths = vocabulary.ends[:-1], np.diff(vocabulary.ends)
        self._longest = int(lengths.max())
        fingerprints = _fingerprints_of(_code_points(vocabulary.pieces), starts, lengths)
        self._numbers = np.argsort(fingerprints).astype(np.int32)
        self._fingerprints = fingerprints[self._numbers]

    def __call__(self, text: str) -> List[int]:
        """Return the numbers of the pieces, in order."""
        read = _SPACES.sub(" ", text.translate(self._spelling))
        letters = _code_points((read if read.startswith(" ") else f" {read}").replace(" ", _WORD_START))
        # For every place: the best score of a way to get there, and that way's last step.
        scores = [0.0] + [-np.inf] * len(letters)
        steps = [(0, self._unknown)] * len(scores)
        for start, found in enumerate(self._found(letters)):
            for end, number, gain in [*found, (start + 1, self._unknown, self._unknown_score)]:
                if scores[start] + gain > scores[end]:
                    scores[end] = scores[start] + gain
                    steps[end] = (start, number)
        numbers = []
        place = len(letters)
        while place:
            place, number = steps[place]
            numbers.append(number)
        return numbers[::-1]

    def _found(self, letters: np.ndarray) -> List[List[Tuple[int, int, float]]]:
        """Return for every place the pieces that start there: where each ends, its number and its score."""
        count = len(letters)
        asked = np.zeros((count, self._longest), dtype=np.uint64)
        so_far = np.zeros(count, dtype=np.uint64)
        for length in range(min(self._longest, count)):
            so_far = _mixed(so_far[: count - length], letters[length:])
            asked[: count - length, length] = so_far
        nearest = np.searchsorted(self._fingerprints, asked).clip(max=len(self._fingerprints) - 1)
        starts, lengths = np.nonzero(self._fingerprints[nearest] == asked)
        numbers = self._numbers[nearest[starts, lengths]]
        found: List[List[Tuple[int, int, float]]] = [[] for _ in range(count)]
        for start, length, number, score in zip(
            starts.tolist(), lengths.tolist(), numbers.tolist(), self._scores[numbers].tolist(), strict=True
        ):
            found[start].append((start + length + 1, number, score))
        return found


def _code_points(text: str) -> np.ndarray:
    # Half a surrogate pair is no character, but a phone may send one.
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4").astype(np.uint64)


def _fingerprints_of(letters: np.ndarray, starts: np.ndarray, lengths: np.ndarray) -> np.ndarray:
    fingerprints = np.zeros(len(starts), dtype=np.uint64)
    for place in range(lengths.max()):
        longer = np.flatnonzero(lengths > place)
        fingerprints[longer] = _mixed(fingerprints[longer], letters[starts[longer] + place])
    return fingerprints


def _mixed(fingerprints: np.ndarray, letters: np.ndarray) -> np.ndarray:
    """Return the fingerprints of texts one letter longer: 64 bits, so that no two pieces share one."""
    products = (fingerprints ^ letters) * np.uint64(0x9E3779B97F4A7C15)
    mixed: np.ndarray = products ^ (products >> np.uint64(29))
    return mixed
