"""Noor watches while a coach has the word: over both databases, whatever dies or stays away in between."""

import asyncio
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager, suppress

import prometheus_client
import pytest
from structlog.testing import capture_logs

from connectors import watch as watch_module
from connectors.announcer import Announcer
from connectors.gateway import Gateway, Inbound
from connectors.throttle import Throttle
from connectors.watch import Watch
from counter.clock import utc_now
from counter.conversations.model import Content, Conversation, Message, Sender
from counter.database import Database
from counter.places.gazetteer import Gazetteer
from counter.services import Counter, open_counter
from skills_taxonomy import Taxonomy
from tests.support.bots import ScriptedBot
from tests.support.channels import NOTICES, UNLIMITED
from tests.support.coaching import Coach
from tests.support.words import plain_words

CRY = "ik wil niet meer leven"


@pytest.fixture(autouse=True)
def _no_long_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch_module, "BACK_OFF", (0.001,))
    monkeypatch.setattr(watch_module, "SWEEP_INTERVAL", 0.02)


@pytest.fixture
def counter(database: Database, taxonomy: Taxonomy) -> Counter:
    return open_counter(database, taxonomy, Gazetteer([]), utc_now, wording=plain_words)


@pytest.fixture
async def with_coach(counter: Counter) -> Conversation:
    """Give the conversation of somebody whom a coach has taken over."""
    opened = await counter.conversations.open("website")
    await Coach(counter, opened.id).takes_over()
    return await counter.conversations.authenticate(opened.id, opened.token)


@asynccontextmanager
async def watching(counter: Counter, bot: ScriptedBot) -> AsyncIterator[Watch]:
    watch = Watch(counter.watch, bot, metrics=prometheus_client.CollectorRegistry())
    running = asyncio.create_task(watch.run())
    try:
        yield watch
    finally:
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running


def gateway_of(counter: Counter, bot: ScriptedBot) -> Gateway:
    return Gateway(
        conversations=counter.conversations,
        people=counter.people,
        coaches=counter.referrals,
        bot=bot,
        notices=NOTICES,
        announcer=Announcer(),
        throttle=Throttle(UNLIMITED),
        metrics=prometheus_client.CollectorRegistry(),
    )


async def says(counter: Counter, conversation: Conversation, text: str) -> None:
    await counter.conversations.receive(conversation.id, Content(text=text))


async def all_watched(counter: Counter) -> None:
    async with asyncio.timeout(20):
        while await counter.watch.unwatched_count() > 0:  # noqa: ASYNC110 - a database knows no events
            await asyncio.sleep(0.01)


async def from_system(counter: Counter, conversation: Conversation) -> list[str]:
    messages = (await counter.conversations.transcript(conversation.id)).messages
    # Whatever happens, Noor says nothing.
    assert all(message.sender in {Sender.PERSON, Sender.SYSTEM} for message in messages)
    return [message.content.text.partition(":")[0] for message in messages if message.sender is Sender.SYSTEM]


async def test_a_cry_to_a_coach_is_heard_and_noor_says_nothing(
    counter: Counter, with_coach: Conversation
) -> None:
    bot = ScriptedBot()
    gateway = gateway_of(counter, bot)
    async with watching(counter, bot) as watch:
        gateway.pass_on_to(watch.attend)
        for text in ("hoi", CRY, "ben je daar"):
            await gateway.receive(with_coach, Inbound(text=text))
        await all_watched(counter)
    assert await from_system(counter, with_coach) == ["coach_is_er", "nood"]
    assert bot.read_words == ["hoi", CRY, "ben je daar"]
    assert (bot.asked, bot.told) == ([], [])


async def test_a_cry_is_not_waited_for_by_anybody(counter: Counter, with_coach: Conversation) -> None:
    """A bot that never answers keeps nothing from the coach's screen."""

    class StuckBot(ScriptedBot):
        async def read(self, content: Content) -> object:  # type: ignore[override]
            del content
            return await asyncio.Event().wait()

    bot = StuckBot()
    gateway = gateway_of(counter, bot)
    async with watching(counter, bot) as watch:
        gateway.pass_on_to(watch.attend)
        async with asyncio.timeout(5):
            for text in ("een", "twee"):
                await gateway.receive(with_coach, Inbound(text=text))
        messages = (await counter.conversations.transcript(with_coach.id)).messages
        assert [message.content.text for message in messages][-2:] == ["een", "twee"]


