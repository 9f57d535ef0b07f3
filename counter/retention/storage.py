"""What is due, and what became of it, in the database."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Select, String, func, select, true, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from counter.conversations.storage import ConversationRow
from counter.database import Base, UtcDateTime
from counter.preservations.storage import is_preserved
from counter.retention.model import Due, Outcome, Run

type Stale = Select[Any, Any, Any]
"""Selects what was not used for too long and still says something, as `key`, `since` and `person_id`."""
type FindStale = Callable[[datetime], Stale]
"""Returns what selects what was last used before a moment."""
type Forget = Callable[[AsyncSession, Sequence[Any], datetime], Awaitable[None]]
"""Deletes or blanks what has these keys and is older than a moment, so that it is not found again."""
type OpenPeople = Callable[[], Select[str]]
"""Selects the people who have something open."""


@dataclass(frozen=True, kw_only=True)
class Subject:
    """Rows that go by their own age, whoever they are of; those of a preserved person stay."""

    find: FindStale
    forget: Forget
    least_months: int = 1
    """Under this an administrator's rule would delete what is in use."""


class RunRow(Base):
    """The run of one day; whoever holds the lease is at it."""

    __tablename__ = "retention_runs"

    day: Mapped[date] = mapped_column(primary_key=True)
    # Everything in a run is judged by this moment, also when it is taken up again.
    began_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    lease_holder: Mapped[str | None] = mapped_column(String(36))
    lease_until: Mapped[datetime | None] = mapped_column(UtcDateTime)


class OutcomeRow(Base):
    """What became of one rule in one run."""

    __tablename__ = "retention_outcomes"

    day: Mapped[date] = mapped_column(ForeignKey("retention_runs.day"), primary_key=True)
    rule: Mapped[str] = mapped_column(String(40), primary_key=True)
    due: Mapped[int]
    deleted: Mapped[int] = mapped_column(default=0)
    preserved: Mapped[int]
    failed: Mapped[int] = mapped_column(default=0)


def stale_people(before: datetime, still_open: Sequence[OpenPeople]) -> Stale:
    """Select the people whose last message, in any conversation, is older and who have nothing open."""
    since = func.max(ConversationRow.last_message_at)
    people = (
        select(ConversationRow.person_id.label("key"), since.label("since"), ConversationRow.person_id)
        .group_by(ConversationRow.person_id)
        .having(since < before)
    )
    for with_open in still_open:
        people = people.where(ConversationRow.person_id.not_in(with_open()))
    return people


async def count(session: AsyncSession, stale: Stale, today: date) -> Due:
    """Return how much of this is due, and since when."""
    found = stale.subquery()
    stays = is_preserved(found.c.person_id, today)
    due = (
        await session.execute(
            select(func.count(), func.min(found.c.since), func.max(found.c.since)).where(~stays)
        )
    ).one()
    preserved = await session.scalar(select(func.count()).select_from(found).where(stays))
    return Due(count=due[0], oldest=due[1], newest=due[2], preserved=preserved or 0)


async def count_all(session: AsyncSession, stale: Mapping[str, Stale], today: date) -> dict[str, Due]:
    """Return how much is due under each rule."""
    return {rule: await count(session, one, today) for rule, one in stale.items()}


async def due_keys(
    session: AsyncSession,
    stale: Stale,
    today: date,
    *,
    limit: int,
    after: Any = None,  # noqa: ANN401
) -> Sequence[Any]:
    """Return the keys of what is due past `after`, in order of the key."""
    found = stale.subquery()
    keys = await session.scalars(
        select(found.c.key)
        .where(~is_preserved(found.c.person_id, today), true() if after is None else found.c.key > after)
        .order_by(found.c.key)
        .limit(limit)
    )
    return keys.all()


