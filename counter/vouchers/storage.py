"""Voucher applications, their budget and what happened to them, in the database."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    Select,
    String,
    Text,
    UniqueConstraint,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from counter.database import Base, UtcDateTime, new_id
from counter.people.model import Detail, KnownDetail
from counter.people.storage import correct_detail, details_of
from counter.vouchers.model import (
    AlreadyAppliedError,
    Scheme,
    VoucherApplicationCommand,
    VoucherBudgetSpentError,
    VoucherKind,
    VoucherReceipt,
    VoucherState,
)

CORRECTED = "corrected"
# An adviser still gets in touch about these.
_IN_USE = (VoucherState.SUBMITTED.value, VoucherState.AWARDED.value)
_CAME_TO_NOTHING = (VoucherState.WITHDRAWN.value, VoucherState.REJECTED.value)


class VoucherBudgetRow(Base):
    """What is reserved of a kind's budget, in whole euros; the first migration writes one row for each."""

    __tablename__ = "voucher_budgets"
    __table_args__ = (CheckConstraint("reserved_eur >= 0", name="reserved"),)

    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    reserved_eur: Mapped[int] = mapped_column(default=0)


class VoucherRow(Base):
    """One application; `amount_eur` is what it reserved, whatever the scheme becomes."""

    __tablename__ = "vouchers"
    __table_args__ = (UniqueConstraint("conversation_id", "message_id"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    number: Mapped[str] = mapped_column(String(20), unique=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"), index=True)
    conversation_id: Mapped[str | None] = mapped_column(ForeignKey("conversations.id", ondelete="SET NULL"))
    message_id: Mapped[str] = mapped_column(String(100))
    kind: Mapped[str] = mapped_column(ForeignKey("voucher_budgets.kind"))
    state: Mapped[str] = mapped_column(String(20))
    amount_eur: Mapped[int]
    goal: Mapped[str] = mapped_column(Text)
    name: Mapped[str | None] = mapped_column(Text)
    age: Mapped[int | None]
    postcode: Mapped[str | None] = mapped_column(String(10))
    email: Mapped[str | None] = mapped_column(Text)
    phone: Mapped[str | None] = mapped_column(Text)
    submitted_at: Mapped[datetime] = mapped_column(UtcDateTime)
    answer_before: Mapped[date]


_is_open = VoucherRow.state == VoucherState.SUBMITTED.value

# One open application of a kind a person, however many messages arrive at the same moment.
Index(
    "uq_vouchers_open",
    VoucherRow.person_id,
    VoucherRow.kind,
    unique=True,
    sqlite_where=_is_open,
    postgresql_where=_is_open,
)


class VoucherEventRow(Base):
    """Something that happened to an application; rows are only ever added.

    `state` is what it became, or `corrected`: then `reason` names the detail, never its value.
    `actor` is the adviser who decided, and None for the applicant.
    """

    __tablename__ = "voucher_events"

    id: Mapped[int] = mapped_column(primary_key=True)
    voucher_id: Mapped[str] = mapped_column(ForeignKey("vouchers.id"), index=True)
    state: Mapped[str] = mapped_column(String(20))
    actor: Mapped[str | None] = mapped_column(Text)
    reason: Mapped[str | None] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(UtcDateTime)


def to_receipt(row: VoucherRow) -> VoucherReceipt:
    """Return the row as the applicant may see it."""
    return VoucherReceipt(
        number=row.number,
        kind=VoucherKind(row.kind),
        goal=row.goal,
        state=VoucherState(row.state),
        submitted_at=row.submitted_at,
        answer_before=row.answer_before,
    )


async def add_application(
    session: AsyncSession,
    command: VoucherApplicationCommand,
    scheme: Scheme,
    *,
    number: str,
    person_id: str,
    at: datetime,
    answer_before: date,
) -> VoucherRow:
    """Keep an application and reserve its money; the same message again gives the first one.

    Raises:
        AlreadyAppliedError: the person has an open application of this kind.
        VoucherBudgetSpentError: the budget cannot pay another voucher.
    """
    row = VoucherRow(
        id=new_id(),
        number=number,
        person_id=person_id,
        conversation_id=command.conversation_id,
        message_id=command.message_id,
        kind=command.kind.value,
        state=VoucherState.SUBMITTED.value,
        amount_eur=scheme.amount_eur,
        goal=command.goal,
        name=command.name,
        age=command.age,
        postcode=command.postcode,
        email=command.email,
        phone=command.phone,
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
    await _reserve(session, scheme)
    _record(session, row, at=at)
    return row


async def _reserve(session: AsyncSession, scheme: Scheme) -> None:
    # One statement looks and takes: two applications can never both see the last money.
    reserved = await session.scalar(
        update(VoucherBudgetRow)
        .where(
            VoucherBudgetRow.kind == scheme.kind.value,
            VoucherBudgetRow.reserved_eur + scheme.amount_eur <= scheme.budget_eur,
        )
        .values(reserved_eur=VoucherBudgetRow.reserved_eur + scheme.amount_eur)
        .returning(VoucherBudgetRow.reserved_eur)
        .execution_options(synchronize_session=False)
    )
    if reserved is None:
        raise VoucherBudgetSpentError(scheme.kind.value)


async def close(
    session: AsyncSession,
    row: VoucherRow,
    state: VoucherState,
    *,
    at: datetime,
    actor: str | None = None,
    reason: str | None = None,
) -> bool:
    """End an open application; money that will not be paid is freed. False when it was not open."""
    closed = await session.scalar(
        update(VoucherRow)
        .where(VoucherRow.id == row.id, _is_open)
        .values(state=state.value)
        .returning(VoucherRow.id)
        .execution_options(synchronize_session=False)
    )
    await session.refresh(row)
    if closed is None:
        return False
    if state is not VoucherState.AWARDED:
        await session.execute(
            update(VoucherBudgetRow)
            .where(VoucherBudgetRow.kind == row.kind)
            .values(reserved_eur=VoucherBudgetRow.reserved_eur - row.amount_eur)
            .execution_options(synchronize_session=False)
        )
    _record(session, row, at=at, actor=actor, reason=reason)
    return True


def _record(
    session: AsyncSession,
    row: VoucherRow,
    *,
    at: datetime,
    actor: str | None = None,
    reason: str | None = None,
) -> None:
    session.add(VoucherEventRow(voucher_id=row.id, state=row.state, actor=actor, reason=reason, at=at))


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
        select(VoucherRow).where(VoucherRow.person_id == person_id, VoucherRow.kind == kind.value, _is_open)
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
        select(VoucherRow).where(_is_open).order_by(VoucherRow.answer_before, VoucherRow.submitted_at)
    )
    return rows.all()


async def reserved_eur(session: AsyncSession, kind: VoucherKind) -> int:
    """Return how much of the kind's budget is reserved, in whole euros."""
    return (await session.get_one(VoucherBudgetRow, kind.value)).reserved_eur


async def history(session: AsyncSession, voucher_id: str) -> Sequence[VoucherEventRow]:
    """Return what happened to an application, in order."""
    rows = await session.scalars(
        select(VoucherEventRow).where(VoucherEventRow.voucher_id == voucher_id).order_by(VoucherEventRow.id)
    )
    return rows.all()


async def erase(session: AsyncSession, conversation_ids: Sequence[str], *, at: datetime) -> None:
    """Withdraw what was applied for in these conversations, and blank who asked and why."""
    rows = await session.scalars(select(VoucherRow).where(VoucherRow.conversation_id.in_(conversation_ids)))
    for row in rows.all():
        await close(session, row, VoucherState.WITHDRAWN, at=at)
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
    """Select the people with an application that is not decided."""
    return select(VoucherRow.person_id).where(_is_open)


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
        session.add(VoucherEventRow(voucher_id=row.id, state=CORRECTED, reason=detail.value, at=at))
    return [row.number for row in corrected]


async def export(session: AsyncSession, person_id: str) -> list[dict[str, Any]]:
    """Return everything kept about the person's applications."""
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
            "answer_before": row.answer_before.isoformat(),
            "events": [
                {"state": event.state, "reason": event.reason, "at": event.at.isoformat()}
                for event in await history(session, row.id)
            ],
        }
        for row in await applications_of(session, person_id)
    ]
