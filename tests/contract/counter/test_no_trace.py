"""Who is erased leaves no trace: not in any column of any table, nor in any file of the database."""

from pathlib import Path

import pytest
from sqlalchemy import MetaData, text
from sqlalchemy.engine import Connection, make_url

from counter.database import Base, Database
from counter.people.storage import PersonRow
from counter.places.gazetteer import Gazetteer
from counter.services import Counter, House, open_counter
from skills_taxonomy import Taxonomy
from tests.contract.counter.conftest import SettableClock
from tests.contract.counter.test_people import erase
from tests.support.staff import cheap_passwords
from tests.support.whole_person import ADDRESS, MARKS, live_through_everything
from tests.support.words import plain_words

# What says nothing of anybody who talks to the counter, and why. Every other table must be filled by
# `live_through_everything`: a new one either gets its rows there, or a reason here.
NOT_OF_PEOPLE = {
    "alembic_version": "how far the migrations came",
    "canned_answers": "what staff send often",
    "catalogues": "the version of a list of offers",
    "course_sources": "where that comes from",
    "courses": "what schools offer",
    "funds": "where money comes from",
    "scheme_versions": "the rules of vouchers",
    "schemes": "the rules of vouchers",
    "initiatives": "what there is for firms",
    "presence": "whether a coach is there; the number they look at leads to nobody once that is erased",
    "retention_outcomes": "figures of the night's run",
    "retention_runs": "when that ran",
    "staff_recovery_codes": "of staff",
    "staff_sessions": "of staff",
    "staff_tries": "of staff",
}
# What the record keeps without who it was (docs/adr/0007-erasing-a-person.md), by its ids.
KEPT_FOR_THE_RECORD = {
    "referrals",
    "referral_requests",
    "sign_ups",
    "tasks",
    "vouchers",
    "job_drafts",
    # Money spent must add up; no column says whose.
    "accounts",
    "postings",
    # An empty person stands for whom the record is about; retention deletes it with the last of that.
    "people",
}


@pytest.fixture
def counter(database: Database, taxonomy: Taxonomy, gazetteer: Gazetteer, clock: SettableClock) -> Counter:
    house = House(site="https://loket.voorbeeld.nl", passwords=cheap_passwords())
    return open_counter(database, taxonomy, gazetteer, clock, wording=plain_words, house=house)


def _rows(connection: Connection) -> dict[str, list[str]]:
    """Return every row of every table that is there, whatever the code knows of it."""
    there = MetaData()
    there.reflect(connection)
    return {
        table.name: [str(tuple(row)).lower() for row in connection.execute(table.select())]
        for table in there.sorted_tables
    }


async def stored(database: Database) -> dict[str, list[str]]:
    async with database.engine.connect() as connection:
        return await connection.run_sync(_rows)


def with_marks(rows: dict[str, list[str]]) -> dict[str, list[str]]:
    """Return what is found of the person, by table."""
    found = {name: [row for row in kept if any(mark in row for mark in MARKS)] for name, kept in rows.items()}
    return {name: kept for name, kept in found.items() if kept}


async def test_somebody_who_has_everything_stands_in_every_table_there_is(
    counter: Counter, database: Database
) -> None:
    await live_through_everything(counter)
    rows = await stored(database)
    empty = {name for name, kept in rows.items() if not kept}
    assert empty - NOT_OF_PEOPLE.keys() == set()
    assert NOT_OF_PEOPLE.keys() <= rows.keys()
    # Marks stand where words are kept, so that a search for them finds what is left.
    assert {"messages", "vouchers", "sign_ups", "referrals", "private_notes"} <= with_marks(rows).keys()


async def test_who_is_erased_is_in_no_column_of_any_table(counter: Counter, database: Database) -> None:
    person = await live_through_everything(counter)
    await erase(counter, person.website)
    assert with_marks(await stored(database)) == {}


