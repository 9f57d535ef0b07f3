"""How long and how well somebody does something, in the words people have for it.

`spans_of_years` and `levels` find the words; to what they belong is decided by clause, by
`told_of`.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from skills_taxonomy.clauses import Scope
from skills_taxonomy.words import word_set


class Level(StrEnum):
    """How well somebody does something, by their own words."""

    BEGINNER = "beginner"
    GEVORDERD = "gevorderd"
    ERVAREN = "ervaren"


_LEVELS: Mapping[str, Level] = {
    word: level
    for level, words in {
        Level.BEGINNER: "beetje beginner beginnend beginnende basis basisniveau basiskennis matig a1 a2",
        Level.GEVORDERD: "goed gevorderd gevorderde vlot redelijk behoorlijk prima handig b1 b2",
        Level.ERVAREN: "vloeiend expert ervaren uitstekend perfect specialist moedertaal c1 c2",
    }.items()
    for word in words.split()
}
# These are lorries as well as levels of a language.
_LICENCES = word_set("rijbewijs rijbewijzen")
_LANGUAGE_LEVELS = word_set("a1 a2 b1 b2 c1 c2")

_SMALL = dict(
    zip(
        "een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien "
        "zeventien achttien negentien".split(),
        range(1, 20),
        strict=True,
    )
)
_TENS = dict(zip("twintig dertig veertig vijftig".split(), (20, 30, 40, 50), strict=True))
_NUMBERS: Mapping[str, float] = {
    **_SMALL,
    **_TENS,
    **{f"{small}en{ten}": _SMALL[small] + _TENS[ten] for small in list(_SMALL)[:9] for ten in _TENS},
    "half": 0.5,
    "halve": 0.5,
    "halfjaar": 0.5,
    "anderhalf": 1.5,
    "anderhalve": 1.5,
    # "Een paar" is two or more: nobody is told to have done something longer than they said.
    "paar": 2,
}
_UNITS: Mapping[str, float] = {
    **dict.fromkeys(("jaar", "jaren", "jr"), 1.0),
    **dict.fromkeys(("maand", "maanden"), 1 / 12),
    **dict.fromkeys(("week", "weken"), 1 / 52),
}
# "5 jaar geleden" and "54 jaar oud" are no time spent; nor is "over 2 jaar".
_NO_SPAN_AFTER = word_set("geleden oud leeftijd")
_NO_SPAN_BEFORE = word_set("over binnen leeftijd")
_SINCE = word_set("sinds vanaf sedert")
_UNTIL = word_set("tot t/m en met")
_NOW = word_set("nu heden vandaag")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_LONGEST = 60
"""Years: who tells of more tells of something else."""


@dataclass(frozen=True, slots=True)
class Cue[T]:
    """Words that say how long or how well, and what they say; the words by the numbers of their tokens."""

    tokens: range
    value: T


def levels(words: Sequence[str]) -> Iterator[Cue[Level]]:
    """Yield the words that say how well."""
    is_about_driving = not _LICENCES.isdisjoint(words)
    for i, word in enumerate(words):
        asks = words[max(0, i - 1)] == "hoe" or words[i + 1 : i + 2] == ["genoeg"]
        if word in _LEVELS and not asks and not (is_about_driving and word in _LANGUAGE_LEVELS):
            start = i - 1 if i and words[i - 1] == "een" else i
            yield Cue(range(start, i + 1), _LEVELS[word])


def spans_of_years(words: Sequence[str], today: date) -> Iterator[Cue[float]]:
    """Yield the spans of time in the words of a text, in years: "vijf jaar", "van 2010 tot 2018"."""
    for i, word in enumerate(words):
        if word in _UNITS:
            yield from _counted(words, i)
        elif _YEAR.fullmatch(word) and (span := _from_year(words, i, today)):
            yield span


def _counted(words: Sequence[str], unit: int) -> Iterator[Cue[float]]:
    before = words[unit - 1] if unit else ""
    # "Een jaar of vijf": the number comes after.
    if words[unit + 1 : unit + 2] == ["of"] and (number := _number(words[unit + 2 : unit + 3])):
        start, end = unit, unit + 3
    elif number := _number([before]):
        start, end = unit - 1, unit + 1
        # "2,5 jaar" is three tokens: a number, a comma, and another number of one figure.
        if before.isdigit() and len(before) == 1 and words[max(0, unit - 3) : unit - 1][1:] == [""]:
            whole = words[unit - 3]
            if whole.isdigit():
                start, number = unit - 3, int(whole) + number / 10
    else:
        return
    is_no_span = words[max(0, start - 1)] in _NO_SPAN_BEFORE or not _NO_SPAN_AFTER.isdisjoint(
        words[end : end + 1]
    )
    years = round(number * _UNITS[words[unit]], 2)
    if not is_no_span and 0 < years <= _LONGEST:
        yield Cue(range(start, end), years)


def _number(words: Sequence[str]) -> float | None:
    word = words[0].rstrip("+") if words else ""
    if word.isascii() and word.isdigit() and len(word) <= len("600"):
        return float(word)
    return _NUMBERS.get(word)


def _from_year(words: Sequence[str], i: int, today: date) -> Cue[float] | None:
    """Return the years from the one at `i` to another, or till now; none when it is only a date."""
    end = i + 1
    while end < len(words) and words[end] in _UNTIL:
        end += 1
    following = words[end] if end < len(words) else ""
    if _YEAR.fullmatch(following):
        until, end = int(following), end + 1
    elif end > i + 1 and following in _NOW:
        until, end = today.year, end + 1
    elif i and words[i - 1] in _SINCE:
        until, end = today.year, i + 1
    else:
        return None
    years = float(until - int(words[i]))
    return Cue(range(i, end), years) if 0 < years <= _LONGEST else None


def told_of[T](cues: Sequence[Cue[T]], mention: Collection[int], scopes: Sequence[Scope]) -> T | None:
    """Return what the cues say of a mention, by the numbers of its tokens; None when they say nothing.

    The nearest in the member of the enumeration it stands in decides. Else a cue goes on to
    what is enumerated after it ("goed lassen en frezen"), unless it ends its member ("lassen
    5 jaar, frezen"), or back to what is enumerated before its verb ("lassen en frezen kan ik goed").
    """
    first = min(mention)
    here = scopes[first]
    around = [
        cue
        for cue in cues
        if scopes[cue.tokens[-1]].clause == here.clause and not set(cue.tokens) <= set(mention)
    ]
    within = [cue for cue in around if scopes[cue.tokens[-1]].member == here.member]
    if within:
        return min(within, key=lambda cue: min(abs(cue.tokens[-1] - token) for token in mention)).value
    before = [cue for cue in around if cue.tokens[-1] < first and not _ends_member(cue.tokens[-1], scopes)]
    leading = [cue for cue in around if scopes[cue.tokens[-1]].member == here.leader]
    reaching = (*before[-1:], *leading)
    return reaching[0].value if reaching else None


def _ends_member(token: int, scopes: Sequence[Scope]) -> bool:
    return token + 1 == len(scopes) or scopes[token + 1].member != scopes[token].member
