"""The books on both databases: they always add up, nothing is overdrawn, and nothing is booked twice."""

import asyncio
from contextlib import suppress
from datetime import date
from functools import partial

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, insert, select, text, update
from sqlalchemy.exc import DBAPIError, IntegrityError

from counter.accounts import model, storage
from counter.accounts.model import (
    AccountKind,
    Budget,
    EntryKind,
    Holding,
    JournalEntry,
    OverdrawnError,
    Pot,
)
from counter.accounts.statements import faults, statement_of
from counter.clock import utc_now
from counter.conversations.service import ConversationService
from counter.conversations.storage import person_of
from counter.database import Database, new_id

TODAY = date(2026, 11, 23)


async def a_pot(database: Database, cents: int = 0, *, name: str = "opleiding") -> Pot:
    """Return a pot of a new fund, with this much in it."""
    fund_id = new_id()
    async with database.session() as session:
        session.add(storage.FundRow(id=fund_id, kind="province", name="Provincie (voorbeeld)"))
    pot = Pot(fund_id=fund_id, name=name)
    if cents:
        await book(database, model.deposit(pot, cents, reference=new_id(), on=TODAY))
    return pot


async def a_person(database: Database) -> str:
    conversation = await ConversationService(database, utc_now).open("website")
    async with database.reading() as session:
        return await person_of(session, conversation.id)


async def held_by_somebody(database: Database, pot: Pot, number: str = "V-1") -> Holding:
    return Holding(pot=pot, person_id=await a_person(database), number=number)


async def book(database: Database, entry: JournalEntry) -> bool:
    async with database.session() as session:
        return await storage.post(session, entry, at=utc_now(), actor="mila")


async def budget(database: Database, pot: Pot) -> Budget:
    async with database.reading() as session:
        return await storage.budget_of(session, pot)


async def balance(database: Database, account: model.Account) -> int:
    async with database.reading() as session:
        return await storage.balance_of(session, account)


async def total(database: Database) -> int:
    async with database.reading() as session:
        assert await faults(session) == ()
        return await session.scalar(select(func.sum(storage.PostingRow.cents))) or 0


async def test_money_goes_from_a_funder_to_a_trainer_and_the_rest_flows_back(database: Database) -> None:
    pot = await a_pot(database, 500_00)
    held = await held_by_somebody(database, pot)
    await book(database, model.reserve(held, 300_00, on=TODAY))
    assert await budget(database, pot) == Budget(available=200_00, reserved=300_00, awarded=0, paid=0)
    await book(database, model.award(held, 300_00, on=TODAY))
    await book(database, model.pay(held, "Lasschool", 250_50, payment_id="1", on=TODAY))
    await book(database, model.release(held, awarded=49_50, reference="V-1 rest", on=TODAY))
    assert await budget(database, pot) == Budget(available=249_50, reserved=0, awarded=0, paid=250_50)
    assert await balance(database, pot.funder) == -500_00
    assert await balance(database, pot.paid_to("  LASSCHOOL ")) == 250_50
    assert await total(database) == 0


async def test_a_statement_tells_what_happened_and_adds_up(database: Database) -> None:
    pot = await a_pot(database, 500_00)
    held = await held_by_somebody(database, pot)
    for entry in (
        model.reserve(held, 300_00, on=TODAY),
        model.award(held, 300_00, on=TODAY),
        model.pay(held, "Lasschool", 100_00, payment_id="1", on=TODAY),
        model.release(held, awarded=200_00, reference="V-1 rest", on=TODAY),
    ):
        await book(database, entry)
    async with database.reading() as session:
        statement = await statement_of(session, held.person_id)
        assert (await statement_of(session, "niemand")).lines == ()
    assert [(line.kind, line.cents, line.reserved, line.awarded) for line in statement.lines] == [
        (EntryKind.RESERVE, 300_00, 300_00, 0),
        (EntryKind.AWARD, 300_00, 0, 300_00),
        (EntryKind.PAY, 100_00, 0, 200_00),
        (EntryKind.RELEASE, 200_00, 0, 0),
    ]
    assert {(line.number, line.fund.name, line.on) for line in statement.lines} == {
        ("V-1", "Provincie (voorbeeld)", TODAY)
    }
    assert [line.payee for line in statement.lines] == [None, None, "Lasschool", None]
    assert (statement.paid, statement.awarded, statement.reserved) == (100_00, 0, 0)


