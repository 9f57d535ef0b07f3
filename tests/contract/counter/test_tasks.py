"""What Noor does for a coach: once, in order, told to the coach, and the person's own to take and erase."""

import asyncio

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from counter.conversations import storage as conversations
from counter.conversations.model import Message, Owner, Sender, Turn
from counter.conversations.service import export_message
from counter.database import Database
from counter.desk.model import NotOfferedError
from counter.people.model import Detail
from counter.referrals.model import OpenReferral, Reason
from counter.referrals.states import ReferralState
from counter.services import Counter
from counter.tasks.model import Assignment, Cause, Giver, Item, Question, Task, TaskFlow, TaskState
from counter.tasks.service import TaskService
from counter.tasks.written import parse_written
from tests.contract.counter.conftest import NewConversation, SettableClock
from tests.support.staff import a_coach
from tests.support.words import plain_words

QUESTIONS = Assignment(questions=parse_written("postcode\nWil je op zaterdag werken?"))


SANNE = a_coach("Sanne")


async def claimed(counter: Counter, conversation: str) -> str:
    """Have Sanne take somebody over; returns the number."""
    asked = OpenReferral(conversation_id=conversation, message_id="m1", reason=Reason.ASKED)
    number = (await counter.referrals.open(asked)).number
    await counter.desk.claim(number, SANNE)
    return number


async def assigned(
    counter: Counter,
    conversation: str,
    assignment: Assignment = QUESTIONS,
    *,
    facts: dict[Detail, str] | None = None,
) -> Task:
    """Have Sanne take somebody over, and hand the conversation back with a task."""
    number = await claimed(counter, conversation)
    await counter.desk.hand_back(number, SANNE, assignment=assignment, facts=facts)
    task = await counter.tasks.current(conversation)
    assert task is not None
    return task


async def state_of(counter: Counter, conversation: str) -> ReferralState:
    return (await counter.referrals.of_person(conversation))[0].state


async def turn_of(counter: Counter, conversation: str) -> Turn:
    turn = await counter.conversations.take_turn(conversation, "test")
    assert turn is not None
    return turn


async def messages_of(counter: Counter, conversation: str) -> list[Message]:
    return list((await counter.conversations.transcript(conversation)).messages)


async def test_noor_begins_by_herself_with_words_that_say_who_asks(
    counter: Counter, new_conversation: NewConversation
) -> None:
    conversation = await new_conversation()
    await assigned(counter, conversation)
    assert conversation in await counter.conversations.unattended()
    turn = await turn_of(counter, conversation)
    assert (turn.message.sender, turn.message.content.payload) == (Sender.SYSTEM, "/taak_uitvoeren")
    assert turn.message.content.text.startswith("taak_vragen: ")
    assert "naam=Sanne" in turn.message.content.text


async def test_what_noor_is_told_to_do_is_not_told_to_the_world(
    counter: Counter, new_conversation: NewConversation
) -> None:
    conversation = await new_conversation()
    await assigned(counter, conversation, facts={Detail.POSTCODE: "1506 AB"})
    message = (await messages_of(counter, conversation))[-1]
    assert message.content.payload == '/taak_uitvoeren{"postcode": "1506 AB"}'
    assert "taak_uitvoeren" not in str(export_message(message))
    assert "1506" not in str(await counter.conversations.export(conversation))


@pytest.mark.parametrize("flow", TaskFlow)
async def test_a_flow_begins_as_when_the_person_asks_for_it(
    counter: Counter, new_conversation: NewConversation, flow: TaskFlow
) -> None:
    conversation = await new_conversation()
    await assigned(counter, conversation, Assignment(flow=flow))
    assert (await turn_of(counter, conversation)).message.content.payload == f"/{flow}"


async def test_answers_are_kept_once_however_often_they_arrive(
    counter: Counter, new_conversation: NewConversation
) -> None:
    conversation = await new_conversation()
    task = await assigned(counter, conversation)
    ended = await asyncio.gather(
        *(counter.tasks.finish(conversation, "m2", ["1506 AB", None]) for _ in range(5))
    )
    # Who is handled again after a crash is thanked as well.
    assert [one and one.state for one in ended] == [TaskState.DONE] * 5
    (kept,) = await counter.tasks.of_referral(task.referral_id)
    assert kept.answered == [(Question(item=Item.POSTCODE), "1506 AB")]
    assert await counter.tasks.current(conversation) is None
    assert await counter.tasks.finish(conversation, "m3", ["1507 CD", None]) is None


async def test_the_coach_hears_of_the_end_once_and_with_it(
    database: Database, counter: Counter, new_conversation: NewConversation, clock: SettableClock
) -> None:
    heard: list[Task] = []

    async def hear(_session: AsyncSession, task: Task) -> None:
        heard.append(task)

    tasks = TaskService(database, clock, plain_words, hear)
    conversation = await new_conversation()
    await assigned(counter, conversation)
    for _ in range(2):
        await tasks.break_off(conversation, "m2", Cause.STOPPED)
    assert [(task.state, task.cause) for task in heard] == [(TaskState.BROKEN_OFF, Cause.STOPPED)]


