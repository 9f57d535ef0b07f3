"""A tracker store that keeps a long conversation as quick as a short one.

Rasa reads the whole last session for every turn, replays it, featurises it for every prediction and
sends it with every action call, so that turns get slower and slower. Here a session that has grown
long is followed by a new one, in Rasa's own format: first what is known (slots, the running form),
then the last turns once more, so that whoever looks back a few turns finds them.
"""

from itertools import islice
from typing import List, Optional

from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.events import (
    ActionExecuted,
    ActiveLoop,
    Event,
    SessionStarted,
    SlotSet,
    UserUttered,
    deserialise_events,
)
from rasa.shared.core.trackers import DialogueStateTracker


class ShortMemoryTrackerStore(SQLTrackerStore):
    """Rasa's SQL store, where a new session follows one of more than `longest` events.

    The new session opens with the state before the last `turns_kept` turns, and holds those turns.
    Nothing is deleted: all sessions together are still the whole conversation.
    """

    # What nobody looks back beyond: the third miss in a row, and the answer to a message asked again.
    turns_kept = 4
    # About a dozen turns.
    longest = 120

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Store what is new of the conversation, and with it the session to go on with when it is due."""
        if len(tracker.events) > self.longest:
            continued = self._continuation(tracker)
            if continued is not None:
                tracker = tracker.copy()
                tracker.events.extend(continued)
        await super().save(tracker)

    def _continuation(self, tracker: DialogueStateTracker) -> Optional[List[Event]]:
        """Return the events of the next session, or None when the last turns are all there is."""
        turns = [index for index, event in enumerate(tracker.events) if isinstance(event, UserUttered)]
        if len(turns) <= self.turns_kept:
            return None
        start = turns[-self.turns_kept]
        before = DialogueStateTracker.from_events(
            tracker.sender_id, list(islice(tracker.events, start)), self.domain.slots
        )
        known: List[Event] = [
            SlotSet(name, slot.value)
            for name, slot in before.slots.items()
            if slot.value != slot.initial_value
        ]
        if before.active_loop_name:
            known.append(ActiveLoop(before.active_loop_name))
        opening = [SessionStarted(), *known, ActionExecuted(ACTION_LISTEN_NAME)]
        # A session is what is not older than its start.
        now = {"timestamp": opening[0].timestamp}
        events = [*opening, *islice(tracker.events, start, None)]
        return list(deserialise_events([{**event.as_dict(), **now} for event in events]))
