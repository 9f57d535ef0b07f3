"""The database: one engine, units of work, and what every table shares."""

import asyncio
import sqlite3
import uuid
from collections.abc import AsyncIterator, Coroutine
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import DateTime, Dialect, MetaData, event
from sqlalchemy.engine import Connection, make_url
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.pool import PoolResetState
from sqlalchemy.types import TypeDecorator

# An execution option of our own: this unit of work writes nothing.
_IS_READING = "is_reading"
# Seconds a writer on SQLite waits for another one before it gives up, and between two looks of our own.
_LONGEST_WAIT, _SHORT_WAIT = 30.0, 0.01
# Readers are done in a moment; meanwhile nobody can write.
_PATIENCE_WITH_READERS_MS = 500


class Base(DeclarativeBase):
    """What every table shares; constraints get names, so that migrations can change them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment; SQLite forgets the zone, so it is written and read back as UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a moment without a zone; write the others as UTC."""
        del dialect
        if value is None:
            return None
        if value.tzinfo is None:
            message = "a moment needs a time zone"
            raise ValueError(message)
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the moment as aware UTC."""
        del dialect
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def new_id() -> str:
    """Return a new identifier: 122 random bits, as text."""
    return str(uuid.uuid4())


class Database:
    """An engine and its units of work, over SQLite or PostgreSQL."""

    def __init__(self, engine: AsyncEngine) -> None:
        self.engine = engine
        self._sessions = async_sessionmaker(engine, expire_on_commit=False)
        # SQLite lets one write at a time, and has the others sleep ever longer between two looks: who came
        # first may be served last. Here they stand in line, and whoever is next begins at once.
        self._turn_to_write: AbstractAsyncContextManager[None] = (
            asyncio.Lock() if engine.dialect.name == "sqlite" else nullcontext()
        )

    @classmethod
    def open(cls, url: str) -> "Database":
        """Build the engine for `url`; nothing connects until the first unit of work."""
        # hide_parameters: a failing INSERT must not print what somebody wrote.
        options: dict[str, Any] = {"hide_parameters": True}
        if make_url(url).get_backend_name() == "sqlite":
            options["connect_args"] = {"timeout": _LONGEST_WAIT}
        else:
            options["pool_pre_ping"] = True
        engine = create_async_engine(url, **options)
        if engine.dialect.name == "sqlite":
            _prepare_sqlite(engine)
        return cls(engine)

    @asynccontextmanager
    async def session(self) -> AsyncIterator[AsyncSession]:
        """Run one unit of work: committed when the block ends, rolled back when it raises."""
        async with self._turn_to_write, self._sessions() as session:
            await undisturbed(session.connection())
            yield session
            await undisturbed(session.commit())

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncSession]:
        """Run a unit of work that only reads; on SQLite it waits for no writer, nor holds one up."""
        async with self._sessions() as session:
            await session.connection(execution_options={_IS_READING: True})
            yield session

    async def forget_erased(self) -> None:
        """Empty the log of SQLite, in which pages stand as they were before something was erased.

        Who still reads an old page keeps it for a moment; then it goes the next time.
        """
        if self.engine.dialect.name == "sqlite":
            async with self._turn_to_write, self.engine.connect() as connection:
                driver = (await connection.get_raw_connection()).driver_connection
                await undisturbed(_empty_log(driver))

    async def close(self) -> None:
        """Close every connection."""
        await self.engine.dispose()


async def undisturbed[T](work: Coroutine[Any, Any, T]) -> T:
    """Await `work`; whoever is cancelled meanwhile waits for its end first.

    A thread of the SQLite driver goes on with a BEGIN that nobody waits for any more, and would then
    hold the write lock of a connection that nobody knows of.
    """
    task = asyncio.ensure_future(work)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait([task])
        raise


async def _write_ahead(connection: Any) -> None:  # noqa: ANN401 - the driver's own type
    """Have SQLite append to a log, so that readers and the writer do not wait for each other.

    For this one change SQLite does not wait for others, whatever its timeout
    (https://sqlite.org/c3ref/busy_handler.html): programs that start together meet here.

    Raises:
        sqlite3.OperationalError: the database stayed locked for as long as a writer waits.
    """
    deadline = asyncio.get_running_loop().time() + _LONGEST_WAIT
    while True:
        try:
            await connection.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or asyncio.get_running_loop().time() > deadline:
                raise
            await asyncio.sleep(_SHORT_WAIT)
        else:
            return


async def _empty_log(connection: Any) -> None:  # noqa: ANN401 - the driver's own type
    """Write the log back into the database, and make it empty unless somebody still reads from it."""
    await connection.execute(f"PRAGMA busy_timeout={_PATIENCE_WITH_READERS_MS}")
    try:
        await connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        await connection.execute(f"PRAGMA busy_timeout={int(_LONGEST_WAIT * 1000)}")


def _prepare_sqlite(engine: AsyncEngine) -> None:
    @event.listens_for(engine.sync_engine, "connect")
    def on_connect(connection: Any, _record: object) -> None:  # noqa: ANN401 - the driver's own type
        # The driver's own BEGIN is deferred; two readers that both turn writer would deadlock.
        connection.isolation_level = None
        connection.run_async(_write_ahead)
        cursor = connection.cursor()
        # WAL with NORMAL can lose the last commits at a power cut; a form sent must be received.
        cursor.execute("PRAGMA synchronous=FULL")
        cursor.execute("PRAGMA foreign_keys=ON")
        # What is erased is overwritten, not just marked as free.
        cursor.execute("PRAGMA secure_delete=ON")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def on_begin(connection: Connection) -> None:
        is_reading = connection.get_execution_options().get(_IS_READING)
        connection.exec_driver_sql("BEGIN" if is_reading else "BEGIN IMMEDIATE")

    @event.listens_for(engine.sync_engine, "reset")
    def on_reset(connection: Any, _record: object, state: PoolResetState) -> None:  # noqa: ANN401
        # SQLite leaves a transaction open whose COMMIT it refused, as it does when what must be there at
        # the end is not; SQLAlchemy counts it as over.
        if state.asyncio_safe and connection.driver_connection.in_transaction:
            connection.rollback()

    @event.listens_for(engine.sync_engine, "invalidate")
    def on_invalidate(connection: Any, _record: object, _error: object) -> None:  # noqa: ANN401
        # A task cancelled in a statement drops its connection; a cursor half read keeps that open, lock
        # and all.
        connection.run_async(lambda driver: undisturbed(driver.rollback()))
