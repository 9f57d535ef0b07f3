"""Dates as people say them, counted from today."""

import re
from datetime import date, timedelta
from typing import Iterator, Optional

from components.entities.found import Found, fold
from components.entities.numbers import NUMBER, number

_WEEKDAYS = "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag".split()
_MONTHS = "januari februari maart april mei juni juli augustus september oktober november december".split()
_NAMED = {"vandaag": 0, "morgen": 1, "overmorgen": 2, "morgenochtend": 1, "morgenmiddag": 1, "vanmiddag": 0}

_FIGURES = re.compile(r"\b(\d{1,2})[-/.](\d{1,2})(?:[-/.](\d{4}|\d{2}))?\b")
_WRITTEN = re.compile(rf"\b(\d{{1,2}})\s+({'|'.join(_MONTHS)})(?:\s+(\d{{4}}))?\b")
_DAY = re.compile(rf"(?<!goede )(?<!goeie )\b({'|'.join(_NAMED)})\b")
_WEEKDAY = re.compile(rf"\b(?:(volgende week|komende|aanstaande|deze)\s+)?({'|'.join(_WEEKDAYS)})\b")
_AHEAD = re.compile(rf"\bover\s+({NUMBER}|een)\s+(dag|dagen|week|weken|maand|maanden)\b")
_NEXT = re.compile(r"\bvolgende (week|maand)\b")


def find_dates(text: str, today: date) -> Iterator[Found]:
    """Find dates; the value is ISO ("2026-12-01"). A date without a year lies ahead."""
    folded = fold(text)
    for match in _FIGURES.finditer(folded):
        day, month, year = match.groups()
        yield from _found(match, _date(int(day), int(month), year, today))
    for match in _WRITTEN.finditer(folded):
        day, month, year = match.groups()
        yield from _found(match, _date(int(day), _MONTHS.index(month) + 1, year, today))
    for match in _DAY.finditer(folded):
        yield from _found(match, today + timedelta(days=_NAMED[match.group(1)]))
    for match in _WEEKDAY.finditer(folded):
        yield from _found(match, _weekday(*match.groups(), today))
    for match in _AHEAD.finditer(folded):
        count = 1 if match.group(1) == "een" else number(match.group(1))
        yield from _found(match, _ahead(count, match.group(2), today))
    for match in _NEXT.finditer(folded):
        if not _WEEKDAY.match(folded, match.start()):
            yield from _found(match, _ahead(1, match.group(1), today))


def _found(match: "re.Match[str]", day: Optional[date]) -> Iterator[Found]:
    if day is not None:
        yield Found("datum", day.isoformat(), *match.span())


def _date(day: int, month: int, year: Optional[str], today: date) -> Optional[date]:
    try:
        if year is not None:
            return date(int(year) + (2000 if len(year) == 2 else 0), month, day)  # noqa: PLR2004
        this_year = date(today.year, month, day)
        return this_year if this_year >= today else date(today.year + 1, month, day)
    except ValueError:  # 31-02, or 24-32 uur
        return None


def _weekday(which: Optional[str], name: str, today: date) -> date:
    days = (_WEEKDAYS.index(name) - today.weekday()) % 7 or 7
    if which == "volgende week":
        monday = today + timedelta(days=7 - today.weekday())
        return monday + timedelta(days=_WEEKDAYS.index(name))
    return today + timedelta(days=days)


def _ahead(count: int, unit: str, today: date) -> date:
    if unit.startswith("maand"):
        months = today.month - 1 + count
        return date(today.year + months // 12, months % 12 + 1, min(today.day, 28))
    return today + timedelta(days=count * (7 if unit.startswith("we") else 1))
