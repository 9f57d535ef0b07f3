"""Which occupation people mean, and from which work to which: what they say, press or point at."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import ActionExecutionRejection, Tracker

from bot.actions.beroep import BeginExploringAction, BeginMoveAction, CatchLooseOccupationAction
from bot.actions.beroep_forms import (
    MOVE_FORM,
    AskOriginAction,
    AskWhichOccupationAction,
    ValidateMoveForm,
    ValidateOccupationForm,
)
from counter.passport.model import Told

NOTHING = dict.fromkeys(
    (
        "beroep_van",
        "beroep_naar",
        "beroep_gekozen",
        "beroep_kandidaten",
        "beroep_resultaten",
        "sector",
        "herhaling",
    )
)
COOK, WELDER, PLUMBER = "beroep/kok", "beroep/lasser", "beroep/loodgieter"


def slots_of(events: list[dict[str, Any]]) -> dict[str, Any]:
    return {event["name"]: event.get("value") for event in events if event["event"] == "slot"}


async def test_a_move_told_at_once_is_asked_nothing(
    counter: SimpleNamespace, dispatcher: CollectingDispatcher, turn: Callable[..., Tracker]
) -> None:
    tracker = turn("overstappen", "van kok naar installatiemonteur", form=MOVE_FORM, slots=NOTHING)
    slots = slots_of(await ValidateMoveForm(counter).run(dispatcher, tracker, {}))
    assert (slots["beroep_van"], slots["beroep_naar"]) == (COOK, PLUMBER)


async def test_a_sector_is_somewhere_to_go_too(
    counter: SimpleNamespace, dispatcher: CollectingDispatcher, turn: Callable[..., Tracker]
) -> None:
    text = "ik ben stratenmaker en wil de techniek in"
    tracker = turn("overstappen", text, form=MOVE_FORM, slots=NOTHING)
    tracker.latest_message["entities"] = [
        {"entity": "sector", "value": "techniek", "start": text.index("techniek")}
    ]
    slots = slots_of(await ValidateMoveForm(counter).run(dispatcher, tracker, {}))
    assert (slots["beroep_van"], slots["beroep_naar"]) == ("beroep/stratenmaker", "techniek")


async def test_who_asks_what_is_near_needs_no_goal(
    counter: SimpleNamespace, dispatcher: CollectingDispatcher, turn: Callable[..., Tracker]
) -> None:
    tracker = turn("overstappen", "welke beroepen lijken op mijn beroep", form=MOVE_FORM, slots=NOTHING)
    slots = slots_of(await ValidateMoveForm(counter).run(dispatcher, tracker, {}))
    assert (slots["beroep_naar"], slots.get("beroep_van")) == ("", None)


async def test_of_whom_a_passport_is_known_no_work_is_asked(
    counter: SimpleNamespace, dispatcher: CollectingDispatcher, turn: Callable[..., Tracker]
) -> None:
    await counter.passports.add("", [Told(skill_id="vaardigheid/lassen", words="lassen")])
    tracker = turn("overstappen", "ik wil lasser worden", form=MOVE_FORM, slots=NOTHING)
    slots = slots_of(await ValidateMoveForm(counter).run(dispatcher, tracker, {}))
    assert (slots["beroep_naar"], slots["requested_slot"]) == (WELDER, None)


async def test_a_word_for_several_occupations_gives_a_choice(
    counter: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    turn: Callable[..., Tracker],
) -> None:
    tracker = turn("gegeven_opgeven", "magazijn", form=MOVE_FORM, asked="beroep_van", slots=NOTHING)
    slots = slots_of(await ValidateMoveForm(counter).run(dispatcher, tracker, {}))
    assert "beroep/magazijnmedewerker" in slots["beroep_kandidaten"]["beroep_van"]
    await AskOriginAction(counter).run(dispatcher, turn("gegeven_opgeven", slots=NOTHING | slots), {})
    assert said() == ["utter_beroep_bedoel_je"]
    assert dispatcher.messages[0]["buttons"][0] == {
        "title": "magazijnmedewerker",
        "payload": '/gegeven_opgeven{"beroep":"magazijnmedewerker"}',
    }


@pytest.mark.parametrize(
    ("text", "entities"),
    [
        ('/gegeven_opgeven{"beroep":"lasser"}', {"beroep": "lasser"}),
        ("de tweede", {"keuze": 2}),
        ("lasster", {}),
        ("lasser", {"beroep": "lasser"}),
    ],
)
async def test_an_occupation_is_pressed_pointed_at_or_named(
    counter: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    turn: Callable[..., Tracker],
    text: str,
    entities: dict[str, Any],
) -> None:
    known = NOTHING | {"beroep_van": COOK, "beroep_kandidaten": {"beroep_naar": [COOK, WELDER]}}
    tracker = turn(
        "gegeven_opgeven", text, entities=entities, form=MOVE_FORM, asked="beroep_naar", slots=known
    )
    slots = slots_of(await ValidateMoveForm(counter).run(dispatcher, tracker, {}))
    assert slots["beroep_naar"] == WELDER


@pytest.mark.parametrize(
    ("intent", "text", "entities", "goal"),
    [
        ("gegeven_opgeven", "de zorg", {"sector": "zorg"}, "zorg"),
        ("overslaan", "weet ik niet", {}, ""),
        ("gegeven_opgeven", '/gegeven_opgeven{"antwoord":"verwant"}', {"antwoord": "verwant"}, ""),
        ("overstappen", "lasser", {}, WELDER),
    ],
)
async def test_where_to_may_be_a_sector_or_whatever_lies_near(
    counter: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    turn: Callable[..., Tracker],
    intent: str,
    text: str,
    entities: dict[str, Any],
    goal: str,
) -> None:
    known = NOTHING | {"beroep_van": COOK}
    tracker = turn(intent, text, entities=entities, form=MOVE_FORM, asked="beroep_naar", slots=known)
    assert slots_of(await ValidateMoveForm(counter).run(dispatcher, tracker, {}))["beroep_naar"] == goal


async def test_work_nobody_knows_is_asked_again_in_other_words(
    counter: SimpleNamespace, dispatcher: CollectingDispatcher, turn: Callable[..., Tracker]
) -> None:
    tracker = turn("nlu_fallback", "astronaut", form=MOVE_FORM, asked="beroep_van", slots=NOTHING)
    slots = slots_of(await ValidateMoveForm(counter).run(dispatcher, tracker, {}))
    assert slots == {"herhaling": 1}


async def test_talk_of_work_answers_the_question_for_work_and_other_talk_does_not(
    counter: SimpleNamespace, dispatcher: CollectingDispatcher, turn: Callable[..., Tracker]
) -> None:
    telling = turn(
        "skills_vertellen", "ik was kok in een hotel", form=MOVE_FORM, asked="beroep_van", slots=NOTHING
    )
    assert slots_of(await ValidateMoveForm(counter).run(dispatcher, telling, {}))["beroep_van"] == COOK
    asking = turn("voucher_uitleg", "wat is een voucher", form=MOVE_FORM, asked="beroep_van", slots=NOTHING)
    with pytest.raises(ActionExecutionRejection):
        await ValidateMoveForm(counter).run(dispatcher, asking, {})


async def test_a_new_move_forgets_where_to_and_keeps_where_from(
    counter: SimpleNamespace, dispatcher: CollectingDispatcher, turn: Callable[..., Tracker]
) -> None:
    known = NOTHING | {"beroep_van": COOK, "beroep_naar": WELDER}
    events = await BeginMoveAction(counter).run(dispatcher, turn("overstappen", slots=known), {})
    assert slots_of(events) == {"beroep_naar": None, "beroep_kandidaten": None}


@pytest.mark.parametrize(
    ("text", "chosen", "told"),
    [
        ("wat doet een lasser", WELDER, []),
        ("wat verdient een lasser", WELDER, ["utter_beroep_loon"]),
        ("is er veel werk als lasser", WELDER, ["utter_beroep_vraag_naar_werk"]),
        ("wat doet een astronaut", None, ["utter_beroep_onbekend"]),
        ("beroepen bekijken", None, []),
    ],
)
async def test_the_occupation_of_a_question_is_found_and_wages_are_never_made_up(
    counter: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    turn: Callable[..., Tracker],
    text: str,
    chosen: str | None,
    told: list[str],
) -> None:
    events = await BeginExploringAction(counter).run(
        dispatcher, turn("beroep_verkennen", text, slots=NOTHING), {}
    )
    assert slots_of(events)["beroep_gekozen"] == chosen
    assert said() == told


async def test_a_question_about_the_step_between_two_is_a_move(
    counter: SimpleNamespace, dispatcher: CollectingDispatcher, turn: Callable[..., Tracker]
) -> None:
    tracker = turn("beroep_verkennen", "hoe groot is de stap van kok naar bakker", slots=NOTHING)
    events = await BeginExploringAction(counter).run(dispatcher, tracker, {})
    assert [event["name"] for event in events if event["event"] == "followup"] == [MOVE_FORM]


async def test_this_occupation_is_the_one_just_shown(
    counter: SimpleNamespace, dispatcher: CollectingDispatcher, turn: Callable[..., Tracker]
) -> None:
    tracker = turn(
        "beroep_verkennen", "vertel meer over dit beroep", slots=NOTHING | {"beroep_resultaten": [WELDER]}
    )
    events = await BeginExploringAction(counter).run(dispatcher, tracker, {})
    assert slots_of(events)["beroep_gekozen"] == WELDER


async def test_a_sector_gives_a_few_of_its_occupations_to_choose_from(
    counter: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    turn: Callable[..., Tracker],
) -> None:
    tracker = turn(
        "beroep_verkennen",
        "welke beroepen zijn er in de techniek",
        entities={"sector": "techniek"},
        slots=NOTHING,
    )
    slots = slots_of(await BeginExploringAction(counter).run(dispatcher, tracker, {}))
    options = slots["beroep_kandidaten"]["beroep_gekozen"]
    assert {counter.taxonomy.occupation(option).sector for option in options} == {"techniek"}
    await AskWhichOccupationAction(counter).run(
        dispatcher, turn("beroep_verkennen", slots=NOTHING | slots | {"sector": "techniek"}), {}
    )
    assert said() == ["utter_beroep_in_sector"]


async def test_an_unknown_occupation_is_asked_for_by_another_name(
    counter: SimpleNamespace, dispatcher: CollectingDispatcher, turn: Callable[..., Tracker]
) -> None:
    offered = NOTHING | {"beroep_kandidaten": {"beroep_gekozen": [COOK, WELDER]}}
    tracker = turn(
        "beroep_verkennen",
        "wat doet een astronaut",
        form="beroep_formulier",
        asked="beroep_gekozen",
        slots=offered,
    )
    slots = slots_of(await ValidateOccupationForm(counter).run(dispatcher, tracker, {}))
    assert slots == {"beroep_kandidaten": {"beroep_gekozen": []}, "herhaling": 1}


@pytest.mark.parametrize(
    ("text", "responses"),
    [("van kok naar lasser", []), ("kok", ["utter_beroep_los"]), ("koken", ["utter_skills_los"])],
)
async def test_an_occupation_out_of_the_blue_is_a_move_or_asked_about(
    counter: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    turn: Callable[..., Tracker],
    text: str,
    responses: list[str],
) -> None:
    events = await CatchLooseOccupationAction(counter).run(
        dispatcher, turn("gegeven_opgeven", text, slots=NOTHING), {}
    )
    assert said() == responses
    assert any(event["event"] == "followup" for event in events) is (not responses)
