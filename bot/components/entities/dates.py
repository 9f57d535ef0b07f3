"""Dates as people say them, counted from today."""

import calendar
import re
from datetime import date, timedelta
from typing import Iterator, Optional

from components.entities.found import Found, fold
from components.entities.numbers import NUMBER, number

_WEEKDAYS = "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag".split()
_MONTHS = "januari februari maart april mei juni juli augustus september oktober november december".split()
# "Mei" has no shorter form, September has two.
_SHORT_MONTHS = "jan feb mrt apr mei jun jul aug sep okt nov dec".split()
_MONTH_NUMBERS = {
    **{name: number for names in (_MONTHS, _SHORT_MONTHS) for number, name in enumerate(names, start=1)},
    "sept": 9,
}
_NAMED = {
    **dict.fromkeys(("vandaag", "vanochtend", "vanmiddag", "vanavond"), 0),
    **dict.fromkeys(("morgen", "morgenochtend", "morgenmiddag", "morgenavond"), 1),
    "overmorgen": 2,
}
# The day and month on which what people call "na de zomer" begins.
_SEASONS = {
    "voorjaar": (3, 1),
    "lente": (3, 1),
    "zomer": (6, 1),
    "najaar": (9, 1),
    "herfst": (9, 1),
    "winter": (12, 1),
}
_AFTER_HOLIDAYS = {
    **dict.fromkeys(("zomer", "zomervakantie", "vakantie", "grote vakantie", "bouwvak"), (9, 1)),
    **dict.fromkeys(("kerst", "kerstvakantie", "feestdagen", "winter", "jaarwisseling"), (1, 2)),
}

_HALF = {"week": timedelta(days=2), "maand": timedelta(days=14), "jaar": timedelta(days=181)}
_MOST_CHOICES = 10
_MIDDLES, _ENDS = ("half", "medio", "midden"), ("eind", "einde")
_MONTH = "|".join(sorted(_MONTH_NUMBERS, key=len, reverse=True))
_PART = r"(?:(begin|half|medio|midden|eind|einde)\s+(?:van\s+)?)"
_FIGURES = re.compile(r"\b(\d{1,2})[-/.](\d{1,2})(?:[-/.](\d{4}|\d{2}))?\b")
_WRITTEN = re.compile(
    rf"\b({NUMBER}|eerste)(?:e|ste|de)?\s+(?:van\s+)?({_MONTH})\b\.?(?:\s+(\d{{4}})(?!\s*\w))?"
)
# "In mei", not "ik mei": a month alone is a date only after a word that points to it.
_WHOLE_MONTH = re.compile(
    rf"\b(?:{_PART}|(?:in|vanaf|per|tot|voor|na|tegen|rond|richting|komende?|volgende?)\s+(?:de maand\s+)?)"
    rf"({'|'.join(_MONTHS)})\b(?:\s+(\d{{4}})\b)?(?!\s+(?:heb|had|heeft|hebben|was|werd)\b)"
)
_BARE_MONTH = re.compile(rf"^\W*({'|'.join(_MONTHS)})(?:\s+(\d{{4}}))?\W*$")
_BEFORE_A_PAST_MONTH = re.compile(r"\b(?:sinds|vorig jaar|afgelopen|geboren)\s*$")
_DAY = re.compile(rf"(?<!goede )(?<!goeie )\b({'|'.join(_NAMED)})\b")
_WEEKDAY = re.compile(
    r"\b(?:(volgende week|volgende|komende|aankomende|eerstkomende|aanstaande|deze)\s+)?"
    rf"({'|'.join(_WEEKDAYS)})(?:ochtend|morgen|middag|avond)?\b(?:\s+(volgende week)\b)?"
)
_AHEAD = re.compile(
    rf"\bover\s+({NUMBER}|een|een paar|enkele|een half|half|anderhalf|anderhalve)\s+"
    r"(dag|dagen|week|weken|maand|maanden|jaar)\b"
)
_WEEK_NUMBER = re.compile(r"\b(?:in|vanaf|tot|na|voor) week (\d{1,2})\b")
_DAY_OF_MONTH = re.compile(r"\b(?:op|per|vanaf|tot|voor|na) de (\d{1,2})(?:e|ste|de)(?=\s*(?:$|[,.?!]))")
_NEXT = re.compile(rf"\b{_PART}?(?:de\s+)?(volgende?|deze|dit|komende?|de)\s+(week|maand|jaar)\b")
_WEEKEND = re.compile(r"\b(dit|komend|aankomend|volgend)\s+weekend\b")
_SEASON = re.compile(rf"\b(?:komende?|dit|deze|volgende?|aankomende?)\s+({'|'.join(_SEASONS)})\b")
_AFTER = re.compile(rf"\bna\s+(?:de\s+)?({'|'.join(_AFTER_HOLIDAYS)})\b")
_AT_ONCE = re.compile(
    r"\bper (?:direct|omgaande)\b|\bzo (?:snel|spoedig|gauw) mogelijk\b|\bz\.?s\.?m\b"
    r"|\bvanaf (?:nu|vandaag)\b|^\W*(?:meteen|direct|gelijk|nu|nu meteen|morgen al)\W*$"
)


def find_dates(text: str, today: date) -> Iterator[Found]:
    """Find dates; the value is ISO ("2026-12-01"). A date without a year lies ahead.

    What is only roughly said becomes its first day: "in maart", "begin volgend jaar"; "half" is the
    15th, "eind" the last day.
    """
    folded = fold(text)
    for find in (_days_and_months, _counted_days, _periods):
        yield from find(folded, today)


