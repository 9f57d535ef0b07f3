"""Courses in the database."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import batched
from typing import Any

from sqlalchemy import JSON, String, Text, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from counter.catalogue import storage as catalogue
from counter.courses.model import Course, Form, Level, Listing, Taught
from counter.database import UtcDateTime

# SQLite takes at most so many ids in one statement on every build.
_AT_ONCE = 500
type Teaching = Mapping[str, tuple[Taught, ...]]
"""What courses teach, by the id of the course."""


class CourseRow(catalogue.ItemRow):
    """One course."""

    __tablename__ = "courses"

    title: Mapped[str] = mapped_column(Text)
    provider: Mapped[str] = mapped_column(Text)
    place: Mapped[str | None] = mapped_column(Text)
    form: Mapped[str] = mapped_column(String(20))
    level: Mapped[str] = mapped_column(String(20))
    topics: Mapped[list[str]] = mapped_column(JSON)
    skills: Mapped[list[str]] = mapped_column(JSON)
    hours_total: Mapped[int | None]
    hours_per_week: Mapped[int | None]
    start: Mapped[date | None]
    price_eur: Mapped[int | None]
    description: Mapped[str] = mapped_column(Text)
    url: Mapped[str | None] = mapped_column(Text)
    is_sample: Mapped[bool]
    series: Mapped[str | None] = mapped_column(String(100))
    last_day: Mapped[date | None]
    # Empty: a file that came without the name of a source.
    source: Mapped[str] = mapped_column(String(20), index=True, server_default="")
    seen_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # Pairs of a skill and a confidence, and the edition of the taxonomy in which they were found.
    taught: Mapped[list[list[Any]] | None] = mapped_column(JSON)
    taught_from: Mapped[str | None] = mapped_column(String(32))


def to_course(row: CourseRow) -> Course:
    """Return the row as the model knows it."""
    return Course(
        id=row.id,
        title=row.title,
        provider=row.provider,
        place=row.place,
        form=Form(row.form),
        level=Level(row.level),
        topics=tuple(row.topics),
        skills=tuple(row.skills),
        hours_total=row.hours_total,
        hours_per_week=row.hours_per_week,
        start=row.start,
        price_eur=row.price_eur,
        description=row.description,
        url=row.url,
        is_sample=row.is_sample,
        series=row.series,
        last_day=row.last_day,
        listing=Listing(source=row.source, seen_at=row.seen_at, closed_at=row.closed_at),
        taught=tuple(Taught(skill_id=skill, confidence=sure) for skill, sure in row.taught or ()),
    )


async def all_courses(session: AsyncSession) -> list[Course]:
    """Return every course that is not closed, by id."""
    rows = await session.scalars(
        select(CourseRow).where(CourseRow.closed_at.is_(None)).order_by(CourseRow.id)
    )
    return [to_course(row) for row in rows]


async def course(session: AsyncSession, course_id: str) -> Course | None:
    """Return the course, closed or not, or None."""
    row = await session.get(CourseRow, course_id)
    return None if row is None else to_course(row)


async def known(session: AsyncSession, source: str, ids: Sequence[str]) -> dict[str, Course]:
    """Return every course of a source, and whatever else has one of these ids."""
    rows = [*await session.scalars(select(CourseRow).where(CourseRow.source == source))]
    for some in batched(ids, _AT_ONCE):
        others = select(CourseRow).where(CourseRow.id.in_(some), CourseRow.source != source)
        rows.extend(await session.scalars(others))
    return {row.id: to_course(row) for row in rows}


async def add(session: AsyncSession, courses: Sequence[Course], source: str) -> None:
    """Add courses that are new."""
    if values := [{**_columns(course), "source": source} for course in courses]:
        await session.execute(insert(CourseRow), values)


async def replace(session: AsyncSession, courses: Sequence[Course]) -> None:
    """Replace what is known of these courses, which are open again if they were closed."""
    # What they teach is looked for anew.
    again = {"closed_at": None, "taught_from": None}
    if values := [{**_columns(course), **again} for course in courses]:
        await session.execute(update(CourseRow), values)


async def see(session: AsyncSession, ids: Sequence[str], at: datetime) -> None:
    """Write down that their source had these courses at this moment."""
    for some in batched(ids, _AT_ONCE):
        await session.execute(update(CourseRow).where(CourseRow.id.in_(some)).values(seen_at=at))


async def close(session: AsyncSession, ids: Sequence[str], at: datetime) -> None:
    """Close courses that their source has no more; what refers to one still finds it."""
    for some in batched(ids, _AT_ONCE):
        await session.execute(update(CourseRow).where(CourseRow.id.in_(some)).values(closed_at=at))


async def linked_otherwise(session: AsyncSession, edition: str) -> list[Course]:
    """Return the open courses whose skills were not found in this edition of the taxonomy."""
    rows = await session.scalars(
        select(CourseRow)
        .where(CourseRow.closed_at.is_(None), CourseRow.taught_from.is_distinct_from(edition))
        .order_by(CourseRow.id)
    )
    return [to_course(row) for row in rows]


async def link(session: AsyncSession, teaching: Teaching, edition: str) -> None:
    """Keep what these courses teach, as found in this edition of the taxonomy."""
    if values := list(_links(teaching, edition)):
        await session.execute(update(CourseRow), values)


def _links(teaching: Teaching, edition: str) -> Iterator[dict[str, Any]]:
    for course_id, taught in teaching.items():
        pairs = [[one.skill_id, one.confidence] for one in taught]
        yield {"id": course_id, "taught": pairs, "taught_from": edition}


def _columns(course: Course) -> dict[str, Any]:
    return {
        "id": course.id,
        "title": course.title,
        "provider": course.provider,
        "place": course.place,
        "form": course.form,
        "level": course.level,
        "topics": course.topics,
        "skills": course.skills,
        "hours_total": course.hours_total,
        "hours_per_week": course.hours_per_week,
        "start": course.start,
        "price_eur": course.price_eur,
        "description": course.description,
        "url": course.url,
        "is_sample": course.is_sample,
        "series": course.series,
        "last_day": course.last_day,
    }
