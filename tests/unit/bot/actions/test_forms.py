"""What every form does alike."""

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
import yaml
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import ActionExecutionRejection, Tracker

from bot.actions.coach import ValidateCoachForm
from bot.actions.forms import FormValidation
from bot.actions.orienteren import ValidateInterestTestForm
from bot.actions.turn import Events

FORM = "coach_formulier"
FILLED = {
    "coach_onderwerp": "Werk vinden",
    "coach_regio": "Groot Amsterdam",
    "naam": "Fatima",
    "telefoon": "+31612345678",
    "email": None,
    "contact": "+31612345678",
    "coach_akkoord": None,
    "onderdeel": None,
}


def slots_of(events: Events) -> dict:
    return {event["name"]: event["value"] for event in events}


@pytest.fixture
def form(counter: SimpleNamespace) -> ValidateCoachForm:
    return ValidateCoachForm(counter)


@pytest.mark.parametrize(
    "intent", ["faq", "stoppen", "in_nood", "andere_taal", "klacht_uiten", "hulp_vragen"]
)
async def test_whoever_talks_of_something_else_is_answered_by_the_rules(
    form: ValidateCoachForm, dispatcher: CollectingDispatcher, turn: Callable[..., Tracker], intent: str
) -> None:
    for asked in form.slots:
        tracker = turn(intent, "Ik ben in Haarlem", entities={"plaats": "Haarlem"}, form=FORM, asked=asked)
        with pytest.raises(ActionExecutionRejection) as rejection:
            await form.run(dispatcher, tracker, {})
        assert rejection.value.action_name == FORM


async def test_a_form_that_resumes_does_not_take_the_digression_as_an_answer(
    form: ValidateCoachForm, dispatcher: CollectingDispatcher, turn: Callable[..., Tracker]
) -> None:
    rejected = (
        {"event": "action_execution_rejected", "name": FORM},
        {"event": "action", "name": "utter_faq"},
    )
    tracker = turn(
        "faq", "wat kost dat", slots=FILLED | {"naam": None}, form=FORM, asked="naam", since=rejected
    )
    assert slots_of(await form.run(dispatcher, tracker, {})) == {"requested_slot": "naam"}


async def test_a_form_that_starts_does_not_answer_the_question_of_another_form(
    form: ValidateCoachForm, dispatcher: CollectingDispatcher, turn: Callable[..., Tracker]
) -> None:
    started = ({"event": "active_loop", "name": FORM},)
    tracker = turn(
        "coach_spreken", "mens graag", slots=FILLED | {"naam": None}, form=FORM, asked="naam", since=started
    )
    assert slots_of(await form.run(dispatcher, tracker, {}))["requested_slot"] == "naam"
    assert tracker.get_slot("naam") is None


async def test_bare_words_are_a_name(
    form: ValidateCoachForm, dispatcher: CollectingDispatcher, turn: Callable[..., Tracker]
) -> None:
    tracker = turn("cursus_zoeken", "Jan de Vries", slots=FILLED | {"naam": None}, form=FORM, asked="naam")
    assert slots_of(await form.run(dispatcher, tracker, {}))["naam"] == "Jan de Vries"


@pytest.mark.parametrize(
    ("intent", "confidence", "text", "is_taken"),
    [
        ("niet_begrepen", 0.5, "Kees", True),
        ("niet_begrepen", 0.9, "snap ik niet", False),
        ("hulp_vragen", 0.5, "wat nu", False),
        ("in_nood", 0.5, "help mij", False),
        ("buiten_bereik", 0.9, "hoe laat is het", False),
        ("buiten_bereik", 0.9, "Pinda", True),
    ],
)
async def test_a_name_that_sounds_like_something_else_is_a_name_unless_it_surely_is(
    form: ValidateCoachForm,
    dispatcher: CollectingDispatcher,
    turn: Callable[..., Tracker],
    intent: str,
    confidence: float,
    text: str,
    *,
    is_taken: bool,
) -> None:
    tracker = turn(intent, text, slots=FILLED | {"naam": None}, form=FORM, asked="naam")
    tracker.latest_message["intent"]["confidence"] = confidence
    if is_taken:
        assert slots_of(await form.run(dispatcher, tracker, {}))["naam"] == text
    else:
        with pytest.raises(ActionExecutionRejection):
            await form.run(dispatcher, tracker, {})


async def test_what_may_be_a_cry_for_help_is_never_taken_for_an_answer(
    form: ValidateCoachForm, dispatcher: CollectingDispatcher, turn: Callable[..., Tracker]
) -> None:
    ranking = ("nlu_fallback", "in_nood", "afscheid_nemen")
    slots = FILLED | {"naam": None}
    tracker = turn("nlu_fallback", "niet meer", slots=slots, form=FORM, asked="naam", ranking=ranking)
    with pytest.raises(ActionExecutionRejection):
        await form.run(dispatcher, tracker, {})


async def test_a_name_that_resembles_a_yes_is_a_name(
    form: ValidateCoachForm, dispatcher: CollectingDispatcher, turn: Callable[..., Tracker]
) -> None:
    tracker = turn("bevestigen", "Jan", slots=FILLED | {"naam": None}, form=FORM, asked="naam")
    assert slots_of(await form.run(dispatcher, tracker, {}))["naam"] == "Jan"
    tracker = turn(
        "bevestigen",
        "ja",
        entities={"antwoord": "ja"},
        slots=FILLED | {"naam": None},
        form=FORM,
        asked="naam",
    )
    assert slots_of(await form.run(dispatcher, tracker, {})) == {"requested_slot": "naam"}


