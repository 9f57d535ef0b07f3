"""One vector a sentence from a pretrained encoder."""

from pathlib import Path
from typing import Any, Callable, Dict, List, Text

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.constants import FEATURIZER_CLASS_ALIAS
from rasa.nlu.featurizers.dense_featurizer.dense_featurizer import DenseFeaturizer
from rasa.shared.exceptions import InvalidConfigException
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from components.encoders import PACKAGES, encoder_version, open_encoder
from components.spelling import as_read, is_button
from components.vector_store import VectorStore


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class DutchSentenceFeaturizer(DenseFeaturizer, GraphComponent):
    """Add the sentence vector of one encoder; its name marks the features as their origin.

    Where the encoder cannot run, nothing is added and the pipeline still trains.
    """

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        """Return the settings: `encoder` is "use" or "e5"; `training_vectors` a folder in the project."""
        return {FEATURIZER_CLASS_ALIAS: None, "encoder": "use", "training_vectors": ".rasa/vectors"}

    @classmethod
    def validate_config(cls, config: Dict[Text, Any]) -> None:
        """Refuse an encoder this project does not know."""
        if config.get("encoder") not in PACKAGES:
            message = f"'encoder' must be one of {', '.join(PACKAGES)}; it is {config.get('encoder')!r}."
            raise InvalidConfigException(message)

    def __init__(self, config: Dict[Text, Any]) -> None:
        super().__init__(config["encoder"], config)
        self._encoder = open_encoder(config["encoder"])
        version = encoder_version(config["encoder"])
        self._store = VectorStore(Path(config["training_vectors"]) / f"{config['encoder']}-{version}.npz")

    @classmethod
    def create(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,  # noqa: ARG003
        resource: Resource,  # noqa: ARG003
        execution_context: ExecutionContext,  # noqa: ARG003
    ) -> "DutchSentenceFeaturizer":
        """Open the encoder."""
        return cls(config)

    @classmethod
    def fingerprint_addon(cls, config: Dict[Text, Any]) -> Text:
        """Return the encoder's version: other weights give other vectors."""
        # For a component restored from its cache, Rasa asks this with a config that is not ours.
        encoder = config.get("encoder", "use")
        return f"{encoder} {encoder_version(encoder)}"

    def process(self, messages: List[Message]) -> List[Message]:
        """Add the vectors, shape (1, dimension) each, to the messages that have words to encode."""
        if self._encoder is not None:
            self._add_vectors(messages, self._encoder.encode)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Add the vectors to every example; those of an earlier training are kept."""
        encoder = self._encoder
        if encoder is not None:
            examples = training_data.training_examples
            self._add_vectors(examples, lambda texts: self._store.encode(texts, encoder))
        return training_data

    def _add_vectors(self, messages: List[Message], encode: Callable[[List[str]], np.ndarray]) -> None:
        spoken = [message for message in messages if _is_spoken(message)]
        if spoken:
            vectors = encode([as_read(message) for message in spoken])
            for message, vector in zip(spoken, vectors, strict=True):
                self.add_features_to_message(None, vector[np.newaxis], TEXT, message)


def _is_spoken(message: Message) -> bool:
    return bool((message.get(TEXT) or "").strip()) and not is_button(message)
