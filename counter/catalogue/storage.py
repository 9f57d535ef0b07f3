"""Catalogues in the database, with a version, so that every process notices an import of another one."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import String, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from counter.database import Base


class CatalogueRow(Base):
    """A catalogue and how often it changed; the first migration writes one row for each."""

    __tablename__ = "catalogues"

    name: Mapped[str] = mapped_column(String(20), primary_key=True)
    version: Mapped[int] = mapped_column(default=0)


class ItemRow(Base):
    """Something in a catalogue; its id is given by who imports it."""

    __abstract__ = True

    id: Mapped[str] = mapped_column(String(100), primary_key=True)


async def version_of(session: AsyncSession, name: str) -> int:
    """Return how often the catalogue changed."""
    return (await session.get_one(CatalogueRow, name)).version


async def raise_version(session: AsyncSession, name: str) -> None:
    """Have every process read the catalogue anew; holds off other imports until the unit of work ends."""
    await session.execute(
        update(CatalogueRow).where(CatalogueRow.name == name).values(version=CatalogueRow.version + 1)
    )


async def store(session: AsyncSession, item: type[ItemRow], values: Sequence[dict[str, Any]]) -> None:
    """Add items to the catalogue of their table, or replace the columns of those with the same id."""
    # The version goes first: its row holds off other imports until the unit of work ends.
    await raise_version(session, item.__tablename__)
    known = set(await session.scalars(select(item.id)))
    # In bulk: on SQLite everybody waits while an import writes.
    if new := [columns for columns in values if columns["id"] not in known]:
        await session.execute(insert(item), new)
    if changed := [columns for columns in values if columns["id"] in known]:
        await session.execute(update(item), changed)
