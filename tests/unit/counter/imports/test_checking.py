import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter.courses.model import Course, Form, Level
from counter.imports.checking import check
from counter.imports.model import ImportFault, ImportFaultsError
from counter.imports.reading import read_table
from counter.imports.sheets import Sheet, course_sheet, initiative_sheet, job_sheet
from counter.places.gazetteer import Gazetteer, load_gazetteer
from counter.places.model import Region

type Row = dict[str, str]
type Faults = Callable[[Row], list[str]]


def test_a_row_becomes_a_course(gazetteer: Gazetteer, course_row: Row) -> None:
    row = course_row | {"level": "MBO 2", "start": "1-3-2027", "price_eur": "€ 1.250,00"}
    assert check(course_sheet(gazetteer), read_table("x.json", json.dumps([row]).encode())) == (
        Course(
            id="las-1",
            title="Lassen: de basis",
            provider="Voorbeeldschool Zaanstreek",
            place="Zaandam",
            form=Form.AVOND,
            level=Level.MBO2,
            topics=("lassen", "metaal"),
            start=date(2027, 3, 1),
            price_eur=1250,
        ),
    )


def test_every_fault_is_reported_at_once_by_row_and_column(gazetteer: Gazetteer) -> None:
    file = (
        "id;title;provider;place;form;level;topics;start;price\n"
        "a;Lassen;School;Zaandam;avond;mbo2;lassen;31-02-2027;1\n"
        ";Lassen;School;Alkmar;avond;mbo5;lassen;;1\n"
        "a;Lassen;School;;avond;mbo2;;;1\n"
    )
    with pytest.raises(ImportFaultsError) as caught:
        check(course_sheet(gazetteer), read_table("x.csv", file.encode()))
    assert [str(fault) for fault in caught.value.faults] == [
        "kolom price: deze kolom ken ik niet. Bedoel je price_eur?",
        "rij 2, kolom start: '31-02-2027' is geen datum. Schrijf bijvoorbeeld: 1-3-2027.",
        "rij 3, kolom id: dit moet ingevuld zijn.",
        "rij 3, kolom place: 'Alkmar' ken ik niet. Bedoel je Alkmaar?",
        "rij 3, kolom level: 'mbo5' ken ik niet. Kies uit: mbo1, mbo2, mbo3, mbo4, ad, hbo, wo, cursus.",
        "rij 4, kolom topics: dit moet ingevuld zijn.",
        "rij 4, kolom place: vul een plaats in, of kies bij form: online.",
        "rij 4, kolom id: 'a' staat ook in rij 2.",
    ]


def test_a_missing_column_is_reported_once(gazetteer: Gazetteer) -> None:
    with pytest.raises(ImportFaultsError) as caught:
        check(
            course_sheet(gazetteer),
            read_table(
                "x.csv", b"id,title,place,form,level,topics\na,x,Hoorn,avond,ad,y\nb,x,Hoorn,avond,ad,y\n"
            ),
        )
    assert [str(fault) for fault in caught.value.faults] == ["kolom provider: deze kolom ontbreekt."]


def test_an_online_course_needs_no_place(course_row: Row, course_faults: Faults) -> None:
    assert course_faults(course_row | {"form": "online", "place": ""}) == []
    assert course_faults(course_row | {"form": "online", "place": "Online"}) == []


def test_a_job_that_asks_about_the_past_is_refused(job_row: Row, job_faults: Faults) -> None:
    assert job_faults(job_row) == []
    for need in ("een diploma mbo 2", "je hebt werkervaring", "stuur je CV", "je hebt een VOG"):
        [fault] = job_faults(job_row | {"practical_needs": f"je kunt 4 uur staan|{need}"})
        assert fault.startswith("rij 2, kolom practical_needs:")
        assert "hoort niet bij open hiring" in fault


def test_the_hours_of_a_job_are_in_order(job_row: Row, job_faults: Faults) -> None:
    assert job_faults(job_row | {"hours_min": "38", "hours_max": "16"}) == [
        "rij 2, kolom hours_max: dit is minder dan hours_min (38)."
    ]


