"""The interest test in conversation."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import ActionExecutionRejection, Tracker

from bot.actions.orienteren import (
    BeginAction,
    ExplainAction,
    PointTheWayAction,
    ShowResultAction,
    ValidateInterestTestForm,
)
from counter.orientation.model import STATEMENTS, Answer, score

FORM = "interessetest_formulier"
ALL = dict.fromkeys(STATEMENTS, "nee") | {"stelling_01": "ja", "stelling_10": "beetje"}


@pytest.mark.parametrize(
    ("intent", "text", "entities", "answer"),
    [
        ("gegeven_opgeven", '/gegeven_opgeven{"antwoord":"beetje"}', {"antwoord": "beetje"}, "beetje"),
        ("bevestigen", "zeker", {}, "ja"),
        ("ontkennen", "nee joh", {}, "nee"),
        ("nlu_fallback", "een beetje wel", {}, "beetje"),
        ("orienteren", "weet ik niet", {"antwoord": "nee"}, "beetje"),
        ("gegeven_opgeven", "de derde", {"keuze": 3}, "nee"),
    ],
)
async def test_an_answer_is_pressed_or_typed(
    dispatcher: CollectingDispatcher,
    turn: Callable[..., Tracker],
    intent: str,
    text: str,
    entities: dict[str, Any],
    answer: str,
) -> None:
    tracker = turn(intent, text, entities=entities, form=FORM, asked="stelling_04")
    events = await ValidateInterestTestForm().run(dispatcher, tracker, {})
    assert {event["name"]: event["value"] for event in events} == {"stelling_04": answer}


async def test_beside_a_passport_what_suits_me_is_asked_of_the_passport(
    dispatcher: CollectingDispatcher, said: Callable[[], list[str]], turn: Callable[..., Tracker]
) -> None:
    shown = ({"event": "bot", "metadata": {"utter_action": "utter_skills_verder"}},)
    events = await PointTheWayAction().run(dispatcher, turn("orienteren", earlier=shown), {})
    assert [event["name"] for event in events] == ["beroep_naar", "beroep_overstappen_formulier"]
    assert said() == []
    assert await PointTheWayAction().run(dispatcher, turn("orienteren"), {}) == []
    assert said() == ["utter_orienteren_uitleg"]


@pytest.mark.parametrize("entities", [{"antwoord": "wellicht"}, {"keuze": 9}, {}])
async def test_what_is_no_answer_leaves_the_question_open(
    dispatcher: CollectingDispatcher, turn: Callable[..., Tracker], entities: dict[str, Any]
) -> None:
    tracker = turn("gegeven_opgeven", "Zaandam", entities=entities, form=FORM, asked="stelling_04")
    assert await ValidateInterestTestForm().run(dispatcher, tracker, {}) == []


async def test_a_person_who_does_not_understand_has_not_answered(
    dispatcher: CollectingDispatcher, turn: Callable[..., Tracker]
) -> None:
    tracker = turn(
        "niet_begrepen", "snap ik niet", entities={"antwoord": "nee"}, form=FORM, asked="stelling_04"
    )
    with pytest.raises(ActionExecutionRejection):
        await ValidateInterestTestForm().run(dispatcher, tracker, {})


async def test_the_test_begins_goes_on_and_begins_anew(
    dispatcher: CollectingDispatcher, said: Callable[[], list[str]], turn: Callable[..., Tracker]
) -> None:
    for slots in ({}, {"stelling_01": "ja"}):
        assert await BeginAction().run(dispatcher, turn("interessetest_doen", slots=slots), {}) == []
    events = await BeginAction().run(dispatcher, turn("interessetest_doen", slots=ALL), {})
    assert {event["name"] for event in events} == set(STATEMENTS)
    assert said() == [
        "utter_orienteren_test_beginnen",
        "utter_orienteren_test_verder",
        "utter_orienteren_test_opnieuw",
    ]


async def test_the_result_shows_worlds_type_and_three_occupations_with_a_reason(
    counter: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    turn: Callable[..., Tracker],
) -> None:
    events = await ShowResultAction(counter).run(dispatcher, turn("bevestigen", slots=ALL), {})
    assert said()[:3] == [
        "utter_orienteren_type_maatschappelijke_toepassers",
        "utter_orienteren_wereld_mens_gezondheid",
        "utter_orienteren_wereld_energie_water_veiligheid",
    ]
    assert all(name.startswith("utter_orienteren_beroep_stelling_") for name in said()[3:-1])
    assert said()[-1] == "utter_orienteren_verder"
    assert len(said()) == 7
    assert events[0]["value"] == "beroepen"


async def test_an_occupation_the_taxonomy_in_use_lacks_is_not_suggested(
    counter: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    turn: Callable[..., Tracker],
) -> None:
    lost = score({name: Answer(answer) for name, answer in ALL.items()}).occupations[0].id
    known = {id_: one for id_, one in counter.taxonomy.occupations.items() if id_ != lost}
    counter.taxonomy = SimpleNamespace(occupations=known)
    await ShowResultAction(counter).run(dispatcher, turn("bevestigen", slots=ALL), {})
    assert len(said()) == 6
    await ExplainAction(counter).run(dispatcher, turn("waarom_deze", entities={"keuze": 1}, slots=ALL), {})
    assert said()[6] == "utter_orienteren_waarom_beroep"


async def test_no_to_everything_gets_a_friendly_word(
    counter: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    turn: Callable[..., Tracker],
) -> None:
    nothing = dict.fromkeys(STATEMENTS, "nee")
    assert await ShowResultAction(counter).run(dispatcher, turn("ontkennen", slots=nothing), {}) == []
    assert said() == ["utter_orienteren_geen_richting"]


@pytest.mark.parametrize("entities", [{"keuze": 1}, {"keuze": -3}])
async def test_why_names_what_was_said_in_the_test(
    counter: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    turn: Callable[..., Tracker],
    entities: dict[str, Any],
) -> None:
    await ExplainAction(counter).run(dispatcher, turn("waarom_deze", entities=entities, slots=ALL), {})
    assert said()[:2] == ["utter_orienteren_waarom_beroep", "utter_orienteren_reden_stelling_01"]


async def test_why_without_a_choice_explains_the_whole(
    counter: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    turn: Callable[..., Tracker],
) -> None:
    await ExplainAction(counter).run(dispatcher, turn("waarom_deze", entities={"keuze": 7}, slots=ALL), {})
    assert said() == [
        "utter_orienteren_waarom_algemeen",
        "utter_orienteren_reden_stelling_01",
        "utter_orienteren_reden_stelling_10",
    ]
