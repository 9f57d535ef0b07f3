"""Applying for a voucher, and what happens afterwards."""

import re
from collections.abc import Callable, Coroutine
from typing import Any

import pytest

from counter.schemes.model import VoucherKind
from counter.services import Counter
from counter.vouchers.model import VoucherState
from tests.support.talking import Answer, Conversation

type Open = Callable[..., Coroutine[Any, Any, Conversation]]

ASK = "utter_ask_voucher_formulier_"
AGREE = "utter_voucher_klopt_dit"
RECEIPT = ["utter_voucher_ingediend", "utter_voucher_ontvangst_kaart"]
GOAL = "Ik wil een cursus lassen volgen"
ANSWERS = {
    "voucher_doel": GOAL,
    "naam": "Anna de Vries",
    "leeftijd": "34",
    "postcode": "1506 AB",
    "email": "anna@example.nl",
}


async def reach(conversation: Conversation, slot: str, kind: str = "opleiding") -> Answer:
    """Answer every question up to the one about this slot."""
    asked = await conversation.clicks("/voucher_aanvragen")
    answer = await conversation.presses(asked, {"opleiding": "Iets leren", "orientatie": "Ontdekken"}[kind])
    for name, said in ANSWERS.items():
        assert answer.responses == [ASK + name]
        if name == slot:
            return answer
        answer = await conversation.says(said)
    assert answer.responses == [f"{ASK}voucher_telefoon"]
    if slot == "voucher_telefoon":
        return answer
    answer = await conversation.presses(answer, "Sla over")
    assert answer.responses[-1] == AGREE
    return answer


async def apply(conversation: Conversation, kind: str = "opleiding") -> str:
    await reach(conversation, "voucher_akkoord", kind)
    answer = await conversation.says("ja")
    assert answer.responses == RECEIPT
    return number_on(answer)


def number_on(answer: Answer) -> str:
    return next(
        str(fact["value"]) for card in answer.cards for fact in card["facts"] if fact["label"] == "Nummer"
    )


def summary(answer: Answer) -> dict[str, str]:
    card = next(card for card in answer.cards if card["title"] == "Jouw aanvraag")
    return {fact["label"]: str(fact["value"]) for fact in card["facts"]}


async def test_the_three_kinds_are_explained_and_can_be_chosen(conversation: Conversation) -> None:
    answer = await conversation.says("wat is een voucher?")
    assert answer.responses[:4] == ["utter_voucher_uitleg", *["utter_voucher_soort_kaart"] * 3]
    conditions = await conversation.presses(answer, "Voorwaarden")
    assert conditions.responses[0] == "utter_voucher_voorwaarden_kaart"
    started = await conversation.presses(conditions, "Aanvragen")
    assert started.responses == ["utter_voucher_beginnen", f"{ASK}voucher_doel"]


async def test_an_application_gets_a_receipt_and_is_stored(
    conversation: Conversation, counter: Counter
) -> None:
    number = await apply(conversation)
    (receipt,) = await counter.vouchers.applications_of(conversation.id)
    assert receipt.number == number
    assert (receipt.kind, receipt.goal, receipt.state) == (
        VoucherKind.OPLEIDING,
        GOAL,
        VoucherState.SUBMITTED,
    )


async def test_afterwards_the_answers_of_this_application_are_gone_and_the_person_is_known(
    conversation: Conversation,
) -> None:
    await apply(conversation)
    slots = await conversation.slots()
    assert not {"vouchersoort", "voucher_doel", "voucher_telefoon", "voucher_akkoord"} & slots.keys()
    assert (slots["naam"], slots["leeftijd"], slots["postcode"], slots["email"]) == (
        "Anna de Vries",
        34,
        "1506 AB",
        "anna@example.nl",
    )


