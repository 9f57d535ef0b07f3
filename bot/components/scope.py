"""Is this a sentence Noor could know? Probability alone does not tell."""

from dataclasses import dataclass
from typing import Any, Dict, Tuple

import numpy as np

Arrays = Dict[str, np.ndarray]

_NEIGHBOURS = 3
_PART = 1024  # sentences
_WEIGHT_OF_NEARNESS = 3.0  # as measured on Dutch out-of-scope sentences; 1 to 5 differ little


@dataclass(frozen=True)
class Scope:
    """Judges a sentence by its best probability and by how near the training sentences are.

    `known` holds the training sentences' meaning, shape (examples, dimensions), rows of one length;
    a score below `threshold` is out of scope.
    """

    known: np.ndarray
    threshold: float

    @classmethod
    def fit(cls, meaning: np.ndarray, best: np.ndarray, false_rejects: float) -> "Scope":
        """Choose the threshold that turns away this share of sentences Noor should know.

        `meaning` is (examples, dimensions), `best` (examples,) their held-out best probability.
        """
        # As it will be stored: half precision is plenty for a cosine, and half the file.
        scope = cls(meaning.astype(np.float16).astype(np.float32), -np.inf)
        # Each example is its own nearest neighbour; a new sentence is not among the examples.
        scores = scope.scores(meaning, best, skip=1)
        return cls(scope.known, float(np.quantile(scores, false_rejects)))

    def scores(self, meaning: np.ndarray, best: np.ndarray, skip: int = 0) -> np.ndarray:
        """Return log p + 3·(mean cosine to the nearest examples), shape (sentences,)."""
        return np.log(best + 1e-12) + _WEIGHT_OF_NEARNESS * self._nearness(meaning, skip)

    def covers(self, scores: np.ndarray) -> np.ndarray:
        """Return for each score whether its sentence is in scope."""
        return scores >= self.threshold

    def _nearness(self, meaning: np.ndarray, skip: int) -> np.ndarray:
        if meaning.shape[1] == 0:
            return np.zeros(len(meaning))
        length = (self.known[0] @ self.known[0]) or 1.0
        nearest = min(_NEIGHBOURS + skip, len(self.known))
        means = np.zeros(len(meaning), dtype=np.float32)
        # In parts: all training sentences against all others would fill the memory.
        for start in range(0, len(meaning), _PART):
            part = slice(start, start + _PART)
            cosines = np.partition(meaning[part] @ self.known.T / length, -nearest, axis=1)[:, -nearest:]
            means[part] = np.sort(cosines, axis=1)[:, : nearest - skip].mean(axis=1)
        return means

    def state(self) -> Tuple[Dict[str, Any], Arrays]:
        """Return what to store: plain values for JSON, and arrays."""
        return {"threshold": self.threshold}, {"known": self.known.astype(np.float16)}

    @classmethod
    def restore(cls, values: Dict[str, Any], arrays: Arrays) -> "Scope":
        """Build from a stored state."""
        return cls(arrays["known"].astype(np.float32), values["threshold"])