async def test_what_is_kept_leads_to_no_conversation_of_theirs(counter: Counter, database: Database) -> None:
    person = await live_through_everything(counter)
    async with database.reading() as session:
        [before] = await session.scalars(
            text("SELECT DISTINCT person_id FROM conversations WHERE id = :id"), {"id": person.website}
        )
    await erase(counter, person.website)
    rows = await stored(database)
    assert {name for name, kept in rows.items() if any(person.chat in row for row in kept)} == set()
    # The empty conversation in which the receipt stands has the id of the one before.
    assert {name for name, kept in rows.items() if any(person.website in row for row in kept)} == {
        "conversations",
        "messages",
    }
    named = {name for name, kept in rows.items() if any(before in row for row in kept)}
    assert named <= KEPT_FOR_THE_RECORD
    assert not any(ADDRESS in row for row in rows["addresses"])


# PostgreSQL keeps its files to itself; its vacuum overwrites what is erased.
@pytest.mark.parametrize("backend", ["sqlite"])
async def test_what_somebody_said_is_in_no_file_of_the_database_either(
    counter: Counter, database_url: str
) -> None:
    person = await live_through_everything(counter)
    name = make_url(database_url).database
    assert name is not None
    files = sorted(Path(name).parent.glob(f"{Path(name).name}*"))
    assert [path.name for path in files if _has_marks(path)]
    await erase(counter, person.website)
    # While the app goes on: nobody closes it, or waits for the log to be long enough.
    assert [path.name for path in files if _has_marks(path)] == []


def _has_marks(path: Path) -> bool:
    content = path.read_bytes().lower()
    return any(mark.encode() in content for mark in MARKS)


async def test_every_table_of_somebody_is_exported_or_is_left_out_for_a_reason(
    counter: Counter,
) -> None:
    """Whoever adds a table with something of a person adds it to an export, or says here why not."""
    left_out = {
        "people": "an id and a day, which every conversation shows",
        "continuation_codes": "a hash, which opens nothing after a quarter of an hour",
        "reading_keys": "a hash, which opens nothing after a quarter of an hour",
        "visit_links": "a hash, which opens nothing after a quarter of an hour",
        "former_keys": "a hash, to say that a conversation went on elsewhere",
        "list_events": "that a place on a list that is shown was taken or left; for whoever checks the order",
        "deliveries": "whether a message that is shown has arrived; gone after a month",
    }
    exported = {
        "addresses": "conversations",
        "conversations": "conversations",
        "messages": "conversations",
        "employers": "employers",
        "job_drafts": "job_drafts",
        "passport_entries": "passport",
        "preservations": "preservations",
        "private_notes": "desk",
        "ratings": "ratings",
        "referral_events": "referrals",
        "referral_labels": "desk",
        "referral_requests": "referrals",
        "referrals": "referrals",
        "accounts": "vouchers",
        "course_alert_courses": "course_alerts",
        "course_alerts": "course_alerts",
        "postings": "vouchers",
        "shared_passports": "shared_passports",
        "sharings": "sharings",
        "voucher_drafts": "voucher_drafts",
        "sign_ups": "open_hiring",
        "staff_events": "looks",
        "tasks": "tasks",
        "visits": "visits",
        "voucher_events": "vouchers",
        "vouchers": "vouchers",
    }
    assert _of_people() == left_out.keys() | exported.keys()
    person = await live_through_everything(counter)
    told = await counter.conversations.export(person.chat)
    assert {subject for subject, kept in told.items() if not kept} == set()
    assert set(exported.values()) == told.keys() - {"exported_at"}


def _of_people() -> set[str]:
    """Return every table that leads to a person, along its own keys or those of what it belongs to."""
    found = {PersonRow.__tablename__}
    while True:
        more = {
            table.name
            for table in Base.metadata.sorted_tables
            if table.name not in found
            and (
                {"person_id", "conversation_id"} & set(table.columns.keys())
                or any(key.column.table.name in found for key in table.foreign_keys)
            )
        }
        if not more:
            return found
        found |= more
