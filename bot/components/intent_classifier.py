"""Noor's intent classifier: tf-idf and sentence vectors, one linear model, an honest fallback."""

import logging
import re
from typing import Any, Dict, List, Optional, Sequence, Text, Tuple, Type

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.nlu.featurizers.featurizer import Featurizer
from rasa.shared.constants import DEFAULT_NLU_FALLBACK_INTENT_NAME
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, INTENT_RESPONSE_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from components.hybrid_features import HybridFeatures
from components.linear_model import LinearModel, fit_calibrated
from components.model_files import read_state, write_state
from components.scope import Scope
from components.spelling import is_button

logger = logging.getLogger(__name__)

SCOPE = "scope"
"""Where the output says how surely a sentence is in scope: a score, and the threshold it must reach."""

_NOT_A_WORD = re.compile(r"[^\w\s]|_")


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class HybridIntentClassifier(GraphComponent, IntentClassifier):
    """Rank the intents; choose `nlu_fallback` for what Noor cannot know.

    A sentence that stands in the training data gets its intent as an editor wrote it. The linear model
    learns a retrieval intent's keys apart (their subjects share no words) and adds them up afterwards.
    """

    @classmethod
    def required_components(cls) -> List[Type]:
        """Return what must stand before it in the pipeline."""
        return [Featurizer]

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        """Return the settings, each with its meaning."""
        return {
            # Inverse of the regularisation.
            "C": 10.0,
            # How much each sentence encoder counts, where words and letters count one.
            "weights": {"use": 0.7, "e5": 1.3},
            # Share of sentences in scope that may be asked again, to stop those out of scope.
            "false_rejects": 0.03,
            # Below this best probability Noor asks instead of guessing.
            "confidence_floor": 0.3,
            # From this probability up this reading is asked about, where another one is likelier.
            "urgent_intent": "",
            "urgent_from": 0.2,
            "ranking_length": 10,
        }

    def __init__(self, config: Dict[Text, Any], model_storage: ModelStorage, resource: Resource) -> None:
        self._config = config
        self._model_storage = model_storage
        self._resource = resource
        self._features: Optional[HybridFeatures] = None
        self._model: Optional[LinearModel] = None
        self._scope: Optional[Scope] = None
        self._written: Dict[str, str] = {}

    @classmethod
    def create(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,  # noqa: ARG003
    ) -> "HybridIntentClassifier":
        """Create an untrained classifier."""
        return cls(config, model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Fit features, model and scope on all examples with an intent; store them."""
        examples = [example for example in training_data.intent_examples if example.get(TEXT)]
        labels = [example.get(INTENT_RESPONSE_KEY) or example.get(INTENT) for example in examples]
        if len(set(labels)) < 2:  # noqa: PLR2004
            logger.warning("There are fewer than two intents to tell apart; no intent is learned.")
            return self._resource
        self._features = HybridFeatures(self._config["weights"])
        matrix = self._features.fit_transform(examples)
        self._model, held_out = fit_calibrated(matrix, labels, self._config["C"])
        self._written = {_as_written(example.get(TEXT)): example.get(INTENT) for example in examples}
        names, probabilities = self._by_intent(held_out)
        self._scope = Scope.fit(matrix.meaning, probabilities.max(axis=1), self._config["false_rejects"])
        right = np.mean(
            [
                names[row.argmax()] == example.get(INTENT)
                for row, example in zip(probabilities, examples, strict=True)
            ]
        )
        outcome = "%d sentences, %d intents: %.1f %% right in cross-validation."
        logger.info(outcome, len(examples), len(names), 100 * right)
        self._persist()
        return self._resource

    def process(self, messages: List[Message]) -> List[Message]:
        """Set `intent`, `intent_ranking` and `scope` on each message."""
        spoken = [message for message in messages if not is_button(message)]
        for message, (ranking, scope) in zip(spoken, self._readings(spoken), strict=True):
            message.set(INTENT, ranking[0] if ranking else _named(None, 0.0), add_to_output=True)
            message.set(INTENT_RANKING_KEY, ranking[: self._config["ranking_length"]], add_to_output=True)
            message.set(SCOPE, scope, add_to_output=True)
        for message in filter(is_button, messages):
            # Rasa itself reads a tapped button after this pipeline; this stays where it knows no such intent.
            fallback = _named(DEFAULT_NLU_FALLBACK_INTENT_NAME, self._config["confidence_floor"])
            message.set(INTENT, fallback, add_to_output=True)
        return messages

    def _readings(self, messages: Sequence[Message]) -> List[Tuple[List[Dict[Text, Any]], Dict[Text, float]]]:
        """Return for each message its ranking and how surely it is in scope."""
        if self._model is None or self._features is None or self._scope is None or not messages:
            return [([], {}) for _ in messages]
        matrix = self._features.transform(messages)
        names, probabilities = self._by_intent(self._model.probabilities(matrix))
        scores = self._scope.scores(matrix.meaning, probabilities.max(axis=1))
        return [
            (
                self._ranking(message.get(TEXT) or "", names, row, in_scope=bool(in_scope)),
                {"score": float(score), "threshold": self._scope.threshold},
            )
            for message, row, score, in_scope in zip(
                messages, probabilities, scores, self._scope.covers(scores), strict=True
            )
        ]

    def _ranking(
        self, text: str, names: List[str], probabilities: np.ndarray, *, in_scope: bool
    ) -> List[Dict[Text, Any]]:
        written = self._written.get(_as_written(text))
        if written is not None:
            probabilities = np.array([float(name == written) for name in names])
        ranking = [_named(names[place], float(probabilities[place])) for place in np.argsort(-probabilities)]
        if written is not None:
            return ranking
        if not text.strip():
            return []
        urgent = [intent for intent in ranking if self._is_urgent(intent)]
        if urgent and urgent[0] is ranking[0]:
            return ranking
        unsure = ranking[0]["confidence"] < self._config["confidence_floor"]
        if urgent or unsure or not in_scope or not any(character.isalnum() for character in text):
            # Rasa's own FallbackClassifier also keeps the readings behind the fallback.
            fallback = _named(DEFAULT_NLU_FALLBACK_INTENT_NAME, self._config["confidence_floor"])
            return [fallback, *urgent, *(intent for intent in ranking if intent not in urgent)]
        return ranking

    def _is_urgent(self, intent: Dict[Text, Any]) -> bool:
        is_the_one = intent["name"] == self._config["urgent_intent"]
        return is_the_one and intent["confidence"] >= self._config["urgent_from"]

    def _by_intent(self, probabilities: np.ndarray) -> Tuple[List[str], np.ndarray]:
        """Add up the columns "faq/…" to "faq": (rows, labels) becomes (rows, intents)."""
        intents = [label.split("/")[0] for label in self._model.labels]
        names, places = np.unique(intents, return_inverse=True)
        membership = (places[:, np.newaxis] == np.arange(len(names))).astype(np.float32)
        return names.tolist(), probabilities @ membership

    def _persist(self) -> None:
        write_state(
            self._model_storage,
            self._resource,
            features=self._features.state(),
            model=self._model.state(),
            scope=self._scope.state(),
            written=(self._written, {}),
        )

    @classmethod
    def load(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,  # noqa: ARG003
        **kwargs: Any,  # noqa: ARG003
    ) -> "HybridIntentClassifier":
        """Load a trained classifier; raise when its files or its encoders are not here."""
        state = read_state(model_storage, resource)
        classifier = cls(config, model_storage, resource)
        classifier._features = HybridFeatures.restore(*state["features"])
        classifier._model = LinearModel.restore(*state["model"])
        classifier._scope = Scope.restore(*state["scope"])
        classifier._written = state["written"][0]
        return classifier


def _named(name: Optional[str], confidence: float) -> Dict[Text, Any]:
    return {"name": name, "confidence": confidence}


def _as_written(text: str) -> str:
    """Return the text without case and punctuation, or as it is when nothing else is in it ("👍")."""
    return " ".join(_NOT_A_WORD.sub(" ", text.lower()).split()) or text.strip()
