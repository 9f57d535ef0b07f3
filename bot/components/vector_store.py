"""Keeps the vectors of training sentences, so that training again encodes only what changed."""

import os
import zipfile
from pathlib import Path
from typing import Dict, List

import numpy as np

from components.encoders import SentenceEncoder


class VectorStore:
    """A file of sentences with their vectors; without it, or when it is damaged, all are made anew."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def encode(self, texts: List[str], encoder: SentenceEncoder) -> np.ndarray:
        """Return float32 of shape (len(texts), dimension); remember these sentences and forget all others."""
        vectors = self._read()
        unknown = [text for text in dict.fromkeys(texts) if text not in vectors]
        if unknown:
            vectors.update(zip(unknown, encoder.encode(unknown), strict=True))
            self._write({text: vectors[text] for text in texts})
        return np.array([vectors[text] for text in texts])

    def _read(self) -> Dict[str, np.ndarray]:
        try:
            with np.load(self._path, allow_pickle=False) as stored:
                return dict(zip(stored["texts"].tolist(), stored["vectors"], strict=True))
        except (OSError, ValueError, KeyError, zipfile.BadZipFile):
            return {}

    def _write(self, vectors: Dict[str, np.ndarray]) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = self._path.with_suffix(f".{os.getpid()}.npz")
        np.savez(unfinished, texts=np.array(list(vectors)), vectors=np.array(list(vectors.values())))
        unfinished.replace(self._path)
