"""Writes the few kinds of things of an ONNX file that E5 needs.

The numbers are those of `onnx.proto`; the package `onnx` would bring 70 MB for this one page.
"""

import itertools
import struct
from typing import List, Sequence, Tuple, Union

import numpy as np

_Value = Union[int, float, str, bytes]

_FORMAT = 8  # version of the file format
_FAMILIES = {"": 18, "com.microsoft": 1}  # of operations, with their versions; the first is ONNX itself
_TYPES = {"float32": 1, "uint8": 2, "int64": 7}


class OnnxGraph:
    """A computation, step by step, from what is given to the outcome of one of its steps."""

    def __init__(self) -> None:
        self._names = map(str, itertools.count())
        self._steps: List[bytes] = []
        self._constants: List[bytes] = []

    def add(self, operation: str, inputs: Sequence[str], **settings: float) -> str:
        """Add an operation and return the name of its outcome; an input that is "" is left out."""
        family, _, kind = operation.rpartition(".")
        outcome = next(self._names)
        used = [(1, name) for name in inputs]
        attributes = [(5, _attribute(name, value)) for name, value in settings.items()]
        self._steps.append(_message(*used, (2, outcome), (4, kind), *attributes, (7, family)))
        return outcome

    def constant(self, numbers: np.ndarray) -> str:
        """Add numbers and return their name."""
        name = next(self._names)
        size: List[Tuple[int, _Value]] = [(1, length) for length in numbers.shape]
        kind = _TYPES[numbers.dtype.name]
        self._constants.append(_message(*size, (2, kind), (8, name), (9, numbers.tobytes())))
        return name

    def to_bytes(self, given: str, outcome: str) -> bytes:
        """Return the file of the computation; both ends are float32."""
        steps = [(1, step) for step in self._steps]
        constants = [(5, constant) for constant in self._constants]
        graph = _message(*steps, (2, "graph"), *constants, (11, _end(given)), (12, _end(outcome)))
        families = [(8, _message((1, name), (2, version))) for name, version in _FAMILIES.items()]
        return _message((1, _FORMAT), (7, graph), *families)


def _attribute(name: str, value: float) -> bytes:
    place, kind = (2, 1) if isinstance(value, float) else (3, 2)
    return _message((1, name), (place, value), (20, kind))


def _end(name: str) -> bytes:
    return _message((1, name), (2, _message((1, _message((1, _TYPES["float32"]))))))


def _message(*fields: Tuple[int, _Value]) -> bytes:
    """Return numbered fields the way protocol buffers write them."""
    return b"".join(_field(number, value) for number, value in fields)


def _field(number: int, value: _Value) -> bytes:
    if isinstance(value, int):
        return _varint(number << 3) + _varint(value)
    if isinstance(value, float):
        return _varint(number << 3 | 5) + struct.pack("<f", value)
    content = value.encode() if isinstance(value, str) else value
    return _varint(number << 3 | 2) + _varint(len(content)) + content


def _varint(value: int) -> bytes:
    """Return seven bits a byte, the lowest first; all but the last byte say that more follows."""
    parts = []
    while value > 0x7F:  # noqa: PLR2004
        parts.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*parts, value])
