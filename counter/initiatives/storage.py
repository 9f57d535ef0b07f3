"""Initiatives in the database."""

from collections.abc import Sequence
from dataclasses import asdict

from sqlalchemy import JSON, String, Text, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from counter.catalogue import storage as catalogue
from counter.initiatives.model import Initiative
from counter.places.model import Region


class InitiativeRow(catalogue.ItemRow):
    """One initiative."""

    __tablename__ = "initiatives"

    name: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(String(50))
    place: Mapped[str] = mapped_column(Text)
    region: Mapped[str] = mapped_column(String(50))
    themes: Mapped[list[str]] = mapped_column(JSON)
    description: Mapped[str] = mapped_column(Text)
    url: Mapped[str | None] = mapped_column(Text)
    is_sample: Mapped[bool]


def to_initiative(row: InitiativeRow) -> Initiative:
    """Return the row as the model knows it."""
    return Initiative(
        id=row.id,
        name=row.name,
        kind=row.kind,
        place=row.place,
        region=Region(row.region),
        themes=tuple(row.themes),
        description=row.description,
        url=row.url,
        is_sample=row.is_sample,
    )


async def all_initiatives(session: AsyncSession) -> list[Initiative]:
    """Return every initiative, by id."""
    rows = await session.scalars(select(InitiativeRow).order_by(InitiativeRow.id))
    return [to_initiative(row) for row in rows]


async def initiative(session: AsyncSession, initiative_id: str) -> Initiative | None:
    """Return the initiative, or None."""
    row = await session.get(InitiativeRow, initiative_id)
    return None if row is None else to_initiative(row)


async def store(session: AsyncSession, initiatives: Sequence[Initiative]) -> None:
    """Add initiatives, or replace those with the same id."""
    await catalogue.store(session, InitiativeRow, [asdict(new) for new in initiatives])