async def test_a_name_with_figures_is_asked_again(
    form: ValidateCoachForm,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    turn: Callable[..., Tracker],
) -> None:
    tracker = turn("gegeven_opgeven", "123", slots=FILLED | {"naam": None}, form=FORM, asked="naam")
    assert slots_of(await form.run(dispatcher, tracker, {})) == {"naam": None, "requested_slot": "naam"}
    assert said() == ["utter_gegevens_naam_ongeldig"]


async def test_an_address_that_cannot_be_reached_is_asked_again(
    form: ValidateCoachForm,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    turn: Callable[..., Tracker],
) -> None:
    empty = FILLED | {"telefoon": None, "contact": None}
    tracker = turn("gegeven_opgeven", "jan apenstaart nl", slots=empty, form=FORM, asked="contact")
    assert slots_of(await form.run(dispatcher, tracker, {})) == {"contact": None, "requested_slot": "contact"}
    assert said() == ["utter_gegevens_contact_ongeldig"]


async def test_a_contact_known_from_elsewhere_is_not_asked(
    form: ValidateCoachForm, dispatcher: CollectingDispatcher, turn: Callable[..., Tracker]
) -> None:
    started = ({"event": "active_loop", "name": FORM},)
    tracker = turn("coach_spreken", slots=FILLED | {"contact": None}, form=FORM, since=started)
    events = slots_of(await form.run(dispatcher, tracker, {}))
    assert (events["contact"], events["requested_slot"]) == ("+31612345678", "coach_akkoord")


async def test_agreeing_with_the_summary_ends_the_form(
    form: ValidateCoachForm, dispatcher: CollectingDispatcher, turn: Callable[..., Tracker]
) -> None:
    tracker = turn("bevestigen", "ja", slots=FILLED, form=FORM, asked="coach_akkoord")
    assert slots_of(await form.run(dispatcher, tracker, {})) == {
        "coach_akkoord": True,
        "requested_slot": None,
    }


async def test_an_old_agreement_does_not_count_for_a_new_summary(
    form: ValidateCoachForm, dispatcher: CollectingDispatcher, turn: Callable[..., Tracker]
) -> None:
    started = ({"event": "active_loop", "name": FORM}, {"event": "action", "name": FORM})
    tracker = turn("bevestigen", slots=FILLED | {"coach_akkoord": True}, form=FORM, since=started)
    tracker.events.append({"event": "slot", "name": "coach_akkoord", "value": True})
    assert slots_of(await form.run(dispatcher, tracker, {}))["requested_slot"] == "coach_akkoord"


async def test_denying_the_summary_asks_which_item_to_change(
    form: ValidateCoachForm, dispatcher: CollectingDispatcher, turn: Callable[..., Tracker]
) -> None:
    tracker = turn("ontkennen", "nee", slots=FILLED, form=FORM, asked="coach_akkoord")
    assert slots_of(await form.run(dispatcher, tracker, {})) == {"coach_akkoord": False}
    assert await form.required_slots(list(form.slots), dispatcher, tracker, {}) == list(form.slots)


@pytest.mark.parametrize("named", [{"onderdeel": "contact"}, {}])
async def test_the_item_to_change_is_asked_again(
    form: ValidateCoachForm,
    dispatcher: CollectingDispatcher,
    turn: Callable[..., Tracker],
    named: dict[str, str],
) -> None:
    denied = FILLED | {"coach_akkoord": False}
    text = "" if named else "mijn contact klopt niet"
    tracker = turn("gegeven_opgeven", text, entities=named, slots=denied, form=FORM, asked="onderdeel")
    events = slots_of(await form.run(dispatcher, tracker, {}))
    assert (events["contact"], events["telefoon"], events["coach_akkoord"]) == (None, None, None)
    assert events["requested_slot"] == "contact"


async def test_an_item_named_under_the_summary_is_asked_again(
    form: ValidateCoachForm, dispatcher: CollectingDispatcher, turn: Callable[..., Tracker]
) -> None:
    tracker = turn("ontkennen", "nee, mijn naam klopt niet", slots=FILLED, form=FORM, asked="coach_akkoord")
    events = slots_of(await form.run(dispatcher, tracker, {}))
    assert (events["naam"], events["coach_akkoord"], events["requested_slot"]) == (None, None, "naam")


async def test_a_correction_in_passing_shows_the_summary_anew(
    form: ValidateCoachForm, dispatcher: CollectingDispatcher, turn: Callable[..., Tracker]
) -> None:
    denied = FILLED | {"coach_akkoord": False}
    tracker = turn(
        "gegeven_opgeven",
        "ik heet Piet",
        entities={"naam": "Piet"},
        slots=denied,
        form=FORM,
        asked="onderdeel",
    )
    events = slots_of(await form.run(dispatcher, tracker, {}))
    assert (events["naam"], events["requested_slot"]) == ("Piet", "coach_akkoord")


@pytest.mark.parametrize("form_class", [ValidateCoachForm, ValidateInterestTestForm])
def test_a_form_lists_the_slots_that_the_domain_lists(form_class: type[FormValidation]) -> None:
    forms = {}
    for file in Path("bot/domain").glob("*.yml"):
        forms |= yaml.safe_load(file.read_text()).get("forms", {})
    name = form_class.name(form_class).removeprefix("validate_")
    assert tuple(forms[name]["required_slots"]) == form_class.slots
