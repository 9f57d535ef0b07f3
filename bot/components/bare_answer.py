"""A message that is only an answer to Noor's question is recognised by what is left without it."""

import re
from typing import Any, Dict, List, Text, Type

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import ENTITIES, INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message

from components.spelling import is_button

_WORD = re.compile(r"\w+")
# "ja" and "nee" are answers too, but bevestigen and ontkennen say more.
_SPEAKS_FOR_ITSELF = {("antwoord", "ja"), ("antwoord", "nee")}


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class BareAnswerClassifier(GraphComponent, IntentClassifier):
    """Choose `intent` for a message of nothing but entities and small words, unless its intent is certain."""

    @classmethod
    def required_components(cls) -> List[Type]:
        """Return what must stand before it in the pipeline."""
        return [IntentClassifier]

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        """Return the settings, each with its meaning."""
        return {
            "intent": "gegeven_opgeven",
            # A sentence that stands in the training data has this confidence, and keeps its intent.
            "certain": 0.999,
            # What may stand around the answer.
            "small_words": (
                "aan adres afstand alleen als aub bedoel bedoelde bellen ben bereikbaar bereiken bij "
                "bijvoorbeeld binnen circa dan dat de denk deze die dit doe een email en er geef "
                "gewoon graag heb het hier hoor hou iets ik in is ja je kan kunt liefst liever maar "
                "mag mail mailadres mailen max maximaal maximum me met mij mijn minimaal minstens "
                "naar nee niveau nou nu nummer of om ongeveer op per plaats postcode richting rond s "
                "sector t te telefoon toch tot uit van voor week wel werk woon woonplaats wordt zeg "
                "zo zon"
            ),
        }

    def __init__(self, config: Dict[Text, Any]) -> None:
        self._intent = config["intent"]
        self._certain = config["certain"]
        self._small_words = frozenset(config["small_words"].split())

    @classmethod
    def create(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,  # noqa: ARG003
        resource: Resource,  # noqa: ARG003
        execution_context: ExecutionContext,  # noqa: ARG003
    ) -> "BareAnswerClassifier":
        """Create the classifier; it has nothing to learn."""
        return cls(config)

    def process(self, messages: List[Message]) -> List[Message]:
        """Put the intent first where the message is a bare answer."""
        for message in messages:
            if self._is_bare_answer(message):
                ranking = message.get(INTENT_RANKING_KEY) or []
                intent = {"name": self._intent, "confidence": 1.0}
                others = [other for other in ranking if other["name"] != self._intent]
                message.set(INTENT, intent, add_to_output=True)
                message.set(INTENT_RANKING_KEY, [intent, *others], add_to_output=True)
        return messages

    def _is_bare_answer(self, message: Message) -> bool:
        text = message.get(TEXT) or ""
        certain = (message.get(INTENT) or {}).get("confidence", 0.0) >= self._certain
        answers = [
            entity
            for entity in message.get(ENTITIES, [])
            if (entity["entity"], entity["value"]) not in _SPEAKS_FOR_ITSELF
        ]
        if certain or not answers or is_button(message):
            return False
        rest = list(text.lower())
        for entity in message.get(ENTITIES, []):
            rest[entity["start"] : entity["end"]] = " " * (entity["end"] - entity["start"])
        return self._small_words.issuperset(_WORD.findall("".join(rest)))
