"""From a form to a coach and back: Noor is silent meanwhile, knows what was said, and goes on."""

from typing import Any

from counter.people.model import Detail
from counter.services import Counter
from counter.tasks.model import Assignment
from counter.tasks.written import parse_written
from tests.support.coaching import Coach
from tests.support.running import RunningLoket
from tests.support.talking import Answer, Conversation

PLACE = "utter_ask_cursus_formulier_cursus_plaats"
DISTANCE = "utter_cursus_gevonden"


async def halfway_a_form(conversation: Conversation) -> None:
    await conversation.clicks("/cursus_zoeken")
    assert (await conversation.says("lassen")).responses == [PLACE]


async def a_talk_with_a_coach(conversation: Conversation, counter: Counter) -> Coach:
    coach = Coach(counter, conversation.id)
    await coach.takes_over()
    await coach.says("Dag, ik ben Sanne.")
    # What would answer the open question, and what would start another form.
    for words in ("Zaandam", "ik wil een mens spreken", "stop"):
        status, _ = await conversation.sends({"text": words})
        assert status == 202
    await coach.says("Goed dat je het zegt.")
    return coach


async def handed_back(
    conversation: Conversation,
    coach: Coach,
    assignment: Assignment | None = None,
    facts: dict[Detail, str] | None = None,
) -> Answer:
    page = await conversation.reads()
    assert [message["from"] for message in page["messages"][-5:]] == ["coach", *["person"] * 3, "coach"]
    await coach.hands_back(assignment, facts=facts)
    return await conversation.answer_to(page["messages"][-1]["seq"])


def texts_of(events: list[dict[str, Any]], kind: str) -> list[str]:
    return [event["text"] for event in events if event["event"] == kind and event["text"]]


async def test_a_form_that_was_left_for_a_coach_goes_on_where_it_was(
    conversation: Conversation, counter: Counter
) -> None:
    await halfway_a_form(conversation)
    coach = await a_talk_with_a_coach(conversation, counter)
    answer = await handed_back(conversation, coach)
    assert "Sanne is klaar voor nu" in answer.texts[0]
    assert answer.responses == ["utter_gesprek_hervat", PLACE]
    assert (await conversation.says("Zaandam")).responses[0] == DISTANCE


async def test_a_form_that_was_left_for_a_coach_can_be_stopped(
    conversation: Conversation, counter: Counter
) -> None:
    await halfway_a_form(conversation)
    await handed_back(conversation, await a_talk_with_a_coach(conversation, counter))
    assert (await conversation.says("stop")).responses[0] == "utter_gesprek_gestopt"
    assert not (await conversation.tracker())["active_loop"]


async def test_without_a_form_noor_asks_what_else_there_is(
    conversation: Conversation, counter: Counter
) -> None:
    await conversation.says("hoi")
    answer = await handed_back(conversation, await a_talk_with_a_coach(conversation, counter))
    assert answer.responses == ["utter_gesprek_hervat_vrij"]


async def test_the_tracker_holds_what_was_said_once_and_in_order(
    conversation: Conversation, counter: Counter
) -> None:
    await halfway_a_form(conversation)
    coach = await a_talk_with_a_coach(conversation, counter)
    await handed_back(conversation, coach)
    await conversation.says("Zaandam")
    events = (await conversation.tracker())["events"]
    assert texts_of(events, "bot").count("Dag, ik ben Sanne.") == 1
    assert texts_of(events, "bot").count("Goed dat je het zegt.") == 1
    said = texts_of(events, "user")
    assert said[2:5] == ["Zaandam", "ik wil een mens spreken", "stop"]
    assert said.count("ik wil een mens spreken") == 1
    sanne = next(event for event in events if event.get("text") == "Dag, ik ben Sanne.")
    assert sanne["metadata"]["from"] == "coach"


async def test_somebody_a_coach_spoke_before_noor_did_is_known_as_well(
    conversation: Conversation, counter: Counter
) -> None:
    coach = await a_talk_with_a_coach(conversation, counter)
    await coach.closes()
    assert "utter_groeten" in (await conversation.says("hoi")).responses
    assert "Dag, ik ben Sanne." in texts_of((await conversation.tracker())["events"], "bot")


async def test_a_crash_on_the_way_back_tells_nothing_twice(
    conversation: Conversation, counter: Counter, loket: RunningLoket
) -> None:
    await halfway_a_form(conversation)
    coach = await a_talk_with_a_coach(conversation, counter)
    seen = (await conversation.reads())["messages"][-1]["seq"]
    loket.kill_bot()
    await coach.hands_back()
    loket.start_bot()
    loket.wait_for_bot()
    while (page := await conversation.reads(after=seen, wait=5))["typing"]:
        pass
    # Noor may have said meanwhile that it takes longer.
    assert page["messages"][-1]["text"].startswith("Waar wil je de cursus volgen?")
    assert texts_of((await conversation.tracker())["events"], "bot").count("Dag, ik ben Sanne.") == 1


async def test_what_the_coach_corrected_noor_knows(conversation: Conversation, counter: Counter) -> None:
    await conversation.says("mijn postcode is 1506 AB")
    coach = await a_talk_with_a_coach(conversation, counter)
    corrected = {Detail.POSTCODE: "1811 AB", Detail.NAME: "Fatima", Detail.PHONE: "+31612345678"}
    await handed_back(conversation, coach, facts=corrected)
    slots = await conversation.slots()
    assert {name: slots[name] for name in ("postcode", "naam", "telefoon")} == {
        "postcode": "1811 AB",
        "naam": "Fatima",
        "telefoon": "+31612345678",
    }


async def test_a_task_sets_another_form_aside(conversation: Conversation, counter: Counter) -> None:
    await conversation.clicks("/interessetest_doen")
    await conversation.says("ja")
    coach = await a_talk_with_a_coach(conversation, counter)
    answer = await handed_back(conversation, coach, Assignment(questions=parse_written("postcode")))
    assert answer.responses == ["utter_coach_onderbreken", "utter_taak_vraag_postcode"]
    assert (await conversation.says("1506 AB")).responses == ["utter_taak_samenvatting"]
