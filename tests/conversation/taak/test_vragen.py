"""A coach has Noor ask something; Noor asks it, and the coach gets the answers."""

from typing import Any

import pytest

from counter.referrals.states import ReferralState
from counter.services import Counter
from counter.tasks.model import Assignment, Item, Question, TaskState
from counter.tasks.written import parse_written
from tests.support.coaching import Coach
from tests.support.talking import Answer, Conversation

OWN_WORDS = "Wat vond je het leukst aan je werk bij de bakker?"
TWO = Assignment(questions=parse_written(f"postcode\n{OWN_WORDS}"))
BEGUN = ["utter_taak_vraag_postcode"]
SUMMARY = ["utter_taak_samenvatting"]


async def asked(conversation: Conversation, counter: Counter, assignment: Assignment = TWO) -> Answer:
    """Have a coach hand back with questions; returns what the person reads."""
    coach = Coach(counter, conversation.id)
    await coach.takes_over()
    await coach.says("Ik laat Noor je nog iets vragen.")
    seen = (await conversation.reads())["messages"][-1]["seq"]
    await coach.hands_back(assignment)
    return await conversation.answer_to(seen)


async def the_task(conversation: Conversation, counter: Counter) -> dict[str, Any]:
    """Return what is kept of the only task there was here."""
    (kept,) = (await counter.conversations.export(conversation.id))["tasks"]
    return {**kept, "answers": [asked["answer"] for asked in kept["questions"]]}


async def the_referral(conversation: Conversation, counter: Counter) -> ReferralState:
    return (await counter.referrals.of_person(conversation.id))[0].state


async def test_noor_begins_asks_one_by_one_and_tells_the_coach(
    conversation: Conversation, counter: Counter
) -> None:
    answer = await asked(conversation, counter)
    assert "Sanne wil nog iets van je weten" in answer.texts[0]
    assert answer.responses == BEGUN
    answer = await conversation.says("1506 ab")
    assert answer.responses == ["utter_taak_vraag"]
    # The coach's own words, and whose they are.
    assert answer.text == f"Sanne wil graag weten: {OWN_WORDS}"
    answer = await conversation.says("dat ik al om vijf uur brood mocht bakken")
    assert answer.responses == SUMMARY
    facts = {fact["label"]: fact["value"] for fact in answer.cards[0]["facts"]}
    assert facts == {"Postcode": "1506 AB", OWN_WORDS: "dat ik al om vijf uur brood mocht bakken"}
    answer = await conversation.says("ja")
    assert answer.responses == ["utter_taak_klaar"]
    assert "Ik geef het door aan Sanne" in answer.text
    task = await the_task(conversation, counter)
    assert (task["state"], task["coach"]) == (TaskState.DONE, "Sanne")
    assert task["answers"] == ["1506 AB", "dat ik al om vijf uur brood mocht bakken"]
    # It comes back to the coach, who has to accept it.
    assert await the_referral(conversation, counter) is ReferralState.OFFERED


async def test_a_question_in_between_is_answered_and_the_questions_go_on(
    conversation: Conversation, counter: Counter
) -> None:
    await asked(conversation, counter)
    answer = await conversation.says("wat kost de hulp van het loket?")
    assert answer.responses == ["utter_faq/kosten_loket", *BEGUN]
    assert (await conversation.says("hoe bedoel je?")).responses == ["utter_uitleg_taak_formulier", *BEGUN]
    assert (await conversation.says("1506 AB")).responses == ["utter_taak_vraag"]


async def test_nobody_has_to_answer(conversation: Conversation, counter: Counter) -> None:
    answer = await asked(conversation, counter)
    answer = await conversation.presses(answer, "liever niet")
    assert answer.responses == ["utter_taak_vraag"]
    assert (await conversation.says("dat zeg ik liever niet")).responses == SUMMARY
    await conversation.says("ja")
    assert (await the_task(conversation, counter))["answers"] == [None, None]


async def test_yes_and_no_are_answers_too(conversation: Conversation, counter: Counter) -> None:
    await asked(conversation, counter, Assignment(questions=parse_written("rijbewijs\nuren")))
    assert (await conversation.says("nee")).responses == ["utter_taak_vraag_uren"]
    assert (await conversation.says("24 uur, soms meer")).responses == SUMMARY
    await conversation.says("klopt")
    assert (await the_task(conversation, counter))["answers"] == ["nee", "24 uur, soms meer"]


