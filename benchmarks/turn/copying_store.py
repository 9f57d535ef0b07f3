"""Rasa's in-memory store, for the peer; it runs in Rasa's own Python."""

from typing import Any

from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import InMemoryTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker


class CopyingTrackerStore(InMemoryTrackerStore):  # type: ignore[misc]
    """Keeps conversations as Rasa's own store does, and `copies` more of the one with the id `copied`.

    The copies share one text, so that a full store fits in memory; what counts is finding one among them.
    """

    def __init__(
        self,
        domain: Domain,
        event_broker: EventBroker | None = None,
        copied: str = "",
        copies: int = 0,
        **kwargs: Any,  # noqa: ANN401 - whatever Rasa gives its stores
    ) -> None:
        super().__init__(domain, event_broker, **kwargs)
        self._copied = copied
        self._copies = copies

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Keep a conversation, and its copies."""
        await super().save(tracker)
        if tracker.sender_id == self._copied:
            text = self.store[self._copied]
            self.store.update((f"{self._copied}-{number}", text) for number in range(self._copies))
