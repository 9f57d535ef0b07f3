"""The whole app with a channel: what its settings promise is what people get."""

from collections.abc import AsyncIterator

import pytest
from aiohttp.test_utils import TestClient, TestServer

from app.commands import prepare
from app.server import create_app
from app.settings import Settings, TelegramSettings
from connectors import gateway as gateway_module
from tests.contract.connectors.telegram.provider import SECRET, TOKEN, TelegramProvider
from tests.support.channels import until
from tests.support.providers import Scenario

# A person reads this when Noor does not answer: here is no bot, and that is enough to hear from the app.
WAIT = "Het duurt iets langer dan normaal. Je bericht is bewaard. Je krijgt hier antwoord."


@pytest.fixture
async def telegram(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[TelegramProvider]:
    monkeypatch.setattr(gateway_module, "PATIENCE", 0.01)
    provider = TelegramProvider()
    async with provider.running():
        yield provider


def settings(database_url: str, telegram: TelegramProvider, *, is_polled: bool) -> Settings:
    its = TelegramSettings(token=TOKEN, secret=SECRET, api_url=telegram.url, is_polled=is_polled)
    return Settings(
        database_url=database_url, internal_token="geheim", bot_url="http://127.0.0.1:9", telegram=its
    )


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
async def test_who_writes_in_telegram_is_heard_by_webhook(
    database_url: str, telegram: TelegramProvider
) -> None:
    its = settings(database_url, telegram, is_polled=False)
    await prepare(its)
    async with TestClient(TestServer(create_app(its))) as client:
        async with client.post("/webhooks/telegram", json=telegram.says(Scenario.TEXT)) as refused:
            assert refused.status == 403
        headers = telegram.sign(b"")
        async with client.post(
            "/webhooks/telegram", json=telegram.says(Scenario.TEXT), headers=headers
        ) as taken:
            assert taken.status == 200
        await until(lambda: telegram.read_by() == [WAIT])
    assert telegram.asked("getUpdates") == []


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
async def test_who_writes_in_telegram_is_heard_by_asking(
    database_url: str, telegram: TelegramProvider
) -> None:
    its = settings(database_url, telegram, is_polled=True)
    await prepare(its)
    telegram.brings(telegram.says(Scenario.TEXT))
    async with TestClient(TestServer(create_app(its))):
        await until(lambda: telegram.read_by() == [WAIT])
