"""Firms ask an adviser: for staff, for training, to renew, for a teacher; each question is a lead."""

from collections.abc import Callable, Coroutine
from typing import Any

import aiohttp
import pytest

from counter.employers.model import Employer
from counter.referrals.model import Lead, QueuedReferral, Reason
from counter.referrals.states import ReferralState
from counter.services import Counter
from tests.support.running import RunningLoket
from tests.support.talking import Answer, Conversation

type Open = Callable[..., Coroutine[Any, Any, Conversation]]

ASK = "utter_ask_ondernemers_formulier_"
ASK_PLACE, ASK_NAME, ASK_CONTACT = f"{ASK}ondernemers_plaats", f"{ASK}naam", f"{ASK}contact"
ASK_KVK, ASK_FIRM = "utter_ask_kvk_nummer", "utter_ask_bedrijf"
SUMMARY = ["utter_ondernemers_samenvatting", "utter_ondernemers_klopt_dit"]
RECEIPT = "utter_ondernemers_ontvangst_kaart"
NEED = "Drie lassers vanaf 1 maart"


async def test_a_choice_that_was_offered_may_be_typed(conversation: Conversation) -> None:
    await conversation.says("wij zijn een installatiebedrijf in Hoorn en zoeken twee monteurs")
    answer = await conversation.says("graag via open hiring")
    assert answer.responses[-1].startswith("utter_ask_open_hiring_plaatsen_formulier_")


async def reach(conversation: Conversation, slot: str) -> Answer:
    """Answer every question of a firm that looks for staff, up to the one about this slot."""
    offered = await conversation.clicks("/personeel_zoeken")
    answer = await conversation.presses(offered, "Adviseur zoekt mee")
    steps = {
        "behoefte": ("utter_ondernemers_vertel_personeel_zoeken", NEED),
        "plaats": (ASK_PLACE, "Zaandam"),
        "kvk": (ASK_KVK, "12345678"),
        "naam": (ASK_NAME, "Kees Jansen"),
        "contact": (ASK_CONTACT, "06 12345678"),
    }
    for name, (asked, said) in steps.items():
        assert answer.responses[-1] == asked
        if name == slot:
            return answer
        answer = await conversation.says(said)
    assert answer.responses == SUMMARY
    return answer


async def send(conversation: Conversation) -> Answer:
    await reach(conversation, "akkoord")
    answer = await conversation.says("ja")
    assert answer.responses == ["utter_ondernemers_ontvangen", RECEIPT]
    return answer


def summary(answer: Answer) -> dict[str, str]:
    return {fact["label"]: str(fact["value"]) for fact in answer.cards[0]["facts"]}


async def queued(conversation: Conversation, counter: Counter) -> QueuedReferral:
    """Return this person's entry in the coaches' queue."""
    [receipt] = await counter.referrals.of_person(conversation.id)
    return next(entry for entry in await counter.referrals.queue() if entry.receipt == receipt)


async def lead_of(conversation: Conversation, counter: Counter) -> Lead:
    lead = (await queued(conversation, counter)).requests[-1].lead
    assert lead is not None
    return lead


async def test_a_search_for_staff_reaches_the_queue_under_its_topic_and_region(
    conversation: Conversation, counter: Counter
) -> None:
    answer = await send(conversation)
    entry = await queued(conversation, counter)
    assert summary(answer)["Nummer"] == entry.receipt.number
    assert (entry.reason, entry.topics) == (Reason.SME, ("Personeel zoeken",))
    assert (entry.region, entry.name, entry.phone) == ("Zaanstreek/Waterland", "Kees Jansen", "+31612345678")
    lead = await lead_of(conversation, counter)
    assert (lead.need, lead.place, lead.people) == (NEED, "Zaandam", 3)
    assert lead.start is not None
    assert (lead.start.month, lead.start.day) == (3, 1)
    assert lead.employer == Employer(kvk_number="12345678")


async def test_afterwards_the_answers_of_this_lead_are_gone_and_the_firm_is_known(
    conversation: Conversation,
) -> None:
    await send(conversation)
    slots = await conversation.slots()
    assert not [name for name in slots if name.startswith("ondernemers_")]
    assert (slots["kvk_nummer"], slots["naam"]) == ("12345678", "Kees Jansen")


async def test_staff_can_be_found_by_open_hiring_or_with_an_adviser(conversation: Conversation) -> None:
    answer = await conversation.says("ik zoek personeel")
    assert answer.responses == ["utter_ondernemers_personeel_zoeken"]
    started = await conversation.presses(answer, "Open hiring")
    assert started.responses[0] == "utter_open_hiring_plaatsen_beginnen"


