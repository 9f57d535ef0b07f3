"""The gateway over a real database: nothing lost, nothing doubled, in order."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import prometheus_client
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from connectors import gateway as gateway_module
from connectors.announcer import Announcer
from connectors.gateway import EmptyMessageError, Gateway, Inbound
from connectors.throttle import Throttle
from counter.clock import utc_now
from counter.conversations import storage as conversation_storage
from counter.conversations.model import (
    Content,
    Conversation,
    MessageState,
    Owner,
    PayloadNotOfferedError,
    Sender,
    UnknownConversationError,
)
from counter.conversations.service import ConversationService
from counter.conversations.storage import ConversationRow
from counter.database import Database
from counter.notices.service import NoticeService
from counter.people.service import PersonService
from counter.referrals.service import ReferralService
from tests.support.bots import ScriptedBot
from tests.support.channels import NOTICES, UNLIMITED
from tests.support.words import plain_words


@pytest.fixture(autouse=True)
def _no_long_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gateway_module, "BACK_OFF", (0.001,))
    monkeypatch.setattr(gateway_module, "SWEEP_INTERVAL", 0.02)


@pytest.fixture
def conversations(database: Database) -> ConversationService:
    return ConversationService(database, utc_now)


@asynccontextmanager
async def running(conversations: ConversationService, bot: ScriptedBot) -> AsyncIterator[Gateway]:
    gateway = Gateway(
        conversations=conversations,
        people=PersonService(database := conversations._database, utc_now, plain_words),
        coaches=ReferralService(database, utc_now, NoticeService(database, utc_now, plain_words)),
        bot=bot,
        notices=NOTICES,
        announcer=Announcer(),
        throttle=Throttle(UNLIMITED),
        metrics=prometheus_client.CollectorRegistry(),
    )
    sweeping = asyncio.create_task(gateway.run())
    try:
        yield gateway
    finally:
        sweeping.cancel()
        with suppress(asyncio.CancelledError):
            await sweeping


async def opened(conversations: ConversationService) -> Conversation:
    new = await conversations.open("website")
    return await conversations.authenticate(new.id, new.token)


async def said(conversations: ConversationService, conversation: Conversation, count: int) -> list[str]:
    """Return all texts once `count` messages are there and nobody is answering any more."""
    async with asyncio.timeout(20):
        while True:
            transcript = await conversations.transcript(conversation.id)
            if len(transcript.messages) >= count and not transcript.typing:
                return [message.content.text for message in transcript.messages]
            await asyncio.sleep(0.01)


async def test_a_message_is_answered(conversations: ConversationService) -> None:
    conversation = await opened(conversations)
    async with running(conversations, ScriptedBot()) as gateway:
        await gateway.receive(conversation, Inbound(text="hoi"))
        assert await said(conversations, conversation, 2) == ["hoi", "echo hoi"]


async def test_messages_sent_in_a_burst_are_answered_in_order(conversations: ConversationService) -> None:
    conversation, bot = await opened(conversations), ScriptedBot()
    words = [str(number) for number in range(10)]
    async with running(conversations, bot) as gateway:
        for word in words:
            await gateway.receive(conversation, Inbound(text=word))
        texts = await said(conversations, conversation, 20)
    assert bot.asked == words
    assert [text for text in texts if text.startswith("echo")] == [f"echo {word}" for word in words]


async def test_the_same_answer_twice_in_a_row_says_that_it_is_said_again(
    conversations: ConversationService,
) -> None:
    conversation = await opened(conversations)
    async with running(conversations, ScriptedBot()) as gateway:
        for text in ("hoi", "hoi", "dag"):
            await gateway.receive(conversation, Inbound(text=text))
        texts = await said(conversations, conversation, 7)
    # An answer may come before the next message is sent.
    answers = [text for text in texts if text not in {"hoi", "dag"}]
    assert answers == ["echo hoi", "NOG EENS", "echo hoi", "echo dag"]


async def test_the_same_refusal_twice_in_a_row_says_that_it_is_said_again(
    conversations: ConversationService,
) -> None:
    conversation = await opened(conversations)
    async with running(conversations, ScriptedBot()) as gateway:
        for _ in range(2):
            await gateway.receive(conversation, Inbound(text="111222333"))
        assert await said(conversations, conversation, 5) == ["WEG", "BSN", "WEG", "NOG EENS", "BSN"]


async def test_the_same_client_id_gives_the_same_place_and_one_answer(
    conversations: ConversationService,
) -> None:
    conversation, bot = await opened(conversations), ScriptedBot()
    async with running(conversations, bot) as gateway:
        inbound = Inbound(text="hoi", client_id="een")
        received = await asyncio.gather(*(gateway.receive(conversation, inbound) for _ in range(10)))
        assert await said(conversations, conversation, 2) == ["hoi", "echo hoi"]
    assert {one.message.seq for one in received} == {1}
    assert sum(one.is_new for one in received) == 1
    assert bot.asked == ["hoi"]


async def test_an_absent_bot_is_told_and_answers_when_it_is_back(
    conversations: ConversationService, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gateway_module, "PATIENCE", 0.05)
    monkeypatch.setattr(gateway_module, "BACK_OFF", (0.1,))
    conversation, bot = await opened(conversations), ScriptedBot(unavailable=3)
    async with running(conversations, bot) as gateway:
        await gateway.receive(conversation, Inbound(text="hoi"))
        assert await said(conversations, conversation, 3) == ["hoi", "WACHT", "echo hoi"]


async def test_an_answer_that_got_lost_is_fetched_not_asked_again(conversations: ConversationService) -> None:
    conversation, bot = await opened(conversations), ScriptedBot(lost_answers=1)
    async with running(conversations, bot) as gateway:
        await gateway.receive(conversation, Inbound(text="hoi"))
        assert await said(conversations, conversation, 2) == ["hoi", "echo hoi"]
    assert bot.asked == ["hoi"]


async def test_a_message_the_bot_cannot_handle_ends_in_a_clear_error_and_the_next_is_answered(
    conversations: ConversationService,
) -> None:
    conversation = await opened(conversations)
    bot = ScriptedBot(failing=gateway_module.MAX_FAILURES)
    async with running(conversations, bot) as gateway:
        await gateway.receive(conversation, Inbound(text="gif"))
        assert await said(conversations, conversation, 2) == ["gif", "STORING"]
        await gateway.receive(conversation, Inbound(text="hoi"))
        assert (await said(conversations, conversation, 4))[2:] == ["hoi", "echo hoi"]


async def test_what_a_dead_process_left_is_answered_by_the_next(
    conversations: ConversationService, monkeypatch: pytest.MonkeyPatch
) -> None:
    # It dies while it waits for the bot, not in the middle of a statement: a task is no process.
    monkeypatch.setattr(gateway_module, "BACK_OFF", (10.0,))
    conversation, bot = await opened(conversations), ScriptedBot(unavailable=10_000)
    async with running(conversations, bot) as gateway:
        await gateway.receive(conversation, Inbound(text="hoi"))
        await asyncio.sleep(0.05)
    bot.unavailable = 0
    await conversations.release_all()
    async with running(conversations, bot):
        assert await said(conversations, conversation, 2) == ["hoi", "echo hoi"]


async def test_two_processes_never_answer_the_same_message(conversations: ConversationService) -> None:
    talks = [await opened(conversations) for _ in range(5)]
    bot = ScriptedBot()
    async with running(conversations, bot) as one, running(conversations, bot) as two:
        for number in range(4):
            for talk in talks:
                gateway = one if number % 2 else two
                await gateway.receive(talk, Inbound(text=f"{number}"))
        for talk in talks:
            texts = await said(conversations, talk, 8)
            answers = [text for text in texts if text.startswith("echo")]
            assert answers == ["echo 0", "echo 1", "echo 2", "echo 3"]
    assert len(bot.asked) == 20


@pytest.mark.parametrize(
    ("text", "answer"),
    [("mijn bsn is 111222333", "BSN"), ("NL91ABNA0417164300", "IBAN"), ("a" * 3000, "TE LANG")],
)
async def test_what_must_not_be_kept_is_refused_and_kept_nowhere(
    conversations: ConversationService, text: str, answer: str
) -> None:
    conversation, bot = await opened(conversations), ScriptedBot()
    async with running(conversations, bot) as gateway:
        await gateway.receive(conversation, Inbound(text=text))
        assert await said(conversations, conversation, 2) == ["WEG", answer]
    assert bot.asked == []
    assert text not in str(await conversations.export(conversation.id))


async def test_an_empty_message_is_refused_and_not_stored(conversations: ConversationService) -> None:
    conversation = await opened(conversations)
    async with running(conversations, ScriptedBot()) as gateway:
        with pytest.raises(EmptyMessageError):
            await gateway.receive(conversation, Inbound(text=" \0\n "))
    assert (await conversations.transcript(conversation.id)).messages == []


@pytest.mark.parametrize("payload", ['/voucher{"a": 1}', "/restart", "/session_start", "/Back", "/../x"])
async def test_a_payload_that_was_never_offered_is_refused(
    conversations: ConversationService, payload: str
) -> None:
    conversation = await opened(conversations)
    async with running(conversations, ScriptedBot()) as gateway:
        with pytest.raises(PayloadNotOfferedError):
            await gateway.receive(conversation, Inbound(payload=payload))


async def test_the_bot_is_silent_while_a_coach_has_the_word(
    conversations: ConversationService, database: Database
) -> None:
    conversation, bot = await opened(conversations), ScriptedBot()
    async with database.session() as session:
        row = await session.get(ConversationRow, conversation.id)
        assert row is not None
        row.owner = Owner.COACH.value
    async with running(conversations, bot) as gateway:
        await gateway.receive(conversation, Inbound(text="hoi"))
        await asyncio.sleep(0.1)
    assert bot.asked == []
    assert len((await conversations.transcript(conversation.id)).messages) == 1


async def test_an_erased_conversation_is_gone_here_and_in_the_bots_memory(
    conversations: ConversationService,
) -> None:
    conversation, bot = await opened(conversations), ScriptedBot()
    async with running(conversations, bot) as gateway:
        await gateway.receive(conversation, Inbound(text="hoi"))
        await said(conversations, conversation, 2)
        await gateway.forget(conversation)
    assert bot.forgotten == [conversation.id]
    with pytest.raises(UnknownConversationError):
        await conversations.transcript(conversation.id)


async def test_when_the_bot_cannot_forget_nothing_is_erased(conversations: ConversationService) -> None:
    conversation, bot = await opened(conversations), ScriptedBot()
    async with running(conversations, bot) as gateway:
        await gateway.receive(conversation, Inbound(text="hoi"))
        await said(conversations, conversation, 2)
        bot.unavailable = 1
        with pytest.raises(gateway_module.BotUnavailableError):
            await gateway.forget(conversation)
    assert len((await conversations.transcript(conversation.id)).messages) == 2


async def test_who_listens_hears_of_what_another_process_stored_or_erased(
    conversations: ConversationService,
) -> None:
    conversation = await opened(conversations)
    async with running(conversations, ScriptedBot()) as gateway, asyncio.timeout(20):
        with gateway._announcer.listening(conversation.id) as news:
            for change in (
                conversations.notify(conversation.id, Content(text="nieuws")),
                conversations.erase(conversation.id),
            ):
                await asyncio.sleep(0.1)
                news.clear()
                await change
                await news.wait()


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(troubles=st.lists(st.sampled_from(["unavailable", "lost_answers", "failing", "none"]), max_size=6))
async def test_whatever_goes_wrong_each_message_has_one_answer_in_order(
    conversations: ConversationService, troubles: list[str]
) -> None:
    # More would be a message that cannot be answered at all.
    assume(troubles.count("failing") < gateway_module.MAX_FAILURES)
    conversation, bot = await opened(conversations), ScriptedBot()
    async with running(conversations, bot) as gateway:
        for number, trouble in enumerate(troubles):
            if trouble != "none":
                setattr(bot, trouble, getattr(bot, trouble) + 1)
            await gateway.receive(conversation, Inbound(text=str(number)))
        texts = await said(conversations, conversation, 2 * len(troubles))
    answers = [text for text in texts if text.startswith("echo")]
    assert answers == [f"echo {number}" for number in range(len(troubles))]


async def talk_with_a_coach(conversations: ConversationService, gateway: Gateway) -> Conversation:
    """Have somebody talk with a coach, who then says that Noor goes on."""
    conversation = await opened(conversations)
    for owner, sender, text in (
        (Owner.COACH, Sender.COACH, "dag"),
        (Owner.COACH, Sender.PERSON, "dag coach"),
        (Owner.BOT, Sender.SYSTEM, "verder"),
    ):
        async with conversations._database.session() as session:
            row = await conversation_storage.lock(session, conversation.id)
            row.owner = owner.value
            content, state = Content(text=text), MessageState.DONE
            if sender is Sender.SYSTEM:
                content, state = content.with_payload("/verder"), MessageState.PENDING
            conversation_storage.append(
                session, row, sender=sender, content=content, state=state, at=utc_now()
            )
    gateway.attend(conversation.id)
    return conversation


async def test_the_bot_hears_what_a_coach_said_and_then_begins_by_itself(
    conversations: ConversationService,
) -> None:
    bot = ScriptedBot()
    async with running(conversations, bot) as gateway:
        conversation = await talk_with_a_coach(conversations, gateway)
        assert await said(conversations, conversation, 4) == ["dag", "dag coach", "verder", "echo verder"]
        await gateway.receive(conversation, Inbound(text="goed"))
        await said(conversations, conversation, 6)
    assert (bot.told, bot.asked) == (["dag", "dag coach"], ["/verder", "goed"])


async def test_what_a_coach_said_is_told_once_whatever_goes_wrong(
    conversations: ConversationService,
) -> None:
    bot = ScriptedBot(unavailable=2, lost_answers=1)
    async with running(conversations, bot) as gateway:
        conversation = await talk_with_a_coach(conversations, gateway)
        assert (await said(conversations, conversation, 4))[-1] == "echo verder"
    assert (bot.told, bot.asked) == (["dag", "dag coach"], ["/verder"])
