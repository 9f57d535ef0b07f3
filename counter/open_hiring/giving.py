"""What of somebody was given to an employer: who they are, once a place is theirs."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from counter.open_hiring.model import ListEvent
from counter.open_hiring.rows import JobRow, ListEventRow, SignUpRow

_GIVEN = ("name", "phone", "email")


async def export(session: AsyncSession, person_id: str) -> list[dict[str, Any]]:
    """Return which employers may know who this person is, since when, and what they were given."""
    rows = await session.execute(
        select(ListEventRow.at, JobRow.employer, SignUpRow)
        .join(SignUpRow, SignUpRow.id == ListEventRow.sign_up_id)
        .join(JobRow, JobRow.id == SignUpRow.job_id)
        .where(SignUpRow.person_id == person_id, ListEventRow.event == ListEvent.ACCEPTED.value)
        .order_by(ListEventRow.at, ListEventRow.id)
    )
    return [
        {
            "at": at.isoformat(),
            "to": employer,
            "what": [part for part in _GIVEN if getattr(row, part)],
            "about": [row.number],
        }
        for at, employer, row in rows
    ]
