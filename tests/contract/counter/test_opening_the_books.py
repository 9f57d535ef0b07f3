"""What vouchers held before there were books is in them after the migration, to the cent."""

from datetime import UTC, date, datetime, timedelta

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Date, column, table, text

from counter.accounts.model import CENTS
from counter.accounts.statements import faults, statement_of
from counter.clock import utc_now
from counter.database import Database, UtcDateTime
from counter.migrations import migrate
from counter.schemes.model import VoucherKind
from counter.schemes.service import SchemeService
from counter.vouchers import storage
from tests.support.databases import Databases

BEFORE = "0023"
SUBMITTED = datetime(2026, 10, 1, 9, tzinfo=UTC)
VOUCHERS = {
    "V-0000-0001": ("opleiding", "submitted", 1500),
    "V-0000-0002": ("opleiding", "awarded", 1400),
    "V-0000-0003": ("opleiding", "rejected", 1500),
    "V-0000-0004": ("orientatie", "withdrawn", 500),
}

PEOPLE = table("people", column("id"), column("created_at", UtcDateTime()))
EVENTS = table("voucher_events", column("voucher_id"), column("state"), column("at", UtcDateTime()))
BEFORE_BOOKS = table(
    "vouchers",
    *map(column, ("id", "number", "person_id", "message_id", "kind", "state", "amount_eur", "goal")),
    column("submitted_at", UtcDateTime()),
    column("answer_before", Date()),
)


def _to(revision: str, connection: Connection, *, down: bool = False) -> None:
    config = Config()
    config.set_main_option("script_location", "counter:migrations")
    config.attributes["connection"] = connection
    (command.downgrade if down else command.upgrade)(config, revision)


@pytest.fixture
async def database_url(databases: Databases, backend: str) -> str:
    """Give a database as it was before, with vouchers in it, brought up to date."""
    url = databases.empty(backend)
    database = Database.open(url)
    async with database.engine.begin() as connection:
        await connection.run_sync(lambda plain: _to(BEFORE, plain))
    async with database.session() as session:
        await session.execute(PEOPLE.insert().values(id="p", created_at=SUBMITTED))
        for number, (kind, state, euros) in VOUCHERS.items():
            await session.execute(
                BEFORE_BOOKS.insert().values(
                    id=number,
                    number=number,
                    person_id="p",
                    message_id=number,
                    kind=kind,
                    state=state,
                    amount_eur=euros,
                    goal="leren",
                    submitted_at=SUBMITTED,
                    answer_before=date(2026, 10, 15),
                )
            )
            for at, event in ((SUBMITTED, "submitted"), (SUBMITTED + timedelta(days=3), state)):
                await session.execute(EVENTS.insert().values(voucher_id=number, state=event, at=at))
    await database.close()
    await migrate(url)
    return url


async def test_what_was_promised_is_in_the_books_and_the_rest_is_free(database: Database) -> None:
    budgets = await SchemeService(database, utc_now).budgets()
    course = budgets[VoucherKind.OPLEIDING]
    assert (course.reserved, course.awarded, course.paid) == (1500 * CENTS, 1400 * CENTS, 0)
    assert course.total == 300_000 * CENTS
    assert budgets[VoucherKind.ORIENTATIE].bound == 0
    async with database.reading() as session:
        assert await faults(session) == ()
        statement = await statement_of(session, "p")
        assert [(line.number, line.kind.value, line.at) for line in statement.lines] == [
            ("V-0000-0001", "reserve", SUBMITTED),
            ("V-0000-0002", "reserve", SUBMITTED),
            ("V-0000-0002", "award", SUBMITTED + timedelta(days=3)),
        ]
        row = await storage.application_by_number(session, "V-0000-0002")
        assert row is not None
        events = await storage.history(session, row.id)
        assert [event.state for event in events] == ["submitted", "awarded"]
        assert row.use_before is not None
        assert row.use_before >= date(2027, 10, 4)


async def test_taking_it_back_counts_the_same_euros_as_before(database: Database) -> None:
    async with database.engine.begin() as connection:
        await connection.run_sync(lambda plain: _to(BEFORE, plain, down=True))
    async with database.reading() as session:
        counted = await session.execute(text("SELECT kind, reserved_eur FROM voucher_budgets ORDER BY kind"))
        assert [tuple(row) for row in counted] == [("begeleiding", 0), ("opleiding", 2900), ("orientatie", 0)]
        events = await session.scalar(text("SELECT COUNT(*) FROM voucher_events"))
        assert events == 2 * len(VOUCHERS)
    async with database.engine.begin() as connection:
        await connection.run_sync(lambda plain: _to("head", plain))
    async with database.reading() as session:
        assert await faults(session) == ()
