"""Reading the opening hours that an administrator keeps in a TOML file."""

import re
import tomllib
from collections.abc import Mapping
from datetime import date, time, timedelta
from importlib import resources
from itertools import pairwise
from pathlib import Path
from typing import Any, NoReturn

from counter.opening.model import Office, OpeningHours, Span
from counter.places.model import Region

WEEKDAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")

type _Table = Mapping[str, Any]
type _Path = tuple[str, ...]

_TEXTS = ("naam", "adres", "telefoon")
_SPAN = re.compile(r"(\d{1,2}):(\d{2})\s*-\s*(\d{1,2}):(\d{2})")


class OpeningHoursError(ValueError):
    """A file with opening hours that cannot be used; tells an administrator where and why."""

    def __init__(self, file: str, line: int | None, reason: str) -> None:
        where = f", regel {line}" if line else ""
        super().__init__(f"De openingstijden ({file}{where}) kloppen niet: {reason}")


class _FaultError(Exception):
    """Something that is wrong at a place in the document."""

    def __init__(self, path: _Path, reason: str) -> None:
        super().__init__(reason)
        self.path = path


def load_opening_hours(file: Path | None = None) -> OpeningHours:
    """Read the opening hours from this file, or the samples; reads a file at each call.

    Raises:
        OpeningHoursError: the file cannot be read, or something in it is wrong.
    """
    source = file or resources.files("counter.opening").joinpath("hours.toml")
    try:
        text = source.read_text(encoding="utf-8")
    except (OSError, UnicodeError) as error:
        raise OpeningHoursError(
            str(source), None, f"het bestand is niet te lezen ({type(error).__name__})."
        ) from error
    return read_opening_hours(text, str(source))


def read_opening_hours(text: str, file: str) -> OpeningHours:
    """Return the opening hours in a TOML document; `file` is what an administrator calls it.

    Raises:
        OpeningHoursError: the document is no TOML, or something in it is wrong.
    """
    try:
        return _opening_hours(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"at line (\d+)", str(error))
        reason = "dit is geen geldige TOML. Staat er een aanhalingsteken of haakje te veel of te weinig?"
        raise OpeningHoursError(file, int(line[1]) if line else None, reason) from error
    except _FaultError as fault:
        raise OpeningHoursError(file, _line_of(fault.path, text), str(fault)) from fault


def _opening_hours(document: _Table) -> OpeningHours:
    _check_keys(document, {"voorbeeld", "terugbellen", "loket", "regio"}, ())
    is_sample = document.get("voorbeeld", False)
    if not isinstance(is_sample, bool):
        _refuse(("voorbeeld",), "schrijf true of false, zonder aanhalingstekens.")
    general, regions = _table(document, "loket", ()), _table(document, "regio", ())
    _check_keys(regions, set(Region), ("regio",))
    return OpeningHours(
        general=_office(general, {}, ("loket",)),
        offices={
            Region(name): _office(_table(regions, name, ("regio",)), general, ("regio", name))
            for name in regions
        },
        call_back_notice=timedelta(minutes=_notice(_table(document, "terugbellen", ()))),
        is_sample=is_sample,
    )


def _notice(table: _Table) -> int:
    minutes = table.get("minuten_vooraf")
    if type(minutes) is not int or minutes < 0:
        _refuse(("terugbellen", "minuten_vooraf"), "minuten_vooraf moet een heel getal zijn, zoals 60.")
    return minutes


def _office(own: _Table, general: _Table, path: _Path) -> Office:
    """Return an office; what it does not name itself is that of the general one, which was read before."""
    _check_keys(own, {*_TEXTS, *WEEKDAYS, "dagen"}, path)
    table = {**general, **own}
    name, address, phone = (_text(table, key, path) for key in _TEXTS)
    week = tuple(_spans(table.get(weekday, []), (*path, weekday)) for weekday in WEEKDAYS)
    if not any(week):
        _refuse(path, "dit loket is op geen enkele dag van de week open.")
    days = {**_table(general, "dagen", ("loket",)), **_table(own, "dagen", path)}
    return Office(
        name=name,
        address=address,
        phone=phone,
        week=week,
        days={_day(day, path): _spans(spans, (*path, "dagen", day)) for day, spans in days.items()},
    )


def _table(parent: _Table, key: str, path: _Path) -> _Table:
    table = parent.get(key, {})
    if not isinstance(table, dict):
        _refuse((*path, key), f"[{key}] moet een kopje zijn, met regels eronder.")
    return table


def _text(table: _Table, key: str, path: _Path) -> str:
    text = table.get(key)
    if not isinstance(text, str) or not text.strip():
        _refuse((*path, key), f"{key} ontbreekt, of is geen tekst tussen aanhalingstekens.")
    return text.strip()


def _day(written: str, path: _Path) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError:
        _refuse((*path, "dagen", written), f"{written} is geen datum. Schrijf bijvoorbeeld 2026-12-24.")


def _spans(written: object, path: _Path) -> tuple[Span, ...]:
    if not isinstance(written, list):
        _refuse(path, f'zet de tijden van {path[-1]} tussen haken: ["9:00-17:00"].')
    spans = tuple(_span(one, path) for one in written)
    if any(later.start <= earlier.end for earlier, later in pairwise(spans)):
        _refuse(path, f"de tijden van {path[-1]} staan niet op volgorde, of lopen in elkaar over.")
    return spans


def _span(written: object, path: _Path) -> Span:
    found = _SPAN.fullmatch(str(written).strip())
    try:
        hour, minute, end_hour, end_minute = map(int, found.groups() if found else ())
        return Span(start=time(hour, minute), end=time(end_hour, end_minute))
    except ValueError:
        _refuse(
            path, f'"{written}" bij {path[-1]} is geen tijd van een dag. Schrijf bijvoorbeeld "9:00-17:00".'
        )


def _check_keys(table: _Table, known: set[str], path: _Path) -> None:
    for key in table.keys() - known:
        _refuse((*path, key), f'"{key}" ken ik hier niet. Bekend zijn: {", ".join(sorted(known))}.')


def _refuse(path: _Path, reason: str) -> NoReturn:
    raise _FaultError(path, reason)


def _line_of(path: _Path, text: str) -> int | None:
    """Return the line where this key stands, or else the heading it stands under; None when neither does.

    tomllib forgets lines; but a heading, or the key before an equals sign, is a small document itself.
    """
    heading: _Path = ()
    lines: dict[_Path, int] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if line.lstrip().startswith("["):
            heading = _keys(line)
            lines.setdefault(heading, number)
        else:
            lines.setdefault((*heading, *_keys(line.partition("=")[0] + "= 0")), number)
    return next((lines[path[:depth]] for depth in range(len(path), 0, -1) if path[:depth] in lines), None)


def _keys(document: str) -> _Path:
    """Return the nested keys of a document of one line, the outermost first; none of what is no document."""
    try:
        inner: object = tomllib.loads(document)
    except tomllib.TOMLDecodeError:
        return ()
    keys: list[str] = []
    while isinstance(inner, dict) and inner:
        key, inner = next(iter(inner.items()))
        keys.append(key)
    return tuple(keys)
