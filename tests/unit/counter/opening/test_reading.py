"""An administrator reads in Dutch what is wrong with the opening hours, and where."""

from datetime import date, time, timedelta
from pathlib import Path

import pytest

from counter.opening.model import Span
from counter.opening.reading import OpeningHoursError, load_opening_hours, read_opening_hours
from counter.places.gazetteer import load_gazetteer
from counter.places.model import Region

GOOD = """\
[terugbellen]
minuten_vooraf = 30
[loket]
naam = "Loket"
adres = "Plein 1, Haarlem"
telefoon = "023 555 01 23"
maandag = ["9:00-12:30", "13:00-17:00"]
[loket.dagen]
2026-12-24 = []
[regio."Groot Amsterdam"]
adres = "Gracht 1, Amsterdam"
dinsdag = ["10:00-12:00"]
dagen = { 2026-12-23 = ["9:00-10:00"] }
"""


def test_the_samples_say_so_and_every_region_has_a_counter_of_its_own_place() -> None:
    opening, gazetteer = load_opening_hours(), load_gazetteer()
    assert opening.is_sample
    assert set(opening.offices) == set(Region)
    for region, office in opening.offices.items():
        place = gazetteer.find(office.address.rpartition(", ")[2])
        assert place is not None
        assert place.region is region
        assert office.address.startswith("Voorbeeldplein")


def test_a_region_takes_over_what_it_does_not_say() -> None:
    opening = read_opening_hours(GOOD, "tijden.toml")
    general, office = opening.general, opening.office(Region.GROOT_AMSTERDAM)
    assert not opening.is_sample
    assert opening.call_back_notice == timedelta(minutes=30)
    assert (office.name, office.address) == ("Loket", "Gracht 1, Amsterdam")
    assert office.week[0] == general.week[0]
    assert office.week[1] == (Span(start=time(10), end=time(12)),)
    assert general.week[1] == ()
    assert office.days[date(2026, 12, 24)] == general.days[date(2026, 12, 24)] == ()
    assert office.days[date(2026, 12, 23)] == (Span(start=time(9), end=time(10)),)


@pytest.mark.parametrize(
    ("right", "wrong", "line", "reason"),
    [
        ('naam = "Loket"', 'naam = "Loket', 4, "geen geldige TOML"),
        ('naam = "Loket"\n', "", 3, "naam ontbreekt"),
        ("telefoon = ", "tel = ", 6, '"tel" ken ik hier niet'),
        ("9:00-12:30", "9.00-12.30", 7, '"9.00-12.30" bij maandag is geen tijd'),
        ("9:00-12:30", "9:00-25:00", 7, '"9:00-25:00" bij maandag is geen tijd'),
        ("9:00-12:30", "12:30-9:00", 7, '"12:30-9:00" bij maandag is geen tijd'),
        ("13:00-17:00", "12:30-17:00", 7, "lopen in elkaar over"),
        ('["10:00-12:00"]', '"10:00-12:00"', 12, "tussen haken"),
        ("2026-12-24", "24-12-2026", 9, "24-12-2026 is geen datum"),
        ("2026-12-23", "2026-12-32", 13, "2026-12-32 is geen datum"),
        ('"Groot Amsterdam"', '"Mokum"', 10, '"Mokum" ken ik hier niet'),
        ("minuten_vooraf = 30", 'minuten_vooraf = "30"', 2, "heel getal"),
        ("[terugbellen]", "voorbeeld = 1\n[terugbellen]", 1, "true of false"),
        ('maandag = ["9:00-12:30", "13:00-17:00"]', "maandag = []", 3, "op geen enkele dag"),
        ("[terugbellen]\nminuten_vooraf = 30", "terugbellen = 30", 1, "een kopje"),
    ],
)
def test_a_fault_is_told_with_its_line(right: str, wrong: str, line: int, reason: str) -> None:
    assert GOOD.count(right) == 1
    with pytest.raises(OpeningHoursError) as refused:
        read_opening_hours(GOOD.replace(right, wrong), "tijden.toml")
    assert str(refused.value).startswith(f"De openingstijden (tijden.toml, regel {line}) kloppen niet: ")
    assert reason in str(refused.value)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(OpeningHoursError, match="niet te lezen"):
        load_opening_hours(tmp_path / "weg.toml")
