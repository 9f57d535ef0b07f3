"""What somebody says of their skills: something to put in a passport, or a change to what is in one."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from counter.catalogue.words import stems, subject_words, words
from counter.occupations.model import main_skills
from counter.passport.model import EntryKind, Told
from counter.passport.naming import skill_name
from skills_taxonomy import Concept, Found, Match, MatchKind, Occupation, Skill, Taxonomy


@dataclass(frozen=True, kw_only=True)
class Story:
    """What somebody told of themselves: skills, what they cannot do, and work they would like."""

    told: tuple[Told, ...] = ()
    denied: tuple[str, ...] = ()
    aims: tuple[str, ...] = ()


def read_story(text: str, taxonomy: Taxonomy) -> Story:
    """Return what a text tells; of work that was done come the skills nobody does it without."""
    # What somebody else can do is not theirs to have, nor to be without.
    found = [one for one in taxonomy.extract(text) if not one.of_another]
    meant = [one for one in found if not one.negated]
    told = [_told(one) for one in meant if isinstance(one.concept, Skill)]
    for one in meant:
        if isinstance(one.concept, Occupation) and not one.wish:
            told += skills_of(one.concept, taxonomy, words=one.words, years=one.years)
    return Story(
        told=_each_once(told),
        denied=tuple(one.concept.id for one in found if one.negated and isinstance(one.concept, Skill)),
        aims=tuple(one.concept.id for one in meant if one.wish and isinstance(one.concept, Occupation)),
    )


def skills_of(
    occupation: Occupation, taxonomy: Taxonomy, *, words: str, years: float | None = None
) -> list[Told]:
    """Return the skills that come with work which somebody named in these words, and did for so long."""
    skills = main_skills(map(taxonomy.skill, occupation.essential), taxonomy)
    return [
        Told(skill_id=skill.id, words=words, occupation_id=occupation.id, years=years) for skill in skills
    ]


def _told(found: Found) -> Told:
    kind = EntryKind.WISH if found.wish else EntryKind.SKILL
    # Who would like to learn something tells how well or how long of something else.
    level, years = (None, None) if found.wish else (found.level, found.years)
    return Told(skill_id=found.concept.id, words=found.words, kind=kind, level=level, years=years)


def _each_once(told: Iterable[Told]) -> tuple[Told, ...]:
    """Keep the first mention of each skill; who can do something has no wish to learn it."""
    ordered = sorted(told, key=lambda one: one.kind is EntryKind.WISH)
    return tuple({one.skill_id: one for one in reversed(ordered)}.values())[::-1]


HINTS_OF_A_KIND = 2
# A hint that fits worse than this would surprise people.
_LIKELY_OCCUPATION, _LIKELY_SKILL = 0.7, 0.79
_SHORTEST_HINT = 4
_HINTING_AT_NOTHING = frozenset(
    """
    aangelegd altijd daarna ervaring gedaan gestaan gewerkt gezeten jaar jaren kant opgeven skills sociaal
    sterk sterke technisch tien toevoegen vaardigheden vaardigheid vroeger werkervaring werkte
    """.split()
)


def hints(text: str, taxonomy: Taxonomy) -> tuple[str, ...]:
    """Return occupations and skills that a text may be about, when it names none as such.

    Who worked "in the kitchen" may have been a kitchen help; who is good "with figures" can count.
    """
    telling = [
        word
        for word in subject_words(text)
        if len(word) >= _SHORTEST_HINT and word not in _HINTING_AT_NOTHING
    ]
    occupations = [match for word in telling for match in taxonomy.search_occupations(word, 3)]
    skills = [match for word in telling for match in taxonomy.search_skills(word, 3)]
    return (*_likely(occupations, _LIKELY_OCCUPATION), *_likely(skills, _LIKELY_SKILL))


def _likely[C: Concept](matches: Iterable[Match[C]], least: float) -> tuple[str, ...]:
    fitting = [match for match in matches if match.score >= least and match.kind is not MatchKind.TYPO]
    best = sorted(fitting, key=lambda match: -match.score)
    return tuple(dict.fromkeys(match.concept.id for match in best))[:HINTS_OF_A_KIND]


@dataclass(frozen=True, kw_only=True)
class Change:
    """What somebody wants to be otherwise; `absent` they want out and it was not in."""

    removed: tuple[str, ...] = ()
    restored: tuple[str, ...] = ()
    added: tuple[Told, ...] = ()
    absent: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Tell whether anything changes."""
        return bool(self.removed or self.restored or self.added)


class _Mode(Enum):
    TAKE_OUT = "take out"
    KEEP = "keep"
    PUT_BACK = "put back"
    ADD = "add"


