"""Alembic's own entry: runs the revisions on a connection it is given, or on `-x url=…`."""

import asyncio

from alembic import context
from sqlalchemy.engine import Connection

import counter.accounts.storage
import counter.canned_answers.storage
import counter.catalogue.storage
import counter.channels.storage
import counter.continuations.storage
import counter.conversations.storage
import counter.course_alerts.storage
import counter.courses.source_storage
import counter.courses.storage
import counter.desk.storage
import counter.employers.storage
import counter.initiatives.storage
import counter.job_drafts.storage
import counter.open_hiring.rows
import counter.passport.storage
import counter.people.storage
import counter.presence.storage
import counter.ratings.storage
import counter.referrals.storage
import counter.schemes.storage
import counter.shared_passports.storage
import counter.sharings.storage
import counter.staff.storage
import counter.tasks.storage
import counter.visits.storage
import counter.vouchers.drafts
import counter.vouchers.rows  # noqa: F401 - each import above adds its tables to the metadata
from counter.database import Base, Database


def run(connection: Connection) -> None:
    """Run the revisions in the connection's transaction."""
    # SQLite cannot alter a table in place; batch mode copies it.
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=connection.dialect.name == "sqlite",
    )
    with context.begin_transaction():
        context.run_migrations()


async def run_from_command_line() -> None:
    """Open the database of `alembic -x url=…`, for who writes a new revision."""
    database = Database.open(context.get_x_argument(as_dictionary=True)["url"])
    async with database.engine.begin() as connection:
        await connection.run_sync(run)
    await database.close()


given = context.config.attributes.get("connection")
if given is None:
    asyncio.run(run_from_command_line())
else:
    run(given)
