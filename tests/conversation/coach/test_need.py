"""A cry for help while a coach has the conversation, with the real Noor: heard, and not answered by her."""

import asyncio

import pytest

from counter.conversations.model import Sender
from counter.services import Counter
from tests.support.coaching import Coach
from tests.support.talking import Conversation

ANSWER_SECONDS = 30


async def watched(counter: Counter, conversation: Conversation) -> None:
    """Wait until Noor looked at everything that was written here."""
    async with asyncio.timeout(ANSWER_SECONDS):
        while await counter.watch.next_in(conversation.id) is not None:  # noqa: ASYNC110 - see `Attendance`
            await asyncio.sleep(0.1)


@pytest.mark.parametrize(
    ("text", "is_cry"),
    [
        ("ik wil niet meer leven", True),
        ("/ik ben in gevaar", True),
        ("ik zoek een cursus lassen in zaandam", False),
        ("dankjewel, tot morgen", False),
    ],
)
async def test_what_is_written_to_a_coach_is_understood_and_changes_nothing_with_noor(
    conversation: Conversation, counter: Counter, text: str, *, is_cry: bool
) -> None:
    await conversation.says("hoi")
    coach = Coach(counter, conversation.id)
    await coach.takes_over()
    before = (await conversation.tracker())["events"]
    said_before = (await counter.conversations.transcript(conversation.id)).messages
    await conversation.sends({"text": text})
    await watched(counter, conversation)
    news = (await counter.conversations.transcript(conversation.id, after=said_before[-1].seq)).messages
    assert [message.sender for message in news] == [Sender.PERSON, *([Sender.SYSTEM] if is_cry else [])]
    if is_cry:
        assert "112" in news[-1].content.text
        assert "0800-0113" in news[-1].content.text
    [line] = [line for line in await counter.desk_reader.open_lines() if line.number == coach.number]
    assert line.is_in_need is is_cry
    assert (await conversation.tracker())["events"] == before


async def test_a_button_of_noors_that_asks_for_help_is_a_cry_to_a_coach_as_well(
    conversation: Conversation, counter: Counter
) -> None:
    coach = Coach(counter, conversation.id)
    await coach.takes_over()
    await conversation.sends({"payload": "/in_nood"})
    await watched(counter, conversation)
    [line] = [line for line in await counter.desk_reader.open_lines() if line.number == coach.number]
    assert line.is_in_need
