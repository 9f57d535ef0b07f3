"""What can be done with vouchers: one method per use case."""

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from counter.calendar import local_date, working_days_after
from counter.clock import Clock
from counter.conversations.storage import person_of
from counter.database import Database
from counter.notices.model import Notice
from counter.notices.service import NoticeService
from counter.places.gazetteer import Gazetteer
from counter.receipts import new_number
from counter.staff.storage import record_decision
from counter.vouchers import storage
from counter.vouchers.model import (
    AccountEntry,
    AlreadyDecidedError,
    Application,
    Decision,
    DevelopmentAccount,
    RuleOutcome,
    Scheme,
    UnknownVoucherError,
    VoucherApplicationCommand,
    VoucherKind,
    VoucherReceipt,
    VoucherState,
)
from counter.vouchers.rules import pre_check


class VoucherService:
    """Voucher schemes and applications."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        gazetteer: Gazetteer,
        schemes: Sequence[Scheme],
        notices: NoticeService,
    ) -> None:
        self._database = database
        self._clock = clock
        self._gazetteer = gazetteer
        self._notices = notices
        self._schemes = {scheme.kind: scheme for scheme in schemes}

    async def schemes(self) -> tuple[Scheme, ...]:
        """Return every scheme."""
        return tuple(self._schemes.values())

    async def pre_check(
        self, kind: VoucherKind, *, age: int | None = None, postcode: str | None = None
    ) -> tuple[RuleOutcome, ...]:
        """Return each rule of the scheme and whether it is met, as far as a machine can tell."""
        return pre_check(self._schemes[kind], age=age, postcode=postcode, gazetteer=self._gazetteer)

    async def apply(self, command: VoucherApplicationCommand) -> VoucherReceipt:
        """Submit an application and reserve its money; the same message again changes nothing.

        Raises:
            UnknownConversationError: there is no such conversation.
            AlreadyAppliedError: the person has an open application of this kind.
            VoucherBudgetSpentError: the budget cannot pay another voucher.
        """
        scheme = self._schemes[command.kind]
        now = self._clock()
        async with self._database.session() as session:
            row = await storage.add_application(
                session,
                command,
                scheme,
                number=new_number("V"),
                person_id=await person_of(session, command.conversation_id),
                at=now,
                answer_before=working_days_after(local_date(now), scheme.answer_within_working_days),
            )
            return storage.to_receipt(row)

    async def applications_of(self, conversation_id: str) -> tuple[VoucherReceipt, ...]:
        """Return all of the person's applications, the newest first.

        Raises:
            UnknownConversationError: there is no such conversation.
        """
        async with self._database.reading() as session:
            person_id = await person_of(session, conversation_id)
            return tuple(map(storage.to_receipt, await storage.applications_of(session, person_id)))

    async def by_number(self, number: str) -> VoucherReceipt | None:
        """Return the application with this receipt number, or None."""
        async with self._database.reading() as session:
            row = await storage.application_by_number(session, number)
            return None if row is None else storage.to_receipt(row)

    async def application(self, number: str) -> Application:
        """Return an application as an adviser decides on it.

        Raises:
            UnknownVoucherError: no application has this number.
        """
        async with self._database.reading() as session:
            row = await storage.application_by_number(session, number)
        if row is None:
            raise UnknownVoucherError(number)
        receipt = storage.to_receipt(row)
        return Application(
            receipt=receipt,
            person_id=row.person_id,
            title=self._schemes[receipt.kind].title,
            amount_eur=row.amount_eur,
            name=row.name,
            age=row.age,
            postcode=row.postcode,
            email=row.email,
            phone=row.phone,
            checks=await self.pre_check(receipt.kind, age=row.age, postcode=row.postcode),
        )

    async def open_applications(self) -> tuple[VoucherReceipt, ...]:
        """Return the applications that wait for an adviser, the most urgent first."""
        async with self._database.reading() as session:
            return tuple(map(storage.to_receipt, await storage.open_applications(session)))

    async def withdraw(self, number: str, conversation_id: str) -> VoucherReceipt:
        """Withdraw an application and free its money; withdrawing twice changes nothing.

        Raises:
            UnknownConversationError: there is no such conversation.
            UnknownVoucherError: this person has no application with this number.
            AlreadyDecidedError: an adviser has decided.
        """
        async with self._database.session() as session:
            person_id = await person_of(session, conversation_id)
            row = await storage.application_by_number(session, number)
            if row is None or row.person_id != person_id:
                raise UnknownVoucherError(number)
            await storage.close(session, row, VoucherState.WITHDRAWN, at=self._clock())
            receipt = storage.to_receipt(row)
        if receipt.state is not VoucherState.WITHDRAWN:
            raise AlreadyDecidedError(receipt)
        return receipt

    async def decide(
        self, number: str, decision: Decision, *, adviser: str, reason: str, staff_id: str | None = None
    ) -> VoucherReceipt:
        """Award or reject an application, in the name of an adviser, and tell the applicant.

        The applicant reads the reason too. Rejecting frees the money. With the `staff_id` of the adviser
        it is kept among what staff did, or not decided at all.

        Raises:
            UnknownVoucherError: no application has this number.
            AlreadyDecidedError: the application is no longer open.
        """
        async with self._database.reading() as session:
            found = await storage.application_by_number(session, number)
        if found is None:
            raise UnknownVoucherError(number)
        async with self._notices.telling(found.person_id) as telling:
            row = await telling.session.get_one(storage.VoucherRow, found.id)
            if not await storage.close(
                telling.session, row, VoucherState(decision), at=self._clock(), actor=adviser, reason=reason
            ):
                raise AlreadyDecidedError(storage.to_receipt(row))
            receipt = storage.to_receipt(row)
            facts = {
                "nummer": receipt.number,
                "titel": self._schemes[receipt.kind].title,
                "bedrag": f"{row.amount_eur:,}".replace(",", "."),
                "reden": reason,
            }
            record_decision(
                telling.session, staff_id, f"{decision.value} {number}", found.person_id, at=self._clock()
            )
            is_awarded = decision is Decision.AWARDED
            telling.tell(Notice.VOUCHER_AWARDED if is_awarded else Notice.VOUCHER_REJECTED, facts)
        return receipt

    async def account_of(self, conversation_id: str) -> DevelopmentAccount:
        """Return what the person has been awarded, and what is reserved for them.

        Raises:
            UnknownConversationError: there is no such conversation.
        """
        async with self._database.reading() as session:
            rows = await storage.applications_of(session, await person_of(session, conversation_id))

        def entries(state: VoucherState) -> tuple[AccountEntry, ...]:
            return tuple(
                AccountEntry(number=row.number, kind=VoucherKind(row.kind), amount_eur=row.amount_eur)
                for row in rows
                if row.state == state.value
            )

        return DevelopmentAccount(
            awarded=entries(VoucherState.AWARDED), reserved=entries(VoucherState.SUBMITTED)
        )

    async def reserved_eur(self, kind: VoucherKind) -> int:
        """Return how much of the kind's budget is reserved or awarded, in whole euros."""
        async with self._database.reading() as session:
            return await storage.reserved_eur(session, kind)

    async def erase(self, session: AsyncSession, conversation_ids: Sequence[str]) -> None:
        """Withdraw what was applied for in these conversations, and blank who asked and why."""
        await storage.erase(session, conversation_ids, at=self._clock())
