"""The tables that migrations make are the tables the code knows, also when two programs start at once."""

import asyncio
import sys
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, inspect, text

from counter.database import Base, Database
from counter.migrations import NewerDatabaseError, migrate
from tests.support.databases import Databases


@pytest.fixture
async def database_url(databases: Databases, backend: str) -> str:
    """Give a database that no other test uses: these tests take tables away."""
    url = databases.empty(backend)
    await migrate(url)
    return url


async def test_migrations_make_the_tables_the_code_knows(database: Database) -> None:
    def differences(connection: Connection) -> list[Any]:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return compare_metadata(context, Base.metadata)

    async with database.engine.begin() as connection:
        assert await connection.run_sync(differences) == []


async def test_migrating_again_changes_nothing(database: Database, database_url: str) -> None:
    async with database.session() as session:
        await session.execute(text("UPDATE catalogues SET version = 7"))
    await migrate(database_url)
    async with database.session() as session:
        assert (await session.scalars(text("SELECT version FROM catalogues"))).all() == [7, 7, 7]


async def test_two_programs_that_start_at_once_migrate_once(databases: Databases, backend: str) -> None:
    url = databases.empty(backend)
    program = f"import asyncio; from counter.migrations import migrate; asyncio.run(migrate({url!r}))"

    async def start() -> int | None:
        process = await asyncio.create_subprocess_exec(sys.executable, "-c", program)
        return await process.wait()

    assert await asyncio.gather(start(), start()) == [0, 0]


async def test_a_newer_database_is_refused_and_left_alone(database: Database, database_url: str) -> None:
    async with database.session() as session:
        await session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(NewerDatabaseError, match="9999"):
        await migrate(database_url)
    async with database.session() as session:
        assert await session.scalar(text("SELECT version_num FROM alembic_version")) == "9999"


async def test_the_first_revision_can_be_taken_back(database: Database) -> None:
    def downgrade(connection: Connection) -> list[str]:
        config = Config()
        config.set_main_option("script_location", "counter:migrations")
        config.attributes["connection"] = connection
        command.downgrade(config, "base")
        return inspect(connection).get_table_names()

    async with database.engine.begin() as connection:
        assert await connection.run_sync(downgrade) == ["alembic_version"]
