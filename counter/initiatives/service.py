"""What can be done with initiatives: one method per use case."""

from collections.abc import Sequence

from counter.catalogue.memory import InMemory
from counter.database import Database
from counter.initiatives import storage
from counter.initiatives.catalogue import InitiativeCatalogue
from counter.initiatives.model import Initiative, InitiativeSearch, UnknownInitiativeError
from counter.places.gazetteer import Gazetteer
from counter.places.model import Region


class InitiativeService:
    """The directory of initiatives."""

    def __init__(self, database: Database, gazetteer: Gazetteer) -> None:
        self._database = database
        self._catalogue = InMemory(
            database,
            storage.InitiativeRow.__tablename__,
            read=storage.all_initiatives,
            build=lambda initiatives: InitiativeCatalogue(initiatives, gazetteer),
        )

    async def store(self, initiatives: Sequence[Initiative]) -> None:
        """Add these initiatives, or replace those with the same id; all or none."""
        async with self._database.session() as session:
            await storage.store(session, initiatives)

    async def get(self, initiative_id: str) -> Initiative:
        """Return the initiative.

        Raises:
            UnknownInitiativeError: no initiative has this id.
        """
        async with self._database.reading() as session:
            initiative = await storage.initiative(session, initiative_id)
        if initiative is None:
            raise UnknownInitiativeError(initiative_id)
        return initiative

    async def search(
        self,
        *,
        region: Region | None = None,
        place: str | None = None,
        theme: str | None = None,
        text: str | None = None,
        limit: int = 3,
        offset: int = 0,
    ) -> InitiativeSearch:
        """Return the best initiatives; when nothing fits, the nearest ones and what was let go.

        A `place` stands for its region, and puts the nearest first among equals.
        """
        catalogue = await self._catalogue.current()
        return catalogue.search(
            region=region, place=place, theme=theme, text=text, limit=limit, offset=offset
        )