async def test_a_second_application_asks_only_what_is_new(conversation: Conversation) -> None:
    await apply(conversation)
    asked = await conversation.clicks("/voucher_aanvragen")
    asked = await conversation.presses(asked, "Ontdekken")
    assert asked.responses == [f"{ASK}voucher_doel"]
    asked = await conversation.says("Ik wil ontdekken of techniek bij me past")
    assert asked.responses == [f"{ASK}voucher_telefoon"]
    answer = await conversation.says("06 12345678")
    assert summary(answer)["Naam"] == "Anna de Vries"
    assert summary(answer)["Telefoon"] == "+31612345678"


async def test_the_kind_named_in_the_first_sentence_is_not_asked(conversation: Conversation) -> None:
    answer = await conversation.says("ik wil een opleidingsvoucher aanvragen")
    assert answer.responses == ["utter_voucher_beginnen", f"{ASK}voucher_doel"]


async def test_every_rule_is_named_before_the_question_and_none_decides(
    conversation: Conversation, counter: Counter
) -> None:
    answer = await reach(conversation, "voucher_akkoord")
    outcomes = await counter.vouchers.pre_check(VoucherKind.OPLEIDING, age=34, postcode="1506 AB")
    for rule in outcomes:
        assert rule.text in str(answer.cards)
    assert await counter.vouchers.applications_of(conversation.id) == ()


async def test_who_is_too_young_is_told_which_rule_says_so_and_may_apply(
    conversation: Conversation, counter: Counter
) -> None:
    await reach(conversation, "leeftijd")
    for said in ("16", "1506 AB", "anna@example.nl"):
        await conversation.says(said)
    answer = await conversation.clicks("/overslaan")
    assert "utter_voucher_regels_niet_voldaan" in answer.responses
    assert (await conversation.says("ja")).responses == RECEIPT
    assert len(await counter.vouchers.applications_of(conversation.id)) == 1


@pytest.mark.parametrize(
    ("slot", "wrong"),
    [
        ("leeftijd", "banaan"),
        ("leeftijd", "200"),
        ("leeftijd", "-5"),
        ("postcode", "9999"),
        ("postcode", "1507 SA"),
        ("email", "anna.example.nl"),
        ("email", "anna@"),
        ("naam", "<script>alert(1)</script>"),
        ("naam", "12345"),
        ("naam", "a" * 300),
        ("voucher_doel", "x"),
        ("voucher_telefoon", "0612"),
    ],
)
async def test_a_wrong_answer_is_not_kept_and_asked_again_in_other_words(
    conversation: Conversation, slot: str, wrong: str
) -> None:
    first = await reach(conversation, slot)
    second = await conversation.says(wrong)
    third = await conversation.says(wrong)
    assert second.responses[-1] == third.responses[-1] == ASK + slot
    assert len({first.texts[-1], second.texts[-1], third.texts[-1]}) == 3
    assert slot not in await conversation.slots()


async def test_a_right_answer_after_a_wrong_one_goes_on(conversation: Conversation) -> None:
    await reach(conversation, "leeftijd")
    await conversation.says("banaan")
    assert (await conversation.says("vierendertig")).responses == [f"{ASK}postcode"]
    slots = await conversation.slots()
    assert slots["leeftijd"] == 34
    assert "herhaling" not in slots


@pytest.mark.parametrize(
    ("said", "label", "value"),
    [
        ("nee, mijn postcode is 1811 CD", "Postcode", "1811 CD"),
        ("nee, ik heet Samira", "Naam", "Samira"),
        ("mijn mail is samira@example.nl", "E-mail", "samira@example.nl"),
    ],
)
async def test_an_item_of_the_summary_can_be_corrected_in_words(
    conversation: Conversation, said: str, label: str, value: str
) -> None:
    await reach(conversation, "voucher_akkoord")
    answer = await conversation.says(said)
    assert answer.responses[-1] == AGREE
    assert summary(answer)[label] == value


