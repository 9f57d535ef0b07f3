"""What people think of Noor's answers: one thought a message, theirs to take along and to erase."""

import asyncio

import pytest

from counter.conversations.model import Content, Sender
from counter.ratings.model import NotAnAnswerError, Rating
from counter.services import Counter
from tests.contract.counter.conftest import NewConversation


async def answered(counter: Counter, conversation: str) -> int:
    """Have Noor answer a question; returns the answer's place."""
    received = await counter.conversations.receive(conversation, Content(text="Wat is een voucher?"))
    turn = await counter.conversations.take_turn(conversation, "test")
    assert turn is not None
    await counter.conversations.answer(conversation, received.message.seq, [Content(text="Geld.")])
    transcript = await counter.conversations.transcript(conversation)
    assert transcript.messages[-1].sender is Sender.BOT
    return transcript.messages[-1].seq


async def kept(counter: Counter, conversation: str) -> list[tuple[int, bool, str | None]]:
    export = await counter.conversations.export(conversation)
    return [(one["seq"], one["helpful"], one["reason"]) for one in export["ratings"]]


async def test_the_same_thought_twice_is_kept_once(
    counter: Counter, new_conversation: NewConversation
) -> None:
    conversation = await new_conversation()
    seq = await answered(counter, conversation)
    rating = Rating(seq=seq, is_helpful=False, reason="te moeilijk")
    await asyncio.gather(*(counter.ratings.rate(conversation, rating) for _ in range(5)))
    assert await kept(counter, conversation) == [(seq, False, "te moeilijk")]


async def test_a_later_thought_takes_the_place_of_an_earlier_one(
    counter: Counter, new_conversation: NewConversation
) -> None:
    conversation = await new_conversation()
    seq = await answered(counter, conversation)
    await counter.ratings.rate(conversation, Rating(seq=seq, is_helpful=False, reason="te moeilijk"))
    await counter.ratings.rate(conversation, Rating(seq=seq, is_helpful=True))
    assert await kept(counter, conversation) == [(seq, True, None)]


@pytest.mark.parametrize("seq", [1, 99])
async def test_only_what_noor_said_can_be_rated(
    counter: Counter, new_conversation: NewConversation, seq: int
) -> None:
    conversation = await new_conversation()
    await answered(counter, conversation)
    with pytest.raises(NotAnAnswerError):
        await counter.ratings.rate(conversation, Rating(seq=seq, is_helpful=True))
    assert await kept(counter, conversation) == []


async def test_ratings_go_with_their_conversation_and_no_other(
    counter: Counter, new_conversation: NewConversation
) -> None:
    one, other = await new_conversation(), await new_conversation()
    for conversation in (one, other):
        seq = await answered(counter, conversation)
        await counter.ratings.rate(conversation, Rating(seq=seq, is_helpful=True))
    await counter.conversations.erase(one)
    assert len(await kept(counter, other)) == 1
    await counter.conversations.erase(other)
