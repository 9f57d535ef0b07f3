"""What can be done with a skills passport: one method per use case."""

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from counter.calendar import local_date
from counter.clock import Clock
from counter.conversations.storage import person_of
from counter.database import Database
from counter.passport import storage
from counter.passport.credentials import as_credentials
from counter.passport.document import as_pdf
from counter.passport.europass import as_europass
from counter.passport.model import EmptyPassportError, Passport, Standing, Told
from counter.passport.plain import as_plain
from skills_taxonomy import Level, Taxonomy


class PassportService:
    """People's skills passports; every conversation of a person opens the same one."""

    def __init__(self, database: Database, clock: Clock, taxonomy: Taxonomy) -> None:
        self._database = database
        self._clock = clock
        self._taxonomy = taxonomy

    async def of(self, conversation_id: str) -> Passport:
        """Return the person's passport; one that was never made is empty.

        Raises:
            UnknownConversationError: there is no such conversation.
        """
        async with self._database.reading() as session:
            return await storage.passport_of(session, await person_of(session, conversation_id))

    async def add(self, conversation_id: str, told: Iterable[Told]) -> Passport:
        """Put skills in; the same again changes nothing, and a wish that came true becomes a skill.

        Raises:
            UnknownConversationError: there is no such conversation.
            UnknownConceptError: the taxonomy has no such skill.
        """
        told = [replace(one, name=self._taxonomy.skill(one.skill_id).name) for one in told]
        async with self._database.session() as session:
            person_id = await person_of(session, conversation_id)
            await storage.add(session, person_id, conversation_id, told, at=self._clock())
            return await storage.passport_of(session, person_id)

    async def remove(self, conversation_id: str, skill_ids: Iterable[str]) -> Passport:
        """Take skills out; they can be put back.

        Raises:
            UnknownConversationError: there is no such conversation.
        """
        async with self._database.session() as session:
            person_id = await person_of(session, conversation_id)
            await storage.mark_removed(session, person_id, skill_ids, at=self._clock())
            return await storage.passport_of(session, person_id)

    async def restore(self, conversation_id: str, skill_ids: Iterable[str]) -> Passport:
        """Put back skills that were taken out.

        Raises:
            UnknownConversationError: there is no such conversation.
        """
        async with self._database.session() as session:
            person_id = await person_of(session, conversation_id)
            await storage.mark_removed(session, person_id, skill_ids, at=None)
            return await storage.passport_of(session, person_id)

    async def rate(self, conversation_id: str, skill_id: str, level: Level | None, *, coach: str) -> Passport:
        """Have a coach say how well somebody does what stands in their passport; None when that is not known.

        Raises:
            UnknownConversationError: there is no such conversation.
        """
        async with self._database.session() as session:
            person_id = await person_of(session, conversation_id)
            await storage.rate(session, person_id, skill_id, level, rated_by=coach)
            return await storage.passport_of(session, person_id)

    async def change(self, conversation_id: str, skill_id: str, standing: Standing) -> Passport:
        """Have a person say how they stand towards a skill in their passport; one not in it stays out.

        Raises:
            UnknownConversationError: there is no such conversation.
        """
        async with self._database.session() as session:
            person_id = await person_of(session, conversation_id)
            await storage.change(session, person_id, skill_id, standing)
            return await storage.passport_of(session, person_id)

    async def pdf(self, conversation_id: str) -> bytes:
        """Return the passport as a PDF to read and to show.

        Raises:
            UnknownConversationError: there is no such conversation.
            EmptyPassportError: there is nothing in it.
        """
        passport = await self._filled(conversation_id)
        # Setting the type takes tenths of a second, in which others want an answer.
        return await asyncio.to_thread(as_pdf, passport, self._taxonomy, made_on=local_date(self._clock()))

    async def credentials(self, conversation_id: str) -> dict[str, Any]:
        """Return the passport as Open Badges, for other programs.

        Raises:
            UnknownConversationError: there is no such conversation.
            EmptyPassportError: there is nothing in it.
        """
        return as_credentials(await self._filled(conversation_id), self._taxonomy)

    async def europass(self, conversation_id: str) -> dict[str, Any]:
        """Return the passport in the European Learning Model, for Europass.

        Raises:
            UnknownConversationError: there is no such conversation.
            EmptyPassportError: there is nothing in it.
        """
        return as_europass(await self._filled(conversation_id), self._taxonomy, made_at=self._clock())

    async def plain(self, conversation_id: str) -> dict[str, Any]:
        """Return the passport as plain JSON, for any program.

        Raises:
            UnknownConversationError: there is no such conversation.
            EmptyPassportError: there is nothing in it.
        """
        return as_plain(await self._filled(conversation_id), self._taxonomy, made_at=self._clock())

    async def _filled(self, conversation_id: str) -> Passport:
        passport = await self.of(conversation_id)
        if passport.is_empty:
            raise EmptyPassportError
        return passport

    async def erase(self, session: AsyncSession, conversation_ids: Sequence[str]) -> None:
        """Delete what was told in these conversations."""
        await storage.erase(session, conversation_ids)
