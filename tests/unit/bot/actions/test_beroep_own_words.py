"""What somebody calls the work they want, beside how near it lies."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Tracker

from bot.actions.beroep import ShowMoveAction

NOTHING = dict.fromkeys(("beroep_van", "beroep_naar", "beroep_gezien", "plaats"))


@pytest.mark.parametrize(
    ("words", "response", "first"),
    [
        ("windmolens", "utter_beroep_verwant_genoemd", "Windturbinetechnicus"),
        ("zonnepanelen", "utter_beroep_verwant_genoemd", "Zonnepaneelmonteur"),
        ("energiesector", "utter_beroep_verwant_sector", "Zonnepaneelmonteur"),
    ],
)
async def test_a_persons_own_word_for_a_sector_comes_before_what_lies_nearer(
    counter: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    turn: Callable[..., Tracker],
    words: str,
    response: str,
    first: str,
) -> None:
    entity = {"entity": "sector", "value": "energie", "start": 9, "end": 9 + len(words)}
    told = {"event": "user", "parse_data": {"text": f"iets met {words}", "entities": [entity]}}
    slots = {**NOTHING, "beroep_van": "beroep/vliegtuigmonteur", "beroep_naar": "energie"}
    await ShowMoveAction(counter).run(dispatcher, turn("overstappen", slots=slots, earlier=(told,)), {})
    assert said()[0] == response
    assert dispatcher.messages[1]["titel"] == first


async def test_a_button_for_a_sector_names_no_work_in_it(
    counter: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    turn: Callable[..., Tracker],
) -> None:
    entity = {"entity": "sector", "value": "energie", "start": 12, "end": 33}
    text = '/overstappen{"sector":"energie"}'
    pressed = {"event": "user", "parse_data": {"text": text, "entities": [entity]}}
    slots = {**NOTHING, "beroep_van": "beroep/vliegtuigmonteur", "beroep_naar": "energie"}
    await ShowMoveAction(counter).run(dispatcher, turn("overstappen", slots=slots, earlier=(pressed,)), {})
    assert said()[0] == "utter_beroep_verwant_sector"
