"""What a file of courses, jobs or initiatives must hold: its columns, and what must agree in a row."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from counter.courses.model import Course, Form, Level
from counter.imports.values import (
    Parser,
    day,
    euros,
    identifier,
    link,
    one_of,
    place_in,
    text,
    whole_number,
    words,
    yes_or_no,
)
from counter.initiatives.model import Initiative
from counter.open_hiring.model import Job
from counter.open_hiring.principle import load_principle
from counter.places.gazetteer import Gazetteer
from counter.places.model import Region
from skills_taxonomy.model import Sector

_NAME = text(120)
_STORY = text(1000)
_MAX_HOURS_TOTAL = 10_000
_HOURS_PER_WEEK = whole_number(1, 60)
_MAX_OPEN_PLACES = 500

# The values of a row so far; a column with a fault is not in it.
type Values = Mapping[str, Any]
# What disagrees: the column it is reported at, and the sentence.
type Disagreements = Iterator[tuple[str, str]]


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column: how a cell becomes a value, whether it may be empty, and what empty means."""

    parse: Parser[object]
    required: bool = False
    empty: object = None


@dataclass(frozen=True, kw_only=True)
class Sheet[Item]:
    """A kind of file: its columns, what one row becomes, and what must agree within a row."""

    columns: Mapping[str, Column]
    build: Callable[..., Item]
    disagreements: Callable[[Values], Disagreements]


def course_sheet(gazetteer: Gazetteer) -> Sheet[Course]:
    """Return what a file of courses holds."""
    place = place_in(gazetteer)
    return Sheet(
        columns={
            "id": Column(parse=identifier, required=True),
            "title": Column(parse=_NAME, required=True),
            "provider": Column(parse=_NAME, required=True),
            "place": Column(parse=lambda cell: None if cell.casefold() == "online" else place(cell)),
            "form": Column(parse=one_of(Form), required=True),
            "level": Column(parse=one_of(Level), required=True),
            "topics": Column(parse=words, required=True),
            "skills": Column(parse=words, empty=()),
            "hours_total": Column(parse=whole_number(1, _MAX_HOURS_TOTAL)),
            "hours_per_week": Column(parse=_HOURS_PER_WEEK),
            "start": Column(parse=day),
            "price_eur": Column(parse=euros),
            "description": Column(parse=_STORY, empty=""),
            "url": Column(parse=link),
            "is_sample": Column(parse=yes_or_no, empty=False),
        },
        build=Course,
        disagreements=_in_course,
    )


def _in_course(values: Values) -> Disagreements:
    if values.get("place", "") is None and values.get("form", Form.ONLINE) is not Form.ONLINE:
        yield "place", "vul een plaats in, of kies bij form: online."


def job_sheet(gazetteer: Gazetteer) -> Sheet[Job]:
    """Return what a file of open-hiring jobs holds."""
    principle = load_principle()

    def disagreements(values: Values) -> Disagreements:
        if "hours_min" in values and "hours_max" in values and values["hours_min"] > values["hours_max"]:
            yield "hours_max", f"dit is minder dan hours_min ({values['hours_min']})."
        for need in values.get("practical_needs", ()):
            if found := principle.asks_for_past(need):
                yield (
                    "practical_needs",
                    f"'{found}' hoort niet bij open hiring. Noem alleen wat iemand praktisch moet kunnen.",
                )

    return Sheet(
        columns={
            "id": Column(parse=identifier, required=True),
            "title": Column(parse=_NAME, required=True),
            "employer": Column(parse=_NAME, required=True),
            "place": Column(parse=place_in(gazetteer), required=True),
            "sector": Column(parse=one_of(Sector), required=True),
            "hours_min": Column(parse=_HOURS_PER_WEEK, required=True),
            "hours_max": Column(parse=_HOURS_PER_WEEK, required=True),
            "wage_text": Column(parse=_NAME, required=True),
            "tasks": Column(parse=_STORY, required=True),
            "practical_needs": Column(parse=words, empty=()),
            "is_sample": Column(parse=yes_or_no, empty=False),
            "open_places": Column(parse=whole_number(0, _MAX_OPEN_PLACES), empty=1),
            "valid_through": Column(parse=day),
        },
        build=Job,
        disagreements=disagreements,
    )


def initiative_sheet(gazetteer: Gazetteer) -> Sheet[Initiative]:
    """Return what a file of initiatives holds; a place settles its region."""

    def region_of(place: str) -> Region | None:
        known = gazetteer.find(place) if place else None
        return known.region if known else None

    def disagreements(values: Values) -> Disagreements:
        if "place" not in values or "region" not in values:
            return
        region, region_of_place = values["region"], region_of(values["place"])
        if region is None and region_of_place is None:
            yield "region", "vul een regio of een plaats in."
        if region and region_of_place and region is not region_of_place:
            yield "region", f"{values['place']} ligt in de regio {region_of_place}, niet in {region}."

    def build(**values: Any) -> Initiative:  # noqa: ANN401 - the columns above say what they are
        return Initiative(**{**values, "region": values["region"] or region_of(values["place"])})

    return Sheet(
        columns={
            "id": Column(parse=identifier, required=True),
            "name": Column(parse=_NAME, required=True),
            "kind": Column(parse=text(60), required=True),
            "place": Column(parse=place_in(gazetteer), empty=""),
            "region": Column(parse=one_of(Region)),
            "themes": Column(parse=words, required=True),
            "description": Column(parse=_STORY, required=True),
            "url": Column(parse=link),
            "is_sample": Column(parse=yes_or_no, empty=False),
        },
        build=build,
        disagreements=disagreements,
    )
