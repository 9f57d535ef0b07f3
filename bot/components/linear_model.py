"""A linear classifier whose probabilities mean what they say."""

import warnings
from dataclasses import dataclass
from typing import Any, Dict, List, Sequence, Tuple

import numpy as np
import scipy.optimize
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold

from components.feature_matrix import FeatureMatrix

Arrays = Dict[str, np.ndarray]

_FOLDS = 3
_MOST_AXES = 800  # 400 are two points less often right
_SPARE_AXES = 20  # looked for besides, so that the last ones are exact enough
_ROUNDS = 4
_MOST_STEPS = 40  # nor are more steps, with this regularisation
_SHORTEST_AXIS = 1e-4  # shorter ones are rounding errors


@dataclass(frozen=True)
class LinearModel:
    """Multinomial logistic regression with a temperature.

    `labels` name the columns of `weights` (columns, labels) and of `bias` (labels,).
    """

    labels: List[str]
    weights: np.ndarray
    bias: np.ndarray
    temperature: float

    def probabilities(self, matrix: FeatureMatrix) -> np.ndarray:
        """Return the probability of each label, shape (messages, labels)."""
        return _softmax((matrix.times(self.weights) + self.bias) / self.temperature)

    def state(self) -> Tuple[Dict[str, Any], Arrays]:
        """Return what to store: plain values for JSON, and arrays."""
        values = {"labels": self.labels, "temperature": self.temperature}
        return values, {"weights": self.weights, "bias": self.bias}

    @classmethod
    def restore(cls, values: Dict[str, Any], arrays: Arrays) -> "LinearModel":
        """Build from a stored state."""
        return cls(values["labels"], arrays["weights"], arrays["bias"], values["temperature"])


def fit_calibrated(
    matrix: FeatureMatrix, labels: Sequence[str], strength: float
) -> Tuple[LinearModel, np.ndarray]:
    """Fit on a matrix (examples, columns); `strength` is the inverse of the regularisation.

    The temperature is chosen by cross-validation: as fitted, the regression knows its own examples
    and its confidence says little about a new sentence. Returns the model, and for every example the
    probabilities (examples, labels) of a model that had not seen it.
    """
    known, indices = np.unique(np.asarray(labels), return_inverse=True)
    coordinates, axes = _rotate(matrix)
    weights, bias = _fit(coordinates, indices, strength)
    logits = _held_out_logits(coordinates, indices, strength)
    temperature = _best_temperature(logits, indices)
    # Stored and loaded again, the same numbers must add up in the same order.
    columns = np.ascontiguousarray(axes @ weights.T, dtype=np.float32)
    model = LinearModel([str(label) for label in known], columns, bias, temperature)
    return model, _softmax(logits / temperature)


def _rotate(matrix: FeatureMatrix) -> Tuple[np.ndarray, np.ndarray]:
    """Return coordinates (examples, r) along the main axes (columns, r) of the examples.

    There are far more columns than examples, and few directions in which examples differ much; fitting
    along those finds the same model many times sooner. The axes are found by randomised range finding
    (Halko, Martinsson and Tropp 2011), for the exact ones would cost the cube of the number of examples.
    """
    examples, columns = matrix.shape
    size = min(_MOST_AXES + _SPARE_AXES, examples, columns)
    span = np.random.default_rng(1).standard_normal((examples, size)).astype(np.float32)
    for _ in range(_ROUNDS):
        span, _ = np.linalg.qr(matrix.times(matrix.combine(span)))
    image = matrix.combine(span)
    lengths, directions = np.linalg.eigh(image.T @ image)
    main = np.argsort(-lengths)[:_MOST_AXES]
    main = main[lengths[main] > _SHORTEST_AXIS]
    roots = np.sqrt(lengths[main])
    axes = image @ directions[:, main] / roots
    return matrix.times(axes), axes


def _fit(coordinates: np.ndarray, indices: np.ndarray, strength: float) -> Tuple[np.ndarray, np.ndarray]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        regression = LogisticRegression(C=strength, max_iter=_MOST_STEPS, tol=1e-3).fit(coordinates, indices)
    weights, bias = regression.coef_, regression.intercept_
    if len(regression.classes_) == 2:  # noqa: PLR2004  scikit-learn then gives the second label's row only
        weights, bias = np.vstack([0 * weights, weights]), np.append(0 * bias, bias)
    return weights.astype(np.float32), bias.astype(np.float32)


def _held_out_logits(coordinates: np.ndarray, indices: np.ndarray, strength: float) -> np.ndarray:
    folds = min(_FOLDS, int(np.bincount(indices).min()))
    logits = np.zeros((len(indices), indices.max() + 1), dtype=np.float32)
    if folds < 2:  # noqa: PLR2004  a label with one example leaves nothing to hold out
        return logits
    for seen, unseen in StratifiedKFold(folds, shuffle=True, random_state=1).split(coordinates, indices):
        weights, bias = _fit(coordinates[seen], indices[seen], strength)
        logits[unseen] = coordinates[unseen] @ weights.T + bias
    return logits


def _best_temperature(logits: np.ndarray, indices: np.ndarray) -> float:
    rows = np.arange(len(indices))

    def surprise(temperature: float) -> float:
        return float(-np.log(_softmax(logits / temperature)[rows, indices] + 1e-12).mean())

    if not logits.any():
        return 1.0
    return float(scipy.optimize.minimize_scalar(surprise, bounds=(0.05, 5.0), method="bounded").x)


def _softmax(logits: np.ndarray) -> np.ndarray:
    shifted = np.exp(logits - logits.max(axis=1, keepdims=True))
    return shifted / shifted.sum(axis=1, keepdims=True)
