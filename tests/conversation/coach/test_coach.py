"""From any point to a person."""

from collections.abc import Callable, Coroutine
from typing import Any

import pytest

from counter.referrals.model import Reason
from counter.referrals.states import ReferralState
from counter.services import Counter
from tests.support.talking import Conversation

SUMMARY = "utter_coach_samenvatting"


async def reach_summary(conversation: Conversation, *, topic: str = "over een andere baan") -> None:
    await conversation.clicks("/coach_spreken")
    await conversation.says(topic)
    await conversation.says("Zaandam")
    await conversation.says("Fatima")
    answer = await conversation.says("fatima@example.nl")
    assert answer.responses == [SUMMARY]


async def test_a_request_gets_a_receipt_and_reaches_the_queue(
    conversation: Conversation, counter: Counter
) -> None:
    await reach_summary(conversation)
    answer = await conversation.says("ja")
    assert answer.responses == ["utter_coach_ontvangst", "utter_coach_niemand_vrij"]
    (receipt,) = await counter.referrals.of_person(conversation.id)
    assert receipt.number in {fact["value"] for fact in answer.cards[0]["facts"]}
    queued = {entry.receipt.number: entry for entry in await counter.referrals.queue()}
    assert queued[receipt.number].region == "Zaanstreek/Waterland"
    assert queued[receipt.number].reason is Reason.ASKED


async def test_one_item_of_the_summary_can_be_changed(conversation: Conversation) -> None:
    await reach_summary(conversation)
    assert (await conversation.says("nee")).responses == ["utter_ask_coach_formulier_onderdeel"]
    assert (await conversation.says("mijn naam")).responses == ["utter_ask_naam"]
    answer = await conversation.says("Samira")
    assert answer.responses == [SUMMARY]
    slots = await conversation.slots()
    assert (slots["naam"], slots["contact"]) == ("Samira", "fatima@example.nl")


async def test_a_correction_in_passing_shows_the_new_summary(conversation: Conversation) -> None:
    await reach_summary(conversation)
    answer = await conversation.says("nee, ik bedoel Haarlem")
    assert answer.responses == [SUMMARY]
    assert (await conversation.slots())["coach_regio"] == "Zuid-Kennemerland en IJmond"


async def test_a_question_in_between_is_answered_and_the_form_goes_on(conversation: Conversation) -> None:
    await conversation.clicks("/coach_spreken")
    await conversation.says("over een andere baan")
    answer = await conversation.says("wat kost de hulp van het loket?")
    assert answer.responses == ["utter_faq/kosten_loket", "utter_ask_coach_formulier_coach_regio"]
    assert (await conversation.says("Haarlem")).responses == ["utter_ask_naam"]


@pytest.mark.parametrize("wrong", ["jan@", "0612", "weet ik veel"])
async def test_a_contact_that_cannot_be_right_is_asked_again(conversation: Conversation, wrong: str) -> None:
    await conversation.clicks("/coach_spreken")
    for said in ("over een andere baan", "Zaandam", "Fatima"):
        await conversation.says(said)
    answer = await conversation.says(wrong)
    assert answer.responses[-1] == "utter_ask_contact"
    assert "contact" not in await conversation.slots()


async def test_what_is_known_is_not_asked_twice(conversation: Conversation) -> None:
    await reach_summary(conversation)
    await conversation.says("ja")
    await conversation.clicks("/coach_spreken")
    assert (await conversation.says("ook over een opleiding")).responses == [SUMMARY]


async def test_a_person_can_be_asked_for_in_the_middle_of_another_form(conversation: Conversation) -> None:
    await conversation.clicks("/interessetest_doen")
    await conversation.says("ja")
    answer = await conversation.says("ik wil met een mens praten")
    assert answer.responses[:2] == ["utter_coach_onderbreken", "utter_coach_beginnen"]
    await conversation.says("stop")
    answer = await conversation.clicks("/interessetest_doen")
    assert answer.responses == [
        "utter_orienteren_test_verder",
        "utter_ask_interessetest_formulier_stelling_02",
    ]


async def test_a_request_is_found_in_a_later_conversation_and_can_be_cancelled(
    conversation: Conversation,
    new_conversation: Callable[..., Coroutine[Any, Any, Conversation]],
    counter: Counter,
) -> None:
    await reach_summary(conversation)
    await conversation.says("ja")
    later = await new_conversation(earlier=conversation)
    shown = await later.clicks("/coach_status")
    assert shown.responses == ["utter_coach_status", "utter_coach_niemand_vrij"]
    assert (await later.presses(shown, "Afzeggen")).responses == ["utter_coach_afgezegd"]
    (receipt,) = await counter.referrals.of_person(conversation.id)
    assert receipt.state is ReferralState.CANCELLED


async def test_somebody_elses_request_is_not_cancelled(
    conversation: Conversation,
    new_conversation: Callable[..., Coroutine[Any, Any, Conversation]],
    counter: Counter,
) -> None:
    await reach_summary(conversation)
    await conversation.says("ja")
    (receipt,) = await counter.referrals.of_person(conversation.id)
    stranger = await new_conversation()
    answer = await stranger.says(f"ik wil mijn afspraak met de coach {receipt.number} afzeggen")
    assert "utter_coach_afgezegd" not in answer.responses
    (receipt,) = await counter.referrals.of_person(conversation.id)
    assert receipt.state is ReferralState.WAITING


async def test_need_is_answered_at_once_and_goes_to_the_top(
    conversation: Conversation, counter: Counter
) -> None:
    await conversation.clicks("/coach_spreken")
    answer = await conversation.says("ik wil niet meer leven")
    assert answer.responses == ["utter_coach_nood", "utter_coach_nood_113", "utter_coach_nood_ontvangst"]
    (receipt,) = await counter.referrals.of_person(conversation.id)
    queue = await counter.referrals.queue()
    in_need = [entry.receipt.number for entry in queue if entry.reason is Reason.IN_NEED]
    assert receipt.number in in_need
    assert [entry.receipt.number for entry in queue][: len(in_need)] == in_need


async def test_a_complaint_is_acknowledged_and_brought_to_a_person(
    conversation: Conversation, counter: Counter
) -> None:
    answer = await conversation.says("ik heb een klacht over jullie")
    assert answer.responses == ["utter_coach_klacht"]
    asked = await conversation.presses(answer, "Ja, graag")
    assert asked.responses[-1] == "utter_ask_coach_formulier_coach_regio"
    for said in ("Hoorn", "Piet", "06 12345678", "ja"):
        await conversation.says(said)
    (receipt,) = await counter.referrals.of_person(conversation.id)
    queued = {entry.receipt.number: entry for entry in await counter.referrals.queue()}
    assert queued[receipt.number].reason is Reason.COMPLAINT


@pytest.mark.parametrize(
    ("text", "language"),
    [("Do you speak English?", "en"), ("هل تتكلم العربية؟", "ar"), ("Czy mówisz po polsku?", "pl")],
)
async def test_another_language_gets_its_fixed_sentence(
    conversation: Conversation, text: str, language: str
) -> None:
    answer = await conversation.says(text)
    assert answer.responses == [f"utter_coach_taal_{language}"]
    assert answer.buttons[0]["payload"].startswith("/coach_spreken")
