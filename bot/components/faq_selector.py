"""Which of the frequently asked questions is this?"""

import warnings
from typing import Any, Dict, List, Optional, Text, Type

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.constants import (
    RESPONSE_SELECTOR_PREDICTION_KEY,
    RESPONSE_SELECTOR_PROPERTY_NAME,
    RESPONSE_SELECTOR_RANKING_KEY,
    RESPONSE_SELECTOR_RESPONSES_KEY,
    RESPONSE_SELECTOR_RETRIEVAL_INTENTS,
    RESPONSE_SELECTOR_UTTER_ACTION_KEY,
)
from rasa.nlu.featurizers.featurizer import Featurizer
from rasa.shared.nlu.constants import (
    INTENT,
    INTENT_NAME_KEY,
    INTENT_RANKING_KEY,
    INTENT_RESPONSE_KEY,
    PREDICTED_CONFIDENCE_KEY,
    TEXT,
)
from rasa.shared.nlu.training_data import util
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from components.hybrid_features import HybridFeatures
from components.linear_model import LinearModel, fit_calibrated
from components.model_files import read_state, write_state

# Rasa looks for its own ResponseSelector class by name and would warn that nothing reads these examples.
warnings.filterwarnings("ignore", message="You have defined training data with examples for training a resp")

_LIKELY_READINGS = 3  # a fallback may offer the second and third


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class FaqSelector(GraphComponent):
    """Choose the key of one retrieval intent, in the shape of Rasa's ResponseSelector.

    Rasa's action `utter_<retrieval intent>` reads that shape, so answers stay in the domain.
    """

    @classmethod
    def required_components(cls) -> List[Type]:
        """Return what must stand before it in the pipeline."""
        return [Featurizer]

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        """Return the settings; C and weights as in the intent classifier."""
        return {"retrieval_intent": "faq", "C": 10.0, "weights": {"use": 0.7, "e5": 1.3}}

    def __init__(self, config: Dict[Text, Any], model_storage: ModelStorage, resource: Resource) -> None:
        self._config = config
        self._model_storage = model_storage
        self._resource = resource
        self._features: Optional[HybridFeatures] = None
        self._model: Optional[LinearModel] = None
        self._responses: Dict[Text, List[Dict[Text, Any]]] = {}

    @classmethod
    def create(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,  # noqa: ARG003
    ) -> "FaqSelector":
        """Create an untrained selector."""
        return cls(config, model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Fit on the examples of the retrieval intent; store features, model and answers."""
        intent = self._config["retrieval_intent"]
        examples = [
            example
            for example in training_data.intent_examples
            if example.get(INTENT) == intent and example.get(TEXT) and example.get(INTENT_RESPONSE_KEY)
        ]
        keys = [example.get(INTENT_RESPONSE_KEY) for example in examples]
        if len(set(keys)) > 1:
            self._features = HybridFeatures(self._config["weights"])
            self._model, _ = fit_calibrated(self._features.fit_transform(examples), keys, self._config["C"])
            self._responses = {
                name: answers
                for name, answers in training_data.responses.items()
                if name in map(util.intent_response_key_to_template_key, keys)
            }
            write_state(
                self._model_storage,
                self._resource,
                features=self._features.state(),
                model=self._model.state(),
                responses=(self._responses, {}),
            )
        else:
            write_state(self._model_storage, self._resource)
        return self._resource

    def process(self, messages: List[Message]) -> List[Message]:
        """Set `response_selector` on each message that may be such a question."""
        asked = [message for message in messages if self._may_ask(message)]
        if self._model is not None and self._features is not None and asked:
            probabilities = self._model.probabilities(self._features.transform(asked))
            for message, row in zip(asked, probabilities, strict=True):
                self._select(message, row)
        return messages

    def _may_ask(self, message: Message) -> bool:
        """Tell whether the retrieval intent is among the likely readings; else the answer is not needed."""
        likely = (message.get(INTENT_RANKING_KEY) or [])[:_LIKELY_READINGS]
        return any(intent[INTENT_NAME_KEY] == self._config["retrieval_intent"] for intent in likely)

    def _select(self, message: Message, probabilities: np.ndarray) -> None:
        ranking = [
            {
                PREDICTED_CONFIDENCE_KEY: float(probabilities[place]),
                INTENT_RESPONSE_KEY: self._model.labels[place],
            }
            for place in np.argsort(-probabilities)
        ]
        utter_action = util.intent_response_key_to_template_key(ranking[0][INTENT_RESPONSE_KEY])
        selected = {
            RESPONSE_SELECTOR_PREDICTION_KEY: {
                RESPONSE_SELECTOR_RESPONSES_KEY: self._responses.get(utter_action, []),
                RESPONSE_SELECTOR_UTTER_ACTION_KEY: utter_action,
                **ranking[0],
            },
            RESPONSE_SELECTOR_RANKING_KEY: ranking,
        }
        intent = self._config["retrieval_intent"]
        shape = {**message.get(RESPONSE_SELECTOR_PROPERTY_NAME, {}), intent: selected}
        shape.setdefault(RESPONSE_SELECTOR_RETRIEVAL_INTENTS, []).append(intent)
        message.set(RESPONSE_SELECTOR_PROPERTY_NAME, shape, add_to_output=True)

    @classmethod
    def load(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,  # noqa: ARG003
        **kwargs: Any,  # noqa: ARG003
    ) -> "FaqSelector":
        """Load a trained selector; raise when its files or its encoders are not here."""
        state = read_state(model_storage, resource)
        selector = cls(config, model_storage, resource)
        if state:
            selector._features = HybridFeatures.restore(*state["features"])
            selector._model = LinearModel.restore(*state["model"])
            selector._responses = state["responses"][0]
        return selector
