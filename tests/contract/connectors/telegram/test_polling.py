"""Asking Telegram for updates: each is kept before it is confirmed, and none is lost."""

import asyncio
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager, suppress

import pytest

from connectors.channel import Arrival, Channel, Event
from connectors.reception import Reception
from connectors.telegram import polling
from connectors.telegram.client import TelegramChannel
from connectors.telegram.polling import keep_asking
from connectors.webhooks import RECEPTION
from tests.contract.connectors.telegram.provider import FIRST_PERSON, FIRST_UPDATE, TelegramProvider
from tests.support.channels import ChannelCounter, until
from tests.support.providers import Scenario


@pytest.fixture(autouse=True)
def _no_long_back_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(polling, "BACK_OFF", (0.01,))


@asynccontextmanager
async def asking(channel: TelegramChannel, reception: Reception) -> AsyncIterator[None]:
    task = asyncio.create_task(keep_asking(channel, reception))
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


def reception_of(counter: ChannelCounter) -> Reception:
    assert counter.client.app is not None
    return counter.client.app[RECEPTION]


async def test_who_writes_is_answered_without_a_webhook(
    counter: ChannelCounter, channel: TelegramChannel, telegram: TelegramProvider
) -> None:
    telegram.webhook = {"url": "https://loket.example/webhooks/telegram"}
    telegram.brings(telegram.says(Scenario.TEXT, number=1), telegram.says(Scenario.TEXT, person=2, number=2))
    async with asking(channel, reception_of(counter)):
        await until(lambda: telegram.read_by(1) == telegram.read_by(2) == ["echo hoi"])
        telegram.brings(telegram.says("pinned", number=3), telegram.says(Scenario.PHOTO, number=4))
        await until(lambda: telegram.read_by(1) == ["echo hoi", "GEEN FOTO"])
        await until(lambda: telegram.confirmed_up_to == FIRST_UPDATE + 4001)
    assert telegram.webhook == {}


async def test_what_could_not_be_stored_is_asked_for_again_and_nothing_overtakes_it(
    counter: ChannelCounter, channel: TelegramChannel, telegram: TelegramProvider
) -> None:
    failing = FailingReception(reception_of(counter), telegram, failures=3)
    updates = [telegram.says(Scenario.TEXT, text=str(number), number=number) for number in range(11, 16)]
    telegram.brings(*updates)
    async with asking(channel, failing):
        await until(lambda: len(telegram.read_by()) == 5)
    assert telegram.read_by() == [f"echo {number}" for number in range(11, 16)]
    assert len(failing.confirmed) == 3
    # The two that were stored may be confirmed, the third may not.
    assert max(failing.confirmed) < FIRST_UPDATE + 13_001


async def test_what_comes_again_after_a_restart_is_answered_once(
    counter: ChannelCounter, channel: TelegramChannel, telegram: TelegramProvider
) -> None:
    update = telegram.says(Scenario.TEXT)
    for _ in range(2):
        telegram.waiting.clear()
        telegram.brings(update)
        async with asking(channel, reception_of(counter)):
            await until(lambda: telegram.confirmed_up_to == FIRST_UPDATE + 1001)
        telegram.confirmed_up_to = 0
    await counter.brings(telegram.says(Scenario.TEXT, text="dag", number=2))
    await until(lambda: "echo dag" in telegram.read_by())
    assert telegram.read_by() == ["echo hoi", "echo dag"]


async def test_an_absent_telegram_is_asked_again(
    counter: ChannelCounter, channel: TelegramChannel, telegram: TelegramProvider
) -> None:
    address = channel._bot._base_url
    channel._bot._base_url = "http://127.0.0.1:9/bot"
    async with asking(channel, reception_of(counter)):
        await asyncio.sleep(0.05)
        channel._bot._base_url = address
        telegram.brings(telegram.says(Scenario.TEXT))
        await until(lambda: telegram.read_by() == ["echo hoi"])


async def test_only_what_we_can_use_is_asked_for(
    counter: ChannelCounter, channel: TelegramChannel, telegram: TelegramProvider
) -> None:
    telegram.says(Scenario.TEXT)
    async with asking(channel, reception_of(counter)):
        await until(lambda: telegram.asked("getUpdates"))
    (first, *_) = telegram.asked("getUpdates")
    assert set(first["allowed_updates"]) == {
        "message",
        "edited_message",
        "callback_query",
        "my_chat_member",
        "channel_post",
    }
    assert FIRST_PERSON not in telegram.chats


class FailingReception(Reception):
    """A reception that cannot store one message for a while: the one with the words "13"."""

    def __init__(self, reception: Reception, telegram: TelegramProvider, *, failures: int) -> None:
        self._reception = reception
        self._telegram = telegram
        self._failures = failures
        self.confirmed: list[int] = []
        """Up to where updates were confirmed at each failure."""

    async def take(self, channel: Channel, events: Iterable[Event]) -> None:
        events = list(events)
        if self._failures and any(isinstance(event, Arrival) and event.text == "13" for event in events):
            self._failures -= 1
            self.confirmed.append(self._telegram.confirmed_up_to)
            raise ConnectionError
        await self._reception.take(channel, events)
