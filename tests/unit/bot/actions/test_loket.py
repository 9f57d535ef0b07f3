"""Where the counter is, and whether somebody is there now."""

from collections.abc import Callable
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Tracker

from bot.actions.loket import ShowOfficeAction


@pytest.mark.parametrize(
    ("entities", "slots", "place"),
    [
        ({}, {}, "Haarlem"),
        ({"plaats": "Hoorn"}, {}, "Alkmaar"),
        ({"regio": "Groot Amsterdam"}, {"plaats": "Hoorn"}, "Amsterdam"),
        ({}, {"coach_regio": "Gooi en Vechtstreek"}, "Hilversum"),
        ({}, {"coach_regio": "Ergens anders", "plaats": "Hoorn"}, "Haarlem"),
        ({}, {"plaats": "Wormer"}, "Zaandam"),
    ],
)
async def test_people_are_told_of_the_counter_of_their_region(
    counter: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    turn: Callable[..., Tracker],
    entities: dict[str, Any],
    slots: dict[str, Any],
    place: str,
) -> None:
    await ShowOfficeAction(counter).run(dispatcher, turn("loket_contact", entities=entities, slots=slots), {})
    assert dispatcher.messages[0]["loket_adres"] == f"Voorbeeldplein 1, {place}"


async def test_somebody_hears_until_when_the_counter_is_open(
    counter: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    turn: Callable[..., Tracker],
) -> None:
    await ShowOfficeAction(counter).run(dispatcher, turn("loket_contact"), {})
    assert said() == ["utter_loket_contact", "utter_loket_open"]
    assert dispatcher.messages[1]["tot"] == "17 uur"


async def test_at_night_somebody_hears_when_it_opens(
    counter: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    turn: Callable[..., Tracker],
) -> None:
    counter.clock = lambda: datetime(2026, 11, 23, 21, tzinfo=UTC)
    await ShowOfficeAction(counter).run(dispatcher, turn("loket_contact"), {})
    assert said()[1] == "utter_loket_dicht"
    assert dispatcher.messages[1]["weer_open"] == "morgen om 9 uur"
