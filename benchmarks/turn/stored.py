"""Databases as full as after a year: the conversations in them, copied many times."""

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

from tests.support.running import RunningLoket

_NEW_ID = "lower(hex(randomblob(16)))"
# Of every table: what differs between copies, as SQL. The rest is copied as it is.
COUNTER_TABLES = {
    "people": {"id": "copy.person"},
    "conversations": {"id": "copy.conversation", "person_id": "copy.person", "token_hash": _NEW_ID},
    "messages": {"conversation_id": "copy.conversation", "id": _NEW_ID},
}
TRACKER_TABLES = {"events": {"id": "NULL", "sender_id": "copy.conversation"}}
_CACHE_KIBIBYTES = 512 * 1024


def multiply_conversations(loket: RunningLoket, copies: int) -> None:
    """Copy the one conversation that a counter has held so far; both its processes must be stopped."""
    multiply(loket.folder / "loket.db", COUNTER_TABLES, copies)
    multiply(loket.folder / "tracker.db", TRACKER_TABLES, copies)


def multiply(database: Path, tables: Mapping[str, Mapping[str, str]], copies: int) -> None:
    """Copy every row of these tables of a SQLite file, under ids as random as the real ones."""
    with closing(sqlite3.connect(database)) as connection:
        # A file that is thrown away afterwards needs no journal.
        connection.execute("PRAGMA journal_mode=OFF")
        connection.execute("PRAGMA synchronous=OFF")
        connection.execute(f"PRAGMA cache_size=-{_CACHE_KIBIBYTES}")
        connection.execute(
            "CREATE TEMP TABLE copies AS "  # noqa: S608 - nobody's words are in it
            "WITH RECURSIVE numbers(number) AS (SELECT 1 UNION ALL SELECT number + 1 FROM numbers LIMIT ?) "
            f"SELECT {_NEW_ID} AS conversation, {_NEW_ID} AS person FROM numbers",
            (copies,),
        )
        for table, changed in tables.items():
            columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
            values = ", ".join(changed.get(column, f"original.{column}") for column in columns)
            connection.execute(f"CREATE TEMP TABLE original_{table} AS SELECT * FROM {table}")  # noqa: S608
            connection.execute(
                f"INSERT INTO {table} ({', '.join(columns)}) "  # noqa: S608 - names of our own tables
                f"SELECT {values} FROM copies AS copy CROSS JOIN original_{table} AS original"
            )
        connection.commit()
