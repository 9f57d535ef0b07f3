"""Lists of known phrases, found in a sentence also when mistyped."""

import functools
from typing import Iterator, List, Mapping, NamedTuple, Optional, Set, Tuple

import simplemma
from rapidfuzz import process
from rapidfuzz.distance import OSA
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc
from spacy.util import filter_spans

from components.entities.found import fold
from components.tokenizer import dutch

_SHORTEST_WORD = 3
_SHORTEST_TYPO = 5  # letters; in a shorter word one wrong letter makes another word
_TWO_TYPOS_FROM = 9
_MOST_WORDS = 3


class Mention(NamedTuple):
    """A phrase of the list in a sentence: the key it stands for, and its tokens doc[first:last]."""

    key: str
    doc: Doc
    first: int
    last: int
    is_typo: bool

    @property
    def start(self) -> int:
        """The place of its first character."""
        return self.doc[self.first].idx

    @property
    def end(self) -> int:
        """The place after its last character."""
        token = self.doc[self.last - 1]
        return token.idx + len(token)

    def before(self, words: int = 1) -> str:
        """Return the words straight before it, folded."""
        return self.doc[max(self.first - words, 0) : self.first].text


class Gazetteer:
    """Phrases with the key each stands for; matching ignores case and accents.

    The longest phrase wins. Words of no phrase are compared letter by letter, unless they are
    Dutch words themselves: "lasen" is a typo of "lassen", "lezen" is not.
    """

    def __init__(self, phrases: Mapping[str, str], known_words: Set[str]) -> None:
        self._keys = {fold(phrase): key for phrase, key in phrases.items()}
        self._known_words = known_words
        self._matcher = PhraseMatcher(dutch().vocab)
        self._matcher.add("phrase", [dutch().make_doc(phrase) for phrase in self._keys])
        self._long_phrases = [phrase for phrase in self._keys if len(phrase) >= _SHORTEST_TYPO]

    def find(self, text: str) -> Iterator[Mention]:
        """Find phrases as written, then phrases mistyped in what is left."""
        doc = _doc(fold(text))
        spans = filter_spans(self._matcher(doc, as_spans=True))
        free = set(range(len(doc)))
        for span in spans:
            free -= set(range(span.start, span.end))
            yield Mention(self._keys[span.text], doc, span.start, span.end, is_typo=False)
        strange = {place for place in free if not self._is_word(doc[place].text)}
        for first, last in _windows(len(doc), strange):
            phrase = self._typo_of(doc, first, last) if free.issuperset(range(first, last)) else None
            if phrase is not None:
                free -= set(range(first, last))
                yield Mention(self._keys[phrase], doc, first, last, is_typo=True)

    def _typo_of(self, doc: Doc, first: int, last: int) -> Optional[str]:
        written = doc[first:last].text
        if len(written) < _SHORTEST_TYPO:
            return None
        distance = 2 if len(written) >= _TWO_TYPOS_FROM else 1
        best = process.extractOne(written, self._long_phrases, scorer=OSA.distance, score_cutoff=distance)
        if best is None or best[0][0] != written[0]:
            return None
        return str(best[0])

    def _is_word(self, word: str) -> bool:
        if len(word) < _SHORTEST_WORD or not word[0].isalpha() or word in self._known_words:
            return True
        return _is_dutch(word)


@functools.lru_cache(maxsize=1)
def _doc(folded: str) -> Doc:
    """Return the tokens of a sentence; every gazetteer asks them in turn."""
    return dutch().make_doc(folded)


@functools.lru_cache(maxsize=4096)
def _is_dutch(word: str) -> bool:
    return bool(simplemma.is_known(word, lang="nl"))


def _windows(length: int, strange: Set[int]) -> List[Tuple[int, int]]:
    """Return the runs of one to three words with a strange one in them, the longest first."""
    return [
        (first, first + words)
        for words in range(min(_MOST_WORDS, length), 0, -1)
        for first in range(length - words + 1)
        if not strange.isdisjoint(range(first, first + words))
    ]
