"""Words, letters and meaning side by side: the feature matrix both classifiers learn from."""

from typing import Any, Dict, List, Mapping, Optional, Sequence, Tuple

import numpy as np
import scipy.sparse
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.preprocessing import normalize

from components.encoders import PACKAGES, encoder_version, require_encoder
from components.feature_matrix import FeatureMatrix
from components.spelling import as_read

Arrays = Dict[str, np.ndarray]

_ANALYSERS: Dict[str, Dict[str, Any]] = {
    "word": {"analyzer": "word", "ngram_range": (1, 2), "token_pattern": r"(?u)\b\w+\b"},
    # Letters forgive typos and inflection; a run of letters seen once teaches nothing.
    "char": {"analyzer": "char_wb", "ngram_range": (2, 5), "min_df": 2},
}


def dense_vectors(message: Message) -> Dict[str, np.ndarray]:
    """Return each encoder's sentence vector, shape (dimension,), by origin.

    Never read them together: normalised as one, the longer encoder drowns the other.
    """
    return {
        feature.origin: np.asarray(feature.features[0], dtype=np.float32)
        for feature in message.features
        if feature.is_dense() and feature.attribute == TEXT and feature.origin in PACKAGES
    }


class HybridFeatures:
    """A matrix of shape (messages, vocabulary + dimensions): tf-idf next to the sentence vectors.

    Every block has rows of one length: 1 for tf-idf, the encoder's weight for its vectors after their
    mean is taken off. So no block wins by its size alone.
    """

    def __init__(self, weights: Mapping[str, float]) -> None:
        self._weights = weights
        self._vectorizers: Dict[str, TfidfVectorizer] = {}
        self._means: Dict[str, np.ndarray] = {}
        self._versions: Dict[str, str] = {}

    def fit_transform(self, messages: Sequence[Message]) -> FeatureMatrix:
        """Learn vocabulary, weights and means from training messages; return their matrix."""
        texts = [as_read(message) for message in messages]
        self._vectorizers = {name: _vectorizer(name).fit(texts) for name in _ANALYSERS}
        vectors = [dense_vectors(message) for message in messages]
        self._means = {
            origin: np.mean([vector[origin] for vector in vectors], axis=0) for origin in sorted(vectors[0])
        }
        self._versions = {origin: encoder_version(origin) or "" for origin in self._means}
        return self.transform(messages)

    def transform(self, messages: Sequence[Message]) -> FeatureMatrix:
        """Return the matrix of messages, in the columns learned."""
        texts = [as_read(message) for message in messages]
        lexical = scipy.sparse.hstack(
            [vectorizer.transform(texts) for vectorizer in self._vectorizers.values()]
        )
        return FeatureMatrix(normalize(lexical).astype(np.float32), self._meaning(messages))

    def _meaning(self, messages: Sequence[Message]) -> np.ndarray:
        """Return the encoders' blocks only, shape (messages, dimensions); no encoder, no columns."""
        blocks = [
            normalize(np.array([_vector_of(message, origin, mean) - mean for message in messages]))
            * self._weights.get(origin, 1.0)
            for origin, mean in self._means.items()
        ]
        return np.hstack([np.zeros((len(messages), 0)), *blocks]).astype(np.float32)

    def state(self) -> Tuple[Dict[str, Any], Arrays]:
        """Return what to store: plain values for JSON, and arrays."""
        values = {
            "weights": dict(self._weights),
            "encoders": self._versions,
            "vocabulary": {name: _columns(vectorizer) for name, vectorizer in self._vectorizers.items()},
        }
        arrays = {f"idf_{name}": vectorizer.idf_ for name, vectorizer in self._vectorizers.items()}
        arrays.update({f"mean_{origin}": mean for origin, mean in self._means.items()})
        return values, arrays

    @classmethod
    def restore(cls, values: Dict[str, Any], arrays: Arrays) -> "HybridFeatures":
        """Build from a stored state; raise EncoderMissingError when an encoder is not here."""
        features = cls(values["weights"])
        features._versions = dict(values["encoders"])
        for origin, version in features._versions.items():
            require_encoder(origin, version)
            features._means[origin] = arrays[f"mean_{origin}"]
        for name, columns in values["vocabulary"].items():
            vectorizer = _vectorizer(name, vocabulary=columns)
            vectorizer.idf_ = arrays[f"idf_{name}"]
            features._vectorizers[name] = vectorizer
        return features


def _vector_of(message: Message, origin: str, mean: np.ndarray) -> np.ndarray:
    # A message without words has no vector; the mean says nothing, which is right.
    return dense_vectors(message).get(origin, mean)


def _vectorizer(name: str, vocabulary: Optional[List[str]] = None) -> TfidfVectorizer:
    return TfidfVectorizer(
        sublinear_tf=True, strip_accents="unicode", vocabulary=vocabulary, **_ANALYSERS[name]
    )


def _columns(vectorizer: TfidfVectorizer) -> List[str]:
    return [str(term) for term in vectorizer.get_feature_names_out()]
