"""A matrix in two blocks: most columns are nearly empty, the last ones are full."""

from dataclasses import dataclass
from typing import Tuple

import numpy as np
import scipy.sparse


@dataclass(frozen=True)
class FeatureMatrix:
    """Rows are messages: `lexical` (messages, vocabulary) is sparse, `meaning` (messages, dimensions) is not.

    Kept apart, each is multiplied the way it is fast.
    """

    lexical: scipy.sparse.csr_matrix
    meaning: np.ndarray

    @property
    def shape(self) -> Tuple[int, int]:
        """Return the number of messages and of columns."""
        return self.lexical.shape[0], self.lexical.shape[1] + self.meaning.shape[1]

    def times(self, weights: np.ndarray) -> np.ndarray:
        """Return the product with weights of shape (columns, labels): shape (messages, labels)."""
        split = self.lexical.shape[1]
        return self.lexical @ weights[:split] + self.meaning @ weights[split:]

    def combine(self, shares: np.ndarray) -> np.ndarray:
        """Add up the rows by shares of shape (messages, axes): shape (columns, axes)."""
        return np.vstack([self.lexical.T @ shares, self.meaning.T @ shares])
