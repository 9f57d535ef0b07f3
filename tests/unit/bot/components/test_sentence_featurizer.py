import logging
from pathlib import Path

import numpy as np
import pytest
from components import encoders
from components.encoders import EncoderMissingError, encoder_version, open_encoder, require_encoder
from components.entity_extractor import DutchEntityExtractor
from components.hybrid_features import dense_vectors
from components.sentence_featurizer import DutchSentenceFeaturizer
from components.spelling import READ_AS
from components.vector_store import VectorStore
from rasa.shared.exceptions import InvalidConfigException
from rasa.shared.nlu.training_data.message import Message

DIMENSIONS = {"use": 512, "e5": 384}


def featurizer(encoder: str, vectors: str = "unused") -> DutchSentenceFeaturizer:
    return DutchSentenceFeaturizer({"alias": None, "encoder": encoder, "training_vectors": vectors})


def said(text: str) -> Message:
    return Message(data={"text": text})


@pytest.mark.parametrize("encoder", [name for name in DIMENSIONS if encoder_version(name)])
def test_a_sentence_gets_one_vector_that_carries_the_encoders_name(encoder: str) -> None:
    message = featurizer(encoder).process([said("ik zoek werk")])[0]
    assert {origin: vector.shape for origin, vector in dense_vectors(message).items()} == {
        encoder: (DIMENSIONS[encoder],)
    }


def test_two_encoders_keep_apart() -> None:
    message = said("ik zoek werk")
    for name in DIMENSIONS:
        featurizer(name).process([message])
    assert set(dense_vectors(message)) == {name for name in DIMENSIONS if encoder_version(name)}


@pytest.mark.parametrize("text", ["", "   ", "/stoppen"])
def test_what_has_no_words_is_not_encoded(text: str) -> None:
    assert dense_vectors(featurizer("use").process([said(text)])[0]) == {}


def test_what_was_meant_is_encoded_not_the_slip() -> None:
    slip, meant = said("ik zoek wrek"), said("ik zoek werk")
    slip.set(READ_AS, "ik zoek werk")
    slip, meant = featurizer("use").process([slip, meant])
    np.testing.assert_allclose(dense_vectors(slip)["use"], dense_vectors(meant)["use"], atol=1e-5)


def test_an_unknown_encoder_is_refused() -> None:
    with pytest.raises(InvalidConfigException, match="bert"):
        featurizer("bert")


def test_without_its_package_an_encoder_is_left_out_with_one_warning(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setitem(encoders.PACKAGES, "e5", "no-such-package")
    open_encoder.cache_clear()
    with caplog.at_level(logging.WARNING):
        message = featurizer("e5").process([said("ik zoek werk")])[0]
        featurizer("e5")
    open_encoder.cache_clear()
    assert dense_vectors(message) == {}
    assert len(caplog.records) == 1
    assert "no-such-package" in caplog.text


def test_a_model_trained_with_another_version_asks_to_train_again() -> None:
    with pytest.raises(EncoderMissingError, match="train again"):
        require_encoder("use", "0.0.1")


class CountingEncoder:
    """Gives each sentence its length, and counts what it was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def encode(self, texts: list[str]) -> np.ndarray:
        self.asked += texts
        return np.array([[len(text), 1] for text in texts], dtype=np.float32)


def test_training_again_encodes_only_new_sentences(tmp_path: Path) -> None:
    store, encoder = VectorStore(tmp_path / "vectors.npz"), CountingEncoder()
    first = store.encode(["hallo", "dag"], encoder)
    again = store.encode(["dag", "hoi", "hallo"], encoder)
    assert encoder.asked == ["hallo", "dag", "hoi"]
    assert first.tolist() == [[5, 1], [3, 1]]
    assert again.tolist() == [[3, 1], [3, 1], [5, 1]]


def test_a_damaged_store_is_made_anew(tmp_path: Path) -> None:
    path = tmp_path / "vectors.npz"
    path.write_bytes(b"no archive")
    assert VectorStore(path).encode(["hallo"], CountingEncoder()).tolist() == [[5, 1]]


@pytest.mark.parametrize("component", [DutchSentenceFeaturizer, DutchEntityExtractor])
def test_a_fingerprint_can_be_taken_of_a_component_restored_from_the_cache(component: type) -> None:
    assert component.fingerprint_addon({"output": "what the cache gave"})


def test_another_encoder_has_another_fingerprint() -> None:
    assert DutchSentenceFeaturizer.fingerprint_addon({"encoder": "use"}) != (
        DutchSentenceFeaturizer.fingerprint_addon({"encoder": "e5"})
    )
