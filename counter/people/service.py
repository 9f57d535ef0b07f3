"""What can be done with everything of one person: see it, correct it, erase it."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from counter.calendar import local_date
from counter.clock import Clock
from counter.conversations import storage as conversations
from counter.conversations.model import MessageState, Sender, UnknownConversationError
from counter.conversations.service import LEASE, EraseSubject, ExportSubject
from counter.database import Database, new_id
from counter.notices.model import Notice, Wording
from counter.people import storage
from counter.people.model import Detail, Kept, KnownDetail, Overview, Subject
from counter.people.storage import PersonRow
from counter.preservations.model import MustBeKeptError
from counter.preservations.storage import check_may_be_erased

type FindDetails = Callable[[AsyncSession, str], Awaitable[list[KnownDetail]]]
"""Returns the details a subject keeps about the person with this id."""
type CorrectDetail = Callable[[AsyncSession, str, Detail, str, datetime], Awaitable[list[str]]]
"""Replaces a detail in what is still open of a person's; returns the receipt numbers."""

type IsDue = Callable[[AsyncSession], Awaitable[bool]]
"""Tells whether a person must go, once all their conversations are held."""

# What an erased subject is called on the receipt.
_ON_RECEIPT = {
    Subject.VOUCHERS: "voucheraanvragen",
    Subject.OPEN_HIRING: "aanmeldingen",
    Subject.REFERRALS: "coachvragen",
    Subject.PASSPORT: "paspoort",
    Subject.OTHER: "overige",
}


