"""Meta's double, the channel that talks to it, and a counter behind that."""

from collections.abc import AsyncIterator

import pytest

from connectors import courier as courier_module
from connectors import gateway as gateway_module
from connectors.whatsapp.client import WhatsAppChannel
from counter.database import Database
from tests.contract.connectors.whatsapp.provider import WhatsAppProvider
from tests.support.channels import ChannelCounter, counter_with


@pytest.fixture(autouse=True)
def _no_long_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gateway_module, "SWEEP_INTERVAL", 0.02)
    monkeypatch.setattr(courier_module, "BACK_OFF", (0.001,))
    monkeypatch.setattr(courier_module, "SWEEP_INTERVAL", 0.02)


@pytest.fixture
async def meta() -> WhatsAppProvider:
    return WhatsAppProvider()


@pytest.fixture
async def channel(meta: WhatsAppProvider) -> AsyncIterator[WhatsAppChannel]:
    async with meta.running() as channel:
        assert isinstance(channel, WhatsAppChannel)
        yield channel


@pytest.fixture
async def counter(channel: WhatsAppChannel, database: Database) -> AsyncIterator[ChannelCounter]:
    async with counter_with(channel, database) as counter:
        yield counter