async def test_what_cannot_be_right_is_asked_in_other_words(
    conversation: Conversation, counter: Counter
) -> None:
    first = await asked(conversation, counter, Assignment(questions=parse_written("telefoon")))
    again = await conversation.says("0612")
    assert again.responses == ["utter_taak_vraag_telefoon"]
    assert again.text != first.texts[-1]
    assert (await conversation.says("06 12345678")).responses == SUMMARY


async def test_an_answer_can_be_changed_before_it_is_given_to_the_coach(
    conversation: Conversation, counter: Counter
) -> None:
    await asked(conversation, counter)
    await conversation.says("1506 AB")
    await conversation.says("het bakken")
    assert (await conversation.says("nee, mijn postcode is 1507 CD")).responses == SUMMARY
    answer = await conversation.says("nee")
    assert answer.responses == ["utter_taak_wijzigen"]
    assert (await conversation.presses(answer, "leukst")).responses == ["utter_taak_vraag"]
    assert (await conversation.says("de mensen")).responses == SUMMARY
    await conversation.says("ja")
    assert (await the_task(conversation, counter))["answers"] == ["1507 CD", "de mensen"]


async def test_who_stops_is_left_in_peace_and_the_coach_knows(
    conversation: Conversation, counter: Counter
) -> None:
    await asked(conversation, counter)
    answer = await conversation.says("stop maar")
    assert answer.responses == ["utter_taak_vragen_gestopt", "utter_taak_afgebroken"]
    task = await the_task(conversation, counter)
    assert task["state"] == TaskState.BROKEN_OFF
    assert await the_referral(conversation, counter) is ReferralState.OFFERED
    assert (await conversation.clicks("/taak_uitvoeren")).responses == ["utter_taak_geen"]


async def test_who_wants_a_person_goes_back_to_the_coach_without_a_form(
    conversation: Conversation, counter: Counter
) -> None:
    await asked(conversation, counter)
    assert (await conversation.says("ik wil een mens spreken")).responses == ["utter_taak_mens"]
    assert await the_referral(conversation, counter) is ReferralState.OFFERED
    assert not (await conversation.tracker())["active_loop"]


async def test_who_does_something_else_first_is_reminded(
    conversation: Conversation, counter: Counter
) -> None:
    await conversation.says("hoi")
    await asked(conversation, counter)
    await conversation.says("1506 AB")
    await conversation.clicks("/interessetest_doen")
    await conversation.says("stop")
    answer = await conversation.says("hallo")
    assert answer.responses[-1] == "utter_taak_open"
    # The answer given before is still there.
    assert (await conversation.presses(answer, "Ja, verder")).responses == ["utter_taak_vraag"]


@pytest.mark.parametrize("typed", ["/taak_uitvoeren", "/gesprek_hervatten"])
async def test_nobody_starts_a_task_that_no_coach_gave(conversation: Conversation, typed: str) -> None:
    answer = await conversation.clicks(typed)
    assert answer.responses[-1] in {"utter_taak_geen", "utter_gesprek_hervat_vrij"}
    assert not (await conversation.tracker())["active_loop"]


async def test_a_task_that_does_not_return_ends_with_noor(
    conversation: Conversation, counter: Counter
) -> None:
    one = Assignment(questions=(Question(item=Item.EXPERIENCE),), returns=False)
    await asked(conversation, counter, one)
    await conversation.says("tien jaar in de zorg")
    assert (await conversation.says("ja")).responses == ["utter_taak_klaar_verder"]
    assert await the_referral(conversation, counter) is ReferralState.HANDED_BACK


async def test_who_cancels_is_asked_nothing_more(conversation: Conversation, counter: Counter) -> None:
    await asked(conversation, counter)
    answer = await conversation.clicks("/coach_annuleren")
    assert answer.responses[-1] == "utter_coach_afgezegd"
    assert (await the_task(conversation, counter))["state"] == TaskState.BROKEN_OFF
    assert not (await conversation.tracker())["active_loop"]


async def test_who_is_in_need_goes_to_the_top_of_the_line(
    conversation: Conversation, counter: Counter
) -> None:
    await asked(conversation, counter)
    assert "utter_coach_nood" in (await conversation.says("ik wil niet meer leven")).responses
    assert (await the_task(conversation, counter))["state"] == TaskState.BROKEN_OFF
    assert await the_referral(conversation, counter) is ReferralState.WAITING
