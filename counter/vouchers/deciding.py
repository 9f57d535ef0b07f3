"""What advisers do with applications: decide, have trainers paid, put right what was paid by mistake."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date

from counter.accounts.amounts import in_euros
from counter.accounts.model import CENTS
from counter.calendar import last_day_to_object, local_date, months_after, written
from counter.clock import Clock
from counter.database import Database
from counter.notices.model import Notice
from counter.notices.service import NoticeService, Telling
from counter.schemes import storage as schemes
from counter.schemes.model import Scheme, VoucherKind
from counter.staff.storage import record_decision
from counter.vouchers import money, storage
from counter.vouchers.model import (
    AlreadyDecidedError,
    Decision,
    NotAwardedError,
    UnknownPaymentError,
    UnknownVoucherError,
    VoucherReceipt,
    VoucherState,
)
from counter.vouchers.rows import Event, VoucherRow, record, to_receipt


@dataclass(frozen=True, kw_only=True)
class Pay:
    """A trainer was paid, in whole cents; `payment_id` is made by the form, so that it counts once.

    After the last payment what is left flows back to the fund.
    """

    payment_id: str
    payee: str
    cents: int
    paid_on: date
    is_last: bool


class VoucherDesk:
    """Decisions and payments: the trail, the entry in the books and the news of each in one unit of work."""

    def __init__(self, database: Database, clock: Clock, notices: NoticeService) -> None:
        self._database = database
        self._clock = clock
        self._notices = notices

    async def decide(
        self, number: str, decision: Decision, *, adviser: str, reason: str, staff_id: str | None = None
    ) -> VoucherReceipt:
        """Award or reject an application, in the name of an adviser, and tell the applicant.

        The applicant reads the reason too, and until when and where to object. Rejecting frees the money.
        With the `staff_id` of the adviser it is kept among what staff did, or not decided at all.

        Raises:
            UnknownVoucherError: no application has this number.
            AlreadyDecidedError: the application is no longer open.
        """
        now = self._clock()
        today = local_date(now)
        async with self._telling(number) as (telling, row, scheme):
            is_awarded = decision is Decision.AWARDED
            object_before = last_day_to_object(today)
            use_before = months_after(today, scheme.use_within_months) if is_awarded else None
            if not await storage.change(
                telling.session,
                row,
                VoucherState(decision),
                at=now,
                actor=adviser,
                reason=reason,
                object_before=object_before,
                use_before=use_before,
            ):
                raise AlreadyDecidedError(to_receipt(row))
            if is_awarded:
                await money.award(telling.session, row, at=now, actor=adviser)
            else:
                await money.free(telling.session, row, why="release", at=now, actor=adviser)
            facts = {
                "nummer": number,
                "titel": scheme.title,
                "bedrag": in_euros(row.amount_eur * CENTS),
                "reden": reason,
                "bezwaar": written(object_before),
                "waar": scheme.objection_to,
                "gebruiken": "" if use_before is None else written(use_before),
            }
            record_decision(telling.session, staff_id, f"{decision.value} {number}", row.person_id, at=now)
            telling.tell(Notice.VOUCHER_AWARDED if is_awarded else Notice.VOUCHER_REJECTED, facts)
            return to_receipt(row)

    async def pay(
        self, number: str, payment: Pay, *, adviser: str, staff_id: str | None = None
    ) -> VoucherReceipt:
        """Book that a trainer was paid, and tell the holder; the same payment again changes nothing.

        Raises:
            UnknownVoucherError: no application has this number.
            NotAwardedError: there is nothing to pay of.
            PaymentTooHighError: so much is not left of the award.
        """
        now = self._clock()
        async with self._telling(number) as (telling, row, scheme):
            session = telling.session
            if await money.is_paid(session, row, payment.payment_id):
                return to_receipt(row)
            if row.state != VoucherState.AWARDED.value:
                raise NotAwardedError(to_receipt(row))
            left = await money.pay(
                session,
                row,
                payee=payment.payee,
                cents=payment.cents,
                payment_id=payment.payment_id,
                paid_on=payment.paid_on,
                at=now,
                actor=adviser,
            )
            record(session, row, Event.PAID, at=now, actor=adviser)
            record_decision(session, staff_id, f"paid {number}", row.person_id, at=now)
            if payment.is_last or not left:
                await money.free(session, row, why=f"rest {payment.payment_id}", at=now, actor=adviser)
                await storage.change(
                    session, row, VoucherState.USED, before=VoucherState.AWARDED, at=now, actor=adviser
                )
                left = 0
            facts = {
                "nummer": number,
                "titel": scheme.title,
                "bedrag": in_euros(payment.cents),
                "aan": payment.payee,
                "datum": written(payment.paid_on),
                "over": in_euros(left) if left else "",
            }
            telling.tell(Notice.VOUCHER_PAID, facts)
            return to_receipt(row)

    async def take_back(
        self, number: str, payment_id: str, *, adviser: str, reason: str, staff_id: str | None = None
    ) -> VoucherReceipt:
        """Put right a payment that was booked by mistake: its reversal is booked, for a reason.

        The award can be used again. Once it ran out, the money flows back to the fund.

        Raises:
            UnknownVoucherError: no application has this number.
            UnknownPaymentError: it has no such payment.
            VoucherBudgetSpentError: what flowed back as the rest was given to somebody else meanwhile.
        """
        now = self._clock()
        async with self._telling(number) as (telling, row, _):
            session = telling.session
            if not await money.is_paid(session, row, payment_id):
                raise UnknownPaymentError(payment_id)
            if await money.take_back(session, row, payment_id, at=now, actor=adviser):
                record(session, row, Event.TAKEN_BACK, at=now, actor=adviser, reason=reason)
                record_decision(session, staff_id, f"taken back {number}", row.person_id, at=now)
                await storage.change(
                    session, row, VoucherState.AWARDED, before=VoucherState.USED, at=now, actor=adviser
                )
                if row.state != VoucherState.AWARDED.value:
                    await money.free(session, row, why=f"back {payment_id}", at=now, actor=adviser)
            return to_receipt(row)

    @asynccontextmanager
    async def _telling(self, number: str) -> AsyncIterator[tuple[Telling, VoucherRow, Scheme]]:
        """Run one unit of work about an application, held, and its applicant."""
        async with self._database.reading() as session:
            found = await storage.application_by_number(session, number)
        if found is None:
            raise UnknownVoucherError(number)
        async with self._notices.telling(found.person_id) as telling:
            row = await storage.hold(telling.session, found.id)
            scheme = await schemes.at_version(telling.session, VoucherKind(row.kind), row.scheme_version)
            yield telling, row, scheme