async def test_what_a_dead_process_left_is_looked_at_by_the_next(
    counter: Counter, with_coach: Conversation
) -> None:
    await says(counter, with_coach, CRY)
    async with watching(counter, ScriptedBot()):
        await all_watched(counter)
    assert (await from_system(counter, with_coach))[-1] == "nood"


async def test_who_dies_in_the_middle_of_looking_leaves_it_to_the_next(
    counter: Counter, with_coach: Conversation
) -> None:
    looking = asyncio.Event()

    class DyingBot(ScriptedBot):
        async def read(self, content: Content) -> object:  # type: ignore[override]
            del content
            looking.set()
            return await asyncio.Event().wait()

    await says(counter, with_coach, CRY)
    async with watching(counter, DyingBot()):
        await asyncio.wait_for(looking.wait(), 20)
    assert await counter.watch.unwatched_count() == 1
    async with watching(counter, ScriptedBot()):
        await all_watched(counter)
    assert (await from_system(counter, with_coach)).count("nood") == 1


async def test_two_processes_that_look_at_once_say_it_once(
    counter: Counter, with_coach: Conversation
) -> None:
    await says(counter, with_coach, CRY)
    async with watching(counter, ScriptedBot()), watching(counter, ScriptedBot()):
        await all_watched(counter)
    assert (await from_system(counter, with_coach)).count("nood") == 1


async def test_an_absent_bot_is_asked_until_it_is_back(counter: Counter, with_coach: Conversation) -> None:
    bot = ScriptedBot(unavailable=7)
    await says(counter, with_coach, CRY)
    async with watching(counter, bot):
        await all_watched(counter)
    assert (bot.unavailable, (await from_system(counter, with_coach))[-1]) == (0, "nood")


async def test_words_on_which_the_bot_always_breaks_off_hold_nothing_up(
    counter: Counter, with_coach: Conversation
) -> None:
    bot = ScriptedBot(failing=watch_module.MAX_FAILURES)
    await says(counter, with_coach, "\ufffc")
    await says(counter, with_coach, CRY)
    with capture_logs() as logs:
        async with watching(counter, bot):
            await all_watched(counter)
    assert (await from_system(counter, with_coach))[-1] == "nood"
    assert [entry["event"] for entry in logs] == ["message_not_understood", "cry_for_help"]


async def test_a_doubt_is_noted_and_nobody_is_told(counter: Counter, with_coach: Conversation) -> None:
    await says(counter, with_coach, "heeft het nog zin?")
    with capture_logs() as logs:
        async with watching(counter, ScriptedBot()):
            await all_watched(counter)
    assert await from_system(counter, with_coach) == ["coach_is_er"]
    assert [entry["event"] for entry in logs] == ["maybe_cry_for_help"]


async def test_no_word_of_a_person_is_in_the_log(counter: Counter, with_coach: Conversation) -> None:
    texts = [CRY, "heeft het nog zin?", "dag"]
    for text in texts:
        await says(counter, with_coach, text)
    with capture_logs() as logs:
        async with watching(counter, ScriptedBot()):
            await all_watched(counter)
    assert logs
    assert not any(text in str(entry) for entry in logs for text in texts)


async def test_the_database_may_be_away_for_a_while(
    counter: Counter, with_coach: Conversation, monkeypatch: pytest.MonkeyPatch
) -> None:
    await says(counter, with_coach, CRY)
    real, broken = counter.watch.next_in, [True, True]

    async def sometimes(conversation_id: str, *, besides: Collection[int]) -> Message | None:
        if broken:
            broken.pop()
            raise OSError
        return await real(conversation_id, besides=besides)

    monkeypatch.setattr(counter.watch, "next_in", sometimes)
    async with watching(counter, ScriptedBot()):
        await all_watched(counter)
    assert (await from_system(counter, with_coach))[-1] == "nood"
