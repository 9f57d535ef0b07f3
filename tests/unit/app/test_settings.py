"""Settings are read once, and a channel that is half set up is not started."""

from pathlib import Path

import pytest

from app.settings import MissingSettingError, Settings, TelegramSettings

NEEDED = {"LOKET_DATABASE_URL": "sqlite+aiosqlite://", "LOKET_INTERNAL_TOKEN": "geheim"}


def telegram(**variables: str) -> TelegramSettings | None:
    named = {f"LOKET_TELEGRAM_{name}": value for name, value in variables.items()}
    return Settings.from_environment(NEEDED | named).telegram


def test_without_a_token_there_is_no_telegram() -> None:
    assert telegram() is None
    assert telegram(TOKEN="", SECRET="s", POLLING="yes") is None


def test_a_webhook_needs_a_secret_and_asking_does_not() -> None:
    with pytest.raises(MissingSettingError, match="LOKET_TELEGRAM_SECRET"):
        telegram(TOKEN="1:a")
    assert telegram(TOKEN="1:a", SECRET="s") == TelegramSettings(token="1:a", secret="s")
    assert telegram(TOKEN="1:a", POLLING="yes") == TelegramSettings(token="1:a", secret=None, is_polled=True)


def test_a_secret_can_stand_in_a_file(tmp_path: Path) -> None:
    file = tmp_path / "telegram-token"
    file.write_text("1:uit-een-bestand\n")
    found = telegram(TOKEN_FILE=str(file), SECRET="s")
    assert found == TelegramSettings(token="1:uit-een-bestand", secret="s")
    with pytest.raises(FileNotFoundError):
        telegram(TOKEN_FILE=str(tmp_path / "weg"), SECRET="s")
