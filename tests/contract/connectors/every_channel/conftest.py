"""Every channel in turn, over its provider's double."""

from collections.abc import AsyncIterator, Callable

import pytest

from connectors import courier as courier_module
from connectors import gateway as gateway_module
from counter.database import Database
from tests.contract.connectors.telegram.provider import TelegramProvider
from tests.contract.connectors.whatsapp.provider import WhatsAppProvider
from tests.support.channels import ChannelCounter, counter_with
from tests.support.providers import Provider

PROVIDERS: dict[str, Callable[[], Provider]] = {
    "telegram": TelegramProvider,
    "whatsapp": WhatsAppProvider,
}


@pytest.fixture(autouse=True)
def _no_long_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gateway_module, "BACK_OFF", (0.01,))
    monkeypatch.setattr(gateway_module, "SWEEP_INTERVAL", 0.05)
    monkeypatch.setattr(courier_module, "BACK_OFF", (0.01,))
    monkeypatch.setattr(courier_module, "SWEEP_INTERVAL", 0.05)


@pytest.fixture(params=sorted(PROVIDERS))
def provider(request: pytest.FixtureRequest) -> Provider:
    return PROVIDERS[str(request.param)]()


@pytest.fixture
async def counter(provider: Provider, database: Database) -> AsyncIterator[ChannelCounter]:
    async with provider.running() as channel, counter_with(channel, database) as counter:
        yield counter
