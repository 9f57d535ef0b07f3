"""Settings, read once from the environment; every one is named `LOKET_…`."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from connectors.throttle import Limits

PROJECT = Path(__file__).resolve().parent.parent


class MissingSettingError(KeyError):
    """A setting without which nothing can be started safely."""

    def __str__(self) -> str:
        return f"the environment has no {self.args[0]}; `./loket run` sets it"


@dataclass(frozen=True, kw_only=True)
class TelegramSettings:
    """The bot people talk to in Telegram."""

    token: str
    secret: str | None
    """What Telegram shows when it brings an update; without it nobody can."""
    is_polled: bool = False
    """Ask Telegram for updates, instead of having them brought."""
    api_url: str = "https://api.telegram.org"

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> "TelegramSettings | None":
        """Read the settings; None without a token.

        Raises:
            MissingSettingError: updates are to be brought, and there is no secret.
            OSError: a file that holds a secret cannot be read.
        """
        token, secret = (secret_of(environment, f"LOKET_TELEGRAM_{name}") for name in ("TOKEN", "SECRET"))
        is_polled = environment.get("LOKET_TELEGRAM_POLLING") == "yes"
        if not token:
            return None
        if not secret and not is_polled:
            raise MissingSettingError("LOKET_TELEGRAM_SECRET")  # noqa: EM101 - the name of the setting
        return cls(
            token=token,
            secret=secret or None,
            is_polled=is_polled,
            api_url=environment.get("LOKET_TELEGRAM_API_URL") or cls.api_url,
        )


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Where things are, and the secret between the app and the bot."""

    database_url: str
    internal_token: str
    bot_url: str = "http://127.0.0.1:5005"
    host: str = "127.0.0.1"
    port: int = 8000
    samples: bool = False
    messages_per_minute: int = 30
    proxies: int = 0
    public_url: str = ""
    taxonomy_folder: Path = PROJECT / ".loket" / "data" / "taxonomy"
    domain_folder: Path = PROJECT / "bot" / "domain"
    telegram: TelegramSettings | None = None

    @property
    def limits(self) -> Limits:
        """How fast people may write."""
        often = self.messages_per_minute
        return Limits(
            conversation=f"{often}/minute", visitor=f"{10 * often}/minute", opened=f"{4 * often}/hour"
        )

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> "Settings":
        """Read the settings.

        Raises:
            MissingSettingError: a setting without a safe default is absent.
            ValueError: what must be a number is none.
            OSError: a file that holds a secret cannot be read.
        """

        def required(name: str) -> str:
            value = environment.get(name, "")
            if not value:
                raise MissingSettingError(name)
            return value

        return cls(
            database_url=required("LOKET_DATABASE_URL"),
            internal_token=required("LOKET_INTERNAL_TOKEN"),
            bot_url=environment.get("LOKET_BOT_URL", cls.bot_url),
            host=environment.get("LOKET_HOST", cls.host),
            port=int(environment.get("LOKET_PORT", cls.port)),
            messages_per_minute=int(environment.get("LOKET_MESSAGES_PER_MINUTE", cls.messages_per_minute)),
            proxies=int(environment.get("LOKET_PROXIES", cls.proxies)),
            public_url=environment.get("LOKET_PUBLIC_URL", cls.public_url),
            taxonomy_folder=Path(environment.get("LOKET_TAXONOMY_DIR", cls.taxonomy_folder)),
            samples=environment.get("LOKET_SAMPLES", "yes") == "yes",
            telegram=TelegramSettings.from_environment(environment),
        )


def secret_of(environment: Mapping[str, str], name: str) -> str:
    """Return a secret, or what is in the file that `<name>_FILE` names; empty when there is neither.

    Raises:
        OSError: the file cannot be read.
    """
    file = environment.get(f"{name}_FILE")
    return Path(file).read_text(encoding="utf-8").strip() if file else environment.get(name, "")
