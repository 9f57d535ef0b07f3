"""What coaches look at: their lists, and one case; nothing here changes anything."""

from collections.abc import Collection, Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from counter.conversations import storage as conversations
from counter.conversations.model import Owner, Sender
from counter.conversations.storage import ConversationRow
from counter.database import Database
from counter.desk import reading_storage as storage
from counter.desk.overview import Case, CaseLine, DonePage, Filters, Place, Pulse, SeenMessage, passage_of
from counter.desk.storage import notes_of
from counter.referrals.model import UnknownReferralError
from counter.referrals.storage import referral_by_number

PAGE = 50
# As much of a conversation as somebody scrolls back through; earlier messages are asked for.
MESSAGES = 100


class DeskReader:
    """Reads for coaches."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def open_lines(self) -> Sequence[CaseLine]:
        """Return everything that is open; `desk_of` makes each coach's lists of it."""
        async with self._database.reading() as session:
            return await storage.open_lines(session)

    async def done(self, filters: Filters, *, page: int = 1) -> DonePage:
        """Return a page of what is over; a page past the end is the last one."""
        async with self._database.reading() as session:
            total = await storage.done_count(session, filters)
            pages = max(1, -(-total // PAGE))
            page = min(max(1, page), pages)
            lines = await storage.done_lines(session, filters, offset=(page - 1) * PAGE, limit=PAGE)
        return DonePage(lines=tuple(lines), page=page, pages=pages, total=total)

    async def case(self, number: str, *, first: int | None = None, line: CaseLine | None = None) -> Case:
        """Return a referral with its conversation, from message `first` on, or the last of it.

        Who waits is shown where they wrote last: there a coach who claims them goes on. Who knows the `line`
        already spares reading it.

        Raises:
            UnknownReferralError: no referral has this number.
        """
        async with self._database.reading() as session:
            line = line or await storage.line_of(session, number)
            if line is None:
                raise UnknownReferralError(number)
            talk = await _conversation(session, line)
            place = None if talk is None else await storage.place_of(session, talk.id)
            start = 1 if talk is None else first or max(1, talk.last_seq - MESSAGES + 1)
            return Case(
                line=line,
                conversation_id=None if talk is None else talk.id,
                channel=None if talk is None else talk.channel,
                owner=None if talk is None else Owner(talk.owner),
                heard_at=None if place is None else place.heard_at,
                messages=() if talk is None else await _messages(session, talk.id, place, start),
                has_earlier=start > 1,
                notes=tuple(await notes_of(session, [line.id])),
            )

    async def is_number(self, number: str) -> bool:
        """Tell whether a referral has this number."""
        async with self._database.reading() as session:
            return await referral_by_number(session, number) is not None

    async def pulses(self, watched: Collection[tuple[str, str | None]]) -> dict[str, Pulse]:
        """Return what tells whether there is something new in these cases, by number."""
        async with self._database.reading() as session:
            return await storage.pulses(session, watched)


async def _conversation(session: AsyncSession, line: CaseLine) -> ConversationRow | None:
    if line.coach_id is None and line.closed_at is None:
        return await storage.latest_conversation(session, line.person_id)
    if line.conversation_id is None:
        return None
    return await conversations.conversation(session, line.conversation_id)


async def _messages(
    session: AsyncSession, conversation_id: str, place: Place | None, first: int
) -> tuple[SeenMessage, ...]:
    deliveries = {} if place is None else await storage.deliveries_from(session, conversation_id, first=first)
    return tuple(
        SeenMessage(
            message=message,
            passage=None
            if message.sender is Sender.PERSON
            else passage_of(message.seq, place, deliveries.get(message.seq, ())),
        )
        for message in await storage.messages_from(session, conversation_id, first=first)
    )
