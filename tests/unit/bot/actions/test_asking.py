"""Asking again in other words, correcting a summary, cancelling what was submitted."""

from collections.abc import Callable, Mapping
from types import SimpleNamespace
from typing import Any

import pytest
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import ActionExecutionRejection, Tracker

from bot.actions.asking import CancellationForm
from bot.actions.voucher_forms import ValidateVoucherForm

FORM = "voucher_formulier"
UNANSWERED = dict.fromkeys((*ValidateVoucherForm.slots, "herhaling", "telefoon"))
ANSWERED = UNANSWERED | {
    "vouchersoort": "opleiding",
    "voucher_doel": "Leren lassen",
    "naam": "Anna",
    "leeftijd": 34,
    "postcode": "1506 AB",
    "email": "anna@example.nl",
    "voucher_telefoon": "",
}


async def _is_open(_kind: str) -> bool:
    return True


async def validated(tracker: Tracker) -> dict[str, Any]:
    counter = SimpleNamespace(vouchers=SimpleNamespace(is_open=_is_open))
    events = await ValidateVoucherForm(counter).run(CollectingDispatcher(), tracker, {})
    return {event["name"]: event["value"] for event in events}


@pytest.mark.parametrize(("before", "after"), [(None, 1), (1, 2), (2, 1)])
async def test_each_time_a_question_stays_open_it_gets_other_words(
    turn: Callable[..., Tracker], before: int | None, after: int
) -> None:
    slots = UNANSWERED | {"vouchersoort": "opleiding", "herhaling": before}
    tracker = turn("gegeven_opgeven", "x", form=FORM, asked="voucher_doel", slots=slots)
    events = await validated(tracker)
    assert events["voucher_doel"] is None
    assert events["herhaling"] == after


async def test_an_answer_resets_the_wording(turn: Callable[..., Tracker]) -> None:
    slots = UNANSWERED | {"vouchersoort": "opleiding", "herhaling": 2}
    events = await validated(
        turn("gegeven_opgeven", "Leren lassen", form=FORM, asked="voucher_doel", slots=slots)
    )
    assert events["voucher_doel"] == "Leren lassen"
    assert events["herhaling"] is None


async def test_a_question_asked_again_after_a_digression_keeps_its_words(
    turn: Callable[..., Tracker],
) -> None:
    rejected = ({"event": "action_execution_rejected", "name": FORM},)
    events = await validated(turn("faq", form=FORM, asked="leeftijd", slots=ANSWERED, since=rejected))
    assert events["herhaling"] is None


async def test_a_single_odd_word_is_no_digression(turn: Callable[..., Tracker]) -> None:
    slots = ANSWERED | {"leeftijd": None}
    events = await validated(turn("beroep_verkennen", "banaan", form=FORM, asked="leeftijd", slots=slots))
    assert events["leeftijd"] is None
    assert events["herhaling"] == 1


async def test_another_subject_is_left_to_the_rules(turn: Callable[..., Tracker]) -> None:
    tracker = turn("cursus_zoeken", "ik zoek een cursus", form=FORM, asked="leeftijd", slots=ANSWERED)
    with pytest.raises(ActionExecutionRejection):
        await validated(tracker)


async def test_a_corrected_summary_is_asked_in_the_same_words(turn: Callable[..., Tracker]) -> None:
    tracker = turn(
        "gegeven_opgeven",
        "nee, mijn postcode is 1811 CD",
        entities={"postcode": "1811 CD"},
        form=FORM,
        asked="voucher_akkoord",
        slots=ANSWERED,
    )
    events = await validated(tracker)
    assert events["postcode"] == "1811 CD"
    assert events["herhaling"] is None
    assert events["requested_slot"] == "voucher_akkoord"


class Cancel(CancellationForm):
    slots = ("nummer", "zeker")
    extract_nummer = CancellationForm.extract_number
    validate_nummer = CancellationForm.validate_number
    extract_zeker = CancellationForm.extract_consent
    validate_zeker = CancellationForm.validate_consent

    def __init__(self, *numbers: str) -> None:
        self._numbers = list(numbers)

    def name(self) -> str:
        return "validate_afzeggen"

    async def open_numbers(self, conversation_id: str) -> list[str]:
        del conversation_id
        return self._numbers


async def outcome(form: Cancel, tracker: Tracker) -> Mapping[str, Any]:
    events = await form.run(CollectingDispatcher(), tracker, {})
    return {event["name"]: event["value"] for event in events}


NOTHING_SAID = {"nummer": None, "zeker": None, "herhaling": None}


@pytest.mark.parametrize(
    ("numbers", "chosen"), [(("V-1111-1111",), "V-1111-1111"), (("V-1111-1111", "V-2222-2222"), None)]
)
async def test_the_only_one_there_is_need_not_be_named(
    turn: Callable[..., Tracker], numbers: tuple[str, ...], chosen: str | None
) -> None:
    started = ({"event": "active_loop", "name": "afzeggen"},)
    tracker = turn("voucher_intrekken", form="afzeggen", slots=NOTHING_SAID, since=started)
    assert (await outcome(Cancel(*numbers), tracker)).get("nummer") == chosen


async def test_who_has_nothing_to_cancel_is_asked_nothing(turn: Callable[..., Tracker]) -> None:
    started = ({"event": "active_loop", "name": "afzeggen"},)
    tracker = turn("voucher_intrekken", form="afzeggen", slots=NOTHING_SAID, since=started)
    assert (await outcome(Cancel(), tracker))["requested_slot"] is None


async def test_a_number_of_somebody_else_is_not_accepted(turn: Callable[..., Tracker]) -> None:
    tracker = turn("gegeven_opgeven", "V-9999-9999", form="afzeggen", asked="nummer", slots=NOTHING_SAID)
    events = await outcome(Cancel("V-1111-1111", "V-2222-2222"), tracker)
    assert events["nummer"] is None
    assert events["herhaling"] == 1


@pytest.mark.parametrize(("intent", "answer"), [("bevestigen", True), ("ontkennen", False)])
async def test_sure_is_yes_or_no(turn: Callable[..., Tracker], intent: str, *, answer: bool) -> None:
    slots = NOTHING_SAID | {"nummer": "V-1111-1111"}
    tracker = turn(intent, form="afzeggen", asked="zeker", slots=slots)
    assert (await outcome(Cancel("V-1111-1111"), tracker))["zeker"] is answer


async def test_a_new_value_instead_of_the_name_of_an_item_is_taken(turn: Callable[..., Tracker]) -> None:
    tracker = turn(
        "gegeven_opgeven",
        "mijn naam is Jan Jansen",
        entities={"naam": "Jan Jansen"},
        form=FORM,
        asked="onderdeel",
        slots=ANSWERED | {"voucher_akkoord": False},
    )
    events = await validated(tracker)
    assert (events["naam"], events["voucher_akkoord"]) == ("Jan Jansen", None)
    assert events["requested_slot"] == "voucher_akkoord"
