"""A catalogue in memory, built again only when an import changed it."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from counter.catalogue import storage
from counter.database import Database


class InMemory[Item, Catalogue]:
    """Keeps what `build` makes of the items that `read` finds, for the catalogue called `name`."""

    def __init__(
        self,
        database: Database,
        name: str,
        *,
        read: Callable[[AsyncSession], Awaitable[Sequence[Item]]],
        build: Callable[[Sequence[Item]], Catalogue],
    ) -> None:
        self._database = database
        self._name = name
        self._read = read
        self._build = build
        self._kept: tuple[int, Catalogue] | None = None

    async def current(self) -> Catalogue:
        """Return the catalogue as it stands in the database now."""
        async with self._database.reading() as session:
            # The version is read first: rows that change in between only cause one more reading.
            version = await storage.version_of(session, self._name)
            if self._kept is not None and self._kept[0] == version:
                return self._kept[1]
            items = await self._read(session)
        # Seconds of work for thousands of rows: in a thread, so that conversations go on meanwhile.
        catalogue = await asyncio.to_thread(self._build, items)
        self._kept = version, catalogue
        return catalogue
