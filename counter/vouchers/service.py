"""What people can do with vouchers: look, apply, withdraw, see how things stand."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from counter.accounts.statements import statement_of
from counter.calendar import local_date, working_days_after
from counter.clock import Clock
from counter.conversations.storage import person_of
from counter.database import Database
from counter.places.gazetteer import Gazetteer
from counter.receipts import new_number
from counter.schemes import storage as schemes
from counter.schemes.model import Scheme, VoucherKind
from counter.vouchers import drafts, money, personal, storage
from counter.vouchers.model import (
    AccountEntry,
    AlreadyDecidedError,
    Application,
    DevelopmentAccount,
    RuleOutcome,
    UnknownVoucherError,
    VoucherApplicationCommand,
    VoucherReceipt,
    VoucherState,
)
from counter.vouchers.rows import VoucherRow, to_receipt
from counter.vouchers.rules import pre_check


class VoucherService:
    """Applications for vouchers, from the side of who applies."""

    def __init__(self, database: Database, clock: Clock, gazetteer: Gazetteer) -> None:
        self._database = database
        self._clock = clock
        self._gazetteer = gazetteer

    async def schemes(self) -> tuple[Scheme, ...]:
        """Return every scheme as it is now."""
        async with self._database.reading() as session:
            return await schemes.current(session)

    async def pre_check(
        self, kind: VoucherKind, *, age: int | None = None, postcode: str | None = None
    ) -> tuple[RuleOutcome, ...]:
        """Return each rule of the scheme and whether it is met, as far as a machine can tell."""
        async with self._database.reading() as session:
            scheme = await schemes.now_of(session, kind)
        return pre_check(scheme, age=age, postcode=postcode, gazetteer=self._gazetteer)

    async def is_open(self, kind: VoucherKind) -> bool:
        """Tell whether people can apply for this kind today."""
        async with self._database.reading() as session:
            scheme = await schemes.now_of(session, kind)
        return scheme.is_open(local_date(self._clock()))

    async def apply(self, command: VoucherApplicationCommand) -> VoucherReceipt:
        """Submit an application and reserve its money; the same message again changes nothing.

        Raises:
            UnknownConversationError: there is no such conversation.
            AlreadyAppliedError: the person has an open application of this kind.
            SchemeClosedError: nobody can apply for this kind today.
            VoucherBudgetSpentError: the budget cannot pay another voucher.
        """
        now = self._clock()
        async with self._database.session() as session:
            scheme, today = await schemes.now_of(session, command.kind), local_date(now)
            row = await storage.add_application(
                session,
                command,
                scheme,
                number=new_number("V"),
                person_id=await person_of(session, command.conversation_id),
                at=now,
                today=today,
                answer_before=working_days_after(today, scheme.answer_within_working_days),
            )
            await drafts.forget(session, row.person_id, command.kind)
            return to_receipt(row)

    async def keep_draft(self, conversation_id: str, kind: VoucherKind, fields: Mapping[str, Any]) -> None:
        """Keep what somebody filled in so far, as they typed it, in place of what they filled in before.

        Raises:
            UnknownConversationError: there is no such conversation.
        """
        async with self._database.session() as session:
            person_id = await person_of(session, conversation_id)
            await drafts.keep(session, person_id, conversation_id, kind, fields, at=self._clock())

    async def drafts_of(self, conversation_id: str) -> Mapping[VoucherKind, Mapping[str, Any]]:
        """Return what the person filled in and did not send, by kind.

        Raises:
            UnknownConversationError: there is no such conversation.
        """
        async with self._database.reading() as session:
            return await drafts.drafts_of(session, await person_of(session, conversation_id))

    async def throw_away_draft(self, conversation_id: str, kind: VoucherKind) -> None:
        """Forget what somebody filled in.

        Raises:
            UnknownConversationError: there is no such conversation.
        """
        async with self._database.session() as session:
            await drafts.forget(session, await person_of(session, conversation_id), kind)

    async def applications_of(self, conversation_id: str) -> tuple[VoucherReceipt, ...]:
        """Return all of the person's applications, the newest first.

        Raises:
            UnknownConversationError: there is no such conversation.
        """
        async with self._database.reading() as session:
            person_id = await person_of(session, conversation_id)
            return tuple(map(to_receipt, await storage.applications_of(session, person_id)))

    async def by_number(self, number: str) -> VoucherReceipt | None:
        """Return the application with this receipt number, or None."""
        async with self._database.reading() as session:
            row = await storage.application_by_number(session, number)
            return None if row is None else to_receipt(row)

    async def application(self, number: str) -> Application:
        """Return an application as an adviser decides on it.

        Raises:
            UnknownVoucherError: no application has this number.
        """
        async with self._database.reading() as session:
            row = await storage.application_by_number(session, number)
            if row is None:
                raise UnknownVoucherError(number)
            return await self._application(session, row)

    async def own_application(self, number: str, conversation_id: str) -> Application:
        """Return an application of the person of this conversation.

        Raises:
            UnknownConversationError: there is no such conversation.
            UnknownVoucherError: this person has no application with this number.
        """
        async with self._database.reading() as session:
            person_id = await person_of(session, conversation_id)
            row = await storage.application_by_number(session, number)
            if row is None or row.person_id != person_id:
                raise UnknownVoucherError(number)
            return await self._application(session, row)

    async def _application(self, session: AsyncSession, row: VoucherRow) -> Application:
        scheme = await schemes.at_version(session, VoucherKind(row.kind), row.scheme_version)
        return Application(
            receipt=to_receipt(row),
            person_id=row.person_id,
            scheme=scheme,
            amount_eur=row.amount_eur,
            name=row.name,
            age=row.age,
            postcode=row.postcode,
            email=row.email,
            phone=row.phone,
            documents=tuple(row.documents),
            checks=pre_check(scheme, age=row.age, postcode=row.postcode, gazetteer=self._gazetteer),
            payments=await money.payments_of(session, row),
            left_cents=await money.left_of(session, row),
        )

    async def open_applications(self) -> tuple[VoucherReceipt, ...]:
        """Return the applications that wait for an adviser, the most urgent first."""
        async with self._database.reading() as session:
            return tuple(map(to_receipt, await storage.open_applications(session)))

    async def awarded(self) -> tuple[VoucherReceipt, ...]:
        """Return what was awarded and not used yet, what must be used first at the front."""
        async with self._database.reading() as session:
            return tuple(map(to_receipt, await storage.awarded(session)))

    async def withdraw(self, number: str, conversation_id: str) -> VoucherReceipt:
        """Withdraw an application and free its money; withdrawing twice changes nothing.

        Raises:
            UnknownConversationError: there is no such conversation.
            UnknownVoucherError: this person has no application with this number.
            AlreadyDecidedError: an adviser has decided.
        """
        now = self._clock()
        async with self._database.session() as session:
            person_id = await person_of(session, conversation_id)
            row = await storage.application_by_number(session, number)
            if row is None or row.person_id != person_id:
                raise UnknownVoucherError(number)
            if await storage.change(session, row, VoucherState.WITHDRAWN, at=now):
                await money.free(session, row, why="release", at=now)
            receipt = to_receipt(row)
        if receipt.state is not VoucherState.WITHDRAWN:
            raise AlreadyDecidedError(receipt)
        return receipt

    async def account_of(self, conversation_id: str) -> DevelopmentAccount:
        """Return what the person can have paid, what is reserved for them, and how it came to be.

        Raises:
            UnknownConversationError: there is no such conversation.
        """
        async with self._database.reading() as session:
            person_id = await person_of(session, conversation_id)
            rows = await storage.applications_of(session, person_id)
            under = [await schemes.at_version(session, VoucherKind(r.kind), r.scheme_version) for r in rows]
            return DevelopmentAccount(
                awarded=await _entries(session, rows, VoucherState.AWARDED),
                reserved=await _entries(session, rows, VoucherState.SUBMITTED),
                statement=await statement_of(session, person_id),
                is_sample=any(scheme.is_sample for scheme in under),
            )

    async def erase(self, session: AsyncSession, conversation_ids: Sequence[str]) -> None:
        """Withdraw what was applied for in these conversations, and blank who asked and why."""
        await drafts.erase(session, conversation_ids)
        await personal.erase(session, conversation_ids, at=self._clock())


async def _entries(
    session: AsyncSession, rows: Sequence[VoucherRow], state: VoucherState
) -> tuple[AccountEntry, ...]:
    """Return what is held for the applications in this state."""
    return tuple(
        [
            AccountEntry(
                number=row.number, kind=VoucherKind(row.kind), cents=await money.held_for(session, row)
            )
            for row in rows
            if row.state == state.value
        ]
    )
