"""Finding places by what people type."""

import math

import pytest

from counter.places.gazetteer import Entry, Gazetteer, load_gazetteer, postcode_area
from counter.places.model import Place, Region, distance_km


def a_place(name: str, municipality: str | None = None, *, latitude: float = 52.4) -> Place:
    return Place(
        name=name,
        municipality=municipality or name,
        region=Region.ZAANSTREEK_WATERLAND,
        latitude=latitude,
        longitude=4.8,
    )


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return load_gazetteer()


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Zaandam", "Zaandam"),
        ("  zaandam ", "Zaandam"),
        ("ZAANDAM", "Zaandam"),
        ("Zandam", "Zaandam"),
        ("Alkmar", "Alkmaar"),
        ("A'dam", "Amsterdam"),
        ("Den Helder", "Den Helder"),
        ("denhelder", "Den Helder"),
        ("den-helder", "Den Helder"),
        ("hoofdorp", "Hoofddorp"),
        ("Enkhuisen", "Enkhuizen"),
        ("beverwyk", "Beverwijk"),
        ("gemeente Purmerend", "Purmerend"),
        ("Zaanstad", "Zaanstad"),
    ],
)
def test_a_place_is_found_as_people_type_it(gazetteer: Gazetteer, typed: str, name: str) -> None:
    place = gazetteer.find(typed)
    assert place is not None
    assert place.name == name


@pytest.mark.parametrize("typed", ["", "  ", "?", "Rotterdam", "Utrecht", "lassen", "Horn", "Edem", "👋"])
def test_what_is_no_place_of_the_province_is_not_found(gazetteer: Gazetteer, typed: str) -> None:
    assert gazetteer.find(typed) is None


def test_a_typing_error_between_two_places_is_no_guess() -> None:
    gazetteer = Gazetteer([Entry(place=a_place("Warder")), Entry(place=a_place("Warmer"))])
    assert gazetteer.find("Warrer") is None


def test_the_first_letter_decides_between_equally_near_names() -> None:
    gazetteer = Gazetteer([Entry(place=a_place("Harder")), Entry(place=a_place("Warmer"))])
    found = gazetteer.find("Warder")
    assert found is not None
    assert found.name == "Warmer"


def test_a_municipality_without_a_town_of_that_name_lies_amid_its_towns() -> None:
    gazetteer = Gazetteer(
        [
            Entry(place=a_place("Noord", "Samen", latitude=52.6)),
            Entry(place=a_place("Zuid", "Samen", latitude=52.4)),
        ]
    )
    found = gazetteer.find("samen")
    assert found is not None
    assert found.latitude == pytest.approx(52.5)
    assert [place.name for place in gazetteer] == ["Noord", "Zuid"]


@pytest.mark.parametrize("typed", ["1506 AB", "1506ab", " 1506 ab ", "1506"])
def test_a_postcode_leads_to_its_place(gazetteer: Gazetteer, typed: str) -> None:
    place = gazetteer.by_postcode(typed)
    assert place is not None
    assert place.name == "Zaandam"


@pytest.mark.parametrize("typed", ["", "9999", "3511 AA", "0123 AB", "1506 SS", "15067", "banaan"])
def test_a_wrong_or_foreign_postcode_leads_nowhere(gazetteer: Gazetteer, typed: str) -> None:
    assert gazetteer.by_postcode(typed) is None


def test_a_postcode_beside_known_ones_may_be_a_new_one_of_ours() -> None:
    gazetteer = Gazetteer([Entry(place=a_place("Zaandam"), postcode_areas=(range(1500, 1507),))])
    assert gazetteer.may_lie_inside("1508 AB")
    assert not gazetteer.may_lie_inside("1511 AB")
    assert not gazetteer.may_lie_inside("banaan")


def test_four_digits_of_a_postcode_are_its_area() -> None:
    assert postcode_area("1506 AB") == 1506
    assert postcode_area("506 AB") is None


def test_the_distance_of_two_towns_is_as_on_a_map(gazetteer: Gazetteer) -> None:
    here, there = gazetteer.find("Alkmaar"), gazetteer.find("Amsterdam")
    assert here is not None
    assert there is not None
    assert gazetteer.distance_km(here, there) == pytest.approx(31, abs=3)
    assert distance_km(here, there) == distance_km(there, here)
    assert distance_km(here, here) == 0


def test_a_degree_along_a_meridian_is_a_360th_of_the_way_round() -> None:
    a, b = a_place("a", latitude=52), a_place("b", latitude=53)
    assert distance_km(a, b) == pytest.approx(2 * math.pi * 6371.0088 / 360)
