from pathlib import Path
from typing import Any

import numpy as np
import pytest
from components.faq_selector import FaqSelector
from components.feature_matrix import FeatureMatrix
from components.hybrid_features import HybridFeatures
from components.intent_classifier import HybridIntentClassifier
from components.linear_model import _rotate, fit_calibrated
from components.model_files import ModelUnreadableError
from components.scope import Scope
from components.sentence_featurizer import DutchSentenceFeaturizer
from rasa.core.actions.action import ActionRetrieveResponse
from rasa.engine.graph import ExecutionContext
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from scipy.sparse import csr_matrix

NEW = [
    "goedemiddag noor",
    "is er een cursus metselen",
    "ben ik te jong",
    "hoe kom ik er zonder auto",
    "",
    "😀",
]


def featurizer(encoder: str = "use") -> DutchSentenceFeaturizer:
    return DutchSentenceFeaturizer({"alias": None, "encoder": encoder, "training_vectors": "unused"})


def encoded(texts: list[str]) -> list[Message]:
    likely_a_question = [{"name": "faq", "confidence": 0.5}]
    return featurizer().process(
        [Message(data={"text": text, "intent_ranking": likely_a_question}) for text in texts]
    )


def trained(
    kind: Any, data: TrainingData, storage: LocalModelStorage, context: ExecutionContext, **config: Any
) -> Any:
    featurizer().process(data.training_examples)
    settings = {**kind.get_default_config(), **config}
    component = kind.create(settings, storage, Resource(kind.__name__), context)
    component.train(data)
    return component


@pytest.fixture
def classifier(
    examples: TrainingData, storage: LocalModelStorage, context: ExecutionContext
) -> HybridIntentClassifier:
    # Twenty sentences cannot set a threshold: these tests look at the ranking.
    lenient = {"confidence_floor": 0.0, "false_rejects": 0.0}
    return trained(HybridIntentClassifier, examples, storage, context, **lenient)


def test_a_new_sentence_gets_its_intent(classifier: HybridIntentClassifier) -> None:
    names = [reading.get("intent_ranking")[-3:] for reading in classifier.process(encoded(NEW[:4]))]
    best = [max(ranking, key=lambda intent: intent["confidence"])["name"] for ranking in names]
    assert best == ["groeten", "cursus_zoeken", "faq", "faq"]


def test_the_keys_of_a_retrieval_intent_add_up_to_it(classifier: HybridIntentClassifier) -> None:
    ranking = classifier.process(encoded(["hoe kom ik er zonder auto"]))[0].get("intent_ranking")
    chances = {intent["name"]: intent["confidence"] for intent in ranking if intent["name"] != "nlu_fallback"}
    assert set(chances) == {"groeten", "cursus_zoeken", "faq"}
    assert sum(chances.values()) == pytest.approx(1.0, abs=1e-3)


def test_an_example_has_its_own_intent_whatever_its_case(classifier: HybridIntentClassifier) -> None:
    intent = classifier.process(encoded(["Goedemorgen!"]))[0].get("intent")
    assert intent == {"name": "groeten", "confidence": 1.0}


def test_an_urgent_reading_that_another_beats_is_asked_about_and_comes_first(
    examples: TrainingData, storage: LocalModelStorage, context: ExecutionContext
) -> None:
    alert = trained(
        HybridIntentClassifier, examples, storage, context, urgent_intent="groeten", urgent_from=0.0
    )
    (doubtful, plain) = alert.process(encoded(["is er een cursus metselen", "hallo goedemorgen noor"]))
    names = [reading["name"] for reading in doubtful.get("intent_ranking")]
    assert names[:3] == ["nlu_fallback", "groeten", "cursus_zoeken"]
    assert len(names) == len(set(names))
    assert plain.get("intent")["name"] == "groeten"


def test_the_output_says_how_surely_a_sentence_is_in_scope(classifier: HybridIntentClassifier) -> None:
    near, far = classifier.process(encoded(["welke cursus metselen is er", "de kat van de buren miauwt"]))
    assert near.get("scope")["score"] > far.get("scope")["score"]
    assert near.get("scope")["threshold"] == far.get("scope")["threshold"]
    assert "scope" in near.as_dict(only_output_properties=True)


def test_empty_text_has_no_intent(classifier: HybridIntentClassifier) -> None:
    assert classifier.process(encoded([""]))[0].get("intent") == {"name": None, "confidence": 0.0}


def test_a_text_without_letters_is_asked_again(classifier: HybridIntentClassifier) -> None:
    assert classifier.process(encoded(["😀"]))[0].get("intent")["name"] == "nlu_fallback"


def test_a_button_is_left_to_rasa(classifier: HybridIntentClassifier) -> None:
    reading = classifier.process([Message(data={"text": "/stoppen"})])[0]
    assert reading.get("intent")["name"] == "nlu_fallback"
    assert reading.get("intent_ranking") is None


def test_a_doubtful_sentence_is_asked_again_and_keeps_its_likely_readings(
    examples: TrainingData, storage: LocalModelStorage, context: ExecutionContext
) -> None:
    strict = trained(HybridIntentClassifier, examples, storage, context, confidence_floor=1.1)
    reading = strict.process(encoded(["is er een cursus metselen"]))[0]
    assert reading.get("intent")["name"] == "nlu_fallback"
    assert reading.get("intent_ranking")[1]["name"] == "cursus_zoeken"


