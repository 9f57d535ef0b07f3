"""What a coach and a person say to each other, the bot hears of before it speaks again: all of it, once."""

from counter.conversations import storage
from counter.conversations.model import Content, MessageState, Owner, Sender
from counter.services import Counter
from tests.contract.counter.conftest import NewConversation


async def owned_by(counter: Counter, conversation: str, owner: Owner) -> None:
    async with counter.database.session() as session:
        (await storage.lock(session, conversation)).owner = owner.value


async def coach_says(counter: Counter, conversation: str, text: str) -> None:
    async with counter.database.session() as session:
        storage.append(
            session,
            await storage.lock(session, conversation),
            sender=Sender.COACH,
            content=Content(text=text),
            state=MessageState.DONE,
            at=counter.clock(),
        )


async def person_says(counter: Counter, conversation: str, text: str) -> None:
    await counter.conversations.receive(conversation, Content(text=text))


async def next_turn(counter: Counter, conversation: str) -> tuple[str, list[str]]:
    """Answer the next message; returns it, and what the bot had to hear first."""
    turn = await counter.conversations.take_turn(conversation, "test")
    assert turn is not None
    await counter.conversations.answer(conversation, turn.message.seq, [Content(text="Noor")])
    return turn.message.content.text, [said.content.text for said in turn.unheard]


async def test_the_bot_hears_what_was_said_to_a_coach_and_by_one(
    counter: Counter, new_conversation: NewConversation
) -> None:
    conversation = await new_conversation()
    await person_says(counter, conversation, "hoi")
    assert await next_turn(counter, conversation) == ("hoi", [])
    await owned_by(counter, conversation, Owner.COACH)
    await coach_says(counter, conversation, "Dag, ik ben Sanne.")
    await person_says(counter, conversation, "Dag Sanne.")
    assert await counter.conversations.take_turn(conversation, "test") is None
    await owned_by(counter, conversation, Owner.BOT)
    await person_says(counter, conversation, "En nu?")
    assert await next_turn(counter, conversation) == ("En nu?", ["Dag, ik ben Sanne.", "Dag Sanne."])
    await person_says(counter, conversation, "Oké")
    assert await next_turn(counter, conversation) == ("Oké", [])


async def test_an_answer_that_was_lost_has_it_told_again(
    counter: Counter, new_conversation: NewConversation
) -> None:
    conversation = await new_conversation()
    await coach_says(counter, conversation, "Dag.")
    await person_says(counter, conversation, "Hoi")
    for is_retry in (False, True):
        turn = await counter.conversations.take_turn(conversation, "test")
        assert turn is not None
        assert (turn.is_retry, len(turn.unheard)) == (is_retry, 1)


async def test_what_a_coach_says_while_the_bot_thinks_is_heard_the_next_time(
    counter: Counter, new_conversation: NewConversation
) -> None:
    conversation = await new_conversation()
    await coach_says(counter, conversation, "Een.")
    await person_says(counter, conversation, "Hoi")
    turn = await counter.conversations.take_turn(conversation, "test")
    assert turn is not None
    await coach_says(counter, conversation, "Twee.")
    await counter.conversations.answer(conversation, turn.message.seq, [Content(text="Noor")])
    await person_says(counter, conversation, "Ja")
    assert await next_turn(counter, conversation) == ("Ja", ["Twee."])
