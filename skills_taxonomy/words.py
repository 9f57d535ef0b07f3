"""Dutch words: how they are told apart, inflected, and made comparable.

Two words that mean the same in a name get one *key*: `lassers`, `lasser` and `lasster`
share one, and so do `repareer`, `gerepareerd` and `repareren`. The lemmas come from
simplemma; its dictionary lists one lemma a form and knows few compounds, so the spelling
rules below offer further candidates, and `Vocabulary` takes the one that names use.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

import simplemma
from rapidfuzz import process
from rapidfuzz.distance import OSA

_TOKEN = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)*[+#]*|[^\w\s]")
_VOWELS = frozenset("aeiou")
_PARTICIPLE = re.compile(r"ge(?P<stem>[a-z]{2,}?)[dt]e?")


def word_set(text: str) -> frozenset[str]:
    """Return the words of `text`: long lists are easier on the eye without quotes."""
    return frozenset(text.split())


# Words that carry no skill by themselves. Verbs that may (doen, maken, werken) stay out.
STOPWORDS = word_set("""
    aan al alle als altijd ander andere bij binnen bijna daar daarna dan dat de deze die dit door een
    en er erg even ga gaan geen goed graag had heb hebben heeft heel hem hen het hier hij hoe hun iets
    iemand in is ja je jij jou jouw jullie kan kun kunnen kunt later maar me mee meer mij mijn met moet
    na naar niet nog nu of om ook onder ons onze op over paar soms te tegen toch toen tot u uit uw
    van veel via vaak voor waar was wat we wel wie wij wil wilde willen worden word wordt ze zei
    zelf zij zijn zo zoals zonder zou zullen ik ben bent
    """)


@dataclass(frozen=True, slots=True)
class Token:
    """A word or punctuation mark and where it stands in the text it came from."""

    text: str
    start: int
    end: int

    @property
    def is_word(self) -> bool:
        """Whether this is a word rather than a punctuation mark."""
        return self.text[0].isalnum()


def fold(text: str) -> str:
    """Return `text` in lower case without accents, its words one space apart.

    >>> fold("Één MIG/MAG-lasser")
    'een mig mag lasser'
    """
    return " ".join(word for word in _TOKEN.findall(_fold_letters(text)) if word[0].isalnum())


def tokenise(text: str) -> list[Token]:
    """Split `text` at spaces, hyphens, slashes and other punctuation.

    >>> [token.text for token in tokenise("pc's/CO2-lassen!")]
    ["pc's", '/', 'CO2', '-', 'lassen', '!']
    """
    return [Token(match.group(), match.start(), match.end()) for match in _TOKEN.finditer(text)]


def _fold_letters(text: str) -> str:
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.replace("\u2019", "'")).lower()
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


@lru_cache(maxsize=1 << 16)
def is_dutch(word: str) -> bool:
    """Return whether the dictionary knows `word`, so it is unlikely to be a typing error."""
    return simplemma.is_known(word, lang="nl")


@lru_cache(maxsize=1 << 16)
def keys_of(word: str) -> tuple[str, ...]:
    """Return the keys `word` may have, the likeliest first.

    >>> keys_of("repareert")[0] == keys_of("gerepareerd")[0] == keys_of("repareren")[0]
    True
    """
    folded = _fold_letters(word)
    lemma = _fold_letters(simplemma.lemmatize(folded, lang="nl"))
    forms = [lemma, folded]
    if folded[2:].endswith("s") and not is_dutch(folded):
        forms.insert(0, folded.removesuffix("s").removesuffix("'"))
    if participle := _PARTICIPLE.fullmatch(folded):
        forms.append(participle["stem"])
    keys = (key for form in forms for key in (_verb_stem(form), *_masculine_forms(form)))
    return tuple(dict.fromkeys(keys))


def _verb_stem(word: str) -> str:
    """Take the -en of an infinitive (or plural) off, by the rules of Dutch spelling."""
    stem = word.removesuffix("en")
    if stem == word or len(stem) < 3 or not _VOWELS & set(stem):  # noqa: PLR2004 - "doen", "zien"
        return word
    if stem[-1] == stem[-2]:
        return stem[:-1]
    open_syllable = stem[-1] not in _VOWELS and stem[-2] in _VOWELS and stem[-3] not in _VOWELS
    # A final -el, -er, -em is unstressed after another syllable: sleutelen, timmeren, ademen.
    unstressed = stem[-2] == "e" and bool(_VOWELS & set(stem[:-2]))
    if open_syllable and not unstressed and stem[-2] != "i":
        stem = stem[:-1] + stem[-2:]
    return stem[:-1] + {"v": "f", "z": "s"}.get(stem[-1], stem[-1])


def _lengthened(stem: str) -> str:
    """Spell `stem` as it is before a suffix that starts with a vowel: las-, verkop-, schrijv-."""
    if len(stem) < 3 or stem[-1] in _VOWELS:  # noqa: PLR2004 - nothing to respell
        return stem
    if stem[-2] == stem[-3] and stem[-2] in _VOWELS:
        stem = stem[:-2] + stem[-1]
    elif stem[-2] in _VOWELS and stem[-3] not in _VOWELS:
        return stem + stem[-1]
    elif stem[-2] not in _VOWELS and stem[-2] != "j":
        return stem
    return stem[:-1] + {"f": "v", "s": "z"}.get(stem[-1], stem[-1])


def _masculine_forms(word: str) -> tuple[str, ...]:
    """Return what a feminine occupation title may be called in the masculine."""
    for feminine, masculine in (("euse", "eur"), ("trice", "teur"), ("vrouw", "man"), ("ente", "ent")):
        if word.endswith(feminine):
            return (word.removesuffix(feminine) + masculine,)
    if word.endswith("ster") and len(word) > 6:  # noqa: PLR2004 - ster, ester, oester are things
        return (_lengthened(word.removesuffix("ster")) + "er",)
    if word.endswith("in") and len(word) > 4 and word[-3] == word[-4]:  # noqa: PLR2004 - kin, min
        return (word[:-3],)
    return ()


class Vocabulary:
    """The words that names use, and which of them a word in a text stands for."""

    def __init__(self, spelled: Mapping[str, str], aliases: Mapping[str, str]) -> None:
        """Use the key of each word, and of what else a word may be read as, as `of` sought them."""
        self.spelled, self.aliases = spelled, aliases
        self._keys = frozenset(spelled.values())
        self._long_words: dict[int, list[str]] = defaultdict(list)
        for word in spelled:
            if len(word) >= _SHORTEST_FIXABLE:
                self._long_words[len(word)].append(word)

    @classmethod
    def of(cls, words: Iterable[str]) -> "Vocabulary":
        """Seek the keys of `words`; a lemma takes long enough to keep what was found."""
        spelled = {word: keys_of(word)[0] for word in sorted({fold(word) for word in words})}
        aliases: dict[str, str] = {}
        for word, key in spelled.items():
            for alias in keys_of(word):
                aliases.setdefault(alias, key)
        return cls(spelled, aliases)

    def __contains__(self, key: str) -> bool:
        return key in self._keys

    def key(self, word: str) -> str:
        """Return the key names use for `word`, or the key it would have if they did."""
        folded = _fold_letters(word)
        if folded in self.spelled:
            return self.spelled[folded]
        candidates = keys_of(folded)
        for candidate in candidates:
            if candidate in self._keys:
                return candidate
        for candidate in candidates:
            if candidate in self.aliases:
                return self.aliases[candidate]
        return candidates[0]

    def forgiving_key(self, word: str) -> str:
        """Return the key of `word`, read as the nearest long word of a name when it is no Dutch word."""
        key = self.key(word)
        folded = _fold_letters(word)
        if key in self._keys or len(folded) < _SHORTEST_FIXABLE or is_dutch(folded):
            return key
        # One slip makes another word of a six-letter one; nine letters bear two.
        forgiven = 1 if len(folded) < _LONG else 2
        # A slip changes the length by one at most, and most words are of another length.
        lengths = range(len(folded) - forgiven, len(folded) + forgiven + 1)
        alike = [word for length in lengths for word in self._long_words.get(length, ())]
        nearest = process.extractOne(folded, alike, scorer=OSA.distance, score_cutoff=forgiven)
        return key if nearest is None else self.spelled[nearest[0]]

    def parts(self, word: str) -> tuple[str, str] | None:
        """Return the keys of the modifier and the head of a compound that ends in a word of names.

        >>> Vocabulary.of(["heftruck", "monteur"]).parts("heftruckmonteurs")
        ('heftruck', 'monteur')
        """
        folded = _fold_letters(word)
        if len(folded) < _SHORTEST_MODIFIER + _SHORTEST_HEAD:
            return None
        if is_dutch(folded):
            # Its singular, lest kantoren be oren of a kant.
            folded = simplemma.lemmatize(folded, lang="nl")
        for split in range(_SHORTEST_MODIFIER, len(folded) - _SHORTEST_HEAD + 1):
            head = self._part(folded[split:])
            if head and (modifier := self._modifier(folded[:split])):
                return modifier, head
        return None

    def _part(self, word: str) -> str | None:
        for form in (word, word.removesuffix("s")):
            if form in self._keys:
                return form
            if form in self.spelled:
                return self.spelled[form]
        return None

    def _modifier(self, beginning: str) -> str | None:
        """Return the key of the first part of a compound, which may end in a linking sound."""
        for link in ("", "s", "en", "n", "e"):
            modifier = beginning.removesuffix(link)
            if not beginning.endswith(link) or len(modifier) < _SHORTEST_MODIFIER:
                continue
            if key := self._part(modifier):
                return key
            if len(modifier) >= _SHORTEST_HEAD and is_dutch(modifier):
                return self.key(modifier)
        return None


_SHORTEST_MODIFIER = 3
_SHORTEST_HEAD = 4
_SHORTEST_FIXABLE = 6
_LONG = 9
