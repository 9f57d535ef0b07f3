"""Greeting, stopping, starting over, explaining."""

from collections.abc import Callable
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Action, Tracker

from bot.actions.gesprek import (
    DeclineAction,
    ExplainAction,
    GreetAction,
    SayGoodbyeAction,
    StartOverAction,
    StayCalmAction,
    StopAction,
    TakeAlongAction,
)
from bot.actions.turn import Events
from counter.continuations.model import Code, new_code
from tests.architecture.dialogue import names


def changes(events: Events) -> dict:
    return {event.get("name"): event.get("value") for event in events if event["event"] == "slot"}


async def test_noor_introduces_herself_once(
    dispatcher: CollectingDispatcher, said: Callable[[], list[str]], turn: Callable[..., Tracker]
) -> None:
    events = await GreetAction().run(dispatcher, turn("groeten"), {})
    await GreetAction().run(dispatcher, turn("groeten", slots=changes(events)), {})
    assert said() == ["utter_groeten", "utter_gesprek_openen", "utter_gesprek_weer_welkom"]


async def test_a_greeting_within_a_form_is_short(
    dispatcher: CollectingDispatcher, said: Callable[[], list[str]], turn: Callable[..., Tracker]
) -> None:
    await GreetAction().run(dispatcher, turn("groeten", form="coach_formulier", asked="naam"), {})
    assert said() == ["utter_gesprek_groet_terug"]


async def test_stopping_keeps_who_somebody_is_and_drops_what_was_asked_for(
    dispatcher: CollectingDispatcher, said: Callable[[], list[str]], turn: Callable[..., Tracker]
) -> None:
    slots = {"naam": "Fatima", "voucher_doel": "lassen", "stelling_01": "ja"}
    events = await StopAction().run(dispatcher, turn("stoppen", slots=slots, form="voucher_formulier"), {})
    assert {"event": "active_loop", "timestamp": None, "name": None} in events
    assert changes(events) == {"requested_slot": None, "voucher_doel": None}
    assert said()[0] == "utter_gesprek_gestopt"


async def test_stopping_before_erasing_says_that_nothing_was_erased(
    dispatcher: CollectingDispatcher, said: Callable[[], list[str]], turn: Callable[..., Tracker]
) -> None:
    slots = {"naam": "Fatima", "gegevens_wissen_akkoord": None}
    await StopAction().run(dispatcher, turn("stoppen", slots=slots, form="gegevens_wissen_formulier"), {})
    assert said()[0] == "utter_gegevens_gestopt"


@pytest.mark.parametrize("form", sorted(names("forms")))
async def test_every_form_can_be_stopped(
    dispatcher: CollectingDispatcher, turn: Callable[..., Tracker], form: str
) -> None:
    events = await StopAction().run(dispatcher, turn("stoppen", form=form), {})
    assert events[0]["event"] == "active_loop"


async def test_who_wants_off_after_seeing_their_places_is_asked_which_list(
    dispatcher: CollectingDispatcher, said: Callable[[], list[str]], turn: Callable[..., Tracker]
) -> None:
    shown = ({"event": "bot", "metadata": {"utter_action": "utter_open_hiring_status_verder"}},)
    await StopAction().run(dispatcher, turn("stoppen", "wil er toch af", earlier=shown), {})
    assert said() == ["utter_gesprek_van_de_lijst"]


async def test_stopping_the_test_keeps_its_answers(
    dispatcher: CollectingDispatcher, said: Callable[[], list[str]], turn: Callable[..., Tracker]
) -> None:
    tracker = turn("stoppen", slots={"stelling_01": "ja"}, form="interessetest_formulier")
    events = await StopAction().run(dispatcher, tracker, {})
    assert changes(events) == {"requested_slot": None}
    assert said() == ["utter_gesprek_gestopt_test"]


async def test_stopping_to_tell_says_that_what_was_agreed_with_stays(
    dispatcher: CollectingDispatcher, said: Callable[[], list[str]], turn: Callable[..., Tracker]
) -> None:
    slots = {"skills_voorstel": [{}], "naam": "Fatima"}
    events = await StopAction().run(dispatcher, turn("stoppen", slots=slots, form="skills_formulier"), {})
    assert changes(events) == {"requested_slot": None, "skills_voorstel": None}
    assert said() == ["utter_skills_gestopt"]


