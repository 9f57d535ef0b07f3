"""Erasing everything of a person through the gateway: after the answer, also when something dies."""

import asyncio

import pytest

from connectors import gateway as gateway_module
from connectors.gateway import Inbound
from counter.clock import utc_now
from counter.conversations.model import Content, Conversation, Message, UnknownConversationError
from counter.conversations.service import ConversationService
from counter.database import Database
from counter.people.service import PersonService
from tests.contract.connectors.test_gateway import running, said
from tests.support.bots import ScriptedBot
from tests.support.words import plain_words


class ErasingBot(ScriptedBot):
    """Takes "wis alles" as the wish to be erased, as the bot's action does."""

    def __init__(self, people: PersonService, **troubles: int) -> None:
        super().__init__(**troubles)
        self._people = people

    async def ask(self, conversation: Conversation, message: Message, *, is_retry: bool) -> list[Content]:
        """Keep the wish before it answers."""
        if message.content.text == "wis alles":
            await self._people.ask_erasure(conversation.id)
        return await super().ask(conversation, message, is_retry=is_retry)


@pytest.fixture(autouse=True)
def _no_long_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gateway_module, "BACK_OFF", (0.001,))
    monkeypatch.setattr(gateway_module, "SWEEP_INTERVAL", 0.02)


@pytest.fixture
def conversations(database: Database) -> ConversationService:
    return ConversationService(database, utc_now)


@pytest.fixture
def people(database: Database) -> PersonService:
    return PersonService(database, utc_now, plain_words)


async def two_of_one_person(conversations: ConversationService) -> tuple[Conversation, Conversation]:
    first = await conversations.open("website")
    second = await conversations.open("website", earlier_token=first.token)
    return (
        await conversations.authenticate(first.id, first.token),
        await conversations.authenticate(second.id, second.token),
    )


async def until_erased(conversations: ConversationService, conversation: Conversation) -> list[str]:
    async with asyncio.timeout(20):
        while True:
            texts = await said(conversations, conversation, 0)
            if any(text.startswith("alles_gewist") for text in texts):
                return texts
            await asyncio.sleep(0.01)


async def test_the_wish_is_answered_and_then_everything_goes_here_and_in_the_bots_memory(
    conversations: ConversationService, people: PersonService
) -> None:
    earlier, conversation = await two_of_one_person(conversations)
    bot = ErasingBot(people)
    async with running(conversations, bot) as gateway:
        await gateway.receive(earlier, Inbound(text="hoi"))
        await said(conversations, earlier, 2)
        await gateway.receive(conversation, Inbound(text="wis alles"))
        texts = await until_erased(conversations, conversation)
    assert len(texts) == 1
    assert bot.asked == ["hoi", "wis alles"]
    assert set(bot.forgotten) == {earlier.id, conversation.id}
    with pytest.raises(UnknownConversationError):
        await conversations.transcript(earlier.id)


@pytest.mark.parametrize("trouble", ["lost_answers", "failing", "unavailable"])
async def test_whatever_goes_wrong_around_the_wish_it_is_carried_out(
    conversations: ConversationService, people: PersonService, trouble: str
) -> None:
    _, conversation = await two_of_one_person(conversations)
    bot = ErasingBot(people, **{trouble: 2})
    async with running(conversations, bot) as gateway:
        await gateway.receive(conversation, Inbound(text="wis alles"))
        assert len(await until_erased(conversations, conversation)) == 1
    assert conversation.id in bot.forgotten


async def test_nothing_is_erased_before_the_bot_has_forgotten(
    conversations: ConversationService, people: PersonService
) -> None:
    _, conversation = await two_of_one_person(conversations)
    bot = ErasingBot(people)
    async with running(conversations, bot) as gateway:
        await gateway.receive(conversation, Inbound(text="hoi"))
        await said(conversations, conversation, 2)
        bot.unavailable = 1_000_000
        await people.ask_erasure(conversation.id)
        await asyncio.sleep(0.1)
        assert len(await said(conversations, conversation, 2)) == 2
        bot.unavailable = 0
        assert len(await until_erased(conversations, conversation)) == 1


async def test_a_wish_that_a_dead_process_left_is_carried_out_by_the_next(
    conversations: ConversationService, people: PersonService
) -> None:
    _, conversation = await two_of_one_person(conversations)
    await conversations.receive(conversation.id, Content(text="wis alles"))
    await people.ask_erasure(conversation.id)
    bot = ErasingBot(people)
    async with running(conversations, bot):
        assert len(await until_erased(conversations, conversation)) == 1
    # The message that asked for it went with the rest; nobody answers it any more.
    assert bot.asked == []


async def test_after_erasing_one_can_begin_again_in_the_same_place(
    conversations: ConversationService, people: PersonService
) -> None:
    _, conversation = await two_of_one_person(conversations)
    async with running(conversations, ErasingBot(people)) as gateway:
        await gateway.receive(conversation, Inbound(text="wis alles"))
        await until_erased(conversations, conversation)
        await gateway.receive(conversation, Inbound(text="hoi"))
        assert (await said(conversations, conversation, 3))[1:] == ["hoi", "echo hoi"]


async def test_who_erases_the_conversation_as_well_does_not_lose_the_wish(
    conversations: ConversationService, people: PersonService
) -> None:
    earlier, conversation = await two_of_one_person(conversations)
    async with running(conversations, ErasingBot(people)) as gateway:
        await people.ask_erasure(conversation.id)
        await gateway.forget(conversation)
    for one in (earlier, conversation):
        with pytest.raises(UnknownConversationError):
            await conversations.transcript(one.id)


async def test_two_processes_erase_a_person_once(
    conversations: ConversationService, people: PersonService
) -> None:
    _, conversation = await two_of_one_person(conversations)
    bot = ErasingBot(people)
    async with running(conversations, bot) as gateway, running(conversations, bot):
        await gateway.receive(conversation, Inbound(text="wis alles"))
        assert len(await until_erased(conversations, conversation)) == 1
        await asyncio.sleep(0.1)
    assert bot.forgotten.count(conversation.id) == 1
