"""How likely a word is after another, by the training sentences."""

import functools
import math
from collections import Counter, defaultdict
from typing import Any, Dict, Iterable, Mapping, Sequence

from simplemma.strategies.dictionaries.dictionary_factory import DEFAULT_DICTIONARY_FACTORY

EDGE = ""
"""Stands before the first word and after the last."""

_ONLY_LISTED = 1.0  # times; for a word of the lists that no training sentence has
_OF_THE_DICTIONARY = 0.05  # share of the words of new sentences
_UNHEARD = 3e-9  # a name, another language; every letter makes one word of them half as likely
_LONGEST_WORD = 30  # letters; longer is no word, and all the same
_OTHER_WORDS = 10_000  # counted besides: a few sentences say little about how people talk


class WordOrder:
    """Counts of words and of pairs of words: `words[word]` and `pairs[first][second]`.

    `listed` are words that are right though no sentence has them (places, occupations).
    """

    def __init__(
        self, words: Mapping[str, float], pairs: Mapping[str, Mapping[str, int]], listed: Iterable[str]
    ) -> None:
        self._words = dict(words)
        self._pairs = pairs
        self._listed = frozenset(listed)
        counts = dict.fromkeys(self._listed, _ONLY_LISTED)
        counts.update(self._words)
        self._total = sum(counts.values()) + _OTHER_WORDS
        self._counts = counts
        self._seen_after = {first: sum(after.values()) for first, after in pairs.items()}
        self._dictionary = DEFAULT_DICTIONARY_FACTORY.get_dictionary("nl")
        # A word that occurs once may be a slip itself.
        self.sure = {word for word, n in self._words.items() if n > 1 or word in self._dictionary}
        self.sure.update(self._listed)
        self.log_probability = functools.lru_cache(maxsize=50_000)(self._log_probability)

    @classmethod
    def of(cls, sentences: Iterable[Sequence[str]], listed: Iterable[str] = ()) -> "WordOrder":
        """Count in sentences of words in lower case."""
        words: Counter = Counter()
        pairs: Dict[str, Counter] = defaultdict(Counter)
        for sentence in sentences:
            words.update([*sentence, EDGE])
            for first, second in zip([EDGE, *sentence], [*sentence, EDGE]):  # noqa: B905  equally long
                pairs[first][second] += 1
        return cls(words, pairs, listed)

    def is_known(self, word: str) -> bool:
        """Tell whether sentences, lists or the Dutch dictionary have this word."""
        return word in self._counts or word in self._dictionary

    def is_doubtful(self, word: str) -> bool:
        """Tell whether only the sentences have this word."""
        return word not in self._dictionary and word not in self._listed

    def in_dictionary(self, words: Iterable[str]) -> Iterable[str]:
        """Return those words that the Dutch dictionary has."""
        return [word for word in words if word in self._dictionary]

    def frequency(self, word: str) -> float:
        """Return the probability of a word anywhere."""
        count = self._counts.get(word)
        if count:
            return (1 - _OF_THE_DICTIONARY) * count / self._total
        if word in self._dictionary:
            return _OF_THE_DICTIONARY / len(self._dictionary)
        return float(_UNHEARD / 2 ** min(len(word), _LONGEST_WORD))

    def _log_probability(self, first: str, second: str) -> float:
        """Return that of `second` after `first`, smoothed (Witten and Bell 1991)."""
        anywhere = self.frequency(second)
        after = self._pairs.get(first)
        if not after:
            return math.log(anywhere)
        seen = after.get(second, 0)
        return math.log((seen + len(after) * anywhere) / (self._seen_after[first] + len(after)))

    def state(self) -> Dict[str, Any]:
        """Return what to store, for JSON."""
        return {"words": self._words, "pairs": self._pairs, "listed": sorted(self._listed)}

    @classmethod
    def restore(cls, state: Mapping[str, Any]) -> "WordOrder":
        """Build from a stored state."""
        return cls(state["words"], state["pairs"], state["listed"])
