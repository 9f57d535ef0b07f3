from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from skills_taxonomy import Taxonomy
from skills_taxonomy.meaning import Meanings, Projection, Texts, Vectors, learn, place, texts_of
from skills_taxonomy.names import names_of
from skills_taxonomy.words import Vocabulary

CONCEPTS, EACH, DIMENSIONS = 600, 3, 384


def _names(seed: int) -> Vectors:
    """Return vectors of names: by concept they differ in twenty directions, by chance in all."""
    random = np.random.default_rng(seed)
    concepts = np.zeros((CONCEPTS, DIMENSIONS))
    concepts[:, :20] = random.normal(size=(CONCEPTS, 20))
    chance = random.normal(size=(CONCEPTS * EACH, DIMENSIONS), scale=0.6)
    vectors = np.repeat(concepts, EACH, axis=0) + chance
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)


SYNONYMS = [list(range(start, start + EACH)) for start in range(0, CONCEPTS * EACH, EACH)]


def _share_beside_a_synonym(vectors: Vectors) -> float:
    likeness = vectors @ vectors.T
    np.fill_diagonal(likeness, -1)
    nearest = likeness.argmax(axis=1)
    return float(np.mean(nearest // EACH == np.arange(len(vectors)) // EACH))


def test_learning_brings_names_of_one_concept_together_that_nobody_showed_it() -> None:
    learned, unseen = _names(0), _names(1)
    before = _share_beside_a_synonym(unseen)

    projection = learn(learned, SYNONYMS)

    assert _share_beside_a_synonym(projection(unseen)) > before + 0.1


def test_the_same_names_teach_the_same() -> None:
    # Hardly more than the fewest that teach anything: twice as many take four times as long.
    one, other = (learn(_names(0), SYNONYMS[:120]) for _ in range(2))

    assert not np.allclose(one.weights, np.diag(np.diag(one.weights)))
    np.testing.assert_array_equal(one.weights, other.weights)


def test_few_synonyms_teach_nothing_and_every_name_keeps_its_place() -> None:
    vectors = _names(0)

    projected = learn(vectors, SYNONYMS[:10])(vectors)

    likeness = projected @ projected.T
    centred = vectors - vectors.mean(axis=0)
    centred /= np.linalg.norm(centred, axis=1, keepdims=True)
    np.testing.assert_allclose(likeness, centred @ centred.T, atol=1e-4)
    np.testing.assert_allclose(np.linalg.norm(projected, axis=1), 1, rtol=1e-5)


def test_an_occupation_is_near_to_what_both_sources_tell_of_it(taxonomy: Taxonomy) -> None:
    welder, cook = (taxonomy.occupation(f"beroep/{slug}") for slug in ("lasser", "kok"))
    welder = replace(welder, description="Je maakt metaal vast.", formal_description="Zij lassen.")
    untold = replace(cook, description="")

    texts = texts_of(names_of([untold, welder], Vocabulary.of([])))

    assert texts.descriptions == {1: "lasser: Je maakt metaal vast. Zij lassen."}
    assert texts.synonyms() == [[0, 1], [2, 3, 4]]


class _East:
    """An encoder to whom every text means the same."""

    def encode(self, texts: Sequence[str]) -> Vectors:
        return np.array([[1, 0]] * len(texts), dtype=np.float32)


def _nearness(names: list[list[float]], owners: list[int], described: dict[int, list[float]]) -> list[float]:
    vectors = np.array([*names, *described.values()], dtype=np.float32)
    texts = Texts(
        names=[""] * len(names),
        owners=np.array(owners, dtype=np.int32),
        descriptions=dict.fromkeys(described, ""),
        concepts=max(owners) + 1,
    )
    placed = place(texts, vectors)
    as_it_is = Projection(np.zeros(2, dtype=np.float32), np.eye(2, dtype=np.float32))
    meanings = Meanings(_East(), as_it_is, names=placed.names, concepts=placed.concepts, owners=placed.owners)
    return [round(float(near), 3) for near in meanings.nearness("oost")]


EAST, NORTH, WEST = [1.0, 0.0], [0.0, 1.0], [-1.0, 0.0]


def test_a_name_counts_for_more_when_the_other_names_of_its_concept_mean_the_same() -> None:
    alike, _, alone, _ = _nearness([EAST, EAST, EAST, NORTH], [0, 0, 1, 1], {})

    assert alike == 1
    assert alone < alike


def test_a_name_counts_for_more_when_the_description_tells_the_same() -> None:
    same, other, opposite = _nearness([EAST] * 3, [0, 1, 2], {0: EAST, 1: NORTH, 2: WEST})

    assert same == 1
    assert same > other > opposite


def test_what_nobody_described_stands_between_what_is_told_to_be_so_and_to_be_otherwise() -> None:
    told, untold, otherwise = _nearness([EAST] * 3, [0, 1, 2], {0: EAST, 2: NORTH})

    assert told > untold > otherwise
