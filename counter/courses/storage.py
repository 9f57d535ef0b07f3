"""Courses in the database."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date

from sqlalchemy import JSON, String, Text, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from counter.catalogue import storage as catalogue
from counter.courses.model import Course, Form, Level


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
    )


async def all_courses(session: AsyncSession) -> list[Course]:
    """Return every course, by id."""
    return [to_course(row) for row in await session.scalars(select(CourseRow).order_by(CourseRow.id))]


async def course(session: AsyncSession, course_id: str) -> Course | None:
    """Return the course, or None."""
    row = await session.get(CourseRow, course_id)
    return None if row is None else to_course(row)


async def store(session: AsyncSession, courses: Sequence[Course]) -> None:
    """Add courses, or replace those with the same id."""
    await catalogue.store(session, CourseRow, [asdict(new) for new in courses])
