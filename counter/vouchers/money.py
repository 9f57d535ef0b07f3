"""What happens to a voucher, in the books: in the unit of work in which it happens."""

from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from counter.accounts import model, storage
from counter.accounts.model import CENTS, EntryKind, Holding, JournalEntry, OverdrawnError
from counter.calendar import local_date
from counter.schemes.model import VoucherKind
from counter.schemes.storage import at_version
from counter.vouchers.model import Payment, PaymentTooHighError, VoucherBudgetSpentError
from counter.vouchers.rows import VoucherRow


async def holding_of(session: AsyncSession, row: VoucherRow) -> Holding:
    """Return where the money of this application stands: with the fund it was made under."""
    scheme = await at_version(session, VoucherKind(row.kind), row.scheme_version)
    return Holding(pot=scheme.pot, person_id=row.person_id, number=row.number)


async def reserve(session: AsyncSession, row: VoucherRow, *, at: datetime) -> None:
    """Keep the money of an application apart.

    Raises:
        VoucherBudgetSpentError: the budget cannot pay another voucher.
    """
    held = await holding_of(session, row)
    try:
        await storage.post(session, model.reserve(held, row.amount_eur * CENTS, on=local_date(at)), at=at)
    except OverdrawnError as error:
        raise VoucherBudgetSpentError(row.kind) from error


async def award(session: AsyncSession, row: VoucherRow, *, at: datetime, actor: str) -> None:
    """Award what is reserved."""
    held = await holding_of(session, row)
    entry = model.award(held, row.amount_eur * CENTS, on=local_date(at))
    await storage.post(session, entry, at=at, actor=actor)


async def free(
    session: AsyncSession, row: VoucherRow, *, why: str, at: datetime, actor: str | None = None
) -> int:
    """Have what is left of an application flow back to its fund; returns how many cents that is.

    `why` tells apart what frees it, so that each does so once.
    """
    held = await holding_of(session, row)
    reserved = await storage.balance_of(session, held.reserved)
    awarded = await storage.balance_of(session, held.awarded)
    if reserved or awarded:
        entry = model.release(
            held,
            reserved=reserved,
            awarded=awarded,
            reference=f"{row.number} {why}",
            on=local_date(at),
        )
        await storage.post(session, entry, at=at, actor=actor)
    return reserved + awarded


async def left_of(session: AsyncSession, row: VoucherRow) -> int:
    """Return what is awarded and not paid, in whole cents."""
    return await storage.balance_of(session, (await holding_of(session, row)).awarded)


async def held_for(session: AsyncSession, row: VoucherRow) -> int:
    """Return what is reserved or awarded and not paid, in whole cents."""
    held = await holding_of(session, row)
    reserved = await storage.balance_of(session, held.reserved)
    return reserved + await storage.balance_of(session, held.awarded)


def _reference(row: VoucherRow, payment_id: str) -> str:
    return f"{row.number} pay {payment_id}"


async def is_paid(session: AsyncSession, row: VoucherRow, payment_id: str) -> bool:
    """Tell whether this payment was booked before."""
    return await storage.is_booked(session, _reference(row, payment_id))


async def pay(
    session: AsyncSession,
    row: VoucherRow,
    *,
    payee: str,
    cents: int,
    payment_id: str,
    paid_on: date,
    at: datetime,
    actor: str,
) -> int:
    """Pay a trainer; returns what is left of the award, in whole cents.

    Raises:
        PaymentTooHighError: so much is not left.
    """
    held = await holding_of(session, row)
    entry = model.pay(held, payee, cents, payment_id=payment_id, on=paid_on)
    try:
        await storage.post(session, entry, at=at, actor=actor)
    except OverdrawnError as error:
        raise PaymentTooHighError(await storage.balance_of(session, held.awarded)) from error
    return await storage.balance_of(session, held.awarded)


async def take_back(
    session: AsyncSession, row: VoucherRow, payment_id: str, *, at: datetime, actor: str
) -> bool:
    """Reverse a payment, and what flowed back with it as the rest; false when it was reversed before.

    Raises:
        VoucherBudgetSpentError: what flowed back was given to somebody else meanwhile.
    """
    references = {_reference(row, payment_id), f"{row.number} rest {payment_id}"}
    is_new = False
    for entry, _, _ in await storage.entries_about(session, row.number):
        if entry.reference in references:
            try:
                back = model.reversal(entry, on=local_date(at))
                is_new |= await storage.post(session, back, at=at, actor=actor)
            except OverdrawnError as error:
                raise VoucherBudgetSpentError(row.kind) from error
    return is_new


async def payments_of(session: AsyncSession, row: VoucherRow) -> tuple[Payment, ...]:
    """Return what was paid of an application, in order."""
    booked = await storage.entries_about(session, row.number)
    references = {entry.reference for entry, _, _ in booked}
    return tuple(
        _payment(entry, by, at, is_reversed=model.reversal(entry, on=entry.on).reference in references)
        for entry, by, at in booked
        if entry.kind is EntryKind.PAY
    )


def _payment(entry: JournalEntry, by: str | None, at: datetime, *, is_reversed: bool) -> Payment:
    [(payee, cents)] = [
        (posting.account.payee, posting.cents) for posting in entry.postings if posting.account.payee
    ]
    return Payment(
        id=entry.reference.rpartition(" ")[2],
        payee=payee or "",
        cents=cents,
        paid_on=entry.on,
        by=by,
        at=at,
        is_reversed=is_reversed,
    )
