"""Everything that is kept of somebody, as they read it: from the export, so that nothing is forgotten."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any

from connectors.website.personal.own_data_words import Naming, Words
from connectors.website.wording import SENDERS, card_lines, moment_in_words
from counter.calendar import local_date
from counter.conversations.model import Sender
from counter.people.contact import readable_phone

_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d\S*")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_ELSEWHERE = frozenset({"exported_at", "conversations", "looks"})
_EURO, _PHONE = "amount_eur", "phone"
_CENTS = frozenset({"cents", "balance_cents"})


@dataclass(frozen=True, kw_only=True)
class Fact:
    """One thing that is kept, and what it is called."""

    label: str
    value: str


@dataclass(frozen=True, kw_only=True)
class Thing:
    """What belongs together: an application, a place on a list; `parts` are what happened with it."""

    heading: str
    facts: tuple[Fact, ...]
    parts: "tuple[Part, ...]" = ()


@dataclass(frozen=True, kw_only=True)
class Part:
    """Things within a thing, such as the events of an application."""

    title: str
    things: tuple[Thing, ...]


@dataclass(frozen=True, kw_only=True)
class Group:
    """Everything of one subject."""

    subject: str
    title: str
    about: str
    things: tuple[Thing, ...]


@dataclass(frozen=True, kw_only=True)
class Said:
    """A message as it was said."""

    who: str
    when: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Talk:
    """A conversation, and where it was held."""

    title: str
    address: str | None
    messages: tuple[Said, ...]


@dataclass(frozen=True, kw_only=True)
class Day:
    """What staff did on one day."""

    day: str
    lines: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class OwnData:
    """Everything that is kept of one person."""

    made_at: str
    groups: tuple[Group, ...]
    nothing_of: tuple[str, ...]
    """The titles of what there is none of."""
    looks: tuple[Day, ...]
    talks: tuple[Talk, ...]


def read(exported: Mapping[str, Any], words: Words) -> OwnData:
    """Read an export: every subject in it, also one that no editor named."""
    known = {naming.subject for naming in words.groups}
    new = (words.unnamed(subject) for subject in exported if subject not in known | _ELSEWHERE)
    groups = [_group(naming, exported.get(naming.subject, ()), words) for naming in (*words.groups, *new)]
    return OwnData(
        made_at=moment_in_words(datetime.fromisoformat(exported["exported_at"])),
        groups=tuple(group for group in groups if group.things),
        nothing_of=tuple(group.title for group in groups if not group.things),
        looks=tuple(_looks(exported["looks"], words)),
        talks=tuple(_talk(talk, words) for talk in exported["conversations"]),
    )


def _group(naming: Naming, things: Sequence[Mapping[str, Any]], words: Words) -> Group:
    return Group(
        subject=naming.subject,
        title=naming.title,
        about=naming.about,
        things=tuple(_thing(naming.subject, thing, words, naming.heading) for thing in things),
    )


def _thing(subject: str, kept: Mapping[str, Any], words: Words, heading: Iterable[str] = ()) -> Thing:
    above = next((field for field in heading if kept.get(field)), None)
    facts, parts = [], []
    for field, value in kept.items():
        if field in words.technical or field == above or value in (None, "", [], {}):
            continue
        within = [value] if isinstance(value, Mapping) else value
        if isinstance(within, list) and isinstance(within[0], Mapping):
            things = tuple(_thing(subject, one, words) for one in within)
            parts.append(Part(title=words.label(field), things=things))
        else:
            facts.append(Fact(label=words.label(field), value=_in_words(subject, field, value, words)))
    return Thing(
        heading="" if above is None else _in_words(subject, above, kept[above], words),
        facts=tuple(facts),
        parts=tuple(parts),
    )


def _in_words(subject: str, field: str, value: object, words: Words) -> str:
    if isinstance(value, list):
        return ", ".join(_in_words(subject, field, one, words) for one in value)
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, int | float):
        return _number(field, value)
    return _text_in_words(subject, field, str(value), words)


def _number(field: str, value: float) -> str:
    if field == _EURO:
        return f"€ {value:,}".replace(",", ".")
    if field in _CENTS:
        return f"€ {value / 100:.2f}".replace(".", ",")
    return f"{value:g}".replace(".", ",") if isinstance(value, float) else str(value)


def _text_in_words(subject: str, field: str, text: str, words: Words) -> str:
    if field == _PHONE:
        return readable_phone(text)
    if _MOMENT.fullmatch(text):
        return moment_in_words(datetime.fromisoformat(text))
    if _DAY.fullmatch(text):
        return day_in_words(date.fromisoformat(text))
    return words.value(subject, field, text)


def _looks(looks: Sequence[Mapping[str, Any]], words: Words) -> Iterator[Day]:
    """Yield each day that staff did something, the latest first; what was done over and over is said once."""
    by_day = groupby(looks, key=lambda look: local_date(datetime.fromisoformat(look["at"])))
    for day, looks_then in reversed([(day, list(found)) for day, found in by_day]):
        times: dict[str, int] = {}
        for look in looks_then:
            line = _look(look, words)
            times[line] = times.get(line, 0) + 1
        lines = (
            words.looks["times"].format(line=line, times=count) if count > 1 else line
            for line, count in times.items()
        )
        yield Day(day=day_in_words(day), lines=tuple(lines))


def _look(look: Mapping[str, Any], words: Words) -> str:
    line = words.looks["line"].format(
        first_name=look["first_name"],
        organisation=look["organisation"],
        roles=_in_words("looks", "roles", look["roles"], words),
        what=words.value("looks", "what", look["what"]),
    )
    about = ", ".join(look["about"])
    return words.looks["about_what"].format(line=line, about=about) if about else line


def _talk(talk: Mapping[str, Any], words: Words) -> Talk:
    since = local_date(datetime.fromisoformat(talk["opened_at"]))
    return Talk(
        title=words.conversations["one"].format(
            channel=words.value("conversations", "channel", talk["channel"]), since=day_in_words(since)
        ),
        address=talk["address"],
        messages=tuple(said for message in talk["messages"] if (said := _said(message)).text),
    )


def _said(message: Mapping[str, Any]) -> Said:
    lines = (message["text"], *(line for card in message["cards"] for line in card_lines(card)))
    return Said(
        who=message.get("author") or SENDERS[Sender(message["from"])],
        when=moment_in_words(datetime.fromisoformat(message["at"])),
        text="\n".join(filter(None, lines)),
    )


def day_in_words(day: date) -> str:
    """Write a day the Dutch way, in figures."""
    return f"{day.day}-{day.month}-{day.year}"
