"""What an administrator tells Telegram from the command line."""

from collections.abc import AsyncIterator

import pytest

from app.settings import Settings, TelegramSettings
from app.telegram import set_webhook
from tests.contract.connectors.telegram.provider import SECRET, TOKEN, TelegramProvider


@pytest.fixture
async def telegram() -> AsyncIterator[TelegramProvider]:
    provider = TelegramProvider()
    async with provider.running():
        yield provider


def settings(
    telegram: TelegramProvider | None, *, token: str = TOKEN, secret: str | None = SECRET
) -> Settings:
    its = telegram and TelegramSettings(token=token, secret=secret, api_url=telegram.url)
    return Settings(database_url="sqlite+aiosqlite://", internal_token="geheim", telegram=its)


@pytest.mark.parametrize("address", ["https://loket.example", "https://loket.example/"])
async def test_telegram_hears_where_to_bring_messages_and_with_which_secret(
    telegram: TelegramProvider, address: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert await set_webhook(settings(telegram), address) == 0
    assert telegram.webhook["url"] == "https://loket.example/webhooks/telegram"
    assert telegram.webhook["secret_token"] == SECRET
    assert "https://loket.example/webhooks/telegram" in capsys.readouterr().out


async def test_what_telegram_refuses_is_said_without_the_token(
    telegram: TelegramProvider, capsys: pytest.CaptureFixture[str]
) -> None:
    assert await set_webhook(settings(telegram), "http://loket.example") == 1
    assert "bad webhook" in capsys.readouterr().err
    assert await set_webhook(settings(telegram, token="1:verkeerd"), "https://loket.example") == 1
    told = capsys.readouterr().err
    assert told
    assert "verkeerd" not in told


async def test_without_token_or_secret_nothing_is_asked(
    telegram: TelegramProvider, capsys: pytest.CaptureFixture[str]
) -> None:
    assert await set_webhook(settings(None), "https://loket.example") == 1
    assert "LOKET_TELEGRAM_TOKEN" in capsys.readouterr().err
    assert await set_webhook(settings(telegram, secret=None), "https://loket.example") == 1
    assert "LOKET_TELEGRAM_SECRET" in capsys.readouterr().err
    assert telegram.requests == []
