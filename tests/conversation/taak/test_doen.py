"""A coach has Noor do something with a person that Noor can do; its end is told to the coach."""

import pytest

from counter.services import Counter
from counter.tasks.model import Assignment, TaskFlow
from tests.support.coaching import Coach
from tests.support.talking import Answer, Conversation

STATEMENTS = 12
# What somebody says to come to the end of what Noor does; the last is answered with the result.
TO_THE_END = {
    TaskFlow.INTEREST_TEST: ["ja"] * STATEMENTS,
    TaskFlow.COURSE: ["lassen", "Zaandam"],
    TaskFlow.OPEN_HIRING: ["Zaandam", "24 uur"],
    TaskFlow.WORK_BASED_COURSE: ["techniek", "Zaandam"],
}


async def handed_back(conversation: Conversation, counter: Counter, flow: TaskFlow) -> Answer:
    coach = Coach(counter, conversation.id)
    await coach.takes_over()
    await coach.says("Noor gaat even met je verder.")
    seen = (await conversation.reads())["messages"][-1]["seq"]
    await coach.hands_back(Assignment(flow=flow))
    return await conversation.answer_to(seen)


@pytest.mark.parametrize("flow", TaskFlow)
async def test_noor_begins_what_the_coach_asked(
    conversation: Conversation, counter: Counter, flow: TaskFlow
) -> None:
    answer = await handed_back(conversation, counter, flow)
    assert answer.texts[0].startswith("Hier is Noor weer, de computer. Sanne vraagt of je")
    assert (await conversation.tracker())["active_loop"]


@pytest.mark.parametrize("flow", TO_THE_END)
async def test_the_coach_hears_when_it_is_done(
    conversation: Conversation, counter: Counter, flow: TaskFlow
) -> None:
    answer = await handed_back(conversation, counter, flow)
    for words in TO_THE_END[flow]:
        assert await counter.tasks.current(conversation.id) is not None
        answer = await conversation.says(words)
    assert answer.responses[-1] == "utter_taak_klaar", answer.responses
    assert await counter.tasks.current(conversation.id) is None


async def test_who_stops_halfway_is_told_that_the_coach_knows(
    conversation: Conversation, counter: Counter
) -> None:
    await handed_back(conversation, counter, TaskFlow.INTEREST_TEST)
    await conversation.says("ja")
    answer = await conversation.says("stop")
    assert answer.responses == ["utter_gesprek_gestopt_test", "utter_taak_afgebroken"]
    assert await counter.tasks.current(conversation.id) is None


async def test_the_same_flow_without_a_task_thanks_nobody(conversation: Conversation) -> None:
    await conversation.clicks("/cursus_zoeken")
    await conversation.says("lassen")
    assert "utter_taak_klaar" not in (await conversation.says("Zaandam")).responses
