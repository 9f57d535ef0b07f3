"""To a person, in every state."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Tracker

from bot.actions.coach import BeginAction, SignUpAction
from bot.actions.coach_form import AskConsentAction, ValidateCoachForm
from bot.actions.coach_need import CallForHelpAction, RecogniseLanguageAction
from bot.actions.coach_waiting import CancelAction, ShowStatusAction
from counter.referrals.model import Reason

ANSWERS = {
    "coach_onderwerp": "Overstappen",
    "coach_regio": "Groot Amsterdam",
    "coach_reden": None,
    "naam": "Fatima",
    "contact": "fatima@example.nl",
}


async def test_a_running_form_is_set_aside_and_that_is_told(
    counter: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    turn: Callable[..., Tracker],
) -> None:
    await BeginAction(counter).run(dispatcher, turn("coach_spreken", form="cursus_formulier"), {})
    assert said() == ["utter_coach_onderbreken", "utter_coach_beginnen"]


async def test_asking_for_a_person_twice_goes_on_with_the_same_form(
    counter: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    turn: Callable[..., Tracker],
) -> None:
    assert await BeginAction(counter).run(dispatcher, turn("coach_spreken", form="coach_formulier"), {}) == []
    assert said() == ["utter_coach_al_bezig"]


async def test_a_button_brings_its_topic_and_reason(
    counter: SimpleNamespace, dispatcher: CollectingDispatcher, turn: Callable[..., Tracker]
) -> None:
    tracker = turn("coach_spreken", entities={"onderwerp": "Klacht", "reden": "complaint"})
    events = {
        event["name"]: event["value"] for event in await BeginAction(counter).run(dispatcher, tracker, {})
    }
    assert events == {"coach_onderwerp": "Klacht", "coach_reden": "complaint", "coach_akkoord": None}


@pytest.mark.parametrize(
    ("reason", "expected"), [(None, Reason.ASKED), ("sme", Reason.SME), ("onzin", Reason.ASKED)]
)
async def test_the_request_reaches_the_queue_with_a_receipt(
    counter: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    turn: Callable[..., Tracker],
    reason: str | None,
    expected: Reason,
) -> None:
    tracker = turn("bevestigen", slots=ANSWERS | {"coach_reden": reason})
    events = await SignUpAction(counter).run(dispatcher, tracker, {})
    (command,) = counter.referrals.opened
    assert (command.reason, command.topic, command.name) == (expected, "Overstappen", "Fatima")
    assert (command.phone, command.email) == (None, "fatima@example.nl")
    assert (command.conversation_id, command.message_id) == ("conversation-1", "message-1")
    assert dispatcher.messages[0]["nummer"] == "C-0000-0000"
    assert dispatcher.messages[0]["datum"] == "25-11-2026"
    assert {event["name"] for event in events} > {"coach_onderwerp", "coach_reden", "coach_akkoord"}
    assert said() == ["utter_coach_ontvangst", "utter_coach_niemand_vrij"]


async def test_who_waits_already_is_told_so(
    counter: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    turn: Callable[..., Tracker],
) -> None:
    await SignUpAction(counter).run(dispatcher, turn("bevestigen", slots=ANSWERS), {})
    await BeginAction(counter).run(dispatcher, turn("coach_spreken"), {})
    assert said()[-1] == "utter_coach_wacht_al"


async def test_a_request_is_found_again_and_can_be_cancelled(
    counter: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    turn: Callable[..., Tracker],
) -> None:
    await ShowStatusAction(counter).run(dispatcher, turn("coach_status"), {})
    await SignUpAction(counter).run(dispatcher, turn("bevestigen", slots=ANSWERS), {})
    await ShowStatusAction(counter).run(dispatcher, turn("coach_status"), {})
    number = turn("coach_annuleren", entities={"aanvraagnummer": "C-0000-0000"})
    await CancelAction(counter).run(dispatcher, number, {})
    await ShowStatusAction(counter).run(dispatcher, turn("coach_status"), {})
    assert said() == [
        "utter_coach_status_geen",
        "utter_coach_ontvangst",
        "utter_coach_niemand_vrij",
        "utter_coach_status",
        "utter_coach_niemand_vrij",
        "utter_coach_afgezegd",
        "utter_coach_status_afgezegd",
    ]


async def test_an_unknown_number_tells_nothing(
    counter: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    turn: Callable[..., Tracker],
) -> None:
    tracker = turn("coach_annuleren", entities={"aanvraagnummer": "C-9999-9999"})
    await CancelAction(counter).run(dispatcher, tracker, {})
    assert said() == ["utter_coach_status_geen"]


async def test_need_goes_to_the_queue_at_once_and_ends_the_form(
    counter: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    turn: Callable[..., Tracker],
) -> None:
    events = await CallForHelpAction(counter).run(dispatcher, turn("in_nood", form="voucher_formulier"), {})
    assert counter.referrals.opened[0].reason is Reason.IN_NEED
    assert events[0]["event"] == "active_loop"
    assert said() == ["utter_coach_nood_ontvangst"]


@pytest.mark.parametrize(
    ("text", "suffix"), [("do you speak English", "en"), ("spreek je Chinees", "onbekend")]
)
async def test_another_language_gets_its_sentence(
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    turn: Callable[..., Tracker],
    text: str,
    suffix: str,
) -> None:
    await RecogniseLanguageAction().run(dispatcher, turn("andere_taal", text), {})
    assert said() == [f"utter_coach_taal_{suffix}"]


@pytest.mark.parametrize(
    ("text", "entities", "region"),
    [
        ("in Zaandam", {"plaats": "Zaandam"}, "Zaanstreek/Waterland"),
        ("Zaandm", {}, "Zaanstreek/Waterland"),
        ("", {"regio": "Groot Amsterdam"}, "Groot Amsterdam"),
        ("", {"regio": "Ergens anders"}, "Ergens anders"),
    ],
)
async def test_a_place_tells_the_region(
    counter: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    turn: Callable[..., Tracker],
    text: str,
    entities: dict[str, Any],
    region: str,
) -> None:
    slots = {"coach_regio": None, "plaats": None, "regio": None}
    tracker = turn(
        "gegeven_opgeven", text, entities=entities, slots=slots, form="coach_formulier", asked="coach_regio"
    )
    events = await ValidateCoachForm(counter).run(dispatcher, tracker, {})
    assert {"coach_regio": region}.items() <= {event["name"]: event["value"] for event in events}.items()


async def test_an_unknown_place_is_asked_again(
    counter: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    turn: Callable[..., Tracker],
) -> None:
    tracker = turn("gegeven_opgeven", "Timboektoe", form="coach_formulier", asked="coach_regio")
    await ValidateCoachForm(counter).run(dispatcher, tracker, {})
    assert said() == ["utter_coach_plaats_onbekend"]
    assert tracker.get_slot("coach_regio") is None


async def test_while_a_coach_is_there_nobody_is_asked_for_a_number(
    counter: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    turn: Callable[..., Tracker],
) -> None:
    counter.presence.there.add("staff-sanne")
    await BeginAction(counter).run(dispatcher, turn("coach_spreken"), {})
    form = ValidateCoachForm(counter)
    tracker = turn("coach_spreken", slots={"contact": None})
    assert "contact" not in await form.required_slots(list(form.slots), dispatcher, tracker, {})
    await AskConsentAction(counter).run(dispatcher, tracker, {})
    answers = {**ANSWERS, "contact": None}
    await SignUpAction(counter).run(dispatcher, turn("bevestigen", slots=answers), {})
    assert said() == [
        "utter_coach_beginnen_hier",
        "utter_coach_samenvatting_hier",
        "utter_coach_ontvangst",
        "utter_coach_er_zo",
    ]
    (command,) = counter.referrals.opened
    assert (command.phone, command.email) == (None, None)


@pytest.mark.parametrize(
    ("text", "entities", "asked"),
    [
        ("/gegeven_opgeven", {"onderdeel": "contact"}, "onderdeel"),
        ("mijn contact", {}, "onderdeel"),
        ("06 12345678", {}, "contact"),
    ],
)
async def test_who_wants_to_leave_a_number_can_with_a_coach_there_as_well(
    counter: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    turn: Callable[..., Tracker],
    text: str,
    entities: dict[str, Any],
    asked: str,
) -> None:
    counter.presence.there.add("staff-sanne")
    form = ValidateCoachForm(counter)
    tracker = turn(
        "gegeven_opgeven",
        text,
        entities=entities,
        slots={"contact": None},
        form="coach_formulier",
        asked=asked,
    )
    assert "contact" in await form.required_slots(list(form.slots), dispatcher, tracker, {})


async def test_a_number_that_is_known_stands_in_the_summary(
    counter: SimpleNamespace, dispatcher: CollectingDispatcher, turn: Callable[..., Tracker]
) -> None:
    counter.presence.there.add("staff-sanne")
    form = ValidateCoachForm(counter)
    tracker = turn("coach_spreken", slots={"contact": None, "telefoon": "+31612345678"})
    assert "contact" in await form.required_slots(list(form.slots), dispatcher, tracker, {})


async def test_without_a_coach_a_way_to_reach_somebody_is_asked(
    counter: SimpleNamespace, dispatcher: CollectingDispatcher, turn: Callable[..., Tracker]
) -> None:
    form = ValidateCoachForm(counter)
    tracker = turn("coach_spreken", slots={"contact": None})
    assert "contact" in await form.required_slots(list(form.slots), dispatcher, tracker, {})
