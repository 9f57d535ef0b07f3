"""The places we wrote down ourselves, held against public lists that are not part of the project."""

import csv
from pathlib import Path

import pytest

from counter.places.gazetteer import Gazetteer, load_gazetteer
from counter.places.model import Place, distance_km

REFERENCE = Path(__file__).resolve().parents[5] / "shared" / "data" / "geo"

pytestmark = pytest.mark.skipif(
    not REFERENCE.is_dir(), reason="the reference lists (../shared/data/geo) are not on this machine"
)


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return load_gazetteer()


def rows(name: str) -> list[dict[str, str]]:
    with (REFERENCE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_municipality_is_found_in_its_region(gazetteer: Gazetteer) -> None:
    wrong = [
        row["gemeente"]
        for row in rows("gemeenten_noord_holland.csv")
        if (place := gazetteer.find(row["gemeente"])) is None or place.region != row["arbeidsmarktregio"]
    ]
    assert wrong == []


def test_every_town_lies_where_a_map_puts_it(gazetteer: Gazetteer) -> None:
    """Three kilometres apart at most: villages along a road or a lake have no one middle."""
    towns = {row["name"]: row for row in rows("geonames_nh_places.csv")}
    apart = {}
    for place in gazetteer:
        # Two hamlets are called Halfweg; the lists each have another one.
        if place.name != "Halfweg" and (row := towns.get(place.name)):
            reference = Place(
                name=place.name,
                municipality=place.municipality,
                region=place.region,
                latitude=float(row["lat"]),
                longitude=float(row["lon"]),
            )
            apart[place.name] = distance_km(place, reference)
    assert len(apart) > 100
    assert {name: round(km, 1) for name, km in apart.items() if km > 3} == {}


def test_nearly_every_postcode_area_leads_to_its_region(gazetteer: Gazetteer) -> None:
    """The reference is years old and wrong at some borders, so a few may differ."""
    areas = rows("pc4_noord_holland.csv")
    differing = {
        row["pc4"]: (row["woonplaats"], None if place is None else place.name)
        for row in areas
        if (place := gazetteer.by_postcode(row["pc4"])) is None or place.region != row["arbeidsmarktregio"]
    }
    assert len(differing) <= 0.01 * len(areas), differing
