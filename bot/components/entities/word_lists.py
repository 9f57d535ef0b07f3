"""Closed lists: sectors, levels, forms, vouchers, regions and the answers of the interest test."""

import re
from typing import Dict, Iterator, List, Mapping, Set

from components.entities.found import Found, fold
from components.entities.gazetteer import Gazetteer, Mention

_SOMEBODY = frozenset("ik je jij u hij zij ze we wij die wie dat dus en goed goede".split())
# "Hoe zorg ik dat", "zorg dat je": the verb again, with its subject after it.
_AFTER_A_VERB = frozenset("ik je jij u jullie we wij dat ervoor er".split())
_YOURS = frozenset("jullie uw je jouw".split())
_MBO = re.compile(r"\b(?:mbo|niveau|nivo|mbo[- ]niveau)[\s-]*([1-4])\b")
_MBO_WORD = re.compile(r"\bniveau[\s-]*(een|twee|drie|vier)\b")
_LEVELS = {"een": 1, "twee": 2, "drie": 3, "vier": 4}
_EVENING = re.compile(r"\bavond(?:cursus(?:sen)?|opleiding(?:en)?|les(?:sen)?|school|studie|onderwijs)\b")
_SHORT_WORDS = 6
_ANSWER_ORDER = ["beetje", "nee", "ja"]


class WordListFinder:
    """Finds the phrases of one list.

    `also_verbs` are phrases that may be what somebody does ("ik zorg voor…"): not after a person.
    """

    def __init__(self, entity: str, gazetteer: Gazetteer, also_verbs: Set[str]) -> None:
        self._entity = entity
        self._gazetteer = gazetteer
        self._also_verbs = also_verbs

    def __call__(self, text: str) -> Iterator[Found]:
        """Find the phrases; the value is the list's own word for them."""
        for mention in self._gazetteer.find(text):
            if not (self._is_no_value(mention) or (mention.is_typo and len(mention.key) < 3)):  # noqa: PLR2004
                yield Found(self._entity, mention.key, mention.start, mention.end)

    def _is_no_value(self, mention: Mention) -> bool:
        written = mention.doc[mention.first : mention.last].text
        if written == "kantoor" and mention.before() in _YOURS:
            # The desk itself: "waar is jullie kantoor".
            return True
        if written == "op school":
            # How somebody wants to learn only as an answer; otherwise where a child is or a teacher works.
            return len(mention.doc) > _SHORT_WORDS // 2
        after = mention.doc[mention.last : mention.last + 1].text
        return written in self._also_verbs and (mention.before() in _SOMEBODY or after in _AFTER_A_VERB)


class VoucherKindFinder:
    """Finds which voucher is meant: where "voucher" is said, or the kind is nearly the whole message."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer

    def __call__(self, text: str) -> Iterator[Found]:
        """Find the kinds; at most one, the first named."""
        mentions = list(self._gazetteer.find(text))
        about_vouchers = "vouch" in text.lower() or "voucer" in text.lower()
        for mention in mentions[:1]:
            if about_vouchers or len(mention.doc) <= _SHORT_WORDS // 2:
                yield Found("vouchersoort", mention.key, mention.start, mention.end)


class TestAnswerFinder:
    """Finds ja, beetje or nee in a short answer; "nee, een beetje" is beetje."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer

    def __call__(self, text: str) -> Iterator[Found]:
        """Find at most one answer."""
        mentions = [mention for mention in self._gazetteer.find(text) if not mention.is_typo]
        if mentions and len(mentions[0].doc) <= _SHORT_WORDS:
            meant = min(mentions, key=lambda mention: _ANSWER_ORDER.index(mention.key))
            yield Found("antwoord", meant.key, meant.start, meant.end)


def find_mbo_levels(text: str) -> Iterator[Found]:
    """Find "mbo 3", "mbo4", "niveau twee"; the value is "mbo3"."""
    folded = fold(text)
    for match in _MBO.finditer(folded):
        yield Found("niveau", f"mbo{match.group(1)}", *match.span())
    for match in _MBO_WORD.finditer(folded):
        yield Found("niveau", f"mbo{_LEVELS[match.group(1)]}", *match.span())


def find_evening_courses(text: str) -> Iterator[Found]:
    """Find the evening inside a longer word: "avondcursus" is form avond."""
    for match in _EVENING.finditer(fold(text)):
        yield Found("vorm", "avond", *match.span())


def phrases_of(values: List[str], synonyms: Mapping[str, str], no_phrases: Set[str]) -> Dict[str, str]:
    """Return phrase → value for the values of one list and every other way of saying them."""
    phrases = {value: value for value in values if value not in no_phrases}
    phrases.update({phrase: value for phrase, value in synonyms.items() if value in values})
    return phrases
