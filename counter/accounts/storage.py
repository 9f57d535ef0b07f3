"""The books in the database: entries are only ever added, and what does not balance is not taken.

The database keeps watch itself (migration 0025): an entry is inserted after its postings, which must then
add up to zero; nothing is added to an entry that is there, and no posting or entry is changed or deleted.
"""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    String,
    Text,
    UniqueConstraint,
    exists,
    func,
    insert,
    or_,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from counter.accounts.model import (
    MAX_PAYEE,
    Account,
    AccountKind,
    Budget,
    EntryKind,
    Fund,
    FunderKind,
    JournalEntry,
    OverdrawnError,
    Posting,
    Pot,
)
from counter.database import Base, UtcDateTime, new_id


class FundRow(Base):
    """Money of one giver."""

    __tablename__ = "funds"

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    kind: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(Text)


class AccountRow(Base):
    """One account; `balance_cents` is the sum of its postings, kept so that one statement looks and takes."""

    __tablename__ = "accounts"
    __table_args__ = (CheckConstraint("balance_cents >= 0 OR kind = 'funder'", name="not_overdrawn"),)

    code: Mapped[str] = mapped_column(String(100), primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    fund_id: Mapped[str] = mapped_column(ForeignKey("funds.id"), index=True)
    pot: Mapped[str | None] = mapped_column(String(20))
    person_id: Mapped[str | None] = mapped_column(ForeignKey("people.id"), index=True)
    payee: Mapped[str | None] = mapped_column(String(MAX_PAYEE))
    balance_cents: Mapped[int] = mapped_column(BigInteger, default=0)


class EntryRow(Base):
    """One event in the books; nobody's words stand here, for it can never be blanked."""

    __tablename__ = "journal_entries"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    reference: Mapped[str] = mapped_column(String(120), unique=True)
    kind: Mapped[str] = mapped_column(String(20))
    about: Mapped[str] = mapped_column(String(40), index=True)
    # Who of the counter booked it; None for whoever applied, and for the clock.
    actor: Mapped[str | None] = mapped_column(Text)
    booked_on: Mapped[date]
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class PostingRow(Base):
    """An amount on or off an account, in whole cents; written before its entry, which closes it."""

    __tablename__ = "postings"
    __table_args__ = (
        CheckConstraint("cents <> 0", name="not_nought"),
        UniqueConstraint("entry_id", "account_code"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[str] = mapped_column(
        ForeignKey("journal_entries.id", deferrable=True, initially="DEFERRED")
    )
    account_code: Mapped[str] = mapped_column(ForeignKey("accounts.code"), index=True)
    cents: Mapped[int] = mapped_column(BigInteger)


async def post(session: AsyncSession, entry: JournalEntry, *, at: datetime, actor: str | None = None) -> bool:
    """Book an entry; false when one with this reference was booked before, which stays as it is.

    Raises:
        OverdrawnError: an account would fall below zero; nothing was booked.
    """
    if await is_booked(session, entry.reference):
        return False
    try:
        async with session.begin_nested():
            await _book(session, entry, at, actor)
    except (IntegrityError, OverdrawnError):
        # Somebody who booked the same at the same moment has taken the money already.
        if await is_booked(session, entry.reference):
            return False
        raise
    return True


async def _book(session: AsyncSession, entry: JournalEntry, at: datetime, actor: str | None) -> None:
    entry_id = new_id()
    # One order for everybody, so that nobody waits for somebody who waits for them.
    postings = sorted(entry.postings, key=lambda posting: posting.account.code)
    for posting in postings:
        await _open(session, posting.account)
        await _move(session, posting)
    await session.execute(
        insert(PostingRow),
        [
            {"entry_id": entry_id, "account_code": posting.account.code, "cents": posting.cents}
            for posting in postings
        ],
    )
    await session.execute(
        insert(EntryRow).values(
            id=entry_id,
            reference=entry.reference,
            kind=entry.kind.value,
            about=entry.about,
            actor=actor,
            booked_on=entry.on,
            at=at,
        )
    )


async def _open(session: AsyncSession, account: Account) -> None:
    """See that the account is there."""
    if await session.scalar(select(exists().where(AccountRow.code == account.code))):
        return
    try:
        async with session.begin_nested():
            await session.execute(
                insert(AccountRow).values(
                    code=account.code,
                    kind=account.kind.value,
                    fund_id=account.fund_id,
                    pot=account.pot,
                    person_id=account.person_id,
                    payee=account.payee,
                    balance_cents=0,
                )
            )
    except IntegrityError:
        # Somebody opened it at the same moment; or there is no such fund or person.
        if not await session.scalar(select(exists().where(AccountRow.code == account.code))):
            raise


async def _move(session: AsyncSession, posting: Posting) -> None:
    # One statement looks and takes: two entries can never both see the last money.
    after = AccountRow.balance_cents + posting.cents
    moved = await session.scalar(
        update(AccountRow)
        .where(
            AccountRow.code == posting.account.code,
            or_(AccountRow.kind == AccountKind.FUNDER.value, after >= 0),
        )
        .values(balance_cents=after)
        .returning(AccountRow.code)
        .execution_options(synchronize_session=False)
    )
    if moved is None:
        raise OverdrawnError(posting.account)


async def is_booked(session: AsyncSession, reference: str) -> bool:
    """Tell whether an entry with this reference stands in the books."""
    return bool(await session.scalar(select(exists().where(EntryRow.reference == reference))))


async def entries_about(
    session: AsyncSession, about: str
) -> tuple[tuple[JournalEntry, str | None, datetime], ...]:
    """Return the entries about a number or a pot in order, each with who booked it and when."""
    rows = await session.execute(
        select(EntryRow, PostingRow.cents, AccountRow)
        .join(PostingRow, PostingRow.entry_id == EntryRow.id)
        .join(AccountRow, AccountRow.code == PostingRow.account_code)
        .where(EntryRow.about == about)
        .order_by(PostingRow.id)
    )
    found: dict[str, tuple[EntryRow, list[Posting]]] = {}
    for row, cents, account in rows:
        found.setdefault(row.id, (row, []))[1].append(Posting(account=to_account(account), cents=cents))
    return tuple((_to_entry(row, postings), row.actor, row.at) for row, postings in found.values())


def _to_entry(row: EntryRow, postings: Sequence[Posting]) -> JournalEntry:
    return JournalEntry(
        reference=row.reference,
        kind=EntryKind(row.kind),
        about=row.about,
        on=row.booked_on,
        postings=tuple(postings),
    )


def to_account(row: AccountRow) -> Account:
    """Return the row as the model knows it."""
    return Account(
        code=row.code,
        kind=AccountKind(row.kind),
        fund_id=row.fund_id,
        pot=row.pot,
        person_id=row.person_id,
        payee=row.payee,
    )


async def balance_of(session: AsyncSession, account: Account) -> int:
    """Return what stands on an account, in whole cents."""
    statement = select(AccountRow.balance_cents).where(AccountRow.code == account.code)
    return await session.scalar(statement) or 0


async def budget_of(session: AsyncSession, pot: Pot) -> Budget:
    """Return how a pot stands."""
    rows = await session.execute(
        select(AccountRow.kind, func.sum(AccountRow.balance_cents))
        .where(AccountRow.fund_id == pot.fund_id, AccountRow.pot == pot.name)
        .group_by(AccountRow.kind)
    )
    sums = {kind: int(cents) for kind, cents in rows}
    return Budget(
        available=sums.get(AccountKind.AVAILABLE.value, 0),
        reserved=sums.get(AccountKind.RESERVED.value, 0),
        awarded=sums.get(AccountKind.AWARDED.value, 0),
        paid=await _paid_of(session, pot),
    )


async def _paid_of(session: AsyncSession, pot: Pot) -> int:
    """Return what was paid of a pot; a trainer has one account with a fund, whatever the pot."""
    own = (
        select(PostingRow.entry_id)
        .join(AccountRow, AccountRow.code == PostingRow.account_code)
        .where(AccountRow.fund_id == pot.fund_id, AccountRow.pot == pot.name)
    )
    paid = await session.scalar(
        select(func.sum(PostingRow.cents))
        .join(AccountRow, AccountRow.code == PostingRow.account_code)
        .where(AccountRow.kind == AccountKind.PAID.value, PostingRow.entry_id.in_(own))
    )
    return int(paid or 0)


async def funds(session: AsyncSession) -> tuple[Fund, ...]:
    """Return every fund, by name."""
    rows = await session.scalars(select(FundRow).order_by(FundRow.name, FundRow.id))
    return tuple(map(to_fund, rows))


def to_fund(row: FundRow) -> Fund:
    """Return the row as the model knows it."""
    return Fund(id=row.id, kind=FunderKind(row.kind), name=row.name)
