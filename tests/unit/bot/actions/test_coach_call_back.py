"""Being called back at a moment that suits, or as soon as possible."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Tracker

from bot.actions.coach_call_back import (
    FORM,
    AskMomentAction,
    BeginCallBackAction,
    PlanCallBackAction,
    ValidateCallBackForm,
)
from bot.actions.coach_moments import hour_named
from counter.referrals.model import OpenReferral, Reason, Slot
from counter.referrals.states import ReferralState

TEN = datetime(2026, 11, 24, 9, tzinfo=UTC)
ELEVEN = TEN + timedelta(hours=1)
SHOWN = [TEN.isoformat(), ELEVEN.isoformat()]
PHONE = "+31612345678"
EMPTY = {"coach_moment": None, "coach_momenten": None, "telefoon": None, "contact": None}


async def opened(counter: SimpleNamespace) -> str:
    receipt = await counter.referrals.open(
        OpenReferral(conversation_id="conversation-1", message_id="message-0", reason=Reason.ASKED)
    )
    number: str = receipt.number
    return number


async def validated(counter: SimpleNamespace, dispatcher: CollectingDispatcher, tracker: Tracker) -> Any:
    events = await ValidateCallBackForm(counter).run(dispatcher, tracker, {})
    return {event["name"]: event["value"] for event in events if event["event"] == "slot"}


async def test_no_choice_of_before_counts_for_a_new_moment(
    counter: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    turn: Callable[..., Tracker],
) -> None:
    events = await BeginCallBackAction(counter).run(
        dispatcher, turn("coach_terugbellen", form="voucher_formulier"), {}
    )
    assert said() == ["utter_coach_onderbreken"]
    assert {event["name"]: event["value"] for event in events} == {
        "coach_moment": None,
        "coach_momenten": None,
    }


@pytest.mark.parametrize(
    ("text", "entities", "moment"),
    [
        ("/coach_terugbellen", {"moment": TEN.isoformat()}, TEN),
        ("de tweede", {"keuze": 2}, ELEVEN),
        ("om 11 uur graag", {}, ELEVEN),
        ("doe maar 10 uur", {}, TEN),
        ("om 4 uur", {}, datetime(2026, 11, 24, 15, tzinfo=UTC)),
        ("woensdag om 2 uur", {"datum": "2026-11-25"}, datetime(2026, 11, 25, 13, tzinfo=UTC)),
    ],
)
async def test_a_moment_is_taken_from_a_button_or_from_words(
    counter: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    turn: Callable[..., Tracker],
    text: str,
    entities: dict[str, Any],
    moment: datetime,
) -> None:
    slots = EMPTY | {"coach_momenten": SHOWN}
    tracker = turn("gegeven_opgeven", text, entities=entities, slots=slots, form=FORM, asked="coach_moment")
    assert (await validated(counter, dispatcher, tracker))["coach_moment"] == moment.isoformat()


@pytest.mark.parametrize("text", ["dinsdag kan ik niet om 10 uur", "om 7 uur", "ik weet het niet"])
async def test_words_that_name_no_moment_leave_the_question_open(
    counter: SimpleNamespace, dispatcher: CollectingDispatcher, turn: Callable[..., Tracker], text: str
) -> None:
    slots = EMPTY | {"coach_momenten": SHOWN}
    tracker = turn("gegeven_opgeven", text, slots=slots, form=FORM, asked="coach_moment")
    assert (await validated(counter, dispatcher, tracker)).get("coach_moment") is None


@pytest.mark.parametrize("start", [TEN - timedelta(days=2), TEN + timedelta(minutes=30), TEN.replace(hour=2)])
async def test_a_moment_at_which_nobody_calls_is_asked_again(
    counter: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    turn: Callable[..., Tracker],
    start: datetime,
) -> None:
    entities = {"moment": start.isoformat()}
    tracker = turn("coach_terugbellen", "/", entities=entities, slots=EMPTY, form=FORM, asked="coach_moment")
    assert (await validated(counter, dispatcher, tracker))["coach_moment"] is None
    assert said() == ["utter_coach_moment_voorbij"]


@pytest.mark.parametrize(
    ("intent", "text", "entities", "slots", "phone"),
    [
        ("gegeven_opgeven", "06 12345678", {}, {}, PHONE),
        ("gegeven_opgeven", "", {"telefoon": PHONE}, {}, PHONE),
        ("gegeven_opgeven", "ja", {}, {"contact": PHONE}, PHONE),
        ("gegeven_opgeven", "0612", {}, {}, None),
    ],
)
async def test_a_number_is_asked_until_it_can_be_right(
    counter: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    turn: Callable[..., Tracker],
    intent: str,
    text: str,
    entities: dict[str, Any],
    slots: dict[str, Any],
    phone: str | None,
) -> None:
    given = EMPTY | {"coach_moment": TEN.isoformat()} | slots
    tracker = turn(intent, text, entities=entities, slots=given, form=FORM, asked="telefoon")
    assert (await validated(counter, dispatcher, tracker))["telefoon"] == phone


@pytest.mark.parametrize(
    ("entities", "first"),
    [
        ({}, "vandaag 13-14 uur"),
        ({"datum": "2026-11-25"}, "woensdag 9-10 uur"),
        ({"datum": "2026-11-28"}, "30 november 9-10 uur"),
        ({"vanaf": ELEVEN.isoformat()}, "morgen 11-12 uur"),
        ({"datum": "2020-01-01"}, "vandaag 13-14 uur"),
    ],
)
async def test_moments_of_the_day_that_was_named_are_shown(
    counter: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    turn: Callable[..., Tracker],
    entities: dict[str, Any],
    first: str,
) -> None:
    await AskMomentAction(counter).run(dispatcher, turn("coach_terugbellen", entities=entities), {})
    assert dispatcher.messages[0]["buttons"][0]["title"] == first


async def test_an_agreed_moment_has_a_receipt_and_can_be_changed(
    counter: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    turn: Callable[..., Tracker],
) -> None:
    number = await opened(counter)
    for start in (TEN, ELEVEN):
        slots = EMPTY | {"coach_moment": start.isoformat(), "telefoon": PHONE}
        await PlanCallBackAction(counter).run(dispatcher, turn("gegeven_opgeven", slots=slots), {})
    assert said() == 2 * ["utter_coach_terugbellen_ontvangst"]
    assert dispatcher.messages[1]["wanneer"] == "morgen tussen 11 en 12 uur"
    (receipt,) = counter.referrals.receipts
    assert (receipt.number, receipt.call_back) == (
        number,
        Slot(start=ELEVEN, end=ELEVEN + timedelta(hours=1)),
    )
    assert counter.referrals.phones == [PHONE, PHONE]


async def test_moments_are_those_of_the_region_that_was_told_before(
    counter: SimpleNamespace, dispatcher: CollectingDispatcher, turn: Callable[..., Tracker]
) -> None:
    counter.referrals.change(await opened(counter), region="Groot Amsterdam")
    events = await BeginCallBackAction(counter).run(dispatcher, turn("coach_terugbellen"), {})
    assert {event["name"]: event["value"] for event in events}["coach_regio"] == "Groot Amsterdam"


async def test_a_moment_that_passed_while_the_number_was_asked_is_chosen_anew(
    counter: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    turn: Callable[..., Tracker],
) -> None:
    counter.clock = lambda: TEN + timedelta(minutes=1)
    slots = EMPTY | {"coach_moment": TEN.isoformat(), "telefoon": PHONE}
    events = await PlanCallBackAction(counter).run(dispatcher, turn("gegeven_opgeven", slots=slots), {})
    assert said() == ["utter_coach_moment_voorbij"]
    assert [event.get("name") for event in events] == ["coach_moment", FORM]
    assert counter.referrals.receipts == []


async def test_who_asked_for_nobody_yet_is_called_back_all_the_same(
    counter: SimpleNamespace, dispatcher: CollectingDispatcher, turn: Callable[..., Tracker]
) -> None:
    slots = EMPTY | {"coach_moment": TEN.isoformat(), "telefoon": PHONE, "regio": "Groot Amsterdam"}
    await PlanCallBackAction(counter).run(dispatcher, turn("gegeven_opgeven", slots=slots), {})
    (command,) = counter.referrals.opened
    assert (command.phone, command.region, command.message_id) == (PHONE, "Groot Amsterdam", "message-1")
    assert counter.referrals.receipts[0].state is ReferralState.CALL_BACK


async def test_who_only_leaves_a_number_keeps_waiting(
    counter: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    turn: Callable[..., Tracker],
) -> None:
    slots = EMPTY | {"coach_moment": "zodra", "telefoon": PHONE}
    await PlanCallBackAction(counter).run(dispatcher, turn("gegeven_opgeven", slots=slots), {})
    assert said() == ["utter_coach_nummer_genoteerd"]
    assert counter.referrals.opened[0].phone == PHONE
    assert counter.referrals.receipts[0].state is ReferralState.WAITING


async def test_who_is_with_a_coach_agrees_with_that_coach(
    counter: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    turn: Callable[..., Tracker],
) -> None:
    counter.referrals.change(await opened(counter), state=ReferralState.OFFERED, position=None)
    slots = EMPTY | {"coach_moment": TEN.isoformat(), "telefoon": PHONE}
    await PlanCallBackAction(counter).run(dispatcher, turn("gegeven_opgeven", slots=slots), {})
    assert said() == ["utter_coach_terugbellen_met_coach"]


@pytest.mark.parametrize(
    ("text", "hour"),
    [("om 10 uur", 10), ("om 2", 14), ("14.30 u", 14), ("32 uur per week", 32), ("nee", None)],
)
def test_an_hour_is_read_as_people_say_it(text: str, hour: int | None) -> None:
    assert hour_named(text) == hour
