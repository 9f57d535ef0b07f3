import json

import pytest

from counter.imports.model import ImportFaultsError
from counter.imports.reading import MAX_ROWS, read_table


def cells(file_name: str, text: str) -> list[dict[str, str]]:
    return [dict(row.cells) for row in read_table(file_name, text.encode()).rows]


def faults(file_name: str, data: bytes) -> list[str]:
    with pytest.raises(ImportFaultsError) as caught:
        read_table(file_name, data)
    return [str(fault) for fault in caught.value.faults]


@pytest.mark.parametrize("delimiter", [";", ","])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_a_file_from_any_spreadsheet_is_read_alike(delimiter: str, line_end: str, mark: str) -> None:
    text = mark + line_end.join([f"ID{delimiter} Title ", f"a{delimiter}Één"])
    assert cells("x.csv", text) == [{"id": "a", "title": "Één"}]


def test_a_comma_inside_a_cell_does_not_split_it() -> None:
    assert cells("x.csv", "id;title\na;lassen, frezen, draaien\n") == [
        {"id": "a", "title": "lassen, frezen, draaien"}
    ]


def test_rows_keep_the_number_the_spreadsheet_shows() -> None:
    table = read_table("x.csv", b'id,title\na,"twee\nregels"\n\n,\nb,x\n')
    assert [(row.number, row.cells["id"]) for row in table.rows] == [(2, "a"), (5, "b")]


def test_another_encoding_is_explained() -> None:
    [fault] = faults("x.csv", "id;title\na;Café\n".encode("cp1252"))
    assert "geen UTF-8" in fault
    assert "regel 2" in fault
    assert "CSV UTF-8" in fault


def test_a_cell_too_many_is_reported_but_empty_columns_at_the_right_are_not() -> None:
    table = read_table("x.csv", b"id,title,,\na,x,,\nb,x,y,\nc,x,,,\n")
    assert [str(fault) for fault in table.faults] == [
        "rij 3: er staan meer cellen in deze rij dan er kolommen zijn."
    ]


def test_a_column_that_comes_twice_is_reported() -> None:
    table = read_table("x.csv", b"id,title,Title\na,x,y\n")
    assert [str(fault) for fault in table.faults] == ["rij 1, kolom title: deze kolom staat er twee keer."]


def test_a_quote_that_is_not_closed_is_reported_at_its_row() -> None:
    assert faults("x.csv", b'id,title\na,x\nb,"y\n') == [
        "rij 3: deze rij is niet te lezen. Kloppen de aanhalingstekens?"
    ]


@pytest.mark.parametrize("data", [b"", b"\n\n", b"id,title\n", b"\xef\xbb\xbf"])
def test_a_file_without_rows_is_refused(data: bytes) -> None:
    assert len(faults("x.csv", data)) == 1


def test_a_file_with_too_many_rows_is_refused() -> None:
    assert str(MAX_ROWS) in faults("x.csv", b"id\n" + b"a\n" * (MAX_ROWS + 1))[0]


def test_a_spreadsheet_itself_is_refused() -> None:
    assert faults("cursussen.xlsx", b"PK") == ["Gebruik een bestand dat eindigt op .csv of .json."]


def test_a_json_list_reads_like_the_same_csv() -> None:
    item = {
        "id": "a",
        "topics": ["lassen", "metaal"],
        "hours": 24,
        "price": 12.5,
        "sample": True,
        "url": None,
    }
    assert cells("x.JSON", json.dumps([item])) == [
        {"id": "a", "topics": "lassen|metaal", "hours": "24", "price": "12.5", "sample": "true", "url": ""}
    ]


@pytest.mark.parametrize(
    "text",
    ["{", '{"id": "a"}', '"tekst"', "[" * 100_000, "[" + "9" * 10_000 + "]", "[]"],
    ids=["broken", "one object", "text", "nested too deep", "number too long", "empty"],
)
def test_json_that_is_no_list_of_objects_is_refused(text: str) -> None:
    assert len(faults("x.json", text.encode())) == 1


def test_every_json_row_that_cannot_be_read_is_reported() -> None:
    table = read_table("x.json", b'[1, {"id": {"a": 1}}, {"id": "b"}]')
    assert [(fault.row, fault.column) for fault in table.faults] == [(1, None), (2, "id")]
