"""Settings, read once from the environment; every one is named `LOKET_…`."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from connectors.throttle import Limits

PROJECT = Path(__file__).resolve().parent.parent


class MissingSettingError(KeyError):
    """A setting without which nothing can be started safely."""

    def __str__(self) -> str:
        return f"the environment has no {self.args[0]}; `./loket run` sets it"


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
    allowed_origins: frozenset[str] = frozenset()
    """The other sites that may show the chat, as a browser names them: `https://www.gemeente.nl`."""

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
            ValueError: what must be a number is none, or a site that may show the chat is no origin.
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
            allowed_origins=_origins(environment.get("LOKET_ALLOWED_ORIGINS", "")),
        )


def _origins(text: str) -> frozenset[str]:
    """Return the origins in a list with commas; a slash at the end does no harm.

    Raises:
        ValueError: one of them is no origin: a path, a wildcard, or no scheme.
    """
    origins = frozenset(part.strip().rstrip("/").lower() for part in text.split(",") if part.strip())
    for origin in origins:
        parts = urlsplit(origin)
        is_origin = origin == f"{parts.scheme}://{parts.netloc}" and parts.scheme in {"http", "https"}
        if not is_origin or not parts.hostname or "*" in origin or "@" in origin:
            message = f"LOKET_ALLOWED_ORIGINS: {origin} is no origin such as https://www.gemeente.nl"
            raise ValueError(message)
    return origins
