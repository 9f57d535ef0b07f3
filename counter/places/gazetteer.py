"""Finding places by what people type: names, nicknames, typing errors and postcodes."""

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib import resources
from statistics import fmean

from rapidfuzz import process
from rapidfuzz.distance import OSA
from stdnum.exceptions import ValidationError
from stdnum.nl import postcode as dutch_postcode

from counter.catalogue.words import fold
from counter.places.model import Place, Region, distance_from_km, distance_km

_FOUR_DIGITS = re.compile(r"[1-9]\d{3}")
_MUNICIPALITY_OF = re.compile(r"^(?:de )?gemeente ")


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A place with its other names and its postcode areas (four digits)."""

    place: Place
    aliases: tuple[str, ...] = ()
    postcode_areas: tuple[range, ...] = ()


class Gazetteer:
    """The places the counter knows; where two share a name, the first one has it."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        entries = tuple(entries)
        self._places = tuple(entry.place for entry in entries)
        self._by_name: dict[str, Place] = {}
        self._by_area: dict[int, Place] = {}
        # A name goes before an alias, and an alias before a municipality without a town of that name.
        for entry in entries:
            self._by_name.setdefault(_key(entry.place.name), entry.place)
        for entry in entries:
            for alias in entry.aliases:
                self._by_name.setdefault(_key(alias), entry.place)
            for areas in entry.postcode_areas:
                for area in areas:
                    self._by_area.setdefault(area, entry.place)
        for municipality in _municipalities(self._places):
            self._by_name.setdefault(_key(municipality.name), municipality)

    def __iter__(self) -> Iterator[Place]:
        return iter(self._places)

    def nearest(self, latitude: float, longitude: float) -> tuple[Place, float]:
        """Return the place nearest to a point (degrees, WGS 84), and how many kilometres away it is."""
        nearest = min(self._places, key=lambda place: distance_from_km(place, latitude, longitude))
        return nearest, distance_from_km(nearest, latitude, longitude)

    def knows(self, name: str) -> bool:
        """Say whether this is the name of a place, spelt right."""
        return _key(name) in self._by_name

    def find(self, text: str) -> Place | None:
        """Return the place with this name, forgiving case, nicknames and small typing errors."""
        name = _key(text)
        return self._by_name.get(name) or self._misspelt(name)

    def _misspelt(self, name: str) -> Place | None:
        tolerance = _tolerance(name)
        if not tolerance:
            return None
        near = process.extract(
            name, self._by_name.keys(), scorer=OSA.distance, score_cutoff=tolerance, limit=None
        )
        if not near:
            return None
        # People seldom miss the first letter, so it decides between names that are equally near.
        best = min((distance, known[0] != name[0]) for known, distance, _ in near)
        places = {
            self._by_name[known] for known, distance, _ in near if (distance, known[0] != name[0]) == best
        }
        return places.pop() if len(places) == 1 else None

    def by_postcode(self, postcode: str) -> Place | None:
        """Return the place of a postcode ("1506 AB", or its four digits); None outside the province."""
        area = postcode_area(postcode)
        return None if area is None else self._by_area.get(area)

    def may_lie_inside(self, postcode: str) -> bool:
        """Say whether an unlisted postcode may still be ours: new ones are numbered beside known ones."""
        area = postcode_area(postcode)
        return area is not None and any(known // 10 == area // 10 for known in self._by_area)

    def distance_km(self, a: Place, b: Place) -> float:
        """Return the distance as the crow flies, in kilometres."""
        return distance_km(a, b)


def postcode_area(postcode: str) -> int | None:
    """Return the four digits of a well-formed Dutch postcode, or None."""
    postcode = postcode.strip()
    if _FOUR_DIGITS.fullmatch(postcode):
        return int(postcode)
    try:
        return int(dutch_postcode.validate(postcode)[:4])
    except ValidationError:
        return None


def load_gazetteer() -> Gazetteer:
    """Read the places that come with the project; reads a file at each call."""
    source = resources.files("counter.places").joinpath("places.csv")
    rows = csv.DictReader(source.read_text(encoding="utf-8").splitlines())
    return Gazetteer([_entry(row) for row in rows])


def _entry(row: dict[str, str]) -> Entry:
    return Entry(
        place=Place(
            name=row["name"],
            municipality=row["municipality"],
            region=Region(row["region"]),
            latitude=float(row["latitude"]),
            longitude=float(row["longitude"]),
        ),
        aliases=_parts(row["aliases"]),
        postcode_areas=tuple(_range(part) for part in _parts(row["pc4"])),
    )


def _parts(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split("|") if part.strip())


def _range(text: str) -> range:
    first, _, last = text.partition("-")
    return range(int(first), int(last or first) + 1)


def _municipalities(places: Iterable[Place]) -> Iterator[Place]:
    """Return each municipality as one place, in the middle of its towns."""
    towns: defaultdict[str, list[Place]] = defaultdict(list)
    for place in places:
        towns[place.municipality].append(place)
    for name, members in towns.items():
        yield Place(
            name=name,
            municipality=name,
            region=members[0].region,
            latitude=fmean(place.latitude for place in members),
            longitude=fmean(place.longitude for place in members),
        )


def _key(name: str) -> str:
    # "Beverwyk" and "Beverwijk" sound and look alike.
    folded = " ".join(re.sub(r"[^a-z0-9]+", " ", fold(name).replace("'", "")).split())
    return _MUNICIPALITY_OF.sub("", folded).replace("ij", "y")


def _tolerance(name: str) -> int:
    """Return how many letters may be wrong: none in a short name, where one makes another place."""
    if len(name) < 5:  # noqa: PLR2004
        return 0
    return 1 if len(name) < 9 else 2  # noqa: PLR2004
