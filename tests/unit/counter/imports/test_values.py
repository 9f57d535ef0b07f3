from datetime import date

import pytest

from counter.courses.model import Level
from counter.imports.values import (
    UnusableValueError,
    day,
    euros,
    identifier,
    link,
    one_of,
    place_in,
    text,
    tidy,
    whole_number,
    words,
    yes_or_no,
)
from counter.places.gazetteer import Gazetteer


@pytest.mark.parametrize(
    ("cell", "price"),
    [
        ("€ 1.250,00", 1250),
        ("€1.250", 1250),
        ("EUR 95", 95),
        ("1250,-", 1250),
        ("0", 0),
        ("gratis", 0),
        ("12,50", 13),
        ("12.01", 13),
        ("1.000.000,00", None),
        ("1,250", None),
        ("12.50,00", None),
        ("-5", None),
        ("€", None),
        ("nan", None),
        ("1e3", None),
        ("9" * 5000, None),
    ],
)
def test_a_price_is_read_the_dutch_way_and_rounded_up(cell: str, price: int | None) -> None:
    if price is None:
        with pytest.raises(UnusableValueError):
            euros(cell)
    else:
        assert euros(cell) == price


@pytest.mark.parametrize("cell", ["2027-03-01", "01-03-2027", "1-3-2027"])
def test_a_date_is_read_in_both_spellings(cell: str) -> None:
    assert day(cell) == date(2027, 3, 1)


@pytest.mark.parametrize(
    "cell", ["31-02-2027", "2027-13-01", "1-3-27", "maart 2027", "0000-01-01", "1-1-9999"]
)
def test_what_is_no_date_is_refused(cell: str) -> None:
    with pytest.raises(UnusableValueError):
        day(cell)


@pytest.mark.parametrize("cell", ["mbo2", "MBO 2", "mbo-2"])
def test_a_level_is_read_however_it_is_spelt(cell: str) -> None:
    assert one_of(Level)(cell) is Level.MBO2


def test_an_unknown_choice_names_the_choices() -> None:
    with pytest.raises(UnusableValueError, match=r"'mbo5' ken ik niet\. Kies uit: mbo1, mbo2"):
        one_of(Level)("mbo5")


@pytest.mark.parametrize("cell", ["12,5", "-1", "twaalf", "1" * 5000, "0", "61"])
def test_hours_outside_a_week_are_refused(cell: str) -> None:
    with pytest.raises(UnusableValueError):
        whole_number(1, 60)(cell)


@pytest.mark.parametrize("cell", ["https://voorbeeld.nl/cursus?x=1", "http://voorbeeld.nl:8080"])
def test_a_web_address_is_kept_as_it_is(cell: str) -> None:
    assert link(cell) == cell


@pytest.mark.parametrize(
    "cell",
    [
        "voorbeeld.nl",
        "javascript:alert(1)",
        "https://",
        "https://naam@voorbeeld.nl",
        "https://voorbeeld.nl/een pad",
        "https://[::1",
        "https://voorbeeld.nl:99999",
        "https://voorbeeld.nl/" + "a" * 500,
    ],
)
def test_an_address_that_is_no_safe_link_is_refused(cell: str) -> None:
    with pytest.raises(UnusableValueError):
        link(cell)


@pytest.mark.parametrize("cell", ["=1+1", "+31", "-x", "@SUM(A1)"])
def test_text_that_a_spreadsheet_would_run_is_refused(cell: str) -> None:
    with pytest.raises(UnusableValueError, match="formule"):
        text(100)(cell)
    with pytest.raises(UnusableValueError, match="formule"):
        words(f"lassen|{cell}")


def test_text_is_measured() -> None:
    assert text(5)("lasse") == "lasse"
    with pytest.raises(UnusableValueError, match="6 tekens; 5"):
        text(5)("lassen")


def test_words_come_once_each_and_not_in_heaps() -> None:
    assert words("lassen | metaal||lassen") == ("lassen", "metaal")
    with pytest.raises(UnusableValueError):
        words("|".join(str(number) for number in range(21)))


@pytest.mark.parametrize("cell", ["las-1", "CRS.2027_4", "a"])
def test_a_plain_id_is_kept(cell: str) -> None:
    assert identifier(cell) == cell


@pytest.mark.parametrize("cell", ["las 1", "-las", 'a"}', "é", "a" * 61, "a/../b"])
def test_an_id_that_could_not_travel_in_a_button_is_refused(cell: str) -> None:
    with pytest.raises(UnusableValueError):
        identifier(cell)


def test_yes_and_no_are_read_as_people_and_spreadsheets_write_them() -> None:
    assert [yes_or_no(cell) for cell in ("ja", "WAAR", "1", "nee", "False", "0")] == [True] * 3 + [False] * 3
    with pytest.raises(UnusableValueError):
        yes_or_no("misschien")


def test_a_place_gets_its_own_name_whatever_people_call_it(gazetteer: Gazetteer) -> None:
    assert [place_in(gazetteer)(cell) for cell in ("zaandam", "A'dam")] == ["Zaandam", "Amsterdam"]


def test_a_misspelt_place_is_asked_about_and_not_guessed(gazetteer: Gazetteer) -> None:
    with pytest.raises(UnusableValueError, match=r"Bedoel je Alkmaar\?"):
        place_in(gazetteer)("Alkmar")


def test_a_place_outside_the_province_is_refused(gazetteer: Gazetteer) -> None:
    with pytest.raises(UnusableValueError, match="geen plaats in Noord-Holland"):
        place_in(gazetteer)("Maastricht")


def test_a_cell_is_tidied_and_what_nobody_sees_is_refused() -> None:
    assert tidy("  cafe\u0301 \n bar ") == "café bar"
    for hidden in ("a\x00b", "a\x1bb", "a\ud800"):
        with pytest.raises(UnusableValueError):
            tidy(hidden)