async def test_a_sentence_with_everything_in_it_is_asked_only_the_rest(
    conversation: Conversation, counter: Counter
) -> None:
    sentence = "ons bedrijf zoekt 3 lassers in Zaandam, ons kvk nummer is 87654321"
    answer = await conversation.says(sentence)
    answer = await conversation.presses(answer, "Adviseur zoekt mee")
    assert answer.responses == ["utter_ondernemers_beginnen", ASK_NAME]
    for said in ("Kees Jansen", "kees@example.nl"):
        answer = await conversation.says(said)
    assert answer.responses == SUMMARY
    assert summary(answer)["Hoeveel mensen"] == "3"
    await conversation.says("ja")
    lead = await lead_of(conversation, counter)
    assert lead == Lead(need=sentence, place="Zaandam", people=3, employer=Employer(kvk_number="87654321"))


async def test_lending_and_borrowing_are_told_apart_when_it_was_not_said(
    conversation: Conversation, counter: Counter
) -> None:
    answer = await conversation.says("collegiale uitleen")
    assert answer.responses == [
        "utter_ondernemers_personeel_uitlenen",
        "utter_ondernemers_kies_personeel_uitlenen",
    ]
    answer = await conversation.says("mensen lenen")
    assert answer.responses == ["utter_ondernemers_vertel_personeel_inlenen"]
    for said in ("twee schilders", "Hoorn", "12345678", "Kees", "06 12345678", "ja"):
        await conversation.says(said)
    entry = await queued(conversation, counter)
    assert (entry.topics, entry.region) == (("Personeel inlenen",), "Noord-Holland Noord")


async def test_who_says_that_staff_is_lent_is_not_asked_which(conversation: Conversation) -> None:
    answer = await conversation.says("ik wil personeel uitlenen")
    assert answer.responses[-1] == "utter_ondernemers_vertel_personeel_uitlenen"


async def test_training_offers_courses_first_and_then_an_adviser(
    conversation: Conversation, counter: Counter
) -> None:
    answer = await conversation.says("ik wil mijn personeel leren lassen")
    assert answer.responses == ["utter_ondernemers_personeel_scholen_vak"]
    courses = await conversation.presses(answer, "Cursussen zoeken")
    assert courses.responses == ["utter_ask_cursus_formulier_cursus_plaats"]
    assert (await conversation.says("Zaandam")).cards
    answer = await conversation.presses(answer, "Adviseur spreken")
    assert answer.responses == ["utter_ondernemers_beginnen", ASK_KVK]
    for said in ("12345678", "Kees", "06 12345678", "ja"):
        await conversation.says(said)
    assert (await queued(conversation, counter)).topics == ("Personeel scholen",)


async def test_a_teacher_beside_a_job_needs_no_firm(conversation: Conversation, counter: Counter) -> None:
    answer = await conversation.clicks("/hybride_docent")
    assert answer.responses == ["utter_ondernemers_hybride_docent", "utter_ondernemers_kies_hybride_docent"]
    answer = await conversation.presses(answer, "Zelf lesgeven")
    assert answer.responses == ["utter_ondernemers_vertel_docent_worden"]
    await conversation.says("elektrotechniek, ik ben nu monteur")
    assert (await conversation.says("Purmerend")).responses == [ASK_NAME]
    for said in ("Fatima", "fatima@example.nl", "ja"):
        await conversation.says(said)
    assert (await queued(conversation, counter)).topics == ("Hybride docent worden",)
    assert (await lead_of(conversation, counter)).employer is None


async def test_who_looks_for_a_teacher_is_asked_the_firm(conversation: Conversation) -> None:
    answer = await conversation.says("ik zoek een hybride docent voor onze opleiding")
    assert answer.responses[-1] == "utter_ondernemers_vertel_docent_zoeken"
    await conversation.says("iemand voor het vak lassen")
    assert (await conversation.says("Hoorn")).responses == [ASK_KVK]


async def test_the_kvk_number_is_asked_once_and_known_in_a_later_conversation(
    conversation: Conversation, new_conversation: Open
) -> None:
    await send(conversation)
    later = await new_conversation(earlier=conversation)
    answer = await later.says("ik wil personeel uitlenen")
    await later.says("twee lassers")
    answer = await later.says("Zaandam")
    assert answer.responses == [ASK_NAME]
    for said in ("Kees", "06 12345678"):
        answer = await later.says(said)
    assert summary(answer)["KVK-nummer"] == "12345678"


