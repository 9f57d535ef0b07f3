"""Skills passports in the database."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Float, ForeignKey, String, Text, delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from counter.database import Base, UtcDateTime
from counter.passport.model import Entry, EntryKind, Passport, Source, Standing, Told
from counter.people.storage import PersonRow
from skills_taxonomy import Level


class PassportEntryRow(Base):
    """One skill of one person; `conversation_id` is where they told of it, and so what erases it."""

    __tablename__ = "passport_entries"

    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"), primary_key=True)
    skill_id: Mapped[str] = mapped_column(String(100), primary_key=True)
    conversation_id: Mapped[str] = mapped_column(
        ForeignKey("conversations.id", ondelete="CASCADE"), index=True
    )
    # Counts within the passport: what was told in one message has one moment.
    position: Mapped[int]
    kind: Mapped[str] = mapped_column(String(10))
    words: Mapped[str] = mapped_column(Text)
    occupation_id: Mapped[str | None] = mapped_column(String(100))
    # For when the taxonomy no longer has the skill.
    name: Mapped[str] = mapped_column(Text, server_default="")
    # Who added it, when it was no word of the person's.
    source: Mapped[str] = mapped_column(String(10), server_default=Source.TOLD.value)
    added_by: Mapped[str] = mapped_column(Text, server_default="")
    # How well they do it, who says so when it is not the person, and how many years they did it.
    level: Mapped[str | None] = mapped_column(String(10))
    rated_by: Mapped[str] = mapped_column(Text, server_default="")
    years: Mapped[float | None] = mapped_column(Float)
    added_at: Mapped[datetime] = mapped_column(UtcDateTime)
    removed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


def to_entry(row: PassportEntryRow) -> Entry:
    """Return the row as the model knows it."""
    told = Told(
        skill_id=row.skill_id,
        words=row.words,
        kind=EntryKind(row.kind),
        occupation_id=row.occupation_id,
        name=row.name,
        source=Source(row.source),
        added_by=row.added_by,
        level=None if row.level is None else Level(row.level),
        rated_by=row.rated_by,
        years=row.years,
    )
    return Entry(told=told, added_at=row.added_at)


async def _rows_of(session: AsyncSession, person_id: str) -> Sequence[PassportEntryRow]:
    rows = await session.scalars(
        select(PassportEntryRow)
        .where(PassportEntryRow.person_id == person_id)
        .order_by(PassportEntryRow.position)
    )
    return rows.all()


async def passport_of(session: AsyncSession, person_id: str) -> Passport:
    """Return the person's passport; one that was never made is empty."""
    rows = await _rows_of(session, person_id)
    shown = [(EntryKind(row.kind), to_entry(row)) for row in rows if row.removed_at is None]
    return Passport(
        skills=tuple(entry for kind, entry in shown if kind is EntryKind.SKILL),
        wishes=tuple(entry for kind, entry in shown if kind is EntryKind.WISH),
        removed=tuple(to_entry(row) for row in rows if row.removed_at is not None),
    )


async def add(
    session: AsyncSession, person_id: str, conversation_id: str, told: Iterable[Told], *, at: datetime
) -> None:
    """Put skills in a passport; what is in it stays, but a wish that came true becomes a skill."""
    # Held until the unit of work ends, so that two messages at once cannot add the same skill.
    await session.get_one(PersonRow, person_id, with_for_update=True)
    rows = await _rows_of(session, person_id)
    known = {row.skill_id: row for row in rows}
    position = max((row.position for row in rows), default=0)
    for one in told:
        row = known.get(one.skill_id)
        if row is None:
            position += 1
            row = PassportEntryRow(person_id=person_id, skill_id=one.skill_id, position=position)
            known[one.skill_id] = row
            session.add(row)
        elif row.removed_at is None and not (row.kind == EntryKind.WISH and one.kind is EntryKind.SKILL):
            continue
        row.conversation_id = conversation_id
        row.kind, row.words, row.occupation_id = one.kind.value, one.words, one.occupation_id
        row.name, row.source, row.added_by = one.name, one.source.value, one.added_by
        row.level = None if one.level is None else one.level.value
        row.rated_by, row.years = one.rated_by, one.years
        row.added_at, row.removed_at = at, None


async def mark_removed(
    session: AsyncSession, person_id: str, skill_ids: Iterable[str], *, at: datetime | None
) -> None:
    """Take skills out of a passport at this moment, or put them back when there is none."""
    await session.execute(
        update(PassportEntryRow)
        .where(PassportEntryRow.person_id == person_id, PassportEntryRow.skill_id.in_(list(skill_ids)))
        .values(removed_at=at)
        .execution_options(synchronize_session=False)
    )


async def rate(
    session: AsyncSession, person_id: str, skill_id: str, level: Level | None, *, rated_by: str
) -> None:
    """Say how well somebody does what stands in their passport, or that it is not known."""
    await session.execute(
        update(PassportEntryRow)
        .where(PassportEntryRow.person_id == person_id, PassportEntryRow.skill_id == skill_id)
        .values(level=None if level is None else level.value, rated_by=rated_by if level else "")
        .execution_options(synchronize_session=False)
    )


async def change(session: AsyncSession, person_id: str, skill_id: str, standing: Standing) -> None:
    """Have an entry that is shown say what its person says; a level that stays is still who gave it."""
    row = await session.get(PassportEntryRow, (person_id, skill_id), with_for_update=True)
    if row is None or row.removed_at is not None:
        return
    level = None if standing.level is None else standing.level.value
    if row.level != level:
        row.level, row.rated_by = level, ""
    row.kind, row.years = standing.kind.value, standing.years


async def erase(session: AsyncSession, conversation_ids: Sequence[str]) -> None:
    """Delete what was told in these conversations."""
    await session.execute(
        delete(PassportEntryRow).where(PassportEntryRow.conversation_id.in_(conversation_ids))
    )


async def export(session: AsyncSession, person_id: str) -> list[dict[str, Any]]:
    """Return everything in the person's passport, also what was taken out."""
    return [
        {
            "skill": row.skill_id,
            "name": row.name,
            "kind": row.kind,
            "words": row.words,
            "occupation": row.occupation_id,
            "source": row.source,
            "added_by": row.added_by,
            "level": row.level,
            "rated_by": row.rated_by,
            "years": row.years,
            "added_at": row.added_at.isoformat(),
            "removed_at": None if row.removed_at is None else row.removed_at.isoformat(),
        }
        for row in await _rows_of(session, person_id)
    ]