async def test_an_item_of_the_summary_can_be_changed_with_buttons(
    conversation: Conversation, counter: Counter
) -> None:
    summed_up = await reach(conversation, "voucher_akkoord")
    asked = await conversation.presses(summed_up, "Iets veranderen")
    assert asked.responses == [f"{ASK}onderdeel"]
    assert (await conversation.presses(asked, "Doel")).responses == [f"{ASK}voucher_doel"]
    answer = await conversation.says("Een cursus elektrotechniek")
    assert summary(answer)["Doel"] == "Een cursus elektrotechniek"
    await conversation.presses(answer, "Ja, verstuur")
    (receipt,) = await counter.vouchers.applications_of(conversation.id)
    assert receipt.goal == "Een cursus elektrotechniek"


async def test_an_unclear_answer_to_the_summary_sends_nothing(
    conversation: Conversation, counter: Counter
) -> None:
    await reach(conversation, "voucher_akkoord")
    answer = await conversation.says("24 uur")
    assert answer.responses == [AGREE]
    assert await counter.vouchers.applications_of(conversation.id) == ()


async def test_a_question_in_between_is_answered_and_the_form_goes_on(conversation: Conversation) -> None:
    await reach(conversation, "postcode")
    answer = await conversation.says("Wat kost de hulp van het loket?")
    assert answer.responses == ["utter_faq/kosten_loket", f"{ASK}postcode"]
    assert (await conversation.says("1506 AB")).responses == [f"{ASK}email"]


async def test_a_question_that_is_not_understood_is_explained(conversation: Conversation) -> None:
    await reach(conversation, "postcode")
    answer = await conversation.says("Wat bedoel je?")
    assert answer.responses == ["utter_uitleg_postcode", f"{ASK}postcode"]


async def test_stopping_sends_nothing_and_a_new_start_is_fresh(
    conversation: Conversation, counter: Counter
) -> None:
    await reach(conversation, "postcode")
    assert (await conversation.says("stop")).responses[0] == "utter_gesprek_gestopt"
    assert await counter.vouchers.applications_of(conversation.id) == ()
    assert "voucher_doel" not in await conversation.slots()
    started = await conversation.says("ik wil een begeleidingsvoucher aanvragen")
    assert started.responses == ["utter_voucher_beginnen", f"{ASK}voucher_doel"]


async def test_an_application_set_aside_for_a_course_goes_on_where_it_was(conversation: Conversation) -> None:
    await reach(conversation, "postcode")
    aside = await conversation.says("ik zoek een cursus lassen in Haarlem")
    assert aside.responses[0] == "utter_coach_onderbreken"
    assert aside.cards
    assert (await conversation.clicks("/voucher_aanvragen")).responses == [
        "utter_voucher_verder",
        f"{ASK}postcode",
    ]


async def test_a_number_is_no_correction_of_a_search(conversation: Conversation) -> None:
    await conversation.says("ik zoek een cursus lassen in Haarlem")
    assert (await conversation.says("V-0000-0000")).responses == ["utter_voucher_onbekend_nummer"]


async def test_a_person_can_be_asked_for_in_the_middle(conversation: Conversation) -> None:
    await reach(conversation, "email")
    answer = await conversation.says("ik wil met een mens praten")
    assert "utter_coach_onderbreken" in answer.responses


async def test_the_same_voucher_twice_is_told_with_the_first_receipt(
    conversation: Conversation, counter: Counter
) -> None:
    number = await apply(conversation)
    asked = await conversation.clicks("/voucher_aanvragen")
    await conversation.presses(asked, "Iets leren")
    await conversation.says("Nog een cursus lassen")
    await conversation.clicks("/overslaan")
    answer = await conversation.says("ja")
    assert answer.responses == ["utter_voucher_al_aangevraagd", "utter_voucher_ontvangst_kaart"]
    assert number_on(answer) == number
    assert len(await counter.vouchers.applications_of(conversation.id)) == 1


