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
from counter.open_hiring.model import SignUpState
from counter.services import Counter
from tests.contract.counter.conftest import NewConversation
from tests.contract.counter.test_open_hiring import a_job, a_sign_up, an_introduction
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


# Who has somebody, whom it comes back to, who gave Noor something to do, and nobody.
_BEFORE_0018 = """
INSERT INTO staff (id, username, name, roles, organisation, regions, languages, skills, is_active, is_sample,
  password_hash, must_change_password, created_at)
  VALUES ('els', 'els', 'Els', '[]', 'UWV', '[]', '[]', '[]', true, false, '', false, '2026-11-23 09:00:00');
INSERT INTO people (id, created_at) VALUES ('a', '2026-11-23 09:00:00'), ('b', '2026-11-23 09:00:00'),
  ('c', '2026-11-23 09:00:00'), ('d', '2026-11-23 09:00:00');
INSERT INTO referrals (id, number, person_id, reason, priority, state, opened_at, answer_before, coach_id,
  offered_to_coach) VALUES
  (1, '1', 'a', 'asked', 1, 'with_coach', '2026-11-23 09:00:00', '2026-11-25', 'els', NULL),
  (2, '2', 'b', 'asked', 1, 'offered', '2026-11-23 09:00:00', '2026-11-25', NULL, 'els'),
  (3, '3', 'c', 'asked', 1, 'handed_back', '2026-11-23 09:00:00', '2026-11-25', NULL, NULL),
  (4, '4', 'd', 'asked', 1, 'waiting', '2026-11-23 09:00:00', '2026-11-25', NULL, NULL);
INSERT INTO referral_events (referral_id, event, detail, staff_id, at)
  VALUES (3, 'handed_back', '', 'els', '2026-11-23 09:00:00')
"""


async def test_whom_a_coach_had_already_is_of_the_organisation_of_that_coach(database: Database) -> None:
    def migrated(connection: Connection) -> list[str | None]:
        config = Config()
        config.set_main_option("script_location", "counter:migrations")
        config.attributes["connection"] = connection
        command.downgrade(config, "0017")
        for statement in _BEFORE_0018.split(";"):
            connection.execute(text(statement))
        command.upgrade(config, "0018")
        return list(connection.scalars(text("SELECT coach_organisation FROM referrals ORDER BY id")))

    async with database.engine.begin() as connection:
        assert await connection.run_sync(migrated) == ["UWV", "UWV", "UWV", None]


async def test_a_list_from_before_the_trail_told_of_places_is_proved_and_goes_on(
    database: Database, counter: Counter, new_conversation: NewConversation
) -> None:
    conversations = [await new_conversation() for _ in range(4)]
    await counter.open_hiring.store([a_job()])
    places = [await counter.open_hiring.sign_up(a_sign_up(each)) for each in conversations]
    for _ in range(2):
        await counter.open_hiring.free_place("magazijn")
    await counter.open_hiring.pass_on(places[0].number, conversations[0])
    await counter.open_hiring.accept(places[1].number, conversations[1], an_introduction())

    def there_and_back(connection: Connection) -> None:
        config = Config()
        config.set_main_option("script_location", "counter:migrations")
        config.attributes["connection"] = connection
        command.downgrade(config, "0027-1")
        command.upgrade(config, "head")

    async with database.engine.begin() as connection:
        await connection.run_sync(there_and_back)
    audit = await counter.open_hiring.audit("magazijn")
    assert (audit.events, audit.faults) == (9, ())
    await counter.open_hiring.accept(places[2].number, conversations[2], an_introduction())
    await counter.open_hiring.free_place("magazijn")
    last = await counter.open_hiring.place_by_number(places[3].number)
    assert last is not None
    assert last.state is SignUpState.OFFERED
    assert (await counter.open_hiring.audit("magazijn")).faults == ()
