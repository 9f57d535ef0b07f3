"""A counter that people reach in Telegram, and Telegram itself."""

from collections.abc import AsyncIterator

import pytest

from connectors import courier as courier_module
from connectors import gateway as gateway_module
from connectors.telegram.client import TelegramChannel
from counter.database import Database
from tests.contract.connectors.telegram.provider import HEADER, SECRET, TelegramProvider
from tests.support.channels import ChannelCounter, counter_with


@pytest.fixture(autouse=True)
def _no_long_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gateway_module, "BACK_OFF", (0.001,))
    monkeypatch.setattr(gateway_module, "SWEEP_INTERVAL", 0.02)
    monkeypatch.setattr(courier_module, "BACK_OFF", (0.001,))
    monkeypatch.setattr(courier_module, "SWEEP_INTERVAL", 0.02)


@pytest.fixture
def telegram() -> TelegramProvider:
    return TelegramProvider()


@pytest.fixture
async def channel(telegram: TelegramProvider) -> AsyncIterator[TelegramChannel]:
    async with telegram.running() as channel:
        yield channel


@pytest.fixture
async def counter(channel: TelegramChannel, database: Database) -> AsyncIterator[ChannelCounter]:
    async with counter_with(channel, database) as counter:
        counter.headers = {HEADER: SECRET}
        yield counter
