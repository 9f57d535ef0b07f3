"""What somebody meant to type: one slip in a word must not change what a sentence encoder reads."""

import functools
import re
from collections import Counter, defaultdict
from typing import Any, Dict, Iterable, List, Mapping, Optional, Text

import simplemma
from rapidfuzz import process
from rapidfuzz.distance import OSA
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.constants import INTENT_MESSAGE_PREFIX
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from components.model_files import read_state, write_state

READ_AS = "read_as"
"""The message attribute with the words as they were meant; `text` stays as it was typed."""

_WORD = re.compile(r"[^\W\d_]+")
_SPACE = re.compile(r"\s+")
_LONG_WORD = 9  # letters; from here on two slips may be one too many letters and one too few
_SEEN = 2  # a word that occurs once in the training sentences may be a slip itself


class Spelling:
    """Puts slips right by the words of the training sentences; `counts` tells how often each occurs."""

    def __init__(self, counts: Mapping[str, int]) -> None:
        self.counts = dict(counts)
        by_length: Dict[int, List[str]] = defaultdict(list)
        # Of two words equally near, the one that people use more often comes first.
        for word in sorted(self.counts, key=lambda word: (-self.counts[word], word)):
            by_length[len(word)].append(word)
        self._by_length = by_length
        self._meant = functools.lru_cache(maxsize=10_000)(self._look_up)

    @classmethod
    def of(cls, texts: Iterable[str], shortest: int) -> "Spelling":
        """Learn the words of at least `shortest` letters that occur more than once."""
        counts = Counter(word for text in texts for word in _WORD.findall(text.lower()))
        return cls({word: n for word, n in counts.items() if n >= _SEEN and len(word) >= shortest})

    def correct(self, text: str, shortest: int) -> str:
        """Return the text with every word of `shortest` letters or more as it was most likely meant."""

        def meant(match: "re.Match[str]") -> str:
            word = match.group()
            return word if len(word) < shortest else self._meant(word)

        return _WORD.sub(meant, text)

    def _look_up(self, word: str) -> str:
        lower = word.lower()
        if lower in self.counts or simplemma.is_known(lower, lang="nl"):
            return word
        slips = 1 if len(lower) < _LONG_WORD else 2
        lengths = range(len(lower) - slips, len(lower) + slips + 1)
        candidates = [known for length in lengths for known in self._by_length.get(length, ())]
        # Optimal string alignment: two letters that changed places are one slip.
        found = process.extract(lower, candidates, scorer=OSA.distance, score_cutoff=slips, limit=None)
        if not found:
            return word
        return min(found, key=lambda hit: (hit[1], -self.counts[hit[0]]))[0]


def as_read(message: Message) -> str:
    """Return the words of a message as they were meant, or as typed when nothing looked at them."""
    return message.get(READ_AS) or message.get(TEXT) or ""


def is_button(message: Message) -> bool:
    """Tell whether this is the payload of a tapped button ("/stoppen"), which Rasa reads itself."""
    return (message.get(TEXT) or "").lstrip().startswith(INTENT_MESSAGE_PREFIX)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class DutchSpelling(GraphComponent):
    """Set `read_as` on each message: slips put right, odd white space gone, SHOUTING in lower case.

    A word is left alone when the training sentences or the Dutch dictionary know it.
    """

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        """Return the settings: words of fewer letters than `shortest` are left alone."""
        return {"shortest": 4}

    def __init__(self, config: Dict[Text, Any], model_storage: ModelStorage, resource: Resource) -> None:
        self._config = config
        self._model_storage = model_storage
        self._resource = resource
        self._spelling: Optional[Spelling] = None

    @classmethod
    def create(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,  # noqa: ARG003
    ) -> "DutchSpelling":
        """Create a component that knows no words yet."""
        return cls(config, model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Learn the words of the training sentences; store them."""
        texts = [example.get(TEXT) or "" for example in training_data.intent_examples]
        self._spelling = Spelling.of(texts, self._config["shortest"])
        write_state(self._model_storage, self._resource, spelling=({"counts": self._spelling.counts}, {}))
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Read the examples as new messages will be read."""
        self.process(training_data.training_examples)
        return training_data

    def process(self, messages: List[Message]) -> List[Message]:
        """Set `read_as` on the messages with words."""
        for message in messages:
            text = _SPACE.sub(" ", message.get(TEXT) or "").strip()
            if self._spelling is not None and text and not is_button(message):
                text = text.lower() if text.isupper() else text
                message.set(READ_AS, self._spelling.correct(text, self._config["shortest"]))
        return messages

    @classmethod
    def load(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,  # noqa: ARG003
        **kwargs: Any,  # noqa: ARG003
    ) -> "DutchSpelling":
        """Load the words; raise when they are not here."""
        component = cls(config, model_storage, resource)
        component._spelling = Spelling(read_state(model_storage, resource)["spelling"][0]["counts"])
        return component
