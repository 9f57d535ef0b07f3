"""What the lists hold of one person: given back to them, corrected, blanked, and what goes by its own age."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from counter.open_hiring.model import ON_LIST, ListEvent, SignUpState
from counter.open_hiring.rows import JobRow, ListEventRow, SignUpRow, is_on_list
from counter.open_hiring.storage import hold_list, leave, sign_ups_of
from counter.open_hiring.trail_storage import record
from counter.people.model import Detail, KnownDetail
from counter.people.storage import correct_detail, details_of

# An employer still gets in touch about these.
_IN_USE = tuple(state.value for state in (*ON_LIST, SignUpState.ACCEPTED))
# The event that ends a place has the name of the state it ends in.
_OVER = tuple(
    state.value
    for state in (
        SignUpState.LEFT,
        SignUpState.PASSED,
        SignUpState.EXPIRED,
        SignUpState.STARTED,
        SignUpState.ABSENT,
        SignUpState.ENDED,
    )
)


async def erase(session: AsyncSession, conversation_ids: Sequence[str], *, at: datetime) -> None:
    """Take off the lists whoever signed up in these conversations, and blank who they were."""
    rows = await session.scalars(
        select(SignUpRow)
        .where(SignUpRow.conversation_id.in_(conversation_ids))
        .order_by(SignUpRow.job_id, SignUpRow.sequence)
    )
    for row in rows.all():
        await leave(session, row, at=at)
        row.name = row.phone = row.email = None


async def person_of_number(session: AsyncSession, number: str) -> str | None:
    """Return the person who has this receipt number, or None."""
    return await session.scalar(select(SignUpRow.person_id).where(SignUpRow.number == number))


def with_open() -> Select[str]:
    """Select the people on a list."""
    return select(SignUpRow.person_id).where(is_on_list)


def stale(before: datetime) -> Select[Any, Any, Any]:
    """Select whose place was over before a moment, and who is still named there."""
    since = (
        select(func.max(ListEventRow.at))
        .where(ListEventRow.sign_up_id == SignUpRow.id, ListEventRow.event == SignUpRow.state)
        .scalar_subquery()
    )
    details = (SignUpRow.name, SignUpRow.phone, SignUpRow.email)
    return select(SignUpRow.id.label("key"), since.label("since"), SignUpRow.person_id).where(
        SignUpRow.state.in_(_OVER), since < before, or_(*(detail.is_not(None) for detail in details))
    )


async def forget(session: AsyncSession, sign_up_ids: Sequence[str], before: datetime) -> None:
    """Blank who it was whose place is over; the order and what happened stay."""
    del before
    await session.execute(
        update(SignUpRow)
        .where(SignUpRow.id.in_(sign_up_ids), SignUpRow.state.in_(_OVER))
        .values(name=None, phone=None, email=None)
        .execution_options(synchronize_session=False)
    )


async def details(session: AsyncSession, person_id: str) -> list[KnownDetail]:
    """Return the details the person gave on lists."""
    return [
        known
        for row in await sign_ups_of(session, person_id)
        for known in details_of(row, is_used=row.state in _IN_USE)
    ]


async def correct(
    session: AsyncSession, person_id: str, detail: Detail, value: str, at: datetime
) -> list[str]:
    """Replace a detail in the person's sign-ups in use; returns their numbers."""
    rows = await session.scalars(
        select(SignUpRow)
        .where(SignUpRow.person_id == person_id, SignUpRow.state.in_(_IN_USE))
        .order_by(SignUpRow.job_id, SignUpRow.sequence)
    )
    corrected = []
    for row in rows.all():
        job = await hold_list(session, row)
        if row.state in _IN_USE and correct_detail(row, detail, value):
            record(session, job, ListEvent.CORRECTED, at, row=row)
            corrected.append(row.number)
    return corrected


async def export(session: AsyncSession, person_id: str) -> list[dict[str, Any]]:
    """Return everything kept about the person's places on lists."""
    return [
        {
            "number": row.number,
            "job_id": row.job_id,
            **await _job_told(session, row.job_id),
            "state": row.state,
            "name": row.name,
            "phone": row.phone,
            "email": row.email,
            "signed_up_at": row.signed_up_at.isoformat(),
            "answer_before": None if row.answer_before is None else row.answer_before.isoformat(),
        }
        for row in await sign_ups_of(session, person_id)
    ]


async def _job_told(session: AsyncSession, job_id: str) -> dict[str, str]:
    """Return what a person knows a job by; its id says nothing to them."""
    job = await session.get_one(JobRow, job_id)
    return {"title": job.title, "employer": job.employer}
