"""Cosine similarity of a query with many short documents, by TF-IDF of any features."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray


class SparseIndex:
    """Postings of each feature in two flat arrays, so one query touches only its own features."""

    def __init__(self, documents: Sequence[Mapping[str, float]]) -> None:
        self._size = len(documents)
        counts = Counter(feature for document in documents for feature in document)
        self._idf = {feature: math.log(1 + self._size / (0.5 + count)) for feature, count in counts.items()}
        # A word no name has says something too: what is asked for is not all here.
        self._idf_unknown = math.log(1 + self._size)
        ends = np.cumsum([0, *counts.values()])
        self._slices = {
            feature: slice(int(start), int(end))
            for feature, start, end in zip(counts, ends, ends[1:], strict=False)
        }
        self._documents = np.empty(int(ends[-1]), dtype=np.int32)
        self._weights = np.empty(int(ends[-1]), dtype=np.float32)
        filled = {feature: piece.start for feature, piece in self._slices.items()}
        for position, document in enumerate(documents):
            for feature, weight in self._unit(document).items():
                self._documents[filled[feature]] = position
                self._weights[filled[feature]] = weight
                filled[feature] += 1

    def similarities(self, query: Mapping[str, float]) -> NDArray[np.float64]:
        """Return the cosine of `query` with each document."""
        weights = self._unit(query)
        known = [feature for feature in weights if feature in self._slices]
        if not known:
            return np.zeros(self._size)
        pieces = [self._slices[feature] for feature in known]
        return np.bincount(
            np.concatenate([self._documents[piece] for piece in pieces]),
            np.concatenate(
                [
                    self._weights[piece] * weights[feature]
                    for feature, piece in zip(known, pieces, strict=True)
                ]
            ),
            minlength=self._size,
        )

    def _unit(self, features: Mapping[str, float]) -> dict[str, float]:
        weights = {
            feature: count * self._idf.get(feature, self._idf_unknown) for feature, count in features.items()
        }
        length = math.hypot(*weights.values())
        return {feature: weight / length for feature, weight in weights.items()} if length else {}
