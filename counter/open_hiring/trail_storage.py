"""The trail of a list in the database."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from counter.open_hiring.model import ListEvent
from counter.open_hiring.rows import JobRow, ListEventRow, SignUpRow
from counter.open_hiring.trail import Happening, chained


def record(
    session: AsyncSession, job: JobRow, event: ListEvent, at: datetime, *, row: SignUpRow | None = None
) -> None:
    """Note what happened to a job, or to a place on its list; the list must be held."""
    happening = Happening(event=event, number=row.number if row else None, at=at)
    job.trail_digest = chained(job.trail_digest, job.id, happening)
    session.add(
        ListEventRow(
            job_id=job.id,
            sign_up_id=row.id if row else None,
            event=event.value,
            at=at,
            digest=job.trail_digest,
        )
    )


async def history(session: AsyncSession, job_id: str) -> list[Happening]:
    """Return what happened to a job and on its list, in order."""
    rows = await session.execute(
        select(SignUpRow.number, ListEventRow.event, ListEventRow.at, ListEventRow.digest)
        .select_from(ListEventRow)
        .outerjoin(SignUpRow, SignUpRow.id == ListEventRow.sign_up_id)
        .where(ListEventRow.job_id == job_id)
        .order_by(ListEventRow.id)
    )
    return [
        Happening(event=ListEvent(event), number=number, at=at, digest=digest)
        for number, event, at, digest in rows
    ]