async def test_with_nothing_to_stop_noor_says_so(
    dispatcher: CollectingDispatcher, said: Callable[[], list[str]], turn: Callable[..., Tracker]
) -> None:
    assert await StopAction().run(dispatcher, turn("stoppen"), {}) == []
    assert said() == ["utter_gesprek_niets_te_stoppen", "utter_gesprek_menu"]


@pytest.mark.parametrize("action", [StartOverAction(), SayGoodbyeAction()])
async def test_starting_over_and_goodbye_end_the_form(
    dispatcher: CollectingDispatcher, turn: Callable[..., Tracker], action: Action
) -> None:
    events = await action.run(dispatcher, turn("opnieuw_beginnen", form="coach_formulier"), {})
    assert events[0]["event"] == "active_loop"
    assert events[0]["name"] is None


async def test_the_open_question_is_explained(
    dispatcher: CollectingDispatcher, said: Callable[[], list[str]], turn: Callable[..., Tracker]
) -> None:
    domain = {"responses": {"utter_uitleg_naam": [], "utter_uitleg_interessetest_formulier": []}}
    for form, asked in (
        ("coach_formulier", "naam"),
        ("interessetest_formulier", "stelling_01"),
        ("x_formulier", "y"),
    ):
        await ExplainAction().run(dispatcher, turn("niet_begrepen", form=form, asked=asked), domain)
    await ExplainAction().run(dispatcher, turn("niet_begrepen"), domain)
    assert said()[:3] == [
        "utter_uitleg_naam",
        "utter_uitleg_interessetest_formulier",
        "utter_uitleg_algemeen",
    ]
    assert said()[3] == "utter_gesprek_anders_gezegd"


async def test_out_of_scope_twice_in_a_row_is_said_in_other_words(
    dispatcher: CollectingDispatcher, said: Callable[[], list[str]], turn: Callable[..., Tracker]
) -> None:
    declined = {"event": "bot", "metadata": {"utter_action": "utter_gesprek_buiten_bereik"}}
    await DeclineAction().run(dispatcher, turn("buiten_bereik"), {})
    await DeclineAction().run(dispatcher, turn("buiten_bereik", earlier=({"event": "user"}, declined)), {})
    assert said() == ["utter_gesprek_buiten_bereik", "utter_gesprek_buiten_bereik_weer"]


async def test_abuse_is_answered_shorter_each_time_and_never_twice_the_same_in_a_row(
    dispatcher: CollectingDispatcher, said: Callable[[], list[str]], turn: Callable[..., Tracker]
) -> None:
    slots: dict = {"gesprek_gescholden": None}
    for _ in range(6):
        slots |= changes(await StayCalmAction().run(dispatcher, turn("schelden", slots=slots), {}))
    short, other = "utter_gesprek_gescholden_kort", "utter_gesprek_gescholden_kort_anders"
    assert said()[:2] == ["utter_gesprek_gescholden", "utter_gesprek_gescholden_weer"]
    assert said()[2:] == [short, other, short, other]


class FakeContinuations:
    """The codes that were given, in memory; only the last of a conversation opens anything."""

    def __init__(self) -> None:
        self.codes: dict[str, str] = {}

    async def issue(self, conversation_id: str) -> Code:
        code = Code(text=new_code(), expires_at=datetime(2026, 11, 28, tzinfo=UTC))
        self.codes[conversation_id] = code.text
        return code


async def test_who_goes_on_elsewhere_gets_the_code_of_this_conversation(
    dispatcher: CollectingDispatcher, said: Callable[[], list[str]], turn: Callable[..., Tracker]
) -> None:
    counter = SimpleNamespace(continuations=FakeContinuations())
    assert await TakeAlongAction(counter).run(dispatcher, turn("gesprek_meenemen"), {}) == []
    assert said() == ["utter_gesprek_meenemen"]
    assert dispatcher.messages[0]["code"] == counter.continuations.codes["conversation-1"]
