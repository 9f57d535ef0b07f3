"""What can be done with addresses: meet somebody there, send what waits, hear what became of it."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy.exc import IntegrityError

from counter.channels import storage
from counter.channels.model import DeliveryState, Errand
from counter.clock import Clock
from counter.conversations import storage as conversations
from counter.conversations.model import Conversation, UnknownConversationError
from counter.database import Database, new_id
from counter.people.storage import PersonRow

# Long enough for the slowest request to a provider; short enough that an answer does not hang
# when the process that was sending it died.
LEASE = timedelta(seconds=60)


class ChannelService:
    """Conversations held at an address of some channel, and what is sent there."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def meet(self, channel: str, address: str) -> Conversation:
        """Return the conversation at this address, opened when there is none yet.

        Somebody was heard there: what waited for that can be sent again.
        """
        try:
            return await self._meet(channel, address)
        except IntegrityError:
            # Two first messages arrived together, and the other one opened the conversation.
            return await self._meet(channel, address)

    async def _meet(self, channel: str, address: str) -> Conversation:
        now = self._clock()
        async with self._database.session() as session:
            row = await storage.lock(session, channel, address)
            if row is None:
                person = PersonRow(id=new_id(), created_at=now)
                session.add(person)
                await session.flush()
                begun = conversations.begin(session, person_id=person.id, channel=channel, at=now)
                await session.flush()
                session.add(
                    storage.AddressRow(
                        channel=channel, address=address, conversation_id=begun.id, heard_at=now
                    )
                )
                return conversations.to_conversation(begun)
            row.heard_at = now
            row.unreachable_at = row.retry_at = None
            row.tries = 0
            # Read, not held: who erases holds the conversation first, and its address goes with it.
            conversation = await conversations.conversation(session, row.conversation_id)
            if conversation is None:
                raise UnknownConversationError(row.conversation_id)
            return conversations.to_conversation(conversation)

    async def address_of(self, conversation_id: str) -> tuple[str, str] | None:
        """Return the channel and the address at which a conversation is held, or None for the website."""
        async with self._database.reading() as session:
            row = await storage.address_of(session, conversation_id)
        return None if row is None else (row.channel, row.address)

    async def next_errand(self, conversation_id: str, holder: str) -> Errand | None:
        """Take the right to send, and return the oldest message that waits for it.

        None when nothing waits, when another process sends, or when nothing can be sent now.
        """
        async with self._database.reading() as session:
            # Most conversations are on the website: asking costs them no wait for a writer.
            if await storage.address_of(session, conversation_id) is None:
                return None
        now = self._clock()
        async with self._database.session() as session:
            row = await storage.lock_free(session, conversation_id, holder=holder, now=now)
            if row is None:
                return None
            # Changed once in a unit of work: at a second change PostgreSQL holds the conversation too,
            # and two who hold in different orders wait for each other.
            # How far the conversation is comes first: what is said after this look must not be skipped.
            reached = await conversations.positions(session, [conversation_id])
            message = await storage.next_to_send(session, conversation_id, row.delivered_seq)
            if message is None:
                row.delivered_seq = reached.get(conversation_id, row.delivered_seq)
                row.lease_holder = row.lease_until = None
                return None
            row.lease_holder, row.lease_until = holder, now + LEASE
            return Errand(
                channel=row.channel,
                address=row.address,
                conversation_id=conversation_id,
                message=conversations.to_message(message),
                parts_sent=row.delivered_parts,
                tries=row.tries,
                heard_at=row.heard_at,
            )

    async def record_part(self, errand: Errand, part: int, provider_id: str) -> None:
        """Remember that the provider has this part of the message."""
        async with self._database.session() as session:
            row = await storage.lock(session, errand.channel, errand.address)
            if row is None or row.conversation_id != errand.conversation_id:
                return  # erased or moved while it was sent
            row.delivered_parts = part + 1
            row.tries = 0
            storage.add_delivery(
                session,
                row,
                seq=errand.message.seq,
                part=part,
                provider_id=provider_id,
                state=DeliveryState.SENT,
                error=None,
                at=self._clock(),
            )

    async def complete(self, errand: Errand, *, failed_part: int | None = None, error: str = "") -> None:
        """Go on to the next message; a `failed_part` is one that the provider will never take."""
        async with self._database.session() as session:
            row = await storage.lock(session, errand.channel, errand.address)
            if row is None or row.conversation_id != errand.conversation_id:
                return
            row.delivered_seq = max(row.delivered_seq, errand.message.seq)
            row.delivered_parts = row.tries = 0
            if failed_part is not None:
                storage.add_delivery(
                    session,
                    row,
                    seq=errand.message.seq,
                    part=failed_part,
                    provider_id=None,
                    state=DeliveryState.FAILED,
                    error=error,
                    at=self._clock(),
                )

    async def postpone(self, errand: Errand, until: datetime) -> None:
        """Try again from `until` on; somebody else may."""
        async with self._database.session() as session:
            row = await storage.lock(session, errand.channel, errand.address)
            if row is not None:
                row.tries += 1
                row.retry_at = until
                row.lease_holder = row.lease_until = None

    async def wait_to_be_heard(self, errand: Errand, *, is_out_of_reach: bool) -> None:
        """Keep what waits until the person writes: they blocked us, or we may not write first."""
        now = self._clock()
        async with self._database.session() as session:
            row = await storage.lock(session, errand.channel, errand.address)
            if row is None:
                return
            row.lease_holder = row.lease_until = None
            if row.heard_at > errand.heard_at:
                return  # they wrote meanwhile, and would wait in vain
            if is_out_of_reach:
                row.unreachable_at = now
            else:
                row.knocked_at = now

    async def leave(self, channel: str, address: str) -> None:
        """Remember that nothing can be sent here until somebody is heard."""
        async with self._database.session() as session:
            row = await storage.lock(session, channel, address)
            if row is not None:
                row.unreachable_at = self._clock()

    async def report(
        self, channel: str, provider_id: str, state: DeliveryState, *, error: str | None = None
    ) -> bool:
        """Remember what a provider says of something we sent; false when it is no news."""
        async with self._database.session() as session:
            row = await storage.delivery(session, channel, provider_id)
            if row is None or not state.follows(DeliveryState(row.state)):
                return False
            row.state, row.error, row.at = state.value, error, self._clock()
            return True

    async def undelivered(self, limit: int = 100) -> Sequence[str]:
        """Return conversations with something to send that no living process sends."""
        async with self._database.reading() as session:
            return await storage.undelivered(session, now=self._clock(), limit=limit)

    async def release_all(self) -> None:
        """Forget who was sending what; only right when this is the only process."""
        async with self._database.session() as session:
            await storage.release_all_leases(session)
