import pytest

from counter.people.contact import (
    parse_age,
    parse_email,
    parse_name,
    parse_phone,
    parse_postcode,
    readable_phone,
)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Anna", "Anna"),
        ("  Anna   de Vries ", "Anna de Vries"),
        ("ik heet Ayşe Gökçe.", "Ayşe Gökçe"),
        ("Mijn naam is Jean-Pierre d'Hondt", "Jean-Pierre d'Hondt"),
        ("ik ben Mo", "Mo"),
        ("Володимир", "Володимир"),
        ("J. A. van der Berg", "J. A. van der Berg"),
    ],
)
def test_a_name_is_read_with_or_without_an_introduction(text: str, name: str) -> None:
    assert parse_name(text) == name


@pytest.mark.parametrize(
    "text",
    [
        "",
        "34",
        "Anna2",
        "<b>Anna</b>",
        "anna@example.nl",
        "a",
        "x" * 300,
        "een twee drie vier vijf zes zeven",
        "😀",
    ],
)
def test_what_cannot_be_a_name_is_refused(text: str) -> None:
    assert parse_name(text) is None


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("34", 34),
        ("ik ben 34 jaar oud", 34),
        ("vierendertig", 34),
        ("tweeëntwintig jaar", 22),
        ("Ik ben achttien.", 18),
        ("zestig", 60),
        ("honderdtwintig", 120),
        ("0", 0),
        ("nul", 0),
    ],
)
def test_an_age_is_read_in_figures_and_in_words(text: str, age: int) -> None:
    assert parse_age(text) == age


@pytest.mark.parametrize(
    "text",
    [
        "banaan",
        "",
        "121",
        "-5",
        "34,5",
        "3.5",
        "12 of 13",
        "1506 AB",
        "geboren in 1990",
        "honderdeenentwintig",
        "5e",
    ],
)
def test_what_is_no_age_is_refused(text: str) -> None:
    assert parse_age(text) is None


@pytest.mark.parametrize("text", ["1506ab", "1506 AB", "mijn postcode is 1506 Ab."])
def test_a_postcode_is_written_one_way(text: str) -> None:
    assert parse_postcode(text) == "1506 AB"


@pytest.mark.parametrize("text", ["9999", "1507SA", "0123AB", "1506 A", "1506 ABC", "Zaandam", ""])
def test_what_is_no_postcode_is_refused(text: str) -> None:
    assert parse_postcode(text) is None


@pytest.mark.parametrize(
    ("text", "email"),
    [
        ("anna@example.nl", "anna@example.nl"),
        ("Mail me op anna.de-vries+werk@mail.example.co.uk, graag.", "anna.de-vries+werk@mail.example.co.uk"),
    ],
)
def test_an_email_address_is_found_in_a_sentence(text: str, email: str) -> None:
    assert parse_email(text) == email


@pytest.mark.parametrize(
    "text",
    [
        "anna.example.nl",
        "anna@",
        "@example.nl",
        "anna@example",
        "a..b@example.nl",
        "anna@-a.nl",
        "a@b@example.nl",
        f"{'a' * 250}@example.nl",
    ],
)
def test_what_is_no_email_address_is_refused(text: str) -> None:
    assert parse_email(text) is None


@pytest.mark.parametrize(
    "text", ["06 12345678", "0612345678", "+31 6 1234 5678", "bel me op 06-12345678", "0031612345678"]
)
def test_a_mobile_number_is_written_one_way(text: str) -> None:
    assert parse_phone(text) == "+31612345678"


def test_a_fixed_line_is_a_phone_number_too() -> None:
    assert parse_phone("075 - 655 2222") == "+31756552222"


@pytest.mark.parametrize("text", ["12345", "06 1234", "0900 1234567", "+48 512 345 678", "banaan", ""])
def test_what_is_no_ordinary_dutch_number_is_refused(text: str) -> None:
    assert parse_phone(text) is None


def test_a_number_is_shown_as_people_write_it() -> None:
    assert readable_phone("+31612345678") == "06 12345678"
    assert readable_phone("+31235550123") == "023 555 0123"
    assert readable_phone("geen nummer") == "geen nummer"