@pytest.mark.parametrize("kind", [HybridIntentClassifier, FaqSelector])
def test_a_loaded_component_reads_exactly_as_the_trained_one(
    kind: type, examples: TrainingData, storage: LocalModelStorage, context: ExecutionContext
) -> None:
    component = trained(kind, examples, storage, context)
    loaded = kind.load(kind.get_default_config(), storage, Resource(kind.__name__), context)
    before, after = component.process(encoded(NEW)), loaded.process(encoded(NEW))
    assert [message.as_dict(only_output_properties=True) for message in before] == [
        message.as_dict(only_output_properties=True) for message in after
    ]


def test_a_damaged_model_says_train_again(
    examples: TrainingData, storage: LocalModelStorage, context: ExecutionContext, tmp_path: Path
) -> None:
    trained(HybridIntentClassifier, examples, storage, context)
    next(tmp_path.rglob("arrays.npz")).write_bytes(b"no archive")
    with pytest.raises(ModelUnreadableError, match="Train again"):
        HybridIntentClassifier.load(
            HybridIntentClassifier.get_default_config(), storage, Resource("HybridIntentClassifier"), context
        )


def test_without_encoders_the_words_alone_still_teach(
    examples: TrainingData, storage: LocalModelStorage, context: ExecutionContext
) -> None:
    component = HybridIntentClassifier.create(
        HybridIntentClassifier.get_default_config(), storage, Resource("plain"), context
    )
    component.train(examples)
    reading = component.process([Message(data={"text": "een cursus lassen in de zorg"})])[0]
    names = [intent["name"] for intent in reading.get("intent_ranking") if intent["name"] != "nlu_fallback"]
    assert names[0] == "cursus_zoeken"


def test_the_selector_speaks_to_rasas_own_answer_action(
    examples: TrainingData, storage: LocalModelStorage, context: ExecutionContext
) -> None:
    selector = trained(FaqSelector, examples, storage, context)
    message = selector.process(encoded(["hoe kom ik er zonder auto"]))[0]
    selected = message.get("response_selector")
    assert selected["all_retrieval_intents"] == ["faq"]
    assert set(selected["faq"]) == {"response", "ranking"}
    answer = selected["faq"]["response"]
    assert set(answer) == {"responses", "confidence", "intent_response_key", "utter_action"}
    assert answer["responses"] == [{"text": "Soms."}]
    assert set(selected["faq"]["ranking"][0]) == {"confidence", "intent_response_key"}

    tracker = DialogueStateTracker.from_events("someone", [])
    tracker.latest_message = type("Said", (), {"parse_data": {"response_selector": selected}})()
    assert ActionRetrieveResponse("utter_faq").get_full_retrieval_name(tracker) == "utter_faq/vervoer"


def test_what_is_surely_no_question_gets_no_answer_chosen(
    examples: TrainingData, storage: LocalModelStorage, context: ExecutionContext
) -> None:
    selector = trained(FaqSelector, examples, storage, context)
    greeting = Message(data={"text": "hoi", "intent_ranking": [{"name": "groeten", "confidence": 0.9}]})
    assert selector.process([greeting])[0].get("response_selector") is None


def test_every_block_of_features_weighs_the_same_whatever_its_size(examples: TrainingData) -> None:
    messages = examples.training_examples
    for name in ("use", "e5"):
        featurizer(name).process(messages)
    features = HybridFeatures({"use": 0.5, "e5": 2.0})
    matrix = features.fit_transform(messages)
    np.testing.assert_allclose(np.linalg.norm(matrix.lexical.toarray(), axis=1), 1.0, atol=1e-5)
    np.testing.assert_allclose(np.linalg.norm(matrix.meaning[:, -512:], axis=1), 0.5, atol=1e-5)


def test_two_labels_get_chances_that_add_up() -> None:
    matrix = FeatureMatrix(csr_matrix(np.eye(4, dtype=np.float32)), np.zeros((4, 0), dtype=np.float32))
    model, held_out = fit_calibrated(matrix, ["a", "b", "a", "b"], 10.0)
    np.testing.assert_allclose(model.probabilities(matrix).sum(axis=1), 1.0, atol=1e-5)
    assert held_out.shape == (4, 2)
    assert model.probabilities(matrix)[0, 0] > 0.5


def test_a_few_axes_hold_all_that_the_examples_differ_in() -> None:
    random = np.random.default_rng(1)
    lexical = csr_matrix(random.random((40, 900)) * (random.random((40, 900)) < 0.05), dtype=np.float32)
    matrix = FeatureMatrix(lexical, random.standard_normal((40, 30)).astype(np.float32))
    coordinates, axes = _rotate(matrix)
    alike = (lexical @ lexical.T).toarray() + matrix.meaning @ matrix.meaning.T
    np.testing.assert_allclose(coordinates @ coordinates.T, alike, atol=1e-3)
    np.testing.assert_allclose(matrix.times(axes), coordinates, atol=1e-3)


def test_far_from_every_example_is_out_of_scope() -> None:
    known = np.eye(6, dtype=np.float32)[[0, 0, 1, 1, 0, 1]]
    scope = Scope.fit(known, np.full(6, 0.9), false_rejects=0.0)
    near, far = np.eye(6, dtype=np.float32)[[0]], np.eye(6, dtype=np.float32)[[5]]
    assert scope.covers(scope.scores(near, np.array([0.9]))).all()
    assert not scope.covers(scope.scores(far, np.array([0.9]))).any()