class PersonService:
    """Everything of one person, over all their conversations."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        wording: Wording,
        *,
        find_details: Sequence[FindDetails] = (),
        correct_detail: Sequence[CorrectDetail] = (),
        erase_subjects: Sequence[EraseSubject] = (),
        export_subjects: Mapping[str, ExportSubject] | None = None,
    ) -> None:
        self._database = database
        self._clock = clock
        self._wording = wording
        self._find_details = tuple(find_details)
        self._correct_detail = tuple(correct_detail)
        self._erase_subjects = tuple(erase_subjects)
        self._export_subjects = dict(export_subjects or {})

    async def overview(self, conversation_id: str) -> Overview:
        """Return what is kept about the person of this conversation.

        Raises:
            UnknownConversationError: there is no such conversation.
        """
        async with self._database.reading() as session:
            person_id = await conversations.person_of(session, conversation_id)
            found = [known for find in self._find_details for known in await find(session, person_id)]
            talks = await conversations.conversations_of(session, person_id)
            return Overview(
                conversations=len(talks),
                messages=await storage.message_count(session, person_id),
                since=talks[0].created_at,
                kept=await self._kept(session, person_id),
                details=tuple(sorted(found, key=lambda known: not known.is_used)),
            )

    async def correct(self, conversation_id: str, detail: Detail, value: str) -> tuple[str, ...]:
        """Replace a detail wherever it is still used; returns the receipt numbers where it changed.

        What is closed stays as it was submitted. Correcting twice changes nothing.

        Raises:
            UnknownConversationError: there is no such conversation.
        """
        async with self._database.session() as session:
            person_id = await conversations.person_of(session, conversation_id)
            # Erasing holds these first as well, so that neither waits for the other.
            await storage.lock_all_of(session, person_id)
            numbers = [
                number
                for correct in self._correct_detail
                for number in await correct(session, person_id, detail, value, self._clock())
            ]
        # An answer to a coach bears the number of what it was asked for.
        return tuple(dict.fromkeys(numbers))

    async def ask_erasure(self, conversation_id: str) -> None:
        """Keep the wish to erase everything of this person; from now on nothing of theirs is answered.

        The gateway carries it out, once the answer to this very wish is stored.

        Raises:
            UnknownConversationError: there is no such conversation.
            MustBeKeptError: a claim keeps everything of this person.
        """
        now = self._clock()
        async with self._database.session() as session:
            row = await conversations.lock(session, conversation_id)
            await check_may_be_erased(session, conversation_id, now=now)
            row.erase_requested_at = now

    async def check_may_be_erased(self, conversation_id: str) -> None:
        """See that the wish of this person to be erased can be carried out.

        Raises:
            MustBeKeptError: a claim keeps everything of this person.
        """
        async with self._database.reading() as session:
            await check_may_be_erased(session, conversation_id, now=self._clock())

    async def kept_by_claim(self, conversation_id: str) -> date | None:
        """Return the day until and with which a claim keeps everything of this person, or None."""
        try:
            await self.check_may_be_erased(conversation_id)
        except MustBeKeptError as error:
            return error.until
        return None

    async def erasure_wishes(self) -> Sequence[str]:
        """Return the conversations in which somebody asked to erase everything, the oldest wish first."""
        async with self._database.reading() as session:
            return await storage.erasure_wishes(session)

    async def take_erasure(self, conversation_id: str, holder: str) -> Sequence[str]:
        """Take the right to erase the person who asked for it here.

        Returns the ids of all their conversations, for whoever else remembers them. None when there
        is nothing to do, or not yet: another process is at it, or still answers one of them.
        """
        now = self._clock()
        async with self._database.session() as session:
            asked, others = await _asked_and_others(session, conversation_id)
            if asked is None or any(_is_held(row, now) for row in others):
                return ()
            if _is_held(asked, now) and asked.lease_holder != holder:
                return ()
            asked.lease_holder, asked.lease_until = holder, now + LEASE
            return [asked.id, *(row.id for row in others)]

    async def take_expiry(self, person_id: str, holder: str, is_due: IsDue) -> Sequence[str]:
        """Take the right to erase a person who is due, whom nobody answers now.

        Returns the ids of all their conversations, for whoever else remembers them; until this has
        run out, nothing of theirs is answered. None when they are not due after all, or not now.
        """
        now = self._clock()
        async with self._database.session() as session:
            rows = await storage.lock_all_of(session, person_id)
            if any(_is_held(row, now) for row in rows) or not await is_due(session):
                return ()
            for row in rows:
                row.lease_holder, row.lease_until = holder, now + LEASE
            return [row.id for row in rows]

    async def give_back_expiry(self, person_id: str, holder: str) -> None:
        """Give back the right to erase a person, who can be answered again."""
        async with self._database.session() as session:
            for row in await storage.lock_all_of(session, person_id):
                if row.lease_holder == holder:
                    row.lease_holder = row.lease_until = None

    async def expire(self, person_id: str, is_due: IsDue) -> bool:
        """Erase everything of a person who is still due; false when they are not, and all stands."""
        async with self._database.session() as session:
            rows = await storage.lock_all_of(session, person_id)
            if not await is_due(session):
                return False
            await self._erase_subjects_in(session, rows)
            for row in rows:
                await conversations.delete_conversation(session, row.id)
        await self._database.forget_erased()
        return True

    async def erase(self, conversation_id: str) -> None:
        """Erase everything of the person who asked for it here, and tell so in an empty conversation.

        Its key still opens that conversation, so that the person can read what was erased; nothing
        in it leads back to them. Does nothing when nobody asked, so doing it twice is harmless.
        """
        now = self._clock()
        async with self._database.session() as session:
            asked, others = await _asked_and_others(session, conversation_id)
            if asked is None:
                return
            kept = await self._kept(session, asked.person_id)
            await self._erase_subjects_in(session, [asked, *others])
            for row in others:
                await conversations.delete_conversation(session, row.id)
            stranger = PersonRow(id=new_id(), created_at=now)
            session.add(stranger)
            await session.flush()
            conversations.append(
                session,
                await storage.begin_anew(session, asked, person_id=stranger.id, at=now),
                sender=Sender.SYSTEM,
                content=self._wording(
                    Notice.EVERYTHING_ERASED, _receipt(local_date(now), 1 + len(others), kept)
                ),
                state=MessageState.DONE,
                at=now,
            )
        await self._database.forget_erased()

    async def _erase_subjects_in(
        self, session: AsyncSession, rows: Sequence[conversations.ConversationRow]
    ) -> None:
        for erase_subject in self._erase_subjects:
            await erase_subject(session, [row.id for row in rows])

    async def _kept(self, session: AsyncSession, person_id: str) -> dict[Subject, Kept]:
        found: dict[Subject, list[dict[str, Any]]] = {subject: [] for subject in Subject}
        for name, export in self._export_subjects.items():
            found[Subject(name)] += await export(session, person_id)
        return {
            subject: Kept(
                count=len(things), numbers=tuple(thing["number"] for thing in things if "number" in thing)
            )
            for subject, things in found.items()
        }


async def _asked_and_others(
    session: AsyncSession, conversation_id: str
) -> tuple[conversations.ConversationRow | None, list[conversations.ConversationRow]]:
    """Return the conversation in which erasing was asked, and the person's others, all held."""
    try:
        person_id = await conversations.person_of(session, conversation_id)
    except UnknownConversationError:
        return None, []
    rows = await storage.lock_all_of(session, person_id)
    asked = next((row for row in rows if row.id == conversation_id and row.erase_requested_at), None)
    return asked, [row for row in rows if row is not asked]


def _is_held(row: conversations.ConversationRow, now: datetime) -> bool:
    return row.lease_until is not None and row.lease_until >= now


def _receipt(day: date, talks: int, kept: Mapping[Subject, Kept]) -> dict[str, str]:
    """Return what was erased, in figures that say nothing about who it was; nought is left empty."""
    counts = {"gesprekken": talks, **{_ON_RECEIPT[subject]: one.count for subject, one in kept.items()}}
    return {
        "datum": f"{day.day}-{day.month}-{day.year}",
        **{fact: str(count or "") for fact, count in counts.items()},
    }
