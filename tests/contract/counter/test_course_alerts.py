"""Alerts on both databases: told once of each course that fits, until they stop or end."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from counter.conversations.model import Content, Sender
from counter.course_alerts.model import MOST_OPEN, Alert, AskAlert, TooManyAlertsError
from counter.courses.model import Course, CourseQuery, Form, Level
from counter.places.gazetteer import Gazetteer
from counter.services import Counter, open_counter
from skills_taxonomy import Taxonomy
from tests.contract.counter.conftest import NewConversation, SettableClock
from tests.contract.counter.test_course_sources import a_course, take_in
from tests.contract.counter.test_retention import Heard, Memory
from tests.support.words import plain_words

type TwoConversations = Callable[[], Awaitable[tuple[str, str]]]

WELDING = CourseQuery(topic="lassen", place="Zaandam")


async def ask(
    counter: Counter, conversation: str, query: CourseQuery = WELDING, message_id: str = "m1"
) -> Alert:
    command = AskAlert(conversation_id=conversation, message_id=message_id, query=query)
    return await counter.course_alerts.ask(command)


async def told(counter: Counter, conversation: str) -> list[str]:
    transcript = await counter.conversations.transcript(conversation)
    return [one.content.text for one in transcript.messages if one.sender is Sender.SYSTEM]


def welding(course_id: str, **changes: object) -> Course:
    return a_course(course_id, **{"title": "Lassen", **changes})


async def test_who_found_nothing_hears_of_a_course_once_it_is_there_and_never_twice(
    counter: Counter, new_conversation: NewConversation
) -> None:
    conversation = await new_conversation()
    alert = await ask(counter, conversation)
    assert await counter.course_alerts.look() == 0
    await take_in(counter, "roc", [welding("las")])
    assert await counter.course_alerts.look() == 1
    assert await counter.course_alerts.look() == 0
    await take_in(counter, "roc", [welding("las", price_eur=10)])
    assert await counter.course_alerts.look() == 0
    [text] = await told(counter, conversation)
    assert text == (
        f"cursus_gevonden: nummer={alert.number}, onderwerp=lassen, cursus=las, titel=Lassen, "
        "aanbieder=Voorbeeldschool, waar=Zaandam, start=1-2-2027"
    )


async def test_only_what_fits_in_everything_is_told(
    counter: Counter, new_conversation: NewConversation
) -> None:
    conversation = await new_conversation()
    await ask(counter, conversation, CourseQuery(topic="lassen", place="Zaandam", form=Form.AVOND))
    await take_in(
        counter,
        "roc",
        [
            welding("dag"),
            welding("ver", place="Hilversum", form=Form.AVOND),
            a_course("kok", form=Form.AVOND),
        ],
    )
    assert await counter.course_alerts.look() == 0
    await take_in(counter, "hva", [welding("avond", form=Form.AVOND)])
    assert await counter.course_alerts.look() == 1


async def test_what_was_there_when_they_asked_is_no_news_nor_is_another_offering_of_it(
    counter: Counter, new_conversation: NewConversation
) -> None:
    await take_in(counter, "roc", [welding("las-1", series="roc-las")])
    await ask(counter, await new_conversation())
    await take_in(
        counter,
        "roc",
        [welding("las-1", series="roc-las"), welding("las-2", series="roc-las")],
    )
    assert await counter.course_alerts.look() == 0


async def test_many_new_courses_are_one_message(counter: Counter, new_conversation: NewConversation) -> None:
    conversation = await new_conversation()
    await ask(counter, conversation)
    await take_in(counter, "roc", [welding(f"las-{number}") for number in range(4)])
    assert await counter.course_alerts.look() == 1
    [text] = await told(counter, conversation)
    assert text.endswith("meer=3")


async def test_the_same_message_or_the_same_search_is_one_alert(
    counter: Counter, new_conversation: NewConversation
) -> None:
    conversation = await new_conversation()
    asked = await asyncio.gather(*(ask(counter, conversation) for _ in range(5)))
    again = await ask(counter, conversation, message_id="m2")
    assert {alert.number for alert in (*asked, again)} == {asked[0].number}
    assert asked[0].number.startswith("M-")


async def test_nobody_has_more_than_a_few(counter: Counter, new_conversation: NewConversation) -> None:
    conversation = await new_conversation()
    for number in range(MOST_OPEN):
        await ask(counter, conversation, CourseQuery(topic=f"vak {number}"), f"m{number}")
    with pytest.raises(TooManyAlertsError):
        await ask(counter, conversation, CourseQuery(topic="nog een"), "meer")
    assert len(await counter.course_alerts.stop(conversation)) == MOST_OPEN
    await ask(counter, conversation, CourseQuery(topic="nog een"), "meer")


async def test_an_alert_ends_after_six_months(
    counter: Counter, new_conversation: NewConversation, clock: SettableClock
) -> None:
    conversation = await new_conversation()
    alert = await ask(counter, conversation)
    assert alert.last_day.isoformat() == "2027-05-23"
    clock.advance(days=182)
    await take_in(counter, "roc", [welding("las", start=None)])
    assert await counter.course_alerts.look() == 0
    assert await counter.course_alerts.of_person(conversation) == ()


async def test_who_stops_one_keeps_the_others_and_who_stops_all_hears_nothing(
    counter: Counter, new_conversation: NewConversation
) -> None:
    conversation, stranger = await new_conversation(), await new_conversation()
    first = await ask(counter, conversation)
    second = await ask(counter, conversation, CourseQuery(topic="koken"), "m2")
    assert await counter.course_alerts.stop(stranger, first.number) == ()
    assert [one.number for one in await counter.course_alerts.stop(conversation, first.number)] == [
        first.number
    ]
    assert [one.number for one in await counter.course_alerts.of_person(conversation)] == [second.number]
    await counter.course_alerts.stop(conversation)
    assert await counter.course_alerts.stop(conversation) == ()
    await take_in(counter, "roc", [welding("las"), a_course("kok", title="Koken")])
    assert await counter.course_alerts.look() == 0


async def test_they_hear_of_it_where_they_wrote_last(
    counter: Counter, two_conversations: TwoConversations, clock: SettableClock
) -> None:
    first, second = await two_conversations()
    await ask(counter, first)
    clock.advance(minutes=1)
    await counter.conversations.receive(second, Content(text="hoi"))
    await take_in(counter, "roc", [welding("las")])
    await counter.course_alerts.look()
    assert (len(await told(counter, first)), len(await told(counter, second))) == (0, 1)


async def test_two_processes_tell_it_once(
    counter: Counter, new_conversation: NewConversation, taxonomy: Taxonomy, gazetteer: Gazetteer
) -> None:
    conversation = await new_conversation()
    await ask(counter, conversation)
    await take_in(counter, "roc", [welding("las")])
    other = open_counter(counter.database, taxonomy, gazetteer, counter.clock, wording=plain_words)
    looks = await asyncio.gather(*(one.course_alerts.look() for one in (counter, other, counter, other)))
    assert sum(looks) == 1
    assert len(await told(counter, conversation)) == 1


async def test_a_search_comes_back_as_it_was_asked(
    counter: Counter, new_conversation: NewConversation
) -> None:
    conversation = await new_conversation()
    query = CourseQuery(
        topic="zorg", place=None, radius_km=None, level=Level.MBO3, form=Form.ONLINE, max_price_eur=100
    )
    await ask(counter, conversation, query)
    [alert] = await counter.course_alerts.of_person(conversation)
    assert alert.query == query


async def test_alerts_are_exported_and_go_with_what_is_erased(
    counter: Counter, new_conversation: NewConversation
) -> None:
    conversation = await new_conversation()
    alert = await ask(counter, conversation)
    await take_in(counter, "roc", [welding("las")])
    await counter.course_alerts.look()
    [exported] = (await counter.conversations.export(conversation))["course_alerts"]
    assert exported["number"] == alert.number
    assert exported["search"]["topic"] == "lassen"
    assert exported["told_of"] == ["las"]
    await counter.people.ask_erasure(conversation)
    await counter.people.take_erasure(conversation, "test")
    await counter.people.erase(conversation)
    assert (await counter.conversations.export(conversation))["course_alerts"] == []
    await take_in(counter, "hva", [welding("las-2")])
    assert await counter.course_alerts.look() == 0


async def test_what_ended_a_month_ago_is_forgotten(
    counter: Counter, new_conversation: NewConversation, clock: SettableClock
) -> None:
    conversation = await new_conversation()
    await ask(counter, conversation)
    await ask(counter, conversation, CourseQuery(topic="koken"), "m2")
    await counter.course_alerts.stop(
        conversation, (await counter.course_alerts.of_person(conversation))[0].number
    )

    for days, left in ((27, 2), (5, 1)):
        clock.advance(days=days)
        await counter.retention.run(Memory().forget, Heard())
        assert len((await counter.conversations.export(conversation))["course_alerts"]) == left
