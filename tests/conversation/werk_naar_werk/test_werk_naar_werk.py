"""Somebody may lose their job: a kind word first, then a team, rights, other work and a person quickly."""

import pytest

from counter.calendar import local_date, working_days_after
from counter.clock import utc_now
from counter.referrals.model import Reason
from counter.services import Counter
from tests.support.talking import Answer, Conversation

ASK_WORK = "utter_werk_naar_werk_vraag_beroep"
ASK_REGION = "utter_ask_werk_naar_werk_formulier_werk_naar_werk_regio"
RIGHTS = "utter_werk_naar_werk_rechten"
CARD = "utter_werk_naar_werk_beroep_kaart"
TOLD = "mijn fabriek in IJmuiden sluit, ik ben operator"


def titles(answer: Answer) -> list[str]:
    return [card.get("title", "") for card in answer.cards]


async def test_one_sentence_is_enough_for_the_team_the_rights_and_other_work(
    conversation: Conversation,
) -> None:
    answer = await conversation.says(TOLD)
    assert answer.responses == [
        "utter_werk_naar_werk_meeleven",
        "utter_werk_naar_werk_team_voorbeeld",
        RIGHTS,
        "utter_werk_naar_werk_beroepen",
        CARD,
        CARD,
        CARD,
        "utter_werk_naar_werk_verder",
    ]
    assert titles(answer)[0] == "Mobiliteitsteam Zuid-Kennemerland en IJmond (voorbeeld)"
    said = [message["text"] for message in answer.messages if message["from"] == "bot" and message["text"]]
    assert len(said) <= 3


async def test_the_first_words_are_kind_and_say_what_cannot_wait(conversation: Conversation) -> None:
    answer = await conversation.says("ik ga mijn baan verliezen")
    assert answer.responses == ["utter_werk_naar_werk_meeleven", ASK_WORK]
    assert "Teken nog niets" in answer.texts[0]


async def test_who_says_nothing_about_it_is_asked_once_for_work_and_place(conversation: Conversation) -> None:
    await conversation.says("ik word ontslagen")
    assert (await conversation.says("lasser")).responses == [ASK_REGION]
    answer = await conversation.says("Hoorn")
    assert answer.responses[0] == "utter_werk_naar_werk_team_voorbeeld"
    assert titles(answer)[0].startswith("Mobiliteitsteam Noord-Holland Noord")
    assert answer.responses.count(CARD) == 3


async def test_a_vague_job_can_be_chosen_from_what_it_may_mean(conversation: Conversation) -> None:
    await conversation.says("ik word ontslagen")
    asked = await conversation.says("monteur")
    assert asked.responses == ["utter_werk_naar_werk_welk_beroep"]
    assert len(asked.buttons) == 3
    assert (await conversation.says("de tweede")).responses == [ASK_REGION]
    assert (await conversation.slots())["werk_naar_werk_beroep"] == asked.buttons[1]["title"].lower()


@pytest.mark.parametrize("work", ["banaan", "van alles en nog wat"])
async def test_work_that_noor_does_not_know_stops_nobody(conversation: Conversation, work: str) -> None:
    await conversation.says("ik word ontslagen")
    assert (await conversation.says(work)).responses == [ASK_REGION]
    answer = await conversation.says("Zaandam")
    assert RIGHTS in answer.responses
    assert "utter_werk_naar_werk_geen_beroep" in answer.responses


async def test_both_questions_may_be_skipped(conversation: Conversation) -> None:
    asked = await conversation.says("ik ga mijn baan verliezen")
    asked = await conversation.presses(asked, "Sla over")
    answer = await conversation.presses(asked, "Sla over")
    assert answer.responses == [
        RIGHTS,
        "utter_werk_naar_werk_geen_beroep",
        "utter_werk_naar_werk_verder",
    ]


async def test_a_person_quickly_goes_before_who_can_wait_and_is_answered_within_a_day(
    conversation: Conversation, counter: Counter
) -> None:
    answer = await conversation.says(TOLD)
    asked = await conversation.presses(answer, "Ja, bel mij snel")
    # The place is known already, so the region is not asked again.
    assert asked.responses[-1] == "utter_ask_naam"
    await conversation.says("Samira")
    await conversation.says("06 12345678")
    await conversation.says("ja")
    [receipt] = await counter.referrals.of_person(conversation.id)
    queued = {one.receipt.number: one for one in await counter.referrals.queue()}[receipt.number]
    assert queued.reason is Reason.DISMISSAL
    assert queued.region == "Zuid-Kennemerland en IJmond"
    assert receipt.answer_before == working_days_after(local_date(utc_now()), 1)


async def test_a_person_can_be_asked_for_at_the_first_question(conversation: Conversation) -> None:
    asked = await conversation.says("ik word ontslagen")
    answer = await conversation.presses(asked, "Direct een mens spreken")
    assert answer.responses[-1] == "utter_ask_coach_formulier_coach_regio"
    slots = await conversation.slots()
    assert (slots["coach_reden"], slots["coach_onderwerp"]) == ("dismissal", "Ik verlies misschien mijn baan")


async def test_why_this_work_names_what_both_take_and_what_is_new(conversation: Conversation) -> None:
    answer = await conversation.says(TOLD)
    pressed = await conversation.presses(answer, "Waarom deze?")
    assert pressed.responses[0] == "utter_werk_naar_werk_waarom"
    said = await conversation.says("waarom de tweede?")
    assert said.responses[0] == "utter_werk_naar_werk_waarom"
    assert said.text != pressed.text


async def test_other_work_leads_on_to_courses(conversation: Conversation) -> None:
    answer = await conversation.says("ik ben lasser in Zaandam en word ontslagen")
    courses = await conversation.presses(answer, "Cursussen")
    assert any(name.startswith("utter_cursus") for name in courses.responses)


async def test_a_corrected_place_shows_the_team_of_that_region(conversation: Conversation) -> None:
    await conversation.says(TOLD)
    answer = await conversation.says("nee, ik bedoel Hilversum")
    assert answer.responses == ["utter_werk_naar_werk_team_voorbeeld", "utter_werk_naar_werk_verder"]
    assert titles(answer) == ["Mobiliteitsteam Gooi en Vechtstreek (voorbeeld)"]


async def test_a_corrected_job_shows_other_work(conversation: Conversation) -> None:
    before = await conversation.says(TOLD)
    answer = await conversation.says("nee, lasser")
    assert answer.responses[0] == "utter_werk_naar_werk_beroepen"
    assert titles(answer) != titles(before)[2:]


async def test_a_question_in_between_is_answered_and_the_conversation_goes_on(
    conversation: Conversation,
) -> None:
    await conversation.says("ik word ontslagen")
    answer = await conversation.says("wat kost de hulp van het loket?")
    assert answer.responses == ["utter_faq/kosten_loket", ASK_WORK]


async def test_stopping_ends_it_and_keeps_no_answers(conversation: Conversation) -> None:
    await conversation.says("ik word ontslagen")
    await conversation.says("lasser")
    assert (await conversation.says("stop")).responses[0] == "utter_gesprek_gestopt"
    assert "werk_naar_werk_beroep" not in await conversation.slots()


async def test_a_place_that_noor_does_not_know_is_asked_in_other_words(conversation: Conversation) -> None:
    await conversation.says("ik word ontslagen")
    first = await conversation.says("lasser")
    second = await conversation.says("Timboektoe")
    assert first.responses == second.responses == [ASK_REGION]
    assert first.text != second.text
