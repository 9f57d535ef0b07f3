"""How a talk with a coach ends, on both databases, and what is kept of it."""

from collections.abc import Awaitable, Callable

import pytest
from sqlalchemy import select

from counter.conversations.model import Content, Owner
from counter.desk.model import (
    NobodyThereError,
    NotYoursError,
    Outcome,
    ReferralClosedError,
)
from counter.desk.storage import LabelRow, PrivateNoteRow
from counter.referrals.model import (
    Helped,
)
from counter.services import Counter
from counter.tasks.model import Assignment, TaskFlow
from tests.contract.counter.conftest import SettableClock
from tests.contract.counter.desking import SANNE, ask, owner_of, row_of, told

type NewConversation = Callable[[], Awaitable[str]]


async def test_who_is_handed_back_is_answered_by_noor_and_can_ask_again(
    counter: Counter, asked: tuple[str, str]
) -> None:
    conversation, number = asked
    await counter.desk.claim(number, SANNE)
    await counter.desk.hand_back(number, SANNE)
    assert await owner_of(counter, conversation) is Owner.BOT
    assert (await told(counter, conversation))[-1] == "coach_geeft_terug"
    await counter.conversations.receive(conversation, Content(text="en nu?"))
    assert await counter.conversations.take_turn(conversation, "an app") is not None
    with pytest.raises(NotYoursError):
        await counter.desk.say(number, SANNE, "nog iets", client_id="k1")
    assert await ask(counter, conversation, "m2") != number


async def test_who_is_handed_back_with_a_task_stays_known_to_the_coach(
    counter: Counter, asked: tuple[str, str]
) -> None:
    conversation, number = asked
    await counter.desk.claim(number, SANNE)
    await counter.desk.hand_back(number, SANNE, assignment=Assignment(flow=TaskFlow.COURSE))
    assert (await told(counter, conversation))[-1] == "taak_cursus"
    row = await row_of(counter, number)
    assert (row.state, row.closed_at, row.coach_name) == ("handed_back", None, "Sanne")
    assert await owner_of(counter, conversation) is Owner.WAITING
    assert await ask(counter, conversation, "m2") == number
    assert (await row_of(counter, number)).state == "waiting"


async def test_what_is_closed_is_over_and_can_be_rated_again_and_again(
    counter: Counter, asked: tuple[str, str]
) -> None:
    conversation, number = asked
    await counter.desk.claim(number, SANNE)
    await counter.desk.close(number, SANNE, Outcome.HELPED)
    assert (await told(counter, conversation))[-1] == "coach_klaar"
    with pytest.raises(ReferralClosedError):
        await counter.desk.claim(number, SANNE)
    await counter.referrals.rate(number, conversation, Helped.NO, comment="te kort")
    await counter.referrals.rate(number, conversation, Helped.A_LITTLE)
    row = await row_of(counter, number)
    assert (row.outcome, row.helped, row.helped_comment) == ("geholpen", "beetje", "te kort")


async def test_who_wants_noor_back_gets_her_and_the_coach_is_through(
    counter: Counter, asked: tuple[str, str]
) -> None:
    conversation, number = asked
    await counter.referrals.leave_coach(conversation)
    assert (await row_of(counter, number)).state == "waiting"
    await counter.desk.claim(number, SANNE)
    for _ in range(2):
        await counter.referrals.leave_coach(conversation)
    assert await owner_of(counter, conversation) is Owner.BOT
    assert await told(counter, conversation) == ["coach_is_er", "coach_verlaten"]
    assert (await row_of(counter, number)).state == "cancelled"


async def test_a_private_note_reaches_nobody_but_colleagues(counter: Counter, asked: tuple[str, str]) -> None:
    conversation, number = asked
    await counter.desk.claim(number, SANNE)
    notes = [await counter.desk.note(number, SANNE, "Klinkt somber.", client_id="k1") for _ in range(2)]
    assert notes[0] == notes[1]
    export = await counter.conversations.export(conversation)
    assert "somber" not in str(export)
    assert export["desk"] == [
        {
            "number": number,
            "labels": [],
            "summary": None,
            "notes_written_at": [counter.clock().isoformat()],
        }
    ]
    assert "somber" not in str((await counter.conversations.transcript(conversation)).messages)


async def test_erasing_takes_the_conversation_from_the_coach_with_all_that_was_written(
    counter: Counter, asked: tuple[str, str]
) -> None:
    conversation, number = asked
    await counter.desk.claim(number, SANNE)
    await counter.desk.note(number, SANNE, "Klinkt somber.", client_id="k1")
    await counter.desk.label(number, SANNE, ["zorg", "spoed"])
    await counter.desk.summarise(number, SANNE, "Wil naar de zorg.")
    await counter.conversations.erase(conversation)
    row = await row_of(counter, number)
    assert (row.state, row.summary, row.name, row.conversation_id) == ("cancelled", None, None, None)
    async with counter.database.reading() as session:
        assert (await session.scalars(select(PrivateNoteRow))).all() == []
        assert (await session.scalars(select(LabelRow))).all() == []
    with pytest.raises(NotYoursError):
        await counter.desk.say(number, SANNE, "Dag", client_id="k1")


async def test_to_who_went_on_elsewhere_without_this_conversation_nothing_can_be_said(
    counter: Counter, clock: SettableClock, two_conversations: Callable[[], Awaitable[tuple[str, str]]]
) -> None:
    one, other = await two_conversations()
    number = await ask(counter, other)
    clock.advance(minutes=1)
    await counter.conversations.receive(one, Content(text="ik schrijf nu hier"))
    await counter.desk.claim(number, SANNE)
    assert await owner_of(counter, one) is Owner.COACH
    assert await owner_of(counter, other) is Owner.BOT
    await counter.conversations.erase(one)
    with pytest.raises(NobodyThereError):
        await counter.desk.say(number, SANNE, "Dag", client_id="k1")
