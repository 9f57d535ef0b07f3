"""Watching where Noor is silent: a cry for help reaches more people than the coach it was written to."""

from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta

from counter.calendar import local_date, working_days_after
from counter.clock import Clock
from counter.conversations import watch_storage
from counter.conversations.model import Message, UnknownConversationError
from counter.conversations.storage import person_of, to_message
from counter.database import Database
from counter.notices.model import Notice
from counter.notices.service import NoticeService, Telling
from counter.receipts import new_number
from counter.referrals.model import OpenReferral, Reason, answer_within, priority_of
from counter.referrals.rows import ReferralRow, take_step
from counter.referrals.states import Step
from counter.referrals.storage import open_or_join, open_referral

# The numbers to call stand on the screen of who is in need; saying them at every word helps nobody.
TOLD_EVERY = timedelta(hours=1)


class WatchService:
    """What people write to a coach, and who turns out to be in need.

    A message stays unwatched in the database until somebody looked at it, and what follows from a cry for
    help is committed with that: several processes may look at the same message, and it counts once.
    """

    def __init__(self, database: Database, clock: Clock, notices: NoticeService) -> None:
        self._database = database
        self._clock = clock
        self._notices = notices

    async def unwatched(self, limit: int = 100) -> Sequence[str]:
        """Return conversations in which something must still be looked at."""
        async with self._database.reading() as session:
            return await watch_storage.unwatched(session, limit=limit)

    async def unwatched_count(self) -> int:
        """Return how many messages must still be looked at."""
        async with self._database.reading() as session:
            return await watch_storage.unwatched_count(session)

    async def next_in(self, conversation_id: str, *, besides: Collection[int] = ()) -> Message | None:
        """Return the oldest message to look at, `besides` those at these places, or None."""
        async with self._database.reading() as session:
            row = await watch_storage.first_unwatched(session, conversation_id, besides=besides)
            return None if row is None else to_message(row)

    async def pass_by(self, passed: Mapping[str, Collection[int]]) -> None:
        """Note which messages, by conversation, are no cries; nothing else of what was understood is kept."""
        if passed:
            async with self._database.session() as session:
                for conversation_id in sorted(passed):
                    for seq in sorted(passed[conversation_id]):
                        await watch_storage.mark_watched(session, conversation_id, seq)

    async def call_for_help(self, conversation_id: str, cry: Message) -> None:
        """Act upon a cry for help, once.

        The person reads whom to call, and their referral goes before all others. Who has no referral any
        more, because the coach had just closed it, gets a new one.

        Raises:
            UnknownConversationError: it was erased meanwhile.
        """
        async with self._database.reading() as session:
            person_id = await person_of(session, conversation_id)
        async with self._notices.telling(person_id, there=conversation_id) as telling:
            if telling.conversation is None:
                raise UnknownConversationError(conversation_id)
            if not await watch_storage.mark_watched(telling.session, conversation_id, cry.seq):
                return
            row = await self._put_first(telling, conversation_id, cry)
            await telling.tell_once(Notice.IN_NEED, {"nummer": row.number}, within=TOLD_EVERY)
            telling.is_news = True

    async def _put_first(self, telling: Telling, conversation_id: str, cry: Message) -> ReferralRow:
        now = self._clock()
        answer_before = working_days_after(local_date(now), answer_within(Reason.IN_NEED))
        person_id = await person_of(telling.session, conversation_id)
        row = await open_referral(telling.session, person_id)
        if row is None:
            return await open_or_join(
                telling.session,
                OpenReferral(conversation_id=conversation_id, message_id=cry.id, reason=Reason.IN_NEED),
                number=new_number("C"),
                person_id=person_id,
                at=now,
                answer_before=answer_before,
            )
        # Why they came stays what it was: that they are in need is marked beside it.
        await take_step(
            telling.session,
            row,
            Step.CRY,
            at=now,
            changes={
                "priority": priority_of(Reason.IN_NEED),
                "in_need_at": cry.at,
                "answer_before": min(row.answer_before, answer_before),
            },
        )
        return row
