"""A long conversation is remembered in a short session, and nothing the bot decides on is lost."""

import asyncio
from typing import Any

from components.short_memory import ShortMemoryTrackerStore
from hypothesis import given, settings
from hypothesis import strategies as st
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    ActiveLoop,
    BotUttered,
    Event,
    SessionStarted,
    SlotSet,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker

DOMAIN = Domain.from_dict(
    {
        "intents": ["vragen"],
        "forms": {"formulier": {"required_slots": ["plaats"]}},
        "slots": {
            name: {"type": "any", "influence_conversation": False, "mappings": [{"type": "custom"}]}
            for name in ("plaats", "lijst")
        },
        "actions": ["action_antwoord"],
    }
)


def turn(number: int, happenings: list[Event]) -> list[Event]:
    """Give one turn as Rasa stores it."""
    return [
        UserUttered(f"vraag {number}", {"name": "vragen"}, metadata={"message_id": f"m{number}"}),
        ActionExecuted("action_antwoord"),
        *happenings,
        BotUttered(f"antwoord {number}", metadata={"utter_action": f"utter_{number}"}),
        ActionExecuted(ACTION_LISTEN_NAME),
    ]


async def talk(store: SQLTrackerStore, turns: list[list[Event]]) -> DialogueStateTracker:
    """Hold a conversation turn by turn, as Rasa's processor does, and return what is remembered."""
    for number, happenings in enumerate(turns):
        tracker = await store.get_or_create_tracker("iemand", append_action_listen=False)
        if not tracker.events:
            tracker.update_with_events([SessionStarted(), ActionExecuted(ACTION_LISTEN_NAME)], DOMAIN)
        tracker.update_with_events(turn(number, happenings), DOMAIN)
        await store.save(tracker)
    return await store.retrieve("iemand")


def happening() -> Any:
    """Give something an action can do."""
    value = st.none() | st.text(max_size=5) | st.lists(st.integers(), max_size=2)
    return st.one_of(
        st.builds(SlotSet, st.sampled_from(["plaats", "lijst"]), value),
        st.builds(ActiveLoop, st.sampled_from(["formulier", None])),
    )


def told(tracker: DialogueStateTracker, turns: int) -> list[str]:
    """Give the last events, as far as anybody may look back."""
    lengths = [event.as_dict() for event in tracker.events]
    starts = [index for index, event in enumerate(lengths) if event["event"] == "user"]
    return [
        str({key: value for key, value in event.items() if key not in {"timestamp", "message_id"}})
        for event in lengths[starts[-turns] :]
    ]


class Impatient(ShortMemoryTrackerStore):
    """Begins a new session often."""

    longest = 30


@settings(max_examples=30, deadline=None)
@given(turns=st.lists(st.lists(happening(), max_size=3), min_size=1, max_size=40))
def test_what_the_bot_decides_on_is_the_same_as_when_everything_is_kept(turns: list[list[Event]]) -> None:
    short = asyncio.run(talk(Impatient(DOMAIN, db=":memory:"), turns))
    whole = asyncio.run(talk(SQLTrackerStore(DOMAIN, db=":memory:"), turns))
    assert short.current_slot_values() == whole.current_slot_values()
    assert short.active_loop_name == whole.active_loop_name
    assert short.latest_action_name == whole.latest_action_name
    assert short.latest_message == whole.latest_message
    looked_back = min(len(turns), Impatient.turns_kept)
    assert told(short, looked_back) == told(whole, looked_back)


async def test_however_long_the_conversation_the_session_stays_short() -> None:
    store = ShortMemoryTrackerStore(DOMAIN, db=":memory:")
    tracker = await talk(store, [[SlotSet("plaats", str(number))] for number in range(200)])
    assert len(tracker.events) <= store.longest + 10


async def test_the_sessions_together_hold_every_message() -> None:
    store = ShortMemoryTrackerStore(DOMAIN, db=":memory:")
    await talk(store, [[] for _ in range(60)])
    whole = await store.retrieve_full_tracker("iemand")
    texts = {event.text for event in whole.events if isinstance(event, UserUttered)}
    assert texts == {f"vraag {number}" for number in range(60)}


async def test_one_endless_turn_is_kept_whole() -> None:
    store = Impatient(DOMAIN, db=":memory:")
    tracker = await talk(store, [[SlotSet("plaats", str(number)) for number in range(100)]])
    assert len(tracker.events) > store.longest
    assert tracker.get_slot("plaats") == "99"
