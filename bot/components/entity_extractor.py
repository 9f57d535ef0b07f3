"""Entities by rules and lists, no learning, so that a new place works the day it is listed."""

import hashlib
import logging
import re
import warnings
from datetime import date
from pathlib import Path
from typing import Any, Dict, Iterator, List, Mapping, Text

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from components.entities import contact, dates, names, quantities, word_lists
from components.entities.concepts import ConceptFinder, concept_phrases, read_names
from components.entities.found import Finder, Found, find_all, fold
from components.entities.gazetteer import Gazetteer
from components.entities.places import PlaceFinder
from components.model_files import read_state, write_state
from components.spelling import is_button

logger = logging.getLogger(__name__)

# Rasa knows only its own readers of lookup tables and synonyms; this component reads both.
warnings.filterwarnings("ignore", message="You have defined training data consisting of lookup tables")
warnings.filterwarnings("ignore", message="You have defined synonyms in your training data")

_CLOSED_LISTS = ["regio", "sector", "niveau", "vorm"]


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=True)
class DutchEntityExtractor(GraphComponent, EntityExtractorMixin):
    """Find the entities of the dialogue, each with its normalised value.

    Lists come from Rasa's lookup tables (one a list, its elements the values) and synonyms (other
    ways of saying a value). Three tables hold exceptions: `plaats_ook_woord`, `ook_werkwoord` and
    `waarde_geen_woord`.
    Occupations and skills come from the taxonomy's folder, relative to the project.
    """

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        """Return the settings: `taxonomy` is the folder of the skills taxonomy's data."""
        return {"taxonomy": "../skills_taxonomy/data"}

    def __init__(self, model_storage: ModelStorage, resource: Resource, lists: Dict[str, Any]) -> None:
        self._model_storage = model_storage
        self._resource = resource
        self._lists = lists
        self._finders = build_finders(lists) if lists else []

    @classmethod
    def create(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,  # noqa: ARG003
    ) -> "DutchEntityExtractor":
        """Create an extractor that has no lists yet."""
        extractor = cls(model_storage, resource, {})
        extractor._taxonomy = Path(config["taxonomy"])
        return extractor

    @classmethod
    def fingerprint_addon(cls, config: Dict[Text, Any]) -> Text:
        """Return a digest of the taxonomy's names, which are no training data to Rasa."""
        # For a component restored from its cache, Rasa asks this with a config that is not ours.
        folder = Path(config.get("taxonomy", ""))
        return hashlib.sha256(repr(read_names(folder)).encode()).hexdigest()

    def train(self, training_data: TrainingData) -> Resource:
        """Collect the lists and store them in the model."""
        concepts = read_names(self._taxonomy)
        if not all(concepts.values()):
            logger.warning("No taxonomy in %s: occupations and skills are not recognised.", self._taxonomy)
        self._lists = {
            "tables": {table["name"]: table["elements"] for table in training_data.lookup_tables},
            "synonyms": training_data.entity_synonyms,
            "known_words": sorted(_words(training_data)),
            **concepts,
        }
        self._finders = build_finders(self._lists)
        write_state(self._model_storage, self._resource, lists=(self._lists, {}))
        return self._resource

    def process(self, messages: List[Message]) -> List[Message]:
        """Add the entities of each message to its output."""
        for message in messages:
            if message.get(TEXT) and not is_button(message):
                found = [_as_rasa(fact) for fact in self.find(message.get(TEXT))]
                entities = message.get(ENTITIES, []) + self.add_extractor_name(found)
                message.set(ENTITIES, entities, add_to_output=True)
        return messages

    def find(self, text: str) -> List[Found]:
        """Return the facts of a sentence in order of place."""
        return find_all(text, self._finders)

    @classmethod
    def load(
        cls,
        config: Dict[Text, Any],  # noqa: ARG003
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,  # noqa: ARG003
        **kwargs: Any,  # noqa: ARG003
    ) -> "DutchEntityExtractor":
        """Load the lists of a trained extractor."""
        return cls(model_storage, resource, read_state(model_storage, resource)["lists"][0])


def build_finders(lists: Mapping[str, Any]) -> List[Finder]:
    """Return the finders in order: what an earlier one takes, a later one leaves alone."""
    tables, synonyms = lists["tables"], lists["synonyms"]
    known = set(lists["known_words"])

    no_phrases = set(tables.get("waarde_geen_woord", []))

    def gazetteer(name: str) -> Gazetteer:
        return Gazetteer(word_lists.phrases_of(tables.get(name, []), synonyms, no_phrases), known)

    also_verbs = {fold(word) for word in tables.get("ook_werkwoord", [])}
    return [
        contact.find_emails,
        contact.find_receipt_numbers,
        contact.find_postcodes,
        contact.find_phone_numbers,
        contact.find_kvk_numbers,
        names.find_names,
        quantities.find_distances,
        word_lists.find_mbo_levels,
        _dates_from_today,
        quantities.find_hours,
        quantities.find_ages,
        quantities.find_choices_and_amounts,
        word_lists.find_evening_courses,
        word_lists.VoucherKindFinder(gazetteer("vouchersoort")),
        word_lists.WordListFinder("regio", gazetteer("regio"), also_verbs),
        PlaceFinder(gazetteer("plaats"), set(tables.get("plaats_ook_woord", []))),
        *(word_lists.WordListFinder(name, gazetteer(name), also_verbs) for name in _CLOSED_LISTS[1:]),
        ConceptFinder("beroep", Gazetteer(concept_phrases(lists["beroep"]), known)),
        ConceptFinder("vaardigheid", Gazetteer(concept_phrases(lists["vaardigheid"]), known)),
        word_lists.TestAnswerFinder(gazetteer("antwoord")),
    ]


def _dates_from_today(text: str) -> Iterator[Found]:
    return dates.find_dates(text, date.today())  # noqa: DTZ011  the day where the bot stands, as people mean it


def _words(training_data: TrainingData) -> Iterator[str]:
    """Yield every word of the examples: what people say is no typo of a listed name."""
    for example in training_data.intent_examples:
        yield from set(re.findall(r"\w+", fold(example.get(TEXT) or "")))


def _as_rasa(fact: Found) -> Dict[Text, Any]:
    return {
        "entity": fact.entity,
        "value": fact.value,
        "start": fact.start,
        "end": fact.end,
        "confidence_entity": 1.0,
    }
