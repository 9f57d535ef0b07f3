"""The tables of the counter, and how they came to be; see `migrate`."""

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text
from sqlalchemy.engine import Connection

from counter.database import Database

# Any number will do, so long as nothing else in the database locks on it: "noor" in ASCII.
_LOCK = 0x6E6F6F72


class NewerDatabaseError(RuntimeError):
    """The database was migrated by a newer version of this program."""


async def migrate(url: str) -> None:
    """Bring the database at `url` up to date: all of it or nothing, one process at a time.

    Raises:
        NewerDatabaseError: the database is ahead of this program.
    """
    database = Database.open(url)
    try:
        async with database.engine.begin() as connection:
            await connection.run_sync(_upgrade)
    finally:
        await database.close()


async def is_up_to_date(url: str) -> bool:
    """Tell whether `migrate` has nothing to do; changes nothing."""
    database = Database.open(url)
    try:
        async with database.engine.connect() as connection:
            heads = await connection.run_sync(
                lambda plain: MigrationContext.configure(plain).get_current_heads()
            )
    finally:
        await database.close()
    return set(heads) == set(ScriptDirectory.from_config(_config()).get_heads())


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", "counter:migrations")
    return config


def _upgrade(connection: Connection) -> None:
    # On SQLite the transaction itself keeps others out: it begins by taking the write lock.
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
    config = _config()
    config.attributes["connection"] = connection
    known = {revision.revision for revision in ScriptDirectory.from_config(config).walk_revisions()}
    unknown = set(MigrationContext.configure(connection).get_current_heads()) - known
    if unknown:
        message = (
            f"the database is at revision {', '.join(sorted(unknown))}, which this version does not know: "
            "start the newer version, or restore a backup from before it"
        )
        raise NewerDatabaseError(message)
    command.upgrade(config, "head")