async def test_an_entry_with_the_same_reference_is_booked_once_however_many_book_it(
    database: Database,
) -> None:
    pot = await a_pot(database, 300_00)
    held = await held_by_somebody(database, pot)
    entry = model.reserve(held, 300_00, on=TODAY)
    booked = await asyncio.gather(*(book(database, entry) for _ in range(10)))
    # All the money is gone after the first, and still none of the others is told so.
    assert sorted(booked) == [False] * 9 + [True]
    assert (await budget(database, pot)).reserved == 300_00


async def test_nothing_is_overdrawn_and_a_refused_entry_leaves_nothing(database: Database) -> None:
    pot = await a_pot(database, 100_00)
    held = await held_by_somebody(database, pot)
    with pytest.raises(OverdrawnError) as refused:
        await book(database, model.reserve(held, 100_01, on=TODAY))
    assert refused.value.account.kind is AccountKind.AVAILABLE
    assert await budget(database, pot) == Budget(available=100_00, reserved=0, awarded=0, paid=0)
    with pytest.raises(OverdrawnError):
        await book(database, model.deposit(pot, -100_01, reference="terug", on=TODAY))
    await book(database, model.reserve(held, 60_00, on=TODAY))
    await book(database, model.award(held, 60_00, on=TODAY))
    with pytest.raises(OverdrawnError):
        await book(database, model.pay(held, "School", 60_01, payment_id="1", on=TODAY))
    assert await total(database) == 0


async def test_two_hundred_at_once_never_take_more_than_there_is(database: Database) -> None:
    pot = await a_pot(database, 10 * 300_00 + 299_99)
    person_id = await a_person(database)
    taken = await asyncio.gather(
        *(
            book(
                database,
                model.reserve(Holding(pot=pot, person_id=person_id, number=f"V-{n}"), 300_00, on=TODAY),
            )
            for n in range(200)
        ),
        return_exceptions=True,
    )
    assert taken.count(True) == 10
    assert sum(isinstance(one, OverdrawnError) for one in taken) == 190
    assert await budget(database, pot) == Budget(available=299_99, reserved=10 * 300_00, awarded=0, paid=0)
    assert await total(database) == 0


async def test_a_reversal_takes_an_entry_back_once_and_both_stay_in_the_books(database: Database) -> None:
    pot = await a_pot(database, 300_00)
    held = await held_by_somebody(database, pot)
    await book(database, model.reserve(held, 300_00, on=TODAY))
    await book(database, model.award(held, 300_00, on=TODAY))
    payment = model.pay(held, "School", 300_00, payment_id="1", on=TODAY)
    await book(database, payment)
    assert await book(database, model.reversal(payment, on=TODAY))
    assert not await book(database, model.reversal(payment, on=TODAY))
    assert await budget(database, pot) == Budget(available=0, reserved=0, awarded=300_00, paid=0)
    async with database.reading() as session:
        entries = await storage.entries_about(session, "V-1")
    assert [entry.kind for entry, _, _ in entries] == [
        EntryKind.RESERVE,
        EntryKind.AWARD,
        EntryKind.PAY,
        EntryKind.REVERSE,
    ]
    assert entries[2][0].postings == tuple(sorted(payment.postings, key=lambda posting: posting.account.code))


async def book_by_hand(database: Database, *postings: tuple[model.Account, int], closed: bool = True) -> None:
    """Write in the tables what no entry of the model can be."""
    entry_id = new_id()
    async with database.session() as session:
        for account, cents in postings:
            values = {"entry_id": entry_id, "account_code": account.code, "cents": cents}
            await session.execute(insert(storage.PostingRow).values(**values))
        if closed:
            values = {"id": entry_id, "reference": entry_id, "kind": "deposit", "about": "x"}
            await session.execute(insert(storage.EntryRow).values(**values, booked_on=TODAY, at=utc_now()))


