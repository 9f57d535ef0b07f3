"""Alerts in the database, and of which courses each of them told."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    ColumnElement,
    ForeignKey,
    Select,
    String,
    UniqueConstraint,
    and_,
    delete,
    func,
    insert,
    or_,
    select,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from counter.course_alerts.model import Alert
from counter.courses.model import CourseQuery, Form, Level
from counter.database import Base, UtcDateTime


class CourseAlertRow(Base):
    """One alert; `looked_version` is the version of the catalogue in which was looked last."""

    __tablename__ = "course_alerts"
    __table_args__ = (UniqueConstraint("conversation_id", "message_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(20), unique=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"), index=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"))
    message_id: Mapped[str] = mapped_column(String(100))
    query: Mapped[dict[str, Any]] = mapped_column(JSON)
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    stopped_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    looked_version: Mapped[int]


class ToldCourseRow(Base):
    """A course that somebody with an alert knows of; nobody hears of one twice."""

    __tablename__ = "course_alert_courses"

    alert_id: Mapped[int] = mapped_column(
        ForeignKey("course_alerts.id", ondelete="CASCADE"), primary_key=True
    )
    course: Mapped[str] = mapped_column(String(100), primary_key=True)


def to_alert(row: CourseAlertRow, now: datetime) -> Alert:
    """Return the row as the person may see it."""
    return Alert(
        number=row.number,
        query=to_query(row.query),
        asked_at=row.asked_at,
        expires_at=row.expires_at,
        is_open=row.stopped_at is None and row.expires_at > now,
    )


def to_query(kept: dict[str, Any]) -> CourseQuery:
    """Return the search that was kept."""
    return CourseQuery(
        **{
            **kept,
            "form": Form(kept["form"]) if kept["form"] else None,
            "level": Level(kept["level"]) if kept["level"] else None,
        }
    )


def as_kept(query: CourseQuery) -> dict[str, Any]:
    """Return a search as it is kept."""
    return asdict(query)


def _is_open(now: datetime) -> ColumnElement[bool]:
    return and_(CourseAlertRow.stopped_at.is_(None), CourseAlertRow.expires_at > now)


async def asked_by(session: AsyncSession, conversation_id: str, message_id: str) -> CourseAlertRow | None:
    """Return the alert that was asked with this message, or None."""
    return await session.scalar(
        select(CourseAlertRow).where(
            CourseAlertRow.conversation_id == conversation_id, CourseAlertRow.message_id == message_id
        )
    )


async def open_of(session: AsyncSession, person_id: str, now: datetime) -> Sequence[CourseAlertRow]:
    """Return the alerts of a person that go on, the oldest first."""
    rows = await session.scalars(
        select(CourseAlertRow)
        .where(CourseAlertRow.person_id == person_id, _is_open(now))
        .order_by(CourseAlertRow.id)
    )
    return rows.all()


async def behind(session: AsyncSession, version: int, now: datetime) -> Sequence[CourseAlertRow]:
    """Return the alerts for which was not looked since the catalogue changed."""
    rows = await session.scalars(
        select(CourseAlertRow)
        .where(_is_open(now), CourseAlertRow.looked_version < version)
        .order_by(CourseAlertRow.id)
    )
    return rows.all()


async def held(session: AsyncSession, alert_id: int) -> CourseAlertRow | None:
    """Return an alert, held until the unit of work ends; None when it is gone."""
    return await session.get(CourseAlertRow, alert_id, with_for_update=True, populate_existing=True)


async def told_of(session: AsyncSession, alert_id: int) -> set[str]:
    """Return the courses that an alert told of, or that were known when it was asked."""
    return set(await session.scalars(select(ToldCourseRow.course).where(ToldCourseRow.alert_id == alert_id)))


async def remember(session: AsyncSession, alert_id: int, courses: Iterable[str]) -> None:
    """Keep that somebody knows of these courses."""
    if values := [{"alert_id": alert_id, "course": course} for course in sorted(set(courses))]:
        await session.execute(insert(ToldCourseRow), values)


async def erase(session: AsyncSession, conversation_ids: Sequence[str]) -> None:
    """Delete the alerts that were asked in these conversations."""
    await _delete(session, CourseAlertRow.conversation_id.in_(conversation_ids))


async def export(session: AsyncSession, person_id: str) -> list[dict[str, Any]]:
    """Return every alert of the person's."""
    rows = await session.scalars(
        select(CourseAlertRow).where(CourseAlertRow.person_id == person_id).order_by(CourseAlertRow.id)
    )
    return [
        {
            "number": row.number,
            "search": row.query,
            "asked_at": row.asked_at.isoformat(),
            "expires_at": row.expires_at.isoformat(),
            "stopped_at": row.stopped_at.isoformat() if row.stopped_at else None,
            "told_of": sorted(await told_of(session, row.id)),
        }
        for row in rows.all()
    ]


def stale(before: datetime) -> Select[Any, Any, Any]:
    """Select the alerts that were stopped, or ended, before a moment."""
    ended = func.coalesce(CourseAlertRow.stopped_at, CourseAlertRow.expires_at)
    return select(
        CourseAlertRow.id.label("key"), ended.label("since"), CourseAlertRow.person_id.label("person_id")
    ).where(or_(CourseAlertRow.stopped_at < before, CourseAlertRow.expires_at < before))


async def forget(session: AsyncSession, alert_ids: Sequence[int], before: datetime) -> None:
    """Delete those of these alerts that ended."""
    ended = or_(CourseAlertRow.stopped_at < before, CourseAlertRow.expires_at < before)
    await _delete(session, and_(CourseAlertRow.id.in_(alert_ids), ended))


async def _delete(session: AsyncSession, which: ColumnElement[bool]) -> None:
    ids = select(CourseAlertRow.id).where(which)
    for statement in (
        delete(ToldCourseRow).where(ToldCourseRow.alert_id.in_(ids)),
        delete(CourseAlertRow).where(which),
    ):
        await session.execute(statement.execution_options(synchronize_session=False))
