"""The sources of courses in the database: when each was imported, and who is at it now."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime

from sqlalchemy import String, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from counter.courses.sources import SourceState
from counter.database import Base, UtcDateTime


class SourceRow(Base):
    """One source; whoever holds the lease imports it."""

    __tablename__ = "course_sources"

    name: Mapped[str] = mapped_column(String(20), primary_key=True)
    imported_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    tried_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    lease_holder: Mapped[str | None] = mapped_column(String(36))
    lease_until: Mapped[datetime | None] = mapped_column(UtcDateTime)


async def take(session: AsyncSession, name: str, *, holder: str, now: datetime, until: datetime) -> bool:
    """Take the right to import a source; false while another has it."""
    row = await _held(session, name)
    if row is None:
        # Another may begin with it at the same moment.
        with suppress(IntegrityError):
            async with session.begin_nested():
                session.add(SourceRow(name=name))
                await session.flush()
        row = await session.get_one(SourceRow, name, with_for_update=True, populate_existing=True)
    if row.lease_until is not None and row.lease_until > now and row.lease_holder != holder:
        return False
    row.lease_holder, row.lease_until, row.tried_at = holder, until, now
    return True


async def hold(session: AsyncSession, name: str, *, holder: str, until: datetime) -> bool:
    """Hold a source until the unit of work ends, and keep it longer; false when another took it."""
    row = await _held(session, name)
    if row is None or row.lease_holder != holder:
        return False
    row.lease_until = until
    return True


async def give_back(session: AsyncSession, name: str, *, holder: str) -> None:
    """Let others import the source."""
    row = await _held(session, name)
    if row is not None and row.lease_holder == holder:
        row.lease_holder = row.lease_until = None


async def write_down(session: AsyncSession, name: str, at: datetime) -> None:
    """Remember that a source was imported; the unit of work holds it."""
    (await session.get_one(SourceRow, name)).imported_at = at


async def states(session: AsyncSession) -> Sequence[SourceState]:
    """Return every source that was ever tried, by name."""
    rows = await session.scalars(select(SourceRow).order_by(SourceRow.name))
    return [SourceState(name=row.name, imported_at=row.imported_at, tried_at=row.tried_at) for row in rows]


async def _held(session: AsyncSession, name: str) -> SourceRow | None:
    return await session.get(SourceRow, name, with_for_update=True, populate_existing=True)