async def test_a_status_is_found_again_in_a_later_conversation(
    conversation: Conversation, new_conversation: Open
) -> None:
    number = await apply(conversation)
    later = await new_conversation(earlier=conversation)
    answer = await later.says("hoe staat het met mijn voucheraanvraag?")
    assert answer.responses == ["utter_voucher_status_ingediend", "utter_voucher_status_verder"]
    assert number_on(answer) == number
    assert GOAL in str(answer.cards)


async def test_somebody_elses_number_shows_the_status_and_nothing_else(
    conversation: Conversation, new_conversation: Open, counter: Counter
) -> None:
    number = await apply(conversation)
    stranger = await new_conversation()
    shown = await stranger.says(number)
    assert shown.responses == ["utter_voucher_status_ingediend"]
    assert [fact["label"] for card in shown.cards for fact in card["facts"]] == ["Nummer"]
    words = f"{shown.text} {[card['text'] for card in shown.cards]}"
    for secret in (*ANSWERS.values(), "Anna"):
        # Only what is read, by whole words: a clock holds any two figures by chance.
        assert not re.search(rf"\b{re.escape(secret)}\b", words)
    asked = await stranger.says(f"ik wil mijn voucheraanvraag {number} intrekken")
    assert "utter_voucher_ingetrokken" not in asked.responses
    assert "utter_ask_voucher_intrekken_formulier_voucher_intrekken_akkoord" not in asked.responses
    (receipt,) = await counter.vouchers.applications_of(conversation.id)
    assert receipt.state is VoucherState.SUBMITTED


async def test_an_unknown_number_is_told(conversation: Conversation) -> None:
    answer = await conversation.says("V-0000-0000")
    assert answer.responses == ["utter_voucher_onbekend_nummer"]


async def test_who_has_no_application_is_asked_for_a_number(conversation: Conversation) -> None:
    answer = await conversation.clicks("/voucher_status")
    assert answer.responses == ["utter_voucher_geen_aanvraag"]


async def test_who_has_no_application_is_shown_what_they_did_ask_for(
    conversation: Conversation, counter: Counter
) -> None:
    await conversation.says("ik wil niet meer leven")
    (request,) = await counter.referrals.of_person(conversation.id)
    answer = await conversation.says("hoe staat het met mijn aanvraag?")
    assert answer.responses == ["utter_coach_status", "utter_coach_niemand_vrij"]
    assert number_on(answer) == request.number


async def test_an_application_can_be_withdrawn_by_who_is_sure(
    conversation: Conversation, counter: Counter
) -> None:
    number = await apply(conversation)
    asked = await conversation.clicks("/voucher_intrekken")
    assert number in asked.text
    assert (await conversation.says("nee")).responses == ["utter_voucher_niet_ingetrokken"]
    await conversation.clicks("/voucher_intrekken")
    assert (await conversation.says("ja")).responses == ["utter_voucher_ingetrokken"]
    (receipt,) = await counter.vouchers.applications_of(conversation.id)
    assert receipt.state is VoucherState.WITHDRAWN
    assert (await conversation.clicks("/voucher_intrekken")).responses == [
        "utter_voucher_niets_in_te_trekken"
    ]


async def test_who_has_two_applications_names_the_one_to_withdraw(
    conversation: Conversation, counter: Counter
) -> None:
    first = await apply(conversation)
    asked = await conversation.clicks("/voucher_aanvragen")
    await conversation.presses(asked, "Ontdekken")
    await conversation.says("Ik wil een proefles volgen")
    await conversation.clicks("/overslaan")
    assert (await conversation.says("ja")).responses == RECEIPT
    asked = await conversation.clicks("/voucher_intrekken")
    assert asked.responses == ["utter_ask_voucher_intrekken_formulier_voucher_nummer"]
    asked = await conversation.says(first)
    assert first in asked.text
    await conversation.says("ja")
    states = {r.number: r.state for r in await counter.vouchers.applications_of(conversation.id)}
    assert states.pop(first) is VoucherState.WITHDRAWN
    assert set(states.values()) == {VoucherState.SUBMITTED}
