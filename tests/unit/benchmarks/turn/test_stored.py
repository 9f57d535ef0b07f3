import sqlite3
from pathlib import Path

import pytest

from benchmarks.turn import stored
from counter.conversations.storage import ConversationRow, MessageRow
from counter.people.storage import PersonRow

TABLES = {
    "people": {"id": "copy.person"},
    "messages": {"conversation_id": "copy.conversation", "id": "lower(hex(randomblob(16)))"},
}


@pytest.fixture
def database(tmp_path: Path) -> Path:
    file = tmp_path / "loket.db"
    with sqlite3.connect(file) as connection:
        connection.execute("CREATE TABLE people (id TEXT PRIMARY KEY, created_at TEXT)")
        connection.execute(
            "CREATE TABLE messages (conversation_id TEXT, seq INTEGER, id TEXT UNIQUE, text TEXT)"
        )
        connection.execute("INSERT INTO people VALUES ('somebody', '2025-11-24')")
        connection.executemany(
            "INSERT INTO messages VALUES ('talk', ?, ?, ?)", [(1, "first", "hoi"), (2, "second", "Hallo!")]
        )
    return file


def rows(database: Path, query: str) -> list[tuple[object, ...]]:
    with sqlite3.connect(database) as connection:
        return connection.execute(query).fetchall()


def test_every_copy_is_a_whole_conversation_under_ids_of_its_own(database: Path) -> None:
    stored.multiply(database, TABLES, 50)
    assert rows(database, "SELECT count(*), count(DISTINCT id) FROM people") == [(51, 51)]
    assert rows(database, "SELECT count(*), count(DISTINCT id) FROM messages") == [(102, 102)]
    ordered = "SELECT * FROM messages ORDER BY seq"
    said = f"SELECT DISTINCT group_concat(text) FROM ({ordered}) GROUP BY conversation_id"  # noqa: S608
    assert rows(database, said) == [("hoi,Hallo!",)]


def test_the_conversation_itself_stays(database: Path) -> None:
    stored.multiply(database, TABLES, 3)
    assert rows(database, "SELECT seq, text FROM messages WHERE conversation_id = 'talk'") == [
        (1, "hoi"),
        (2, "Hallo!"),
    ]


@pytest.mark.parametrize("table", [PersonRow, ConversationRow, MessageRow])
def test_what_must_differ_between_rows_differs_between_copies(
    table: type[PersonRow | ConversationRow | MessageRow],
) -> None:
    changed = stored.COUNTER_TABLES[table.__tablename__]
    columns = table.__table__.columns
    assert set(changed) <= set(columns.keys())
    alone = {column.name for column in columns if column.unique or column.foreign_keys}
    alone |= {column.name for column in table.__table__.primary_key} - {"seq"}
    assert alone <= set(changed)
