"""Dutch words as a search sees them: folded, without what says nothing, by their stem."""

import re
import unicodedata
from functools import lru_cache

import simplemma

from counter.catalogue.stop_words import STOP_WORDS

# "c++" and "c#" are words; "mig/mag-lassen" is three.
_WORD = re.compile(r"[a-z0-9]+[+#]*")

_SHORTEST_STEM = 3
_SUFFIXES = (
    *("eringen", "ering", "ingen", "ische", "eerder", "eren", "eurs", "eur"),
    *("isch", "iek", "ica", "ing", "ster", "ers", "er", "en", "ie", "e", "s"),
)
_DOUBLED_VOWEL = re.compile(r"(aa|ee|oo|uu)([^aeiou])$")
_DOUBLED_CONSONANT = re.compile(r"([^aeiou])\1$")

# Words that end many names of courses and say nothing about their subject: lascursus, koksopleiding.
_GENERIC_END = re.compile(
    r"(?<=..[a-z])s?(?:cursus(?:sen)?|opleiding(?:en)?|training(?:en)?|workshops?|lessen|diploma|certificaat|(?<!net)werk)$"
)


def fold(text: str) -> str:
    """Return the text in lower case and without accents."""
    decomposed = unicodedata.normalize("NFKD", text.replace("’", "'").casefold())
    return "".join(character for character in decomposed if not unicodedata.combining(character))


def words(text: str) -> list[str]:
    """Return the folded words of a text, in order."""
    return _WORD.findall(fold(text))


def subject_of(word: str) -> str:
    """Return a folded word without the part that any course could carry: lascursus is about las."""
    return _GENERIC_END.sub("", word)


def subject_words(text: str) -> list[str]:
    """Return the words that say what a text is about, each once, in order."""
    subjects = (subject_of(word) for word in words(text) if word not in STOP_WORDS)
    return list(dict.fromkeys(word for word in subjects if word not in STOP_WORDS))


@lru_cache(maxsize=50_000)
def stems(word: str) -> frozenset[str]:
    """Return what other forms of a folded word share with it: lasser, lassen and las share `las`."""
    lemma = fold(simplemma.lemmatize(word, lang="nl"))
    return frozenset({_stem(word), _stem(lemma)})


def _stem(word: str) -> str:
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= _SHORTEST_STEM:
            word = word.removesuffix(suffix)
            break
    # Dutch spelling doubles by position, not by meaning: maak and maken, las and lassen.
    word = _DOUBLED_CONSONANT.sub(r"\1", word)
    return _DOUBLED_VOWEL.sub(lambda match: match[1][0] + match[2], word)
