"""What was said without Rasa stands in the tracker, once, and steers nothing."""

from typing import Any

import pytest
from components.gateway_channel import _in_mind, heard
from hypothesis import given
from hypothesis import strategies as st
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
            "plaats": {"type": "text", "influence_conversation": True, "mappings": [{"type": "custom"}]}
        },
        "actions": ["action_antwoord"],
    }
)
HALFWAY: list[Event] = [
    SessionStarted(),
    ActionExecuted(ACTION_LISTEN_NAME),
    UserUttered("ik zoek iets", {"name": "vragen"}, metadata={"message_id": "m1"}),
    ActionExecuted("formulier"),
    ActiveLoop("formulier"),
    SlotSet("requested_slot", "plaats"),
    BotUttered("Waar?", metadata={"utter_action": "utter_ask_plaats"}),
    ActionExecuted(ACTION_LISTEN_NAME),
]
EMPTY: list[Event] = [SessionStarted(), ActionExecuted(ACTION_LISTEN_NAME)]


def tracker_with(events: list[Event]) -> DialogueStateTracker:
    tracker = DialogueStateTracker("iemand", DOMAIN.slots)
    tracker.update_with_events(events, DOMAIN)
    return tracker


def messages(lines: list[tuple[str, str]]) -> list[dict[str, Any]]:
    return [
        {"message_id": f"c{number}", "from": sender, "text": text}
        for number, (sender, text) in enumerate(lines)
    ]


TALKS = st.lists(st.tuples(st.sampled_from(["person", "coach"]), st.text(min_size=1, max_size=9)), max_size=6)


@pytest.mark.parametrize("before", [HALFWAY, EMPTY])
@given(lines=TALKS)
def test_whatever_is_said_to_a_coach_the_dialogue_stands_where_it_stood(
    before: list[Event], lines: list[tuple[str, str]]
) -> None:
    undisturbed, tracker = tracker_with(before), tracker_with(before)
    tracker.update_with_events(heard(messages(lines), before), DOMAIN)
    assert tracker.past_states(DOMAIN) == undisturbed.past_states(DOMAIN)
    assert tracker.active_loop_name == undisturbed.active_loop_name
    assert tracker.latest_action_name == ACTION_LISTEN_NAME
    assert tracker.current_slot_values() == undisturbed.current_slot_values()
    said = [
        ("person" if isinstance(event, UserUttered) else "coach", event.text)
        for event in list(tracker.events)[len(before) :]
        if isinstance(event, (UserUttered, BotUttered))
    ]
    assert said == lines


@given(lines=TALKS, known=st.integers(min_value=0, max_value=6))
def test_what_was_told_before_is_not_told_again(lines: list[tuple[str, str]], known: int) -> None:
    told = messages(lines)
    first = heard(told[:known], HALFWAY)
    rest = heard(told, [*HALFWAY, *first])
    assert [event.as_dict()["event"] for event in (*first, *rest)] == [
        event.as_dict()["event"] for event in heard(told, HALFWAY)
    ]
    assert heard(told, [*HALFWAY, *first, *rest]) == []


def test_what_noor_has_in_mind_is_the_open_form_what_it_asks_and_what_is_filled() -> None:
    asking = tracker_with([*HALFWAY, SlotSet("plaats", "Zaandam"), SlotSet("requested_slot", "plaats")])
    assert _in_mind(asking) == {"form": "formulier", "asks": "plaats", "slots": {"plaats": "Zaandam"}}
    assert _in_mind(tracker_with(EMPTY)) == {"form": None, "asks": None, "slots": {}}
    assert _in_mind(None) == {"form": None, "asks": None, "slots": {}}
