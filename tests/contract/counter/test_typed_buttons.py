"""Typing what a button says is pressing it, as long as it was offered last."""

from collections.abc import Awaitable, Callable

from counter.conversations.model import Content
from counter.conversations.service import ConversationService

type NewConversation = Callable[[], Awaitable[str]]

OFFER = Content(text="Hoe?", buttons=({"title": "Open hiring", "payload": '/plaatsen{"x":1}'},))


async def says(conversations: ConversationService, conversation_id: str, text: str) -> Content:
    return (await conversations.receive(conversation_id, Content(text=text))).message.content


async def test_what_was_offered_last_may_be_typed_and_the_words_stay(
    conversations: ConversationService, new_conversation: NewConversation
) -> None:
    conversation = await new_conversation()
    asked = await conversations.receive(conversation, Content(text="ik zoek mensen"))
    assert asked.message.content.payload is None
    await conversations.answer(conversation, asked.message.seq, [OFFER, Content(text="Kies maar.")])
    chosen = await says(conversations, conversation, "graag via open hiring")
    assert (chosen.text, chosen.payload) == ("graag via open hiring", '/plaatsen{"x":1}')


async def test_an_older_offer_must_be_pressed(
    conversations: ConversationService, new_conversation: NewConversation
) -> None:
    conversation = await new_conversation()
    asked = await conversations.receive(conversation, Content(text="ik zoek mensen"))
    await conversations.answer(conversation, asked.message.seq, [OFFER])
    await says(conversations, conversation, "wacht even")
    assert (await says(conversations, conversation, "open hiring")).payload is None
    pressed = await conversations.receive(conversation, Content(payload='/plaatsen{"x":1}'))
    assert pressed.message.content.text == "Open hiring"
