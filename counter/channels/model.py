"""What an address is, and what is sent to it; no framework."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from counter.conversations.model import Message


class DeliveryState(StrEnum):
    """What a provider said last of something we sent; each but a failure follows the one before it."""

    SENT = "sent"
    DELIVERED = "delivered"
    READ = "read"
    FAILED = "failed"

    def follows(self, earlier: "DeliveryState") -> bool:
        """Tell whether this is news after `earlier`: reports come late, twice and in any order."""
        order = list(DeliveryState)
        if self is DeliveryState.FAILED:
            return earlier is DeliveryState.SENT
        return earlier is DeliveryState.FAILED or order.index(self) > order.index(earlier)


@dataclass(frozen=True, kw_only=True)
class Errand:
    """A message that waits to be sent to an address, and the right to send it."""

    channel: str
    address: str
    """The provider's own name for a chat or a phone."""
    conversation_id: str
    message: Message
    parts_sent: int
    """How many parts of this message the provider has already."""
    tries: int
    """How often sending the next part has failed."""
    heard_at: datetime
    """When the person last sent something from there."""
