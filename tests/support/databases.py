"""Fresh databases for tests: a file of SQLite, or a database of their own on a PostgreSQL server."""

import asyncio
import os
import shutil
import uuid
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg.types.json import Json
from sqlalchemy.engine import make_url

from counter.migrations import migrate

type Connection = psycopg.Connection[tuple[Any, ...]]

BACKENDS = ("sqlite", "postgresql")
_SERVER = os.environ.get("LOKET_TEST_POSTGRES_URL", "postgresql+asyncpg://postgres@127.0.0.1:5432/postgres")


class Databases:
    """Makes databases: on SQLite a copy of one that was migrated once, on PostgreSQL that one, emptied.

    Creating and dropping a database costs a PostgreSQL server seconds; emptying one, milliseconds.
    It writes nothing to the disk before it answers: no test cuts its power.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._migrated: dict[str, str] = {}
        self._seeds: dict[str, list[tuple[Any, ...]]] = {}
        self._sequences: list[tuple[Any, ...]] = []
        self._made: list[str] = []
        self._open = ExitStack()
        self._within: Connection | None = None

    def empty(self, backend: str) -> str:
        """Return the address of a new database without tables."""
        name = f"loket_test_{uuid.uuid4().hex}"
        if backend == "sqlite":
            return f"sqlite+aiosqlite:///{self._folder / name}.db"
        with _connection() as server:
            server.execute(f'CREATE DATABASE "{name}"')
            server.execute(f'ALTER DATABASE "{name}" SET synchronous_commit = off')
        self._made.append(name)
        return make_url(_SERVER).set(database=name).render_as_string(hide_password=False)

    def migrated(self, backend: str) -> str:
        """Return the address of a database with every table, and in them only what migrations wrote."""
        is_new = backend not in self._migrated
        if is_new:
            self._migrated[backend] = self.empty(backend)
            run_apart(migrate(self._migrated[backend]))
        url = self._migrated[backend]
        database = make_url(url).database
        assert database is not None
        if backend == "sqlite":
            copy = self._folder / f"loket_test_{uuid.uuid4().hex}.db"
            shutil.copyfile(database, copy)
            return f"sqlite+aiosqlite:///{copy}"
        if is_new:
            self._within = self._open.enter_context(_connection(database))
            # The books are never emptied by anybody else: this connection minds no trigger, nor whose rows
            # refer to whose.
            self._within.execute("SET session_replication_role = replica")
            self._remember_seeds(self._within)
        else:
            assert self._within is not None
            self._restore_seeds(self._within)
        return url

    def _remember_seeds(self, connection: Connection) -> None:
        listed = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        self._seeds = {
            table: connection.execute(f'SELECT * FROM "{table}"').fetchall()  # noqa: S608 - its own tables
            for (table,) in listed
        }
        counted = connection.execute("SELECT sequencename, last_value FROM pg_sequences")
        self._sequences = counted.fetchall()

    def _restore_seeds(self, connection: Connection) -> None:
        # All in one statement, so that nothing refers to what is gone. TRUNCATE takes thirty times as long.
        emptied = ", ".join(f'"no_{table}" AS (DELETE FROM "{table}")' for table in self._seeds)  # noqa: S608 - its own tables
        connection.execute(f"WITH {emptied} SELECT 1")
        for sequence, last in self._sequences:
            connection.execute("SELECT setval(%s::regclass, %s, %s)", [sequence, last or 1, last is not None])
        for table, rows in self._seeds.items():
            for row in rows:
                values = ", ".join(["%s"] * len(row))
                connection.execute(f'INSERT INTO "{table}" VALUES ({values})', [_written(one) for one in row])  # noqa: S608 - its own tables

    def drop_all(self) -> None:
        """Drop what was made on the server; files go with their folder."""
        self._open.close()
        if self._made:
            with _connection() as server:
                for name in self._made:
                    server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _written(value: object) -> object:
    """Return a value as it goes back into its column: JSON was read as what it stands for."""
    return Json(value) if isinstance(value, (dict, list)) else value


@contextmanager
def _connection(database: str | None = None) -> Iterator[Connection]:
    """Connect to the server, or skip the test when there is none and none is required."""
    url = make_url(_SERVER).set(drivername="postgresql")
    address = (url.set(database=database) if database else url).render_as_string(hide_password=False)
    try:
        connection = psycopg.connect(address, autocommit=True, connect_timeout=3)
    except psycopg.OperationalError as error:
        if os.environ.get("LOKET_REQUIRE_SERVICES") == "1":
            raise
        pytest.skip(f"no PostgreSQL server at LOKET_TEST_POSTGRES_URL: {type(error).__name__}")
    with connection:
        yield connection


def run_apart(work: Coroutine[Any, Any, None]) -> None:
    """Run async work to its end in a thread of its own, whatever loop this one has."""
    with ThreadPoolExecutor(max_workers=1) as pool:
        pool.submit(asyncio.run, work).result()
