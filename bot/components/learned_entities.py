"""Entities that stand in no list: a conditional random field learns them from marked sentences."""

import tempfile
from pathlib import Path
from typing import Any, Dict, Iterator, List, NamedTuple, Optional, Sequence, Text, Type

import numpy as np
import pycrfsuite
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.nlu.tokenizers.tokenizer import Token, Tokenizer
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from components.entities.names import with_capitals
from components.model_files import read_state, write_state
from components.spelling import is_button

_TOKENS = "text_tokens"
_OUTSIDE = "O"
_FIRST, _NEXT = "B-", "I-"


class Guess(NamedTuple):
    """A stretch text[start:end] that is likely an entity; `confidence` is that of its least certain word."""

    entity: str
    start: int
    end: int
    confidence: float


class WordTagger:
    """Tells of each word in a sentence whether an entity begins, goes on or is not there."""

    def __init__(self, model: bytes) -> None:
        self.model = model
        self._tagger = pycrfsuite.Tagger()
        self._tagger.open_inmemory(model)

    @classmethod
    def learn(cls, sentences: Sequence[Message], entities: Sequence[str], iterations: int) -> "WordTagger":
        """Learn from sentences with tokens in which words are marked as one of these entities."""
        trainer = pycrfsuite.Trainer(verbose=False)
        trainer.set_params({"c1": 0.1, "c2": 0.05, "max_iterations": iterations, "feature.minfreq": 2})
        for sentence in sentences:
            tokens = sentence.get(_TOKENS) or []
            if tokens:
                trainer.append(_features(tokens), _tags(tokens, sentence.get(ENTITIES) or [], entities))
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "model"
            trainer.train(str(file))
            return cls(file.read_bytes())

    def guess(self, tokens: Sequence[Token]) -> Iterator[Guess]:
        """Yield the entities of a sentence in order of place."""
        tags = self._tagger.tag(_features(tokens))
        sure = [self._tagger.marginal(tag, place) for place, tag in enumerate(tags)]
        first = 0
        while first < len(tags):
            last = first + 1
            if tags[first] != _OUTSIDE:
                entity = tags[first][len(_FIRST) :]
                while last < len(tags) and tags[last] == _NEXT + entity:
                    last += 1
                yield Guess(entity, tokens[first].start, tokens[last - 1].end, min(sure[first:last]))
            first = last


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=True)
class LearnedEntityExtractor(GraphComponent, EntityExtractorMixin):
    """Add names, occupations and skills where the lists found nothing.

    What an extractor before it found stays as it is; of `naam` there is one in a message.
    """

    @classmethod
    def required_components(cls) -> List[Type]:
        """Return what must stand before it in the pipeline."""
        return [Tokenizer]

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        """Return the settings, each with its meaning."""
        return {
            # Which entities it learns, each with how sure it must be of every word (0 to 1).
            "sure_from": {"naam": 0.4, "beroep": 0.6, "vaardigheid": 0.5},
            # Fewer letters than this are no entity: "een" is no skill, "Bo" is a name.
            "shortest": {"naam": 2, "beroep": 4, "vaardigheid": 4},
            # Passes over the training sentences at most.
            "iterations": 60,
        }

    def __init__(self, config: Dict[Text, Any], model_storage: ModelStorage, resource: Resource) -> None:
        self._config = config
        self._model_storage = model_storage
        self._resource = resource
        self._tagger: Optional[WordTagger] = None

    @classmethod
    def create(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,  # noqa: ARG003
    ) -> "LearnedEntityExtractor":
        """Create an extractor that has learned nothing yet."""
        return cls(config, model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from the marked sentences, and from the others what is no entity; store what was learned."""
        self._tagger = WordTagger.learn(
            training_data.intent_examples, list(self._config["sure_from"]), self._config["iterations"]
        )
        model = np.frombuffer(self._tagger.model, dtype=np.uint8)
        write_state(self._model_storage, self._resource, tagger=({}, {"model": model}))
        return self._resource

    def process(self, messages: List[Message]) -> List[Message]:
        """Add what was learned to the entities of each message."""
        for message in messages:
            tokens = message.get(_TOKENS)
            if self._tagger is not None and tokens and not is_button(message):
                found = message.get(ENTITIES, [])
                new = [_as_rasa(guess, message.get(TEXT)) for guess in self._new(self._tagger, tokens, found)]
                if new:
                    message.set(ENTITIES, found + self.add_extractor_name(new), add_to_output=True)
        return messages

    def _new(
        self, tagger: WordTagger, tokens: Sequence[Token], found: Sequence[Dict[Text, Any]]
    ) -> Iterator[Guess]:
        has_name = any(fact["entity"] == "naam" for fact in found)
        for guess in tagger.guess(tokens):
            is_sure = guess.confidence >= self._config["sure_from"][guess.entity]
            is_long = guess.end - guess.start >= self._config["shortest"][guess.entity]
            is_free = all(guess.end <= fact["start"] or fact["end"] <= guess.start for fact in found)
            if is_sure and is_long and is_free and not (guess.entity == "naam" and has_name):
                has_name = has_name or guess.entity == "naam"
                yield guess

    @classmethod
    def load(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,  # noqa: ARG003
        **kwargs: Any,  # noqa: ARG003
    ) -> "LearnedEntityExtractor":
        """Load what was learned; raise when it is not here."""
        component = cls(config, model_storage, resource)
        component._tagger = WordTagger(read_state(model_storage, resource)["tagger"][1]["model"].tobytes())
        return component


def _as_rasa(guess: Guess, text: str) -> Dict[Text, Any]:
    words = text[guess.start : guess.end]
    return {
        "entity": guess.entity,
        "value": with_capitals(words) if guess.entity == "naam" else words,
        "start": guess.start,
        "end": guess.end,
        "confidence_entity": guess.confidence,
    }


def _tags(tokens: Sequence[Token], marked: Sequence[Dict[Text, Any]], entities: Sequence[str]) -> List[str]:
    tags = []
    for token in tokens:
        fact = next((m for m in marked if m["start"] <= token.start and token.end <= m["end"]), None)
        if fact is None or fact["entity"] not in entities:
            tags.append(_OUTSIDE)
        else:
            tags.append((_FIRST if token.start == fact["start"] else _NEXT) + fact["entity"])
    return tags


def _features(tokens: Sequence[Token]) -> List[List[str]]:
    """Return what is known of each token: the word, how it begins, ends and looks, and its neighbours."""
    words = [token.text for token in tokens]
    lower = [word.lower() for word in words]
    # In a sentence that is typed in capitals, or without any, a capital tells nothing.
    has_case = any(word[:1].islower() for word in words) and any(word[:1].isupper() for word in words)
    rows = []
    for place, word in enumerate(lower):
        row = ["bias", f"w={word}", f"length={min(len(word), 12)}"]
        row += [f"begin{size}={word[:size]}" for size in (3, 5) if len(word) > size]
        row += [f"end{size}={word[-size:]}" for size in (2, 3, 4, 5, 6) if len(word) > size]
        if has_case and place and words[place][:1].isupper():
            row.append("capital")
        if any(letter.isdigit() for letter in word):
            row.append("digit")
        row += [f"{step}:w={_at(lower, place + step)}" for step in (-3, -2, -1, 1, 2)]
        row += [f"{step}:end={_at(lower, place + step)[-3:]}" for step in (-1, 1)]
        row.append(f"before={_at(lower, place - 2)} {_at(lower, place - 1)}")
        row.append(f"after={_at(lower, place + 1)} {_at(lower, place + 2)}")
        if has_case and place + 1 < len(words) and words[place + 1][:1].isupper():
            row.append("1:capital")
        rows.append(row)
    return rows


def _at(words: Sequence[str], place: int) -> str:
    if place < 0:
        return "<s>"
    return words[place] if place < len(words) else "</s>"
