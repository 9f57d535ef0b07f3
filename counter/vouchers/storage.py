"""Voucher applications in the database: made once, changed by conditional updates, found again."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from counter.database import new_id
from counter.schemes.model import Scheme, VoucherKind
from counter.vouchers import money
from counter.vouchers.model import (
    REMIND_DAYS_BEFORE,
    AlreadyAppliedError,
    SchemeClosedError,
    VoucherApplicationCommand,
    VoucherState,
)
from counter.vouchers.rows import VoucherEventRow, VoucherRow, is_open, record, to_receipt

_is_awarded = VoucherRow.state == VoucherState.AWARDED.value


async def add_application(
    session: AsyncSession,
    command: VoucherApplicationCommand,
    scheme: Scheme,
    *,
    number: str,
    person_id: str,
    at: datetime,
    today: date,
    answer_before: date,
) -> VoucherRow:
    """Keep an application and reserve its money; the same message again gives the first one.

    Raises:
        AlreadyAppliedError: the person has an open application of this kind.
        SchemeClosedError: nobody can apply today.
        VoucherBudgetSpentError: the budget cannot pay another voucher.
    """
    row = VoucherRow(
        id=new_id(),
        number=number,
        person_id=person_id,
        conversation_id=command.conversation_id,
        message_id=command.message_id,
        kind=command.kind.value,
        scheme_version=scheme.version,
        state=VoucherState.SUBMITTED.value,
        amount_eur=scheme.amount_eur,
        goal=command.goal,
        name=command.name,
        age=command.age,
        postcode=command.postcode,
        email=command.email,
        phone=command.phone,
        # What is no paper of this scheme is nothing to tell an adviser.
        documents=[document for document in scheme.documents if document in command.documents],
        submitted_at=at,
        answer_before=answer_before,
    )
    try:
        async with session.begin_nested():
            session.add(row)
            await session.flush()
    except IntegrityError:
        first = await application_by_message(session, command.conversation_id, command.message_id)
        if first is not None:
            return first
        earlier = await open_application(session, person_id, command.kind)
        if earlier is None:
            raise
        raise AlreadyAppliedError(to_receipt(earlier)) from None
    if not scheme.is_open(today):
        raise SchemeClosedError(scheme.kind.value)
    await money.reserve(session, row, at=at)
    record(session, row, VoucherState.SUBMITTED, at=at)
    return row


async def change(
    session: AsyncSession,
    row: VoucherRow,
    state: VoucherState,
    *,
    at: datetime,
    before: VoucherState = VoucherState.SUBMITTED,
    actor: str | None = None,
    reason: str | None = None,
    **values: Any,  # noqa: ANN401 - columns, each of its own type
) -> bool:
    """Give an application another state and these values; false when it was not as it was `before`."""
    changed = await session.scalar(
        update(VoucherRow)
        .where(VoucherRow.id == row.id, VoucherRow.state == before.value)
        .values(state=state.value, **values)
        .returning(VoucherRow.id)
        .execution_options(synchronize_session=False)
    )
    await session.refresh(row)
    if changed is not None:
        record(session, row, state, at=at, actor=actor, reason=reason)
    return changed is not None


async def hold(session: AsyncSession, voucher_id: str) -> VoucherRow:
    """Return an application as it is now, held until the unit of work ends."""
    return await session.get_one(VoucherRow, voucher_id, with_for_update=True, populate_existing=True)


async def application_by_message(
    session: AsyncSession, conversation_id: str, message_id: str
) -> VoucherRow | None:
    """Return what this message applied for, or None."""
    return await session.scalar(
        select(VoucherRow).where(
            VoucherRow.conversation_id == conversation_id, VoucherRow.message_id == message_id
        )
    )


async def open_application(session: AsyncSession, person_id: str, kind: VoucherKind) -> VoucherRow | None:
    """Return the person's open application of this kind, or None."""
    return await session.scalar(
        select(VoucherRow).where(VoucherRow.person_id == person_id, VoucherRow.kind == kind.value, is_open)
    )


async def application_by_number(session: AsyncSession, number: str) -> VoucherRow | None:
    """Return the application with this receipt number, or None."""
    return await session.scalar(select(VoucherRow).where(VoucherRow.number == number))


async def applications_of(session: AsyncSession, person_id: str) -> Sequence[VoucherRow]:
    """Return the person's applications, the newest first."""
    rows = await session.scalars(
        select(VoucherRow)
        .where(VoucherRow.person_id == person_id)
        .order_by(VoucherRow.submitted_at.desc(), VoucherRow.id)
    )
    return rows.all()


async def open_applications(session: AsyncSession) -> Sequence[VoucherRow]:
    """Return what is not decided yet, in the order in which it must be answered."""
    rows = await session.scalars(
        select(VoucherRow).where(is_open).order_by(VoucherRow.answer_before, VoucherRow.submitted_at)
    )
    return rows.all()


async def awarded(session: AsyncSession) -> Sequence[VoucherRow]:
    """Return what was awarded and not used yet, what must be used first at the front."""
    rows = await session.scalars(
        select(VoucherRow).where(_is_awarded).order_by(VoucherRow.use_before, VoucherRow.id)
    )
    return rows.all()


async def history(session: AsyncSession, voucher_id: str) -> Sequence[VoucherEventRow]:
    """Return what happened to an application, in order."""
    rows = await session.scalars(
        select(VoucherEventRow).where(VoucherEventRow.voucher_id == voucher_id).order_by(VoucherEventRow.id)
    )
    return rows.all()


async def to_expire(session: AsyncSession, today: date) -> Sequence[VoucherRow]:
    """Return what was awarded and could be used until yesterday or before."""
    rows = await session.scalars(
        select(VoucherRow).where(_is_awarded, VoucherRow.use_before < today).order_by(VoucherRow.id)
    )
    return rows.all()


async def to_remind(session: AsyncSession, today: date) -> Sequence[VoucherRow]:
    """Return what was awarded and whose holder must hear that the last day comes near."""
    is_near = or_(
        *(
            (VoucherRow.reminders <= told) & (VoucherRow.use_before <= today + timedelta(days=days))
            for told, days in enumerate(REMIND_DAYS_BEFORE)
        )
    )
    rows = await session.scalars(
        select(VoucherRow).where(_is_awarded, VoucherRow.use_before >= today, is_near).order_by(VoucherRow.id)
    )
    return rows.all()
