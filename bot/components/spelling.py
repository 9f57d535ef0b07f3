"""What somebody meant to type: one slip in a word must not change what a sentence encoder reads."""

import functools
import hashlib
import itertools
import math
import re
from collections import defaultdict
from pathlib import Path
from typing import Any, Dict, Iterable, List, Mapping, Optional, Sequence, Text, Tuple

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

from components.entities.concepts import read_names
from components.model_files import read_state, write_state
from components.slips import meant_by, two_slips
from components.word_order import EDGE, WordOrder

READ_AS = "read_as"
"""The message attribute with the words as they were meant; `text` stays as it was typed."""

_WORD = re.compile(r"[^\W\d_]+")
# A postcode, an e-mail or web address: copied as it is, and no word goes before or after it.
_FORMAT = re.compile(r"[\d@]|://|^www\.", re.IGNORECASE)
_TOKEN = re.compile(r"\S+")
_CAN_BE_PUT_RIGHT = re.compile(r"[a-zà-ÿ]{2,30}")  # longer is no word
_SPACE = re.compile(r"\s+")
_LONG_WORD = 8  # letters; from here on a word may have two slips
_SHORTEST_SLIP = 5  # letters; in the examples a shorter word that Dutch lacks is often another language
_MORE_OFTEN = 10  # times; so much more often a word occurs than the examples' slips of it
_CANDIDATES = 8  # for one word
# Most people seldom hit a wrong key; some, on a telephone in a hurry, do so in almost every word. The
# sentence itself tells which: (how many sentences are typed so, how many of their words have a slip).
_HANDS = ((0.97, 0.003), (0.03, 0.8))
_NAME = 30.0  # times likelier that an unknown word is meant as it is when it has a capital

Candidates = Sequence[Tuple[str, float]]


class Spelling:
    """Puts slips right: of all words a sentence may have had, it takes those that follow each other best.

    The noisy channel of Kernighan, Church and Gale (1990): how likely the words are times how likely
    the slips are that make of them what was typed.
    """

    def __init__(self, order: WordOrder, shortest: int) -> None:
        self._order = order
        self._shortest = shortest
        by_length: Dict[int, List[str]] = defaultdict(list)
        for word in sorted(order.sure):
            by_length[len(word)].append(word)
        self._by_length = by_length
        self._candidates = functools.lru_cache(maxsize=20_000)(self._look_up)

    @classmethod
    def of(cls, texts: Iterable[str], shortest: int, listed: Iterable[str] = ()) -> "Spelling":
        """Learn from sentences; `listed` are names of which each word is known too."""
        sentences = [_WORD.findall(text.lower()) for text in texts]
        names = {word for name in listed for word in _WORD.findall(name.lower()) if len(word) >= shortest}
        as_typed = cls(WordOrder.of(sentences, names), shortest)
        meant = {word: as_typed._slip_of(word) for word in set(itertools.chain.from_iterable(sentences))}
        return cls(WordOrder.of([[meant[word] for word in words] for words in sentences], names), shortest)

    def correct(self, text: str) -> str:
        """Return the text as it was most likely meant; spaces, signs and numbers stay as they are."""
        words = [
            word
            for token in _TOKEN.finditer(text)
            if not _FORMAT.search(token.group())
            for word in _WORD.finditer(text, token.start(), token.end())
        ]
        pieces, at = [], 0
        for match, meant in zip(words, self._likeliest([word.group() for word in words]), strict=True):
            pieces += [text[at : match.start()], meant]
            at = match.end()
        return "".join([*pieces, text[at:]])

    def state(self) -> Dict[str, Any]:
        """Return what to store, for JSON."""
        return {"order": self._order.state(), "shortest": self._shortest}

    @classmethod
    def restore(cls, state: Mapping[str, Any]) -> "Spelling":
        """Build from a stored state."""
        return cls(WordOrder.restore(state["order"]), state["shortest"])

    def _likeliest(self, typed: Sequence[str]) -> List[str]:
        candidates = [self._candidates(word.lower()) for word in typed]
        if not any(candidates):
            return list(typed)
        readings = [self._read(typed, candidates, share, slips) for share, slips in _HANDS]
        _, meant = max(readings)
        return [
            word if word.lower() == other else _with_case_of(word, other)
            for word, other in zip(typed, meant, strict=True)
        ]

    def _read(
        self, typed: Sequence[str], candidates: Sequence[Candidates], share: float, slips: float
    ) -> Tuple[float, List[str]]:
        """Return the likeliest words (Viterbi) of hands that slip so often, after their log probability."""
        after = self._order.log_probability
        kept, slipped = math.log(1 - slips), math.log(slips)
        scores = {EDGE: math.log(share)}
        steps: List[Dict[str, str]] = []  # for each place: word → the likeliest word before it
        for place, (word, others) in enumerate(zip(typed, candidates, strict=True)):
            lower = word.lower()
            is_name = place > 0 and word[0].isupper() and not self._order.is_known(lower)
            chances = {lower: kept + (math.log(_NAME) if is_name else 0.0)}
            chances.update((other, slipped + chance) for other, chance in others)
            reached = {
                meant: max((score + after(before, meant), before) for before, score in scores.items())
                for meant in chances
            }
            scores = {meant: score + chances[meant] for meant, (score, _) in reached.items()}
            steps.append({meant: before for meant, (_, before) in reached.items()})
        total, last = max((score + after(word, EDGE), word) for word, score in scores.items())
        words = []
        for step in reversed(steps):
            words.append(last)
            last = step[last]
        return total, words[::-1]

    def _slip_of(self, word: str) -> str:
        """Return the word that a word of the examples is a slip of, or itself: people slip there too."""
        if len(word) < _SHORTEST_SLIP or not self._order.is_doubtful(word):
            return word
        candidates = self._candidates(word)
        likeliest = candidates[0][0] if candidates else word
        often = self._order.frequency(likeliest) >= _MORE_OFTEN * self._order.frequency(word)
        return likeliest if often else word

    def _look_up(self, typed: str) -> Candidates:
        """Return other words that may have been meant, with the log probability of the slip."""
        if not _CAN_BE_PUT_RIGHT.fullmatch(typed):
            return ()
        is_known = self._order.is_known(typed)
        slips = list(meant_by(typed))
        found = self._found((chance, words & self._order.sure) for chance, words in slips)
        if not found and not is_known:
            found = self._found((chance, self._order.in_dictionary(words)) for chance, words in slips)
        if not found and not is_known and len(typed) >= _LONG_WORD:
            found = dict.fromkeys(self._two_slips_away(typed), two_slips(typed))
        found.pop(typed, None)
        ranked = sorted(found, key=lambda word: (-found[word] * self._order.frequency(word), word))
        return [(word, math.log(found[word])) for word in ranked[:_CANDIDATES]]

    def _found(self, slips: Iterable[Tuple[float, Iterable[str]]]) -> Dict[str, float]:
        found: Dict[str, float] = {}
        for chance, words in slips:
            for word in words:
                if len(word) >= self._shortest:
                    found[word] = max(chance, found.get(word, 0.0))
        return found

    def _two_slips_away(self, typed: str) -> List[str]:
        lengths = range(len(typed) - 2, len(typed) + 3)
        near = [word for length in lengths for word in self._by_length.get(length, ())]
        # Optimal string alignment: two letters that changed places are one slip.
        return [
            hit[0] for hit in process.extract(typed, near, scorer=OSA.distance, score_cutoff=2, limit=None)
        ]