async def test_the_database_itself_takes_no_entry_that_does_not_balance(database: Database) -> None:
    pot = await a_pot(database, 100_00)
    for postings in ([], [(pot.funder, -1)], [(pot.funder, -1), (pot.available, 2)]):
        with pytest.raises(IntegrityError):
            await book_by_hand(database, *postings)
    with pytest.raises(IntegrityError):
        await book_by_hand(database, (pot.funder, -1), (pot.available, 1), closed=False)
    await book_by_hand(database, (pot.funder, -1), (pot.available, 1))


async def test_the_database_itself_lets_nobody_change_what_was_booked(database: Database) -> None:
    pot = await a_pot(database, 100_00)
    async with database.reading() as session:
        entry_id = await session.scalar(
            select(storage.PostingRow.entry_id).where(storage.PostingRow.account_code == pot.funder.code)
        )
    more = insert(storage.PostingRow).values(entry_id=entry_id, account_code=pot.available.code, cents=5)
    for change in (
        more,
        update(storage.PostingRow).values(cents=7),
        update(storage.EntryRow).values(kind="award"),
        text("DELETE FROM postings"),
        text("DELETE FROM journal_entries"),
        text("UPDATE accounts SET balance_cents = -1 WHERE kind = 'available'"),
    ):
        with pytest.raises(DBAPIError):
            async with database.session() as session:
                await session.execute(change)
    assert await total(database) == 0


async def test_a_balance_changed_by_hand_is_found(database: Database) -> None:
    pot = await a_pot(database, 100_00)
    async with database.session() as session:
        of_pot = storage.AccountRow.code.in_([pot.available.code, pot.funder.code])
        await session.execute(update(storage.AccountRow).where(of_pot).values(balance_cents=7))
    async with database.reading() as session:
        assert await faults(session) == (pot.available.code, pot.funder.code)


# What can be asked of the books: a command, about which of three people, for how much.
COMMANDS = st.lists(
    st.tuples(
        st.sampled_from(["deposit", "take_back", "reserve", "award", "pay", "release", "reverse"]),
        st.integers(0, 2),
        st.integers(1, 400_00),
    ),
    max_size=25,
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(commands=COMMANDS)
async def test_whatever_is_asked_the_books_add_up_and_nothing_is_overdrawn(
    database: Database, commands: list[tuple[str, int, int]]
) -> None:
    pot = await a_pot(database, 500_00)
    people = [await held_by_somebody(database, pot, number=new_id()) for _ in range(3)]
    booked: list[JournalEntry] = []
    for step, (command, who, cents) in enumerate(commands):
        entry = _entry_for(command, people[who], cents, f"{people[0].number} {step}", booked)
        if entry is None:
            continue
        with suppress(OverdrawnError):
            if await book(database, entry):
                booked.append(entry)
    assert await total(database) == 0
    now = await budget(database, pot)
    assert min(now.available, now.reserved, now.awarded, now.paid) >= 0
    assert now.total == -await balance(database, pot.funder)
    for held in people:
        async with database.reading() as session:
            statement = await statement_of(session, held.person_id)
        own = [
            posting.cents
            for entry in booked
            for posting in entry.postings
            if posting.account.person_id == held.person_id
        ]
        assert statement.reserved + statement.awarded == sum(own)
        assert sum(line.change for line in statement.lines) == sum(own)
        assert all(line.reserved >= 0 and line.awarded >= 0 for line in statement.lines)


def _entry_for(
    command: str, held: Holding, cents: int, reference: str, booked: list[JournalEntry]
) -> JournalEntry | None:
    if command == "reverse":
        return model.reversal(booked[cents % len(booked)], on=TODAY) if booked else None
    return {
        "deposit": partial(model.deposit, held.pot, cents, reference=reference),
        "take_back": partial(model.deposit, held.pot, -cents, reference=reference),
        "reserve": partial(model.reserve, held, cents),
        "award": partial(model.award, held, cents),
        "pay": partial(model.pay, held, "School", cents, payment_id=reference),
        "release": partial(model.release, held, awarded=cents, reference=reference),
    }[command](on=TODAY)
