"""Cosine similarity of a query with many short documents, by TF-IDF of any features."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray


class SparseIndex:
    """Postings of each feature in two flat arrays, so one query touches only its own features."""

    def __init__(
        self,
        features: Sequence[str],
        ends: NDArray[np.int64],
        documents: NDArray[np.int32],
        weights: NDArray[np.float32],
        *,
        size: int,
    ) -> None:
        """Use postings made before: those of the n-th feature stop at the n-th of `ends`."""
        self.features, self.ends, self.documents, self.weights = features, ends, documents, weights
        self._size = size
        starts = np.concatenate([[0], ends[:-1]]).astype(np.int64)
        idf = np.log(1 + size / (0.5 + ends - starts))
        self._idf = dict(zip(features, idf.tolist(), strict=True))
        # A word no name has says something too: what is asked for is not all here.
        self._idf_unknown = math.log(1 + size)
        self._slices = dict(zip(features, map(slice, starts.tolist(), ends.tolist()), strict=True))

    @classmethod
    def of(cls, documents: Sequence[Mapping[str, float]]) -> "SparseIndex":
        """Index documents, each given as its features and how often it has them."""
        counts = Counter(feature for document in documents for feature in document)
        ends = np.cumsum(list(counts.values()), dtype=np.int64)
        total = int(ends[-1]) if counts else 0
        index = cls(
            list(counts), ends, np.empty(total, np.int32), np.empty(total, np.float32), size=len(documents)
        )
        filled = {feature: piece.start for feature, piece in index._slices.items()}
        for position, document in enumerate(documents):
            for feature, weight in index._unit(document).items():
                index.documents[filled[feature]] = position
                index.weights[filled[feature]] = weight
                filled[feature] += 1
        return index

    def similarities(self, query: Mapping[str, float]) -> NDArray[np.float64]:
        """Return the cosine of `query` with each document."""
        weights = self._unit(query)
        known = [feature for feature in weights if feature in self._slices]
        if not known:
            return np.zeros(self._size)
        pieces = [self._slices[feature] for feature in known]
        return np.bincount(
            np.concatenate([self.documents[piece] for piece in pieces]),
            np.concatenate(
                [self.weights[piece] * weights[feature] for feature, piece in zip(known, pieces, strict=True)]
            ),
            minlength=self._size,
        )

    def _unit(self, features: Mapping[str, float]) -> dict[str, float]:
        weights = {
            feature: count * self._idf.get(feature, self._idf_unknown) for feature, count in features.items()
        }
        length = math.hypot(*weights.values())
        return {feature: weight / length for feature, weight in weights.items()} if length else {}
