"""What coaches look at: their lists, and one case; nothing here changes anything."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from counter.channels.model import DeliveryState
from counter.conversations.model import Message, Owner, Sender
from counter.database import Database
from counter.desk import reading_storage as storage
from counter.desk.model import PrivateNote
from counter.desk.overview import Case, CaseLine, DonePage, Filters, Place, Pulse, SeenMessage, passage_of
from counter.desk.sight import check_sight
from counter.desk.sight_storage import open_case_of, standing_of
from counter.desk.storage import notes_of
from counter.referrals.model import UnknownReferralError
from counter.referrals.storage import referral_by_number
from counter.staff.model import StaffMember

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

    async def done(self, filters: Filters, viewer: StaffMember, *, page: int = 1) -> DonePage:
        """Return a page of what is over and this viewer may see; a page past the end is the last one."""
        async with self._database.reading() as session:
            total = await storage.done_count(session, filters, viewer)
            pages = max(1, -(-total // PAGE))
            page = min(max(1, page), pages)
            offset = (page - 1) * PAGE
            lines = await storage.done_lines(session, filters, viewer, offset=offset, limit=PAGE)
        return DonePage(lines=tuple(lines), page=page, pages=pages, total=total)

    async def case(
        self,
        number: str,
        viewer: StaffMember,
        *,
        first: int | None = None,
        line: CaseLine | None = None,
        before: Case | None = None,
    ) -> Case:
        """Return a referral with its conversation, from message `first` on, or the last of it.

        Who waits is shown where they wrote last: there a coach who claims them goes on. Who knows the `line`
        already spares reading it; of what was read `before`, only what was said since is read. Whether the
        viewer may see it is always read: that may be just over.

        Raises:
            UnknownReferralError: no referral has this number.
            NotForYouError: it is none of the viewer's business.
        """
        async with self._database.reading() as session:
            await _check_sight(session, number, viewer)
            line = line or await storage.line_of(session, number)
            if line is None:
                raise UnknownReferralError(number)
            talk, place = await storage.talk_of(session, line)
            notes = tuple(await notes_of(session, [line.id]))
            if talk is None:
                return _without_conversation(line, notes)
            known = before.messages if before is not None and before.conversation_id == talk.id else ()
            start = first or max(1, talk.last_seq - MESSAGES + 1)
            messages, delivered_at = await _messages(session, talk.id, place, start, known)
            return Case(
                line=line,
                conversation_id=talk.id,
                channel=talk.channel,
                owner=Owner(talk.owner),
                heard_at=None if place is None else place.heard_at,
                messages=messages,
                has_earlier=start > 1,
                notes=notes,
                pulse=Pulse(
                    last_seq=talk.last_seq,
                    owner=talk.owner,
                    notes=len(notes),
                    delivered_at=delivered_at,
                    place=place,
                ),
            )

    async def check_sight(self, number: str, viewer: StaffMember) -> None:
        """See that a viewer may open a case.

        Raises:
            UnknownReferralError: no referral has this number.
            NotForYouError: it is none of the viewer's business.
        """
        async with self._database.reading() as session:
            await _check_sight(session, number, viewer)

    async def check_sight_of(self, person_id: str, viewer: StaffMember) -> None:
        """See that a viewer may open the case of a person, when there is an open one.

        Raises:
            NotForYouError: it is none of the viewer's business.
        """
        async with self._database.reading() as session:
            row = await open_case_of(session, person_id)
            if row is not None:
                check_sight(viewer, row.number, await standing_of(session, row))

    async def is_number(self, number: str) -> bool:
        """Tell whether a referral has this number."""
        async with self._database.reading() as session:
            return await referral_by_number(session, number) is not None

    async def pulses(self, watched: Collection[tuple[str, str | None]]) -> dict[str, Pulse]:
        """Return what tells whether there is something new in these cases, by number."""
        async with self._database.reading() as session:
            return await storage.pulses(session, watched)


async def _check_sight(session: AsyncSession, number: str, viewer: StaffMember) -> None:
    row = await referral_by_number(session, number)
    if row is None:
        raise UnknownReferralError(number)
    check_sight(viewer, number, await standing_of(session, row))


def _without_conversation(line: CaseLine, notes: tuple[PrivateNote, ...]) -> Case:
    return Case(
        line=line,
        conversation_id=None,
        channel=None,
        owner=None,
        heard_at=None,
        messages=(),
        has_earlier=False,
        notes=notes,
        pulse=Pulse(last_seq=0, owner="", notes=len(notes), delivered_at=None, place=None),
    )


async def _messages(
    session: AsyncSession,
    conversation_id: str,
    place: Place | None,
    first: int,
    known: Sequence[SeenMessage],
) -> tuple[tuple[SeenMessage, ...], datetime | None]:
    """Return the messages from `first` on, and when the provider last said something of one.

    What was said does not change; how far it came does.
    """
    said = [seen.message for seen in known if seen.message.seq >= first]
    new = said[-1].seq + 1 if said else first
    said += await storage.messages_from(session, conversation_id, first=new)
    if place is None:
        return tuple(_seen(message, None, ()) for message in said), None
    deliveries, delivered_at = await storage.deliveries_from(session, conversation_id, first=first)
    return tuple(_seen(message, place, deliveries.get(message.seq, ())) for message in said), delivered_at


def _seen(message: Message, place: Place | None, parts: Sequence[DeliveryState]) -> SeenMessage:
    is_theirs = message.sender is Sender.PERSON
    return SeenMessage(message=message, passage=None if is_theirs else passage_of(message.seq, place, parts))
