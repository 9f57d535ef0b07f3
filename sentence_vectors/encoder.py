"""Sentences to vectors with E5, as its makers mean it: as questions, averaged over their pieces."""

import os
from concurrent.futures import ThreadPoolExecutor
from itertools import groupby
from pathlib import Path
from typing import Iterable, Iterator, List, NamedTuple, Sequence

import numpy as np

from sentence_vectors.pieces import Pieces
from sentence_vectors.transformer import Transformer
from sentence_vectors.weights import Weights, unpack

_PREFIX = "query: "
_PIECES_AT_ONCE = 512  # larger batches are no faster, and take more memory


class _Window(NamedTuple):
    """A stretch of one text, short enough for the model: the text's place, and the numbers of its pieces."""

    place: int
    pieces: List[int]


class E5Encoder:
    """Multilingual E5 small; dimension 384.

    The weights of its 250,000 words stay on disk; only those of a text's words are read.
    """

    def __init__(self, path: Path) -> None:
        """Load the weight file; raise OSError or WeightsChangedError when that cannot be done."""
        weights = Weights(path)
        self._marks = (weights.vocabulary.first, weights.vocabulary.last)
        self._longest = weights.longest - len(self._marks)
        self._pieces = Pieces(weights.vocabulary)
        self._words = weights.blocks("emb.word", rows=weights.words)
        self._places = weights.vector("emb.pos").reshape(-1, weights.width)
        # E5 knows two kinds of text and was taught with the first only.
        self._places = self._places + weights.vector("emb.type")[: weights.width]
        self._transformer = Transformer(weights)

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """Return float32 of shape (len(texts), 384), rows of length 1.

        A text too long for the model counts as the average of its stretches.
        """
        windows = [window for place, text in enumerate(texts) for window in self._windows(place, text)]
        batches = list(_batches(windows))
        vectors = np.zeros((len(texts), self._places.shape[1]), dtype=np.float32)
        for batch, meaning in zip(batches, self._meanings(batches), strict=True):
            np.add.at(vectors, [window.place for window in batch], meaning * len(batch[0].pieces))
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)

    def _meanings(self, batches: List[List[_Window]]) -> Iterable[np.ndarray]:
        if len(batches) == 1:  # a single sentence waits for no thread
            return [self._meaning(batches[0])]
        with ThreadPoolExecutor(os.cpu_count()) as threads:
            return threads.map(self._meaning, batches)

    def _windows(self, place: int, text: str) -> Iterator[_Window]:
        pieces = self._pieces(_PREFIX + text)
        for start in range(0, len(pieces), self._longest):
            yield _Window(place, pieces[start : start + self._longest])

    def _meaning(self, batch: List[_Window]) -> np.ndarray:
        first, last = self._marks
        pieces = np.array([[first, *window.pieces, last] for window in batch])
        words = unpack(self._words[pieces.ravel()])
        return self._transformer(words.reshape(*pieces.shape, -1) + self._places[: pieces.shape[1]])


def _batches(windows: List[_Window]) -> Iterator[List[_Window]]:
    """Yield windows of one length together."""
    for length, group in groupby(sorted(windows, key=_length), key=_length):
        alike = list(group)
        size = max(_PIECES_AT_ONCE // length, 1)
        yield from (alike[start : start + size] for start in range(0, len(alike), size))


def _length(window: _Window) -> int:
    return len(window.pieces)