def test_the_place_of_an_initiative_settles_its_region(gazetteer: Gazetteer, initiative_row: Row) -> None:
    [initiative] = check(
        initiative_sheet(gazetteer), read_table("x.json", json.dumps([initiative_row]).encode())
    )
    assert initiative.region is Region.NOORD_HOLLAND_NOORD


def test_an_initiative_may_serve_a_whole_region(initiative_row: Row, initiative_faults: Faults) -> None:
    assert initiative_faults(initiative_row | {"place": "", "region": "Groot Amsterdam"}) == []
    assert initiative_faults(initiative_row | {"place": "", "region": ""}) == [
        "rij 2, kolom region: vul een regio of een plaats in."
    ]


def test_a_region_that_is_not_that_of_the_place_is_refused(
    initiative_row: Row, initiative_faults: Faults
) -> None:
    assert initiative_faults(initiative_row | {"region": "Groot Amsterdam"}) == [
        "rij 2, kolom region: Hoorn ligt in de regio Noord-Holland Noord, niet in Groot Amsterdam."
    ]


_GAZETTEER = load_gazetteer()
_SHEETS: list[Sheet[Any]] = [sheet(_GAZETTEER) for sheet in (course_sheet, job_sheet, initiative_sheet)]
_COLUMNS = sorted({column for sheet in _SHEETS for column in sheet.columns})
_JSON_VALUE = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=2),
    max_leaves=5,
)


def read(
    sheet: Sheet[Any], file_name: str, data: bytes
) -> tuple[tuple[object, ...], tuple[ImportFault, ...]]:
    """Return the items or the faults; any other outcome is an error."""
    try:
        return check(sheet, read_table(file_name, data)), ()
    except ImportFaultsError as error:
        return (), error.faults


def assert_items_or_faults(file_name: str, data: bytes) -> None:
    for sheet in _SHEETS:
        items, faults = read(sheet, file_name, data)
        assert bool(items) != bool(faults)
        assert all(str(fault) for fault in faults)


@given(st.binary(max_size=300), st.sampled_from(["x.csv", "x.json", "x"]))
def test_any_bytes_are_items_or_faults(data: bytes, file_name: str) -> None:
    assert_items_or_faults(file_name, data)


@given(
    st.lists(st.sampled_from(_COLUMNS) | st.text(max_size=8), min_size=1, max_size=6),
    st.text(max_size=200),
    st.sampled_from([";", ","]),
)
def test_any_text_under_real_columns_is_items_or_faults(
    columns: list[str], rest: str, delimiter: str
) -> None:
    text = delimiter.join(columns) + "\n" + rest
    assert_items_or_faults("x.csv", text.encode("utf-8", "surrogatepass"))


@given(st.lists(st.dictionaries(st.sampled_from(_COLUMNS) | st.text(max_size=8), _JSON_VALUE), max_size=3))
def test_any_json_is_items_or_faults(content: list[dict[str, object]]) -> None:
    assert_items_or_faults("x.json", json.dumps(content).encode())


@given(st.sampled_from(_COLUMNS), st.text(max_size=40) | st.from_regex(r"[€\d.,:/-]{1,12}", fullmatch=True))
def test_any_text_in_one_cell_is_an_item_or_a_fault(column: str, cell: str) -> None:
    row = {
        "id": "a", "title": "x", "name": "x", "provider": "x", "employer": "x", "kind": "x",
        "place": "Hoorn", "form": "avond", "level": "ad", "topics": "x", "themes": "x", "sector": "bouw",
        "hours_min": "1", "hours_max": "2", "wage_text": "x", "tasks": "x", "description": "x",
    }  # fmt: skip
    for sheet in _SHEETS:
        known = {name: value for name, value in row.items() if name in sheet.columns}
        items, faults = read(sheet, "x.json", json.dumps([known | {column: cell}]).encode())
        assert len(items) == (0 if faults else 1)
        assert {fault.column for fault in faults} <= {column, "place", "region", "hours_max"}