def _with_case_of(typed: str, meant: str) -> str:
    return meant.capitalize() if typed[0].isupper() else meant


def as_read(message: Message) -> str:
    """Return the words of a message as they were meant, or as typed when nothing looked at them."""
    return message.get(READ_AS) or message.get(TEXT) or ""


def is_button(message: Message) -> bool:
    """Tell whether this is the payload of a tapped button ("/stoppen"), which Rasa reads itself."""
    return (message.get(TEXT) or "").lstrip().startswith(INTENT_MESSAGE_PREFIX)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class DutchSpelling(GraphComponent):
    """Set `read_as` on each message: slips put right, odd white space gone, SHOUTING in lower case.

    It knows the words of the training sentences, of lookup tables and synonyms, of the taxonomy in
    `taxonomy` (relative to the project), and of the Dutch dictionary.
    """

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        """Return the settings: no word of fewer letters than `shortest` is read where another was typed."""
        return {"shortest": 2, "taxonomy": "../skills_taxonomy/data"}

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

    @classmethod
    def fingerprint_addon(cls, config: Dict[Text, Any]) -> Text:
        """Return a digest of the taxonomy's names, which are no training data to Rasa."""
        # For a component restored from its cache, Rasa asks this with a config that is not ours.
        folder = Path(config.get("taxonomy", ""))
        return hashlib.sha256(repr(read_names(folder)).encode()).hexdigest()

    def train(self, training_data: TrainingData) -> Resource:
        """Learn the words of the training sentences and of the lists; store them."""
        texts = [example.get(TEXT) or "" for example in training_data.intent_examples]
        listed = [
            *(name for table in training_data.lookup_tables for name in table["elements"]),
            *training_data.entity_synonyms,
            *(name for names in read_names(Path(self._config["taxonomy"])).values() for name in names),
        ]
        self._spelling = Spelling.of(texts, self._config["shortest"], listed)
        write_state(self._model_storage, self._resource, spelling=(self._spelling.state(), {}))
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
                message.set(READ_AS, self._spelling.correct(text))
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
        component._spelling = Spelling.restore(read_state(model_storage, resource)["spelling"][0])
        return component
