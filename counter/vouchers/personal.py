"""What vouchers keep of a person: who asked and why, found, corrected, exported, forgotten."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from counter.accounts.statements import exported, statement_of
from counter.people.model import Detail, KnownDetail
from counter.people.storage import correct_detail, details_of
from counter.vouchers import money
from counter.vouchers.model import VoucherState
from counter.vouchers.rows import Event, VoucherEventRow, VoucherRow, record
from counter.vouchers.storage import applications_of, change, history

# An adviser still gets in touch about these, and their money is kept apart.
_IN_USE = (VoucherState.SUBMITTED.value, VoucherState.AWARDED.value)
_CAME_TO_NOTHING = (
    VoucherState.WITHDRAWN.value,
    VoucherState.REJECTED.value,
    VoucherState.EXPIRED.value,
)


async def erase(session: AsyncSession, conversation_ids: Sequence[str], *, at: datetime) -> None:
    """Withdraw what was applied for or awarded in these conversations, and blank who asked and why.

    What was not paid flows back: nobody can use it any more.
    """
    rows = await session.scalars(
        select(VoucherRow)
        .where(VoucherRow.conversation_id.in_(conversation_ids))
        # The pots are everybody's: whoever takes hold of more than one does so in this order.
        .order_by(VoucherRow.kind, VoucherRow.id)
    )
    for row in rows.all():
        for before in (VoucherState.SUBMITTED, VoucherState.AWARDED):
            if await change(session, row, VoucherState.WITHDRAWN, before=before, at=at):
                await money.free(session, row, why="release", at=at)
        await _blank(session, row)


async def _blank(session: AsyncSession, row: VoucherRow) -> None:
    row.goal = ""
    row.name = row.postcode = row.email = row.phone = None
    row.age = None
    # An adviser's reason may speak of the person.
    for event in await history(session, row.id):
        event.reason = None


async def person_of_number(session: AsyncSession, number: str) -> str | None:
    """Return the person who has this receipt number, or None."""
    return await session.scalar(select(VoucherRow.person_id).where(VoucherRow.number == number))


def with_open() -> Select[str]:
    """Select the people with an application that is not decided, or an award that is not used."""
    return select(VoucherRow.person_id).where(VoucherRow.state.in_(_IN_USE))


def stale(before: datetime) -> Select[Any, Any, Any]:
    """Select the applications that came to nothing before a moment, and still say who asked and why."""
    since = (
        select(func.max(VoucherEventRow.at))
        .where(VoucherEventRow.voucher_id == VoucherRow.id, VoucherEventRow.state == VoucherRow.state)
        .scalar_subquery()
    )
    details = (VoucherRow.name, VoucherRow.postcode, VoucherRow.email, VoucherRow.phone, VoucherRow.age)
    return select(VoucherRow.id.label("key"), since.label("since"), VoucherRow.person_id).where(
        VoucherRow.state.in_(_CAME_TO_NOTHING),
        since < before,
        or_(VoucherRow.goal != "", *(detail.is_not(None) for detail in details)),
    )


async def forget(session: AsyncSession, voucher_ids: Sequence[str], before: datetime) -> None:
    """Blank who asked and why in applications that came to nothing; money, days and outcome stay."""
    del before
    rows = await session.scalars(
        select(VoucherRow)
        .where(VoucherRow.id.in_(voucher_ids), VoucherRow.state.in_(_CAME_TO_NOTHING))
        # Whoever erases the person holds their row already; there is no need to wait.
        .with_for_update(skip_locked=True)
    )
    for row in rows.all():
        await _blank(session, row)


async def details(session: AsyncSession, person_id: str) -> list[KnownDetail]:
    """Return the details the person gave in applications."""
    return [
        known
        for row in await applications_of(session, person_id)
        for known in details_of(row, is_used=row.state in _IN_USE)
    ]


async def correct(
    session: AsyncSession, person_id: str, detail: Detail, value: str, at: datetime
) -> list[str]:
    """Replace a detail in the person's applications in use; returns their numbers."""
    rows = await session.scalars(
        select(VoucherRow)
        .where(VoucherRow.person_id == person_id, VoucherRow.state.in_(_IN_USE))
        .order_by(VoucherRow.id)
        .with_for_update()
    )
    corrected = [row for row in rows.all() if correct_detail(row, detail, value)]
    for row in corrected:
        record(session, row, Event.CORRECTED, reason=detail.value, at=at)
    return [row.number for row in corrected]


async def export(session: AsyncSession, person_id: str) -> list[dict[str, Any]]:
    """Return everything kept about the person's applications, with what happened to their money."""
    lines = (await statement_of(session, person_id)).lines
    return [
        {
            "number": row.number,
            "kind": row.kind,
            "state": row.state,
            "amount_eur": row.amount_eur,
            "goal": row.goal,
            "name": row.name,
            "age": row.age,
            "postcode": row.postcode,
            "email": row.email,
            "phone": row.phone,
            "submitted_at": row.submitted_at.isoformat(),
            "documents": list(row.documents),
            "answer_before": row.answer_before.isoformat(),
            "object_before": None if row.object_before is None else row.object_before.isoformat(),
            "use_before": None if row.use_before is None else row.use_before.isoformat(),
            "account": [exported(line) for line in lines if line.number == row.number],
            "events": [
                {"state": event.state, "reason": event.reason, "at": event.at.isoformat()}
                for event in await history(session, row.id)
            ],
        }
        for row in await applications_of(session, person_id)
    ]
