"""What a sentence wants to learn about, once place, form, level and search words are taken away."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from counter.catalogue.stop_words import STOP_WORDS
from counter.catalogue.words import fold, subject_of
from counter.places.gazetteer import Gazetteer

_TOKEN = re.compile(r"\w[\w+#'’.-]*")
_LEVEL = re.compile(
    r"\b(?:mbo|hbo|wo|havo|vwo|vmbo|ad)\b(?:[\s-]*(?:niveau[\s-]*)?[1-4]\b)?|\b(?:niveau|level)\s*[1-4]\b|"
    r"\bassociate[\s-]+degree\b|\b(?:bachelor|master|universita?ir\w*|universiteit|hogeschool)\b",
    re.IGNORECASE,
)
_MEASURE = re.compile(
    r"\b[1-9]\d{3}\s?(?-i:[A-Z]{2})\b|"
    r"€?\s*\b\d+(?:[.,]\d+)?\s*(?:km|kilometers?|uur|uren|u|dagen|weken|maanden|jaar|euro)?\b",
    re.IGNORECASE,
)
_FORM = frozenset(
    """
    afstand afstandsonderwijs avond avonden avonds avonduren bbl bol dagdeel dagopleiding deeltijd digitaal
    fulltime klas klassikaal klassikale locatie omgeving online overdag parttime regio s'avonds thuisstudie
    voltijd weekend
    """.split()
)
_DAYS = frozenset(
    day + part
    for day in ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
    for part in ("", "ochtend", "middag", "avond", "en", "avonden")
)
_MEASURE_WORDS = frozenset(
    """
    betaalbaar betaalbare binnen buurt dichtbij duur dure euro euros goedkoop goedkope gratis half jaar
    kilometer km kort korte kosten kosteloos kost maand maanden maximaal maximum minimaal nabij niveau per
    prijs reistijd rond rondom snel uren uur week weken
    """.split()
)
_BEFORE_PLACE = frozenset(
    {"in", "te", "bij", "rond", "rondom", "omgeving", "nabij", "regio", "naar", "van", "vanuit"}
)
_NO_TOPIC = STOP_WORDS | _FORM | _DAYS | _MEASURE_WORDS
# A topic of several words keeps the small words between them: "zorg voor ouderen".
_JOINING = frozenset({"van", "voor", "en", "met", "in", "de", "het", "of", "op", "aan", "bij", "tot", "als"})
_LONGEST_PLACE = 4
_LONGEST_UNKNOWN = 4


@dataclass(frozen=True, kw_only=True)
class _Token:
    text: str
    word: str

    @property
    def subject(self) -> str:
        return subject_of(self.word)


def topic_in(text: str, *, knows: Callable[[str], bool], gazetteer: Gazetteer) -> str | None:
    """Return what a sentence wants to learn about, or None.

    `knows` tells whether the catalogue has anything like a folded word. Words that it knows go
    first; a sentence without any of them gives what is left, so that "nothing about that" can be said.
    """
    text = _MEASURE.sub(" ", _LEVEL.sub(" ", text))
    tokens = [_Token(text=token, word=fold(token)) for token in _TOKEN.findall(text)]
    places = _places(tokens, knows=knows, gazetteer=gazetteer)
    says_something = [
        index not in places and not {token.word, token.subject} & _NO_TOPIC and not token.word.isdigit()
        for index, token in enumerate(tokens)
    ]
    known = [says and knows(token.subject) for says, token in zip(says_something, tokens, strict=True)]
    if any(known):
        return _phrase(tokens, known)
    if 0 < sum(says_something) <= _LONGEST_UNKNOWN:
        return " ".join(token.text for token, says in zip(tokens, says_something, strict=True) if says)
    return None


def _phrase(tokens: list[_Token], is_topic: list[bool]) -> str:
    """Return the words of the topic, with the small words that join them."""
    parts: list[str] = []
    joining: list[str] = []
    for token, topical in zip(tokens, is_topic, strict=True):
        if topical:
            parts += [*joining, token.text if token.subject == token.word else token.subject]
            joining = []
        elif parts and token.word in _JOINING:
            joining.append(token.text)
        elif joining:
            # Something else came between: what follows is not joined to what went before.
            joining = []
    return " ".join(parts).rstrip(".-'")


def _places(tokens: list[_Token], *, knows: Callable[[str], bool], gazetteer: Gazetteer) -> set[int]:
    """Return which tokens are part of the name of a place."""
    return {index for span in _place_spans(tokens, knows=knows, gazetteer=gazetteer) for index in span}


def _place_spans(
    tokens: list[_Token], *, knows: Callable[[str], bool], gazetteer: Gazetteer
) -> Iterator[range]:
    start = 0
    while start < len(tokens):
        span = range(start, start + 1)
        for length in range(min(_LONGEST_PLACE, len(tokens) - start), 0, -1):
            span = range(start, start + length)
            if _is_place(tokens, span, knows=knows, gazetteer=gazetteer):
                yield span
                break
        start = span.stop


def _is_place(
    tokens: list[_Token], span: range, *, knows: Callable[[str], bool], gazetteer: Gazetteer
) -> bool:
    name = " ".join(tokens[index].text for index in span)
    follows_preposition = span.start > 0 and tokens[span.start - 1].word in _BEFORE_PLACE
    if gazetteer.knows(name):
        # "huizen bouwen" is not about the town of Huizen; "in huizen" and "Huizen" are.
        return len(span) > 1 or follows_preposition or name[0].isupper() or not knows(fold(name))
    # A misspelt place is believed only where a place is expected, and not a subject.
    return len(span) == 1 and follows_preposition and not knows(fold(name)) and bool(gazetteer.find(name))