def _days_and_months(folded: str, today: date) -> Iterator[Found]:
    for match in _FIGURES.finditer(folded):
        day, month, year = match.groups()
        yield from _found(match, _date(int(day), int(month), year, today))
    for match in _WRITTEN.finditer(folded):
        day, month, year = match.groups()
        day_number = 1 if day == "eerste" else number(day)
        yield from _found(match, _date(day_number, _MONTH_NUMBERS[month], year, today))
    for match in _WHOLE_MONTH.finditer(folded):
        part, month, year = match.groups()
        # "Voor 3 maart" has been found already.
        is_past = _BEFORE_A_PAST_MONTH.search(folded[: match.start()])
        if not is_past and not _shares_words(folded, match, _WRITTEN):
            yield from _found(match, _in_month(part, _MONTH_NUMBERS[month], year, today))
    for match in _BARE_MONTH.finditer(folded):
        yield from _found(match, _in_month(None, _MONTH_NUMBERS[match.group(1)], match.group(2), today))


def _counted_days(folded: str, today: date) -> Iterator[Found]:
    for match in _DAY.finditer(folded):
        yield from _found(match, today + timedelta(days=_NAMED[match.group(1)]))
    for match in _WEEKDAY.finditer(folded):
        which, name, after = match.groups()
        yield from _found(match, _weekday(after or which, name, today))
    for match in _AHEAD.finditer(folded):
        yield from _found(match, _after_a_while(*match.groups(), today))
    for match in _DAY_OF_MONTH.finditer(folded):
        # Up to ten it may as well be a choice: "voor de 2e".
        if int(match.group(1)) > _MOST_CHOICES:
            month = today.month if int(match.group(1)) >= today.day else today.month % 12 + 1
            yield from _found(match, _date(int(match.group(1)), month, None, today))
    for match in _AT_ONCE.finditer(folded):
        yield from _found(match, today)


def _periods(folded: str, today: date) -> Iterator[Found]:
    for match in _NEXT.finditer(folded):
        if not _shares_words(folded, match, _WEEKDAY):
            yield from _found(match, _in_period(*match.groups(), today))
    for match in _WEEK_NUMBER.finditer(folded):
        yield from _found(match, _monday(int(match.group(1)), today))
    for match in _WEEKEND.finditer(folded):
        saturday = today + timedelta(days=(5 - today.weekday()) % 7)
        yield from _found(match, saturday + timedelta(days=7 if match.group(1) == "volgend" else 0))
    for pattern, starts in ((_SEASON, _SEASONS), (_AFTER, _AFTER_HOLIDAYS)):
        for match in pattern.finditer(folded):
            month, day = starts[match.group(1)]
            yield from _found(match, _date(day, month, None, today))


def _shares_words(folded: str, match: "re.Match[str]", pattern: "re.Pattern[str]") -> bool:
    """Tell whether something that the pattern finds stands in the same place."""
    return any(
        other.start() < match.end() and match.start() < other.end() for other in pattern.finditer(folded)
    )


def _in_month(part: Optional[str], month: int, year: Optional[str], today: date) -> Optional[date]:
    day = 15 if part in _MIDDLES else 1
    if part not in _ENDS:
        return _date(day, month, year, today)
    end = _last_of_month(int(year or today.year), month)
    return end if year or end >= today else _last_of_month(today.year + 1, month)


def _in_period(part: Optional[str], which: str, unit: str, today: date) -> Optional[date]:
    is_next = which.startswith(("volgend", "komend"))
    if part is None:
        # "De week" and "dit jaar" tell no day.
        return _next(unit, today) if is_next else None
    first = _first_day(unit, today)
    if is_next:
        first = _next(unit, first)
    if part in _ENDS:
        return first + timedelta(days=4) if unit == "week" else _next(unit, first) - timedelta(days=1)
    return first + _HALF[unit] if part in _MIDDLES else first


def _monday(week: int, today: date) -> Optional[date]:
    try:
        monday = date.fromisocalendar(today.year, week, 1)
        return monday if monday >= today else date.fromisocalendar(today.year + 1, week, 1)
    except ValueError:  # week 54
        return None


def _first_day(unit: str, today: date) -> date:
    if unit == "week":
        return today - timedelta(days=today.weekday())
    return today.replace(day=1) if unit == "maand" else date(today.year, 1, 1)


def _next(unit: str, today: date) -> date:
    """Return this day of the next week or month; of a year its first day."""
    return date(today.year + 1, 1, 1) if unit == "jaar" else _ahead(1, unit, today)


def _after_a_while(count: str, unit: str, today: date) -> Optional[date]:
    halves = {
        "een": 2,
        "een paar": 6,
        "enkele": 6,
        "een half": 1,
        "half": 1,
        "anderhalf": 3,
        "anderhalve": 3,
    }.get(count)
    if halves is None:
        halves = 2 * number(count)
    if unit == "jaar":
        return _ahead(6 * halves, "maanden", today)
    if unit.startswith("maand"):
        later = _ahead(halves // 2, unit, today)
        return later + timedelta(days=15 * (halves % 2))
    days = 7 if unit.startswith("we") else 1
    return today + timedelta(days=halves * days // 2)


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
    if which in {"volgende week", "volgende"}:
        monday = today + timedelta(days=7 - today.weekday())
        return monday + timedelta(days=_WEEKDAYS.index(name))
    return today + timedelta(days=days)


def _last_of_month(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _ahead(count: int, unit: str, today: date) -> date:
    if unit.startswith("maand"):
        months = today.month - 1 + count
        return date(today.year + months // 12, months % 12 + 1, min(today.day, 28))
    return today + timedelta(days=count * (7 if unit.startswith("we") else 1))