# The first that fits decides: "dat kan ik niet" takes out.
_CUES = {
    _Mode.TAKE_OUT: frozenset(
        """
        behalve delete eraf eruit fout geen gooi gooien haal halen niet niets niks nooit onzin schrap
        schrappen streep uitgezonderd verkeerd verwijder verwijderen weg weghalen wis wissen zonder
        """.split()
    ),
    _Mode.KEEP: frozenset(["alleen"]),
    _Mode.PUT_BACK: frozenset("herstel herstellen terug terugzetten terugzet toch weer".split()),
    _Mode.ADD: frozenset("ben erbij heb kan kon kun noteer ook schrijf toe toevoegen voeg wel zet".split()),
}
_ALL_CUES = frozenset().union(*_CUES.values())
_EVERYTHING = frozenset("alle alles allemaal geen niets niks".split())
_PIECE = re.compile(
    r"(?:(?!\b(?:en|maar)\b)[^,;.!?\n])+|\b(?:en|maar)\b(?:(?!\b(?:en|maar)\b)[^,;.!?\n])*", re.IGNORECASE
)


@dataclass(frozen=True, kw_only=True)
class _Piece:
    """A part of a sentence in which one thing is said of every skill."""

    text: str
    start: int
    end: int
    mode: _Mode


def read_change(text: str, *, present: Sequence[Told], removed: Sequence[Told], taxonomy: Taxonomy) -> Change:
    """Return what a sentence changes, given what stands there and what was taken out.

    Words may name a skill loosely when it is one of these: "snijden" is enough for "groente snijden".
    """
    # "Voeg" adds something here, and lays no bricks.
    found = [one for one in taxonomy.extract(text) if not _ALL_CUES.issuperset(words(one.words))]
    taken_out: list[str] = []
    put_back: list[str] = []
    added: list[Told] = []
    absent: list[str] = []
    shown, hidden = [one.skill_id for one in present], [one.skill_id for one in removed]
    for piece in _pieces(text):
        here = [one for one in found if _stands_in(piece, one)]
        skills = {one.concept.id: _told(one) for one in here if isinstance(one.concept, Skill)}
        known = _named((*present, *removed), here)
        # "Vlees snijden" is new beside "groente snijden", but what is to go must be there already.
        if not known and (piece.mode is _Mode.TAKE_OUT or not skills):
            known = _hinted_at((*present, *removed), piece, taxonomy)
        if piece.mode is _Mode.TAKE_OUT:
            taken_out += [skill_id for skill_id in known if skill_id in shown]
            absent += [] if known else list(skills)
            continue
        if piece.mode is _Mode.KEEP:
            taken_out += [skill_id for skill_id in shown if known and skill_id not in known]
        put_back += [skill_id for skill_id in known if skill_id in hidden]
        added += [] if known else skills.values()
    return Change(
        removed=tuple(dict.fromkeys(taken_out)),
        restored=tuple(dict.fromkeys(put_back)),
        added=_each_once(added),
        absent=tuple(absent),
    )


def _pieces(text: str) -> Iterator[_Piece]:
    matches = list(_PIECE.finditer(text))
    modes = [_mode_of(match.group()) for match in matches]
    # "Haal lassen, frezen en koken weg": a piece without a cue of its own goes with the one before or after.
    current = next((mode for mode in modes if mode is not None), _Mode.ADD)
    for match, mode in zip(matches, modes, strict=True):
        current = mode or current
        yield _Piece(text=match.group(), start=match.start(), end=match.end(), mode=current)


def _mode_of(piece: str) -> _Mode | None:
    said = set(words(piece))
    mode = next((mode for mode, cues in _CUES.items() if cues & said), None)
    return mode or (_Mode.ADD if "maar" in said else None)


def _stands_in(piece: _Piece, found: Found) -> bool:
    """Tell whether a piece names something; "draaien en frezen" goes on in the next, but work does not."""
    is_whole = found.end <= piece.end or isinstance(found.concept, Skill)
    return piece.start <= found.start < piece.end and is_whole


def _named(told: Sequence[Told], found: Sequence[Found]) -> list[str]:
    """Return which of these skills are named, themselves or by the work they come with."""
    named = {one.concept.id for one in found}
    return [one.skill_id for one in told if {one.skill_id, one.occupation_id} & named]


def _hinted_at(told: Sequence[Told], piece: _Piece, taxonomy: Taxonomy) -> list[str]:
    """Return which of these skills have most words in common with a piece; all when it says "alles"."""
    said = [word for word in subject_words(piece.text) if word not in _ALL_CUES]
    if not said and _EVERYTHING & set(words(piece.text)):
        return [one.skill_id for one in told]
    likeness = {one.skill_id: _in_common(said, skill_name(one, taxonomy)) for one in told}
    most = max(likeness.values(), default=0)
    return [skill_id for skill_id, count in likeness.items() if count == most] if most else []


def _in_common(said: Sequence[str], name: str) -> int:
    parts = [stems(word) for word in subject_words(name) or words(name)]
    return sum(any(stems(word) & part for part in parts) for word in said)
