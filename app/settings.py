"""Settings, read once from the environment; every one is named `LOKET_…`."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

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
    taxonomy_folder: Path = PROJECT / ".loket" / "data" / "taxonomy"
    domain_folder: Path = PROJECT / "bot" / "domain"

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> "Settings":
        """Read the settings.

        Raises:
            MissingSettingError: a setting without a safe default is absent.
            ValueError: the port is no number.
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
            taxonomy_folder=Path(environment.get("LOKET_TAXONOMY_DIR", cls.taxonomy_folder)),
            samples=environment.get("LOKET_SAMPLES", "yes") == "yes",
        )