async def count_of(session: AsyncSession, stale: Stale, today: date, keys: Sequence[Any]) -> int:
    """Return how many of these are due."""
    found = stale.subquery()
    number = await session.scalar(
        select(func.count())
        .select_from(found)
        .where(found.c.key.in_(keys), ~is_preserved(found.c.person_id, today))
    )
    return number or 0


async def take_run(
    session: AsyncSession, day: date, *, now: datetime, holder: str, until: datetime
) -> RunRow | None:
    """Return the run of a day, begun now or taken over from who died at it; None when another is at it."""
    try:
        async with session.begin_nested():
            session.add(RunRow(day=day, began_at=now))
            await session.flush()
    except IntegrityError:
        pass
    row = await session.get_one(RunRow, day, with_for_update=True, populate_existing=True)
    if row.lease_until is not None and row.lease_until > now and row.lease_holder != holder:
        return None
    row.lease_holder, row.lease_until, row.ended_at = holder, until, None
    return row


async def hold_run(session: AsyncSession, day: date, *, holder: str, until: datetime) -> bool:
    """Hold a run until the unit of work ends, and keep it longer; false when somebody else took it."""
    held = await session.scalar(
        update(RunRow)
        .where(RunRow.day == day, RunRow.lease_holder == holder)
        .values(lease_until=until)
        .returning(RunRow.day)
        .execution_options(synchronize_session=False)
    )
    return held is not None


async def begin_outcome(session: AsyncSession, day: date, rule: str, due: Due) -> None:
    """Write down what is due under a rule; a run that is taken up again adds to what it deleted before."""
    row = await session.get(OutcomeRow, (day, rule))
    if row is None:
        session.add(OutcomeRow(day=day, rule=rule, due=due.count, preserved=due.preserved))
    else:
        row.due, row.preserved, row.failed = row.deleted + due.count, due.preserved, 0


async def add_deleted(session: AsyncSession, day: date, rule: str, number: int) -> None:
    """Count what was deleted, in the unit of work that deletes it."""
    await session.execute(
        update(OutcomeRow)
        .where(OutcomeRow.day == day, OutcomeRow.rule == rule)
        .values(deleted=OutcomeRow.deleted + number)
        .execution_options(synchronize_session=False)
    )


async def end_run(session: AsyncSession, day: date, left: Mapping[str, Due], *, at: datetime) -> None:
    """Write down what is left of what was due; what was used meanwhile was not due after all."""
    for row in await session.scalars(select(OutcomeRow).where(OutcomeRow.day == day)):
        if row.rule in left:
            row.failed, row.preserved = left[row.rule].count, left[row.rule].preserved
            row.due = row.deleted + row.failed
    run = await session.get_one(RunRow, day)
    run.ended_at, run.lease_holder, run.lease_until = at, None, None


async def runs(session: AsyncSession, *, limit: int) -> tuple[Run, ...]:
    """Return the last runs, the newest first."""
    rows = (await session.scalars(select(RunRow).order_by(RunRow.day.desc()).limit(limit))).all()
    return tuple([await _to_run(session, row) for row in rows])


async def run_of(session: AsyncSession, day: date) -> Run | None:
    """Return the run of a day, or None when there was none yet."""
    row = await session.get(RunRow, day)
    return None if row is None else await _to_run(session, row)


async def last_began(session: AsyncSession) -> datetime | None:
    """Return when the newest run began, or None before the first."""
    return await session.scalar(select(func.max(RunRow.began_at)))


async def _to_run(session: AsyncSession, row: RunRow) -> Run:
    outcomes = await session.scalars(select(OutcomeRow).where(OutcomeRow.day == row.day))
    return Run(
        day=row.day,
        began_at=row.began_at,
        ended_at=row.ended_at,
        outcomes=tuple(map(_to_outcome, outcomes)),
    )


def _to_outcome(row: OutcomeRow) -> Outcome:
    return Outcome(
        rule=row.rule, due=row.due, deleted=row.deleted, preserved=row.preserved, failed=row.failed
    )