async def test_when_the_coach_cannot_be_told_the_task_does_not_end(
    database: Database, counter: Counter, new_conversation: NewConversation, clock: SettableClock
) -> None:
    async def fail(_session: AsyncSession, _task: Task) -> None:
        raise RuntimeError

    conversation = await new_conversation()
    await assigned(counter, conversation)
    with pytest.raises(RuntimeError):
        await TaskService(database, clock, plain_words, fail).finish(conversation, "m2", ["a", "b"])
    assert await counter.tasks.current(conversation) is not None


async def test_a_new_task_takes_the_place_of_one_that_is_open(
    counter: Counter, new_conversation: NewConversation
) -> None:
    conversation = await new_conversation()
    task = await assigned(counter, conversation)
    giver = Giver(referral_id=task.referral_id, number="C-1", coach_id=SANNE.id, coach_name=SANNE.name)
    async with counter.database.session() as session:
        row = await conversations.lock(session, conversation)
        course = Assignment(flow=TaskFlow.COURSE)
        await counter.tasks.assign(session, row, giver, course, at=counter.clock())
    first, second = await counter.tasks.of_referral(task.referral_id)
    assert (first.cause, second.state) == (Cause.REPLACED, TaskState.OPEN)


@pytest.mark.parametrize("cause", [Cause.STOPPED, Cause.WANTED_A_PERSON, None])
async def test_whoever_gave_the_task_is_offered_the_person_when_it_ends(
    counter: Counter, new_conversation: NewConversation, cause: Cause | None
) -> None:
    conversation = await new_conversation()
    await assigned(counter, conversation)
    assert await state_of(counter, conversation) is ReferralState.HANDED_BACK
    if cause is None:
        await counter.tasks.finish(conversation, "m2", ["1506 AB", "ja"])
    else:
        await counter.tasks.break_off(conversation, "m2", cause)
    receipt = (await counter.referrals.of_person(conversation))[0]
    assert (receipt.state, receipt.is_open) == (ReferralState.OFFERED, True)
    with pytest.raises(NotOfferedError):
        await counter.desk.claim(receipt.number, a_coach("Ria"))
    await counter.desk.claim(receipt.number, SANNE)
    assert (await counter.conversations.transcript(conversation)).owner is Owner.COACH


async def test_a_task_that_returns_to_nobody_ends_the_referral_at_once(
    counter: Counter, new_conversation: NewConversation
) -> None:
    conversation = await new_conversation()
    await assigned(counter, conversation, Assignment(flow=TaskFlow.COURSE, returns=False))
    assert not (await counter.referrals.of_person(conversation))[0].is_open
    await counter.tasks.finish(conversation, "m2")
    assert await state_of(counter, conversation) is ReferralState.HANDED_BACK


async def test_a_coach_who_takes_somebody_back_ends_what_noor_was_doing(
    counter: Counter, new_conversation: NewConversation
) -> None:
    conversation = await new_conversation()
    task = await assigned(counter, conversation)
    await counter.desk.claim((await counter.referrals.of_person(conversation))[0].number, SANNE)
    assert await counter.tasks.current(conversation) is None
    # What Noor was to begin with is not said over the coach's head.
    assert await counter.conversations.take_turn(conversation, "test") is None
    (recalled,) = await counter.tasks.of_referral(task.referral_id)
    assert recalled.cause is Cause.RECALLED


async def test_without_a_task_noor_goes_on_where_she_was(
    counter: Counter, new_conversation: NewConversation
) -> None:
    conversation = await new_conversation()
    number = await claimed(counter, conversation)
    await counter.desk.hand_back(number, SANNE)
    assert (await turn_of(counter, conversation)).message.content.payload == "/gesprek_hervatten"
    assert not (await counter.referrals.of_person(conversation))[0].is_open


async def test_a_task_goes_along_with_its_person_and_is_blanked_with_them(
    counter: Counter, new_conversation: NewConversation
) -> None:
    conversation = await new_conversation()
    task = await assigned(counter, conversation)
    await counter.tasks.finish(conversation, "m2", ["1506 AB", "ja"])
    (exported,) = (await counter.conversations.export(conversation))["tasks"]
    assert [asked["answer"] for asked in exported["questions"]] == ["1506 AB", "ja"]
    open_one = await assigned(counter, conversation)
    await counter.conversations.erase(conversation)
    done, broken_off = await counter.tasks.of_referral(task.referral_id)
    assert (done.questions, broken_off.questions) == ((), ())
    assert (open_one.id, broken_off.cause) == (broken_off.id, Cause.ERASED)


async def test_a_detail_is_corrected_in_an_answer_as_well(
    counter: Counter, new_conversation: NewConversation
) -> None:
    conversation = await new_conversation()
    task = await assigned(counter, conversation)
    await counter.tasks.finish(conversation, "m2", ["1506 AB", "ja"])
    known = (await counter.people.overview(conversation)).details
    assert [(one.detail, one.value, one.is_used) for one in known] == [(Detail.POSTCODE, "1506 AB", True)]
    assert known[0].number.startswith("C-")
    (number,) = await counter.people.correct(conversation, Detail.POSTCODE, "1507 CD")
    assert number == known[0].number
    assert await counter.people.correct(conversation, Detail.POSTCODE, "1507 CD") == ()
    (kept,) = await counter.tasks.of_referral(task.referral_id)
    assert kept.answers == ("1507 CD", "ja")
