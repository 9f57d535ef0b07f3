"""What a person reads of the books, and whether the books are right."""

from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from counter.accounts.model import AccountKind, EntryKind, Statement, StatementLine
from counter.accounts.storage import AccountRow, EntryRow, FundRow, PostingRow, to_fund


async def statement_of(session: AsyncSession, person_id: str) -> Statement:
    """Return everything on a person's account, in the order in which it was booked."""
    own = (
        select(PostingRow.entry_id)
        .join(AccountRow, AccountRow.code == PostingRow.account_code)
        .where(AccountRow.person_id == person_id)
    )
    rows = await session.execute(
        select(EntryRow, PostingRow.cents, AccountRow, FundRow)
        .join(PostingRow, PostingRow.entry_id == EntryRow.id)
        .join(AccountRow, AccountRow.code == PostingRow.account_code)
        .join(FundRow, FundRow.id == AccountRow.fund_id)
        .where(EntryRow.id.in_(own))
        .order_by(PostingRow.id)
    )
    entries: dict[str, list[Any]] = {}
    for row in rows:
        entries.setdefault(row.EntryRow.id, []).append(row)
    held = {AccountKind.RESERVED: 0, AccountKind.AWARDED: 0}
    return Statement(lines=tuple([_line(postings, held) for postings in entries.values()]))


def _line(postings: list[Any], held: dict[AccountKind, int]) -> StatementLine:
    """Return one line, with what is `held` after it."""
    entry, fund = postings[0].EntryRow, postings[0].FundRow
    own = [posting for posting in postings if posting.AccountRow.person_id is not None]
    for posting in own:
        held[AccountKind(posting.AccountRow.kind)] += posting.cents
    payee = next((p.AccountRow.payee for p in postings if p.AccountRow.payee is not None), None)
    return StatementLine(
        kind=EntryKind(entry.kind),
        number=entry.about,
        pot=own[0].AccountRow.pot,
        fund=to_fund(fund),
        on=entry.booked_on,
        at=entry.at,
        cents=max(abs(posting.cents) for posting in postings),
        change=sum(posting.cents for posting in own),
        reserved=held[AccountKind.RESERVED],
        awarded=held[AccountKind.AWARDED],
        payee=payee,
    )


def exported(line: StatementLine) -> dict[str, Any]:
    """Return an entry as a person downloads it."""
    return {
        "what": line.kind.value,
        "fund": line.fund.name,
        "on": line.on.isoformat(),
        "at": line.at.isoformat(),
        "cents": line.cents,
        "balance_cents": line.balance,
        "payee": line.payee,
    }


async def faults(session: AsyncSession) -> tuple[str, ...]:
    """Return what is wrong in the books: nothing, unless somebody changed the database by hand."""
    posted = (
        select(PostingRow.account_code, func.sum(PostingRow.cents).label("cents"))
        .group_by(PostingRow.account_code)
        .subquery()
    )
    accounts = await session.scalars(
        select(AccountRow.code)
        .outerjoin(posted, posted.c.account_code == AccountRow.code)
        .where(AccountRow.balance_cents != func.coalesce(posted.c.cents, 0))
        .order_by(AccountRow.code)
    )
    entries = await session.scalars(
        select(EntryRow.reference)
        .join(PostingRow, PostingRow.entry_id == EntryRow.id)
        .group_by(EntryRow.id, EntryRow.reference)
        .having(func.sum(PostingRow.cents) != 0)
        .order_by(EntryRow.reference)
    )
    return (*accounts, *entries)