async def test_who_does_not_know_the_kvk_number_gives_the_name_of_the_firm_once(
    conversation: Conversation, new_conversation: Open, counter: Counter
) -> None:
    await reach(conversation, "kvk")
    assert (await conversation.says("weet ik niet")).responses == [ASK_FIRM]
    assert (await conversation.says("Bakkerij Jansen")).responses == [ASK_NAME]
    for said in ("Kees", "06 12345678", "ja"):
        await conversation.says(said)
    assert await counter.employers.of_person(conversation.id) == Employer(name="Bakkerij Jansen")
    later = await new_conversation(earlier=conversation)
    await later.says("ik wil personeel uitlenen")
    await later.says("twee lassers")
    assert (await later.says("Zaandam")).responses == [ASK_NAME]


@pytest.mark.parametrize("wrong", ["1234567", "123456789", "06 12345678", "0612345678", "Bakkerij"])
async def test_a_wrong_kvk_number_is_not_kept_and_asked_again_in_other_words(
    conversation: Conversation, wrong: str
) -> None:
    first = await reach(conversation, "kvk")
    second = await conversation.says(wrong)
    third = await conversation.says(wrong)
    assert second.responses[-1] == third.responses[-1] == ASK_KVK
    assert len({first.texts[-1], second.texts[-1], third.texts[-1]}) == 3
    assert "kvk_nummer" not in await conversation.slots()
    assert (await conversation.says("12 34 56 78")).responses == [ASK_NAME]


@pytest.mark.parametrize(
    ("said", "label", "value"),
    [
        ("nee, ik bedoel Haarlem", "Plaats", "Haarlem"),
        ("nee, 5 mensen", "Hoeveel mensen", "5"),
        ("nee, het kvk nummer is 87654321", "KVK-nummer", "87654321"),
        ("nee, ik heet Samira", "Naam", "Samira"),
    ],
)
async def test_an_item_of_the_summary_can_be_corrected_in_words(
    conversation: Conversation, said: str, label: str, value: str
) -> None:
    await reach(conversation, "akkoord")
    answer = await conversation.says(said)
    assert answer.responses == SUMMARY
    assert summary(answer)[label] == value


@pytest.mark.parametrize(
    ("item", "asked", "said", "label"),
    [
        ("Je vraag", "utter_ondernemers_vertel_personeel_zoeken", "Twee bakkers", "Je vraag"),
        ("Plaats", ASK_PLACE, "Hoorn", "Plaats"),
        ("Bedrijf", ASK_KVK, "87654321", "KVK-nummer"),
        ("Telefoon of e-mail", ASK_CONTACT, "kees@example.nl", "Bereikbaar op"),
    ],
)
async def test_an_item_of_the_summary_can_be_changed_with_buttons(
    conversation: Conversation, item: str, asked: str, said: str, label: str
) -> None:
    await reach(conversation, "akkoord")
    choices = await conversation.clicks("/ontkennen")
    assert choices.responses == [f"{ASK}onderdeel"]
    assert (await conversation.presses(choices, item)).responses == [asked]
    answer = await conversation.says(said)
    assert answer.responses == SUMMARY
    assert summary(answer)[label] == said


async def test_a_question_in_between_is_answered_and_the_form_goes_on(conversation: Conversation) -> None:
    await reach(conversation, "kvk")
    answer = await conversation.says("Wat kost de hulp van het loket?")
    assert answer.responses == ["utter_faq/kosten_loket", ASK_KVK]
    assert (await conversation.says("12345678")).responses == [ASK_NAME]


async def test_a_question_that_is_not_understood_is_explained(conversation: Conversation) -> None:
    await reach(conversation, "kvk")
    answer = await conversation.says("Wat bedoel je?")
    assert answer.responses == ["utter_uitleg_kvk_nummer", ASK_KVK]


async def test_a_lead_set_aside_goes_on_where_it_was(conversation: Conversation) -> None:
    offered = await conversation.clicks("/personeel_zoeken")
    await conversation.presses(offered, "Adviseur zoekt mee")
    await conversation.says(NEED)
    aside = await conversation.says("ik zoek een cursus lassen in Haarlem")
    assert aside.responses[0] == "utter_coach_onderbreken"
    again = await conversation.presses(offered, "Adviseur zoekt mee")
    assert again.responses == ["utter_ondernemers_verder", ASK_KVK]


async def test_stopping_sends_nothing_and_a_new_start_is_fresh(
    conversation: Conversation, counter: Counter
) -> None:
    await reach(conversation, "naam")
    assert (await conversation.says("stop")).responses[0] == "utter_gesprek_gestopt"
    assert await counter.referrals.of_person(conversation.id) == ()
    assert await counter.employers.of_person(conversation.id) is None
    slots = await conversation.slots()
    assert not [name for name in slots if name.startswith("ondernemers_")]
    answer = await conversation.says("ik wil personeel uitlenen")
    assert answer.responses[-1] == "utter_ondernemers_vertel_personeel_uitlenen"


