"""What can be done with referrals: one method per use case."""

from collections.abc import Mapping, Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from counter.calendar import local_date, working_days_after
from counter.clock import Clock
from counter.conversations.model import Content, Sender
from counter.conversations.storage import person_of
from counter.database import Database
from counter.employers import storage as employers
from counter.notices.model import Notice
from counter.notices.service import NoticeService
from counter.receipts import new_number
from counter.referrals import line, personal, storage
from counter.referrals.model import (
    ClaimFigure,
    Helped,
    OpenReferral,
    PhoneMissingError,
    QueuedReferral,
    ReferralReceipt,
    Slot,
    Standing,
    UnknownReferralError,
    answer_within,
)
from counter.referrals.rows import ReferralRow, lock, record


class ReferralService:
    """The queue of people who wait for a coach."""

    def __init__(self, database: Database, clock: Clock, notices: NoticeService) -> None:
        self._database = database
        self._clock = clock
        self._notices = notices

    async def open(self, command: OpenReferral) -> ReferralReceipt:
        """Put somebody in the coaches' queue; the same message again changes nothing.

        Who waits already keeps that place: the new topic is added, and need moves it to the top.
        The bot keeps answering until a coach takes over. The firm of a lead is remembered.

        Raises:
            UnknownConversationError: there is no such conversation.
        """
        now = self._clock()
        async with self._database.session() as session:
            person_id = await person_of(session, command.conversation_id)
            row = await storage.open_or_join(
                session,
                command,
                number=new_number("C"),
                person_id=person_id,
                at=now,
                answer_before=working_days_after(local_date(now), answer_within(command.reason)),
            )
            if command.lead and command.lead.employer:
                await employers.remember(
                    session,
                    command.lead.employer,
                    person_id=person_id,
                    conversation_id=command.conversation_id,
                    at=now,
                )
            return await storage.to_receipt(session, row)

    async def of_person(self, conversation_id: str) -> tuple[ReferralReceipt, ...]:
        """Return all of the person's referrals, the newest first.

        Raises:
            UnknownConversationError: there is no such conversation.
        """
        async with self._database.reading() as session:
            rows = await storage.referrals_of(session, await person_of(session, conversation_id))
            return tuple([await storage.to_receipt(session, row) for row in rows])

    async def standing(self, conversation_id: str) -> Standing:
        """Return how it stands with a coach in this conversation; all empty when nobody was asked for."""
        async with self._database.reading() as session:
            return await line.standing(session, conversation_id)

    async def places(self) -> Mapping[str, int]:
        """Return the place of everybody in line, from 1, by each conversation in which they wait."""
        async with self._database.reading() as session:
            return await line.places(session)

    async def by_number(self, number: str) -> ReferralReceipt | None:
        """Return the referral with this receipt number, or None."""
        async with self._database.reading() as session:
            row = await storage.referral_by_number(session, number)
            return None if row is None else await storage.to_receipt(session, row)

    async def cancel(self, number: str, conversation_id: str) -> ReferralReceipt:
        """Leave the queue, or the coach; cancelling twice changes nothing.

        Raises:
            UnknownConversationError: there is no such conversation.
            UnknownReferralError: this person has no referral with this number.
        """
        async with self._database.session() as session:
            row = await _own(session, number, conversation_id)
            await storage.cancel(session, row, at=self._clock())
            return await storage.to_receipt(session, row)

    async def plan_call_back(
        self, number: str, conversation_id: str, slot: Slot, *, phone: str | None = None
    ) -> ReferralReceipt:
        """Agree on a moment at which a coach calls, on `phone` when it is given; another moment replaces it.

        Raises:
            UnknownConversationError: there is no such conversation.
            UnknownReferralError: this person has no referral with this number.
            PhoneMissingError: no telephone number is known.
            StepNotPossibleError: a coach has the conversation, or it is closed.
        """
        async with self._database.session() as session:
            row = await _own(session, number, conversation_id)
            if not (phone or row.phone):
                raise PhoneMissingError(number)
            await storage.plan_call_back(session, row, slot, phone=phone or row.phone, at=self._clock())
            return await storage.to_receipt(session, row)

    async def rate(
        self, number: str, conversation_id: str, helped: Helped, *, comment: str | None = None
    ) -> ReferralReceipt:
        """Keep how well somebody says they were helped, in place of what they said before.

        Raises:
            UnknownConversationError: there is no such conversation.
            UnknownReferralError: this person has no referral with this number.
        """
        async with self._database.session() as session:
            row = await lock(session, (await _own(session, number, conversation_id)).id)
            row.helped, row.helped_comment = helped.value, comment or row.helped_comment
            return await storage.to_receipt(session, row)

    async def recent_claims(self) -> tuple[ClaimFigure, ...]:
        """Return how long people waited who were claimed last, the newest first."""
        async with self._database.reading() as session:
            return await storage.recent_claims(session)

    async def reply(self, number: str, text: str, *, coach: str) -> None:
        """Send a coach's own words to the person who asked; the referral stays open.

        Raises:
            UnknownReferralError: no referral has this number.
        """
        async with self._database.reading() as session:
            found = await storage.referral_by_number(session, number)
        if found is None:
            raise UnknownReferralError(number)
        async with self._notices.telling(found.person_id) as telling:
            telling.say(Content(text=text), Sender.COACH)
            telling.tell(Notice.COACH_REPLIED, {"nummer": number})
            record(telling.session, found.id, "replied", coach, at=self._clock())

    async def leave_coach(self, conversation_id: str) -> None:
        """Go on with Noor: the coach who has this conversation loses it, and the person is told.

        Raises:
            UnknownConversationError: there is no such conversation.
        """
        async with self._database.reading() as session:
            person_id = await person_of(session, conversation_id)
        async with self._notices.telling(person_id, there=conversation_id) as telling:
            row = await storage.open_referral(telling.session, person_id)
            if row is None or row.coach_id is None or row.conversation_id != conversation_id:
                return
            await storage.cancel(telling.session, row, at=self._clock())
            telling.tell(Notice.LEFT_COACH, {"nummer": row.number, "naam": row.coach_name or ""})

    async def queue(self) -> tuple[QueuedReferral, ...]:
        """Return who waits: people in need first, then in order of arrival."""
        async with self._database.reading() as session:
            return await storage.queue(session)

    async def erase(self, session: AsyncSession, conversation_ids: Sequence[str]) -> None:
        """Cancel what was asked for in these conversations, and blank who asked and why."""
        await personal.erase(session, conversation_ids, at=self._clock())


async def _own(session: AsyncSession, number: str, conversation_id: str) -> ReferralRow:
    person_id = await person_of(session, conversation_id)
    row = await storage.referral_by_number(session, number)
    if row is None or row.person_id != person_id:
        raise UnknownReferralError(number)
    return row
