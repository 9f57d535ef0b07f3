"""Being kept informed of courses: asked in words or by a button, told once they are there, and stopped."""

import asyncio

import pytest

from counter.courses.model import Course, Form, Level
from counter.services import Counter
from tests.support.talking import Conversation

TOPIC = "glasblazen"


def a_course(course_id: str, title: str) -> Course:
    return Course(
        id=course_id,
        title=title,
        provider="Voorbeeldschool",
        place="Hoorn",
        form=Form.AVOND,
        level=Level.CURSUS,
        topics=(title.lower(),),
    )


async def told(conversation: Conversation, after: int) -> dict[str, object]:
    """Wait for what the counter says of its own accord."""
    async with asyncio.timeout(60):
        while True:
            page = await conversation.reads(after=after, wait=5)
            if said := [message for message in page["messages"] if message["from"] == "system"]:
                return dict(said[0])


@pytest.mark.timeout(120)
async def test_who_found_nothing_is_told_once_there_is_something_and_can_stop(
    conversation: Conversation, counter: Counter
) -> None:
    nothing = await conversation.says(f"ik zoek een avondcursus {TOPIC} in Hoorn")
    kept = await conversation.presses(nothing, "Houd me op de hoogte")
    assert kept.responses == ["utter_cursus_melding_staat"]
    [alert] = await counter.course_alerts.of_person(conversation.id)
    assert (alert.query.topic, alert.query.place, alert.query.form) == (TOPIC, "Hoorn", Form.AVOND)
    assert alert.number in str(kept.cards)
    before = conversation.seq
    await counter.courses.store([a_course("glas-1", "Glasblazen")])
    message = await told(conversation, before)
    assert TOPIC in str(message["text"])
    assert "Glasblazen" in str(message["cards"])
    details = await conversation.clicks('/cursus_details{"cursus":"glas-1"}')
    assert details.responses == ["utter_cursus_details_kaart"]
    assert "Bijgewerkt op" in str(details.cards)
    stopped = await conversation.clicks(f'/cursus_melding_stoppen{{"aanvraagnummer":"{alert.number}"}}')
    assert stopped.responses == ["utter_cursus_melding_gestopt"]
    assert await counter.course_alerts.of_person(conversation.id) == ()


async def test_it_can_be_asked_and_stopped_in_ones_own_words(
    conversation: Conversation, counter: Counter
) -> None:
    await conversation.says("ik zoek een cursus edelsmeden in Alkmaar")
    asked = await conversation.says("kun je het me laten weten als er iets nieuws komt?")
    assert asked.responses == ["utter_cursus_melding_staat"]
    stopped = await conversation.says("ik wil geen berichten meer over cursussen")
    assert stopped.responses == ["utter_cursus_melding_gestopt"]
    assert await counter.course_alerts.of_person(conversation.id) == ()


async def test_who_looked_for_nothing_is_asked_what_it_is_about(conversation: Conversation) -> None:
    assert (await conversation.says("houd me op de hoogte")).responses == ["utter_cursus_melding_waarover"]


async def test_two_courses_are_put_side_by_side(conversation: Conversation) -> None:
    await conversation.says("ik zoek een cursus lassen in Zaandam")
    answer = await conversation.says("vergelijk de eerste en de tweede cursus")
    assert answer.responses == ["utter_cursus_naast_elkaar_kaart", "utter_cursus_naast_elkaar_verder"]
    assert " | " in str(answer.cards)