async def test_a_person_can_be_asked_for_in_the_middle(conversation: Conversation) -> None:
    await reach(conversation, "naam")
    answer = await conversation.says("ik wil met een mens praten")
    assert answer.responses[:2] == ["utter_coach_onderbreken", "utter_coach_beginnen"]


async def test_a_lead_is_found_again_by_its_number_and_can_be_cancelled(
    conversation: Conversation, new_conversation: Open, counter: Counter
) -> None:
    answer = await send(conversation)
    later = await new_conversation(earlier=conversation)
    shown = await later.clicks("/coach_status")
    assert shown.responses == ["utter_coach_status", "utter_coach_niemand_vrij"]
    assert summary(shown)["Nummer"] == summary(answer)["Nummer"]
    assert (await later.presses(shown, "Afzeggen")).responses == ["utter_coach_afgezegd"]
    [receipt] = await counter.referrals.of_person(conversation.id)
    assert receipt.state is ReferralState.CANCELLED


async def test_a_second_lead_joins_the_first_under_the_same_number(
    conversation: Conversation, counter: Counter
) -> None:
    answer = await send(conversation)
    await conversation.says("ik wil personeel uitlenen")
    await conversation.says("twee lassers")
    assert (await conversation.says("Hilversum")).responses == SUMMARY
    second = await conversation.says("ja")
    assert second.responses == ["utter_ondernemers_toegevoegd", RECEIPT]
    assert summary(second)["Nummer"] == summary(answer)["Nummer"]
    asked = (await queued(conversation, counter)).requests
    assert [(request.topic, request.region) for request in asked] == [
        ("Personeel zoeken", "Zaanstreek/Waterland"),
        ("Personeel uitlenen", "Gooi en Vechtstreek"),
    ]


async def test_a_lead_sent_twice_is_received_once(conversation: Conversation, counter: Counter) -> None:
    await reach(conversation, "akkoord")
    bodies = [{"text": "ja", "client_id": "dezelfde"}] * 3
    for body in bodies:
        status, received = await conversation.sends(body)
        assert status == 202
    await conversation.answer_to(received["seq"])
    assert len((await queued(conversation, counter)).requests) == 1


async def test_a_firm_with_any_question_sees_what_it_can_ask(
    conversation: Conversation, counter: Counter
) -> None:
    answer = await conversation.says("ik ben ondernemer en heb een vraag")
    assert answer.responses == ["utter_ondernemers_menu"]
    answer = await conversation.presses(answer, "Iets anders")
    assert answer.responses[-1] == "utter_ondernemers_vertel_anders"
    for said in ("Ik wil minder papierwerk", "Schagen", "12345678", "Kees", "06 12345678", "ja"):
        await conversation.says(said)
    entry = await queued(conversation, counter)
    assert (entry.topics, entry.region) == (("Andere vraag van een bedrijf",), "Noord-Holland Noord")


async def test_a_firm_outside_the_province_is_heard_as_well(
    conversation: Conversation, counter: Counter
) -> None:
    await reach(conversation, "plaats")
    assert (await conversation.says("Timboektoe")).responses[-1] == ASK_PLACE
    answer = await conversation.clicks("/overslaan")
    assert answer.responses == [ASK_KVK]
    for said in ("12345678", "Kees", "06 12345678", "ja"):
        await conversation.says(said)
    assert (await queued(conversation, counter)).region is None


async def test_a_lead_is_in_the_export_and_gone_when_the_conversation_is_erased(
    conversation: Conversation, loket: RunningLoket, counter: Counter
) -> None:
    await send(conversation)
    address = f"{loket.url}/api/conversations/{conversation.id}"
    async with aiohttp.ClientSession(headers=conversation.headers) as http:
        async with http.get(f"{address}/export") as response:
            export = await response.json()
        async with http.delete(address) as response:
            assert response.status == 204
    assert export["employers"][0]["kvk_number"] == "12345678"
    [request] = export["referrals"][0]["requests"]
    assert (request["topic"], request["lead"]["need"]) == ("Personeel zoeken", NEED)
    number = export["referrals"][0]["number"]
    receipt = await counter.referrals.by_number(number)
    assert receipt is not None
    assert receipt.state is ReferralState.CANCELLED
    assert number not in [entry.receipt.number for entry in await counter.referrals.queue()]
