"""Settings, read once from the environment; every one is named `LOKET_…`."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from connectors.throttle import Limits
from connectors.whatsapp.client import Account as WhatsAppAccount
from connectors.whatsapp.client import WhatsAppChannel
from staff_entrance.provider import ProviderAccount, is_protected

PROJECT = Path(__file__).resolve().parent.parent
_PROVIDER = "OpenID Connect"
_COURSE_SOURCE = re.compile(
    r"(?P<name>(?=.{1,20}\s*=)[a-z0-9]+(?:-[a-z0-9]+)*)\s*=\s*(?P<standard>ooapi|schemaorg)\s+(?P<address>https://\S+)"
)


class MissingSettingError(KeyError):
    """A setting without which nothing can be started safely."""

    def __str__(self) -> str:
        return f"the environment has no {self.args[0]}; `./loket run` sets it"


class IncompleteChannelError(ValueError):
    """A channel or a log-in that is half set up would look open and answer nobody."""

    def __init__(self, channel: str, missing: Iterable[str]) -> None:
        super().__init__(
            f"{channel} is half set up; the environment has no {', '.join(missing)} (nor …_FILE for it)"
        )


class WrongSettingError(ValueError):
    """A setting that cannot be right."""


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
            WrongSettingError: a file that holds a secret cannot be read.
        """
        token, secret = (setting(environment, f"LOKET_TELEGRAM_{name}") for name in ("TOKEN", "SECRET"))
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
class CourseSource:
    """A source of courses that is imported every day."""

    name: str
    standard: str
    address: str
    token: str = ""


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
    opening_hours: Path | None = None
    """The counter's own opening hours; the samples when there is no such file."""
    allowed_origins: frozenset[str] = frozenset()
    """The other sites that may show the chat, as a browser names them: `https://www.gemeente.nl`."""
    retention_rules: Path | None = None
    """The file that says how long things are kept; without it that of the project."""
    telegram: TelegramSettings | None = None
    whatsapp: WhatsAppAccount | None = None
    course_sources: tuple[CourseSource, ...] = ()
    """What is imported every day."""
    provider: ProviderAccount | None = None
    """The log-in of the organisation that staff belong to."""

    @property
    def limits(self) -> Limits:
        """How fast people may write."""
        often = self.messages_per_minute
        return Limits(
            conversation=f"{often}/minute",
            visitor=f"{10 * often}/minute",
            opened=f"{4 * often}/hour",
            logins=f"{often}/minute;{7 * often}/hour;{35 * often}/day",
        )

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> "Settings":
        """Read the settings.

        Raises:
            MissingSettingError: a setting without a safe default is absent.
            ValueError: what must be a number is none, a channel is half set up, a secret's file cannot
                be read, or a site that may show the chat is no origin.
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
            retention_rules=Path(rules) if (rules := environment.get("LOKET_RETENTION_RULES")) else None,
            opening_hours=Path(hours) if (hours := environment.get("LOKET_OPENING_HOURS")) else None,
            telegram=TelegramSettings.from_environment(environment),
            whatsapp=_whatsapp(environment),
            course_sources=tuple(_course_sources(environment)),
            provider=_provider(environment),
            allowed_origins=_origins(environment.get("LOKET_ALLOWED_ORIGINS", "")),
        )


def setting(environment: Mapping[str, str], name: str) -> str:
    """Return a setting, or the content of the file that `<name>_FILE` names, as Docker keeps secrets.

    Empty when there is neither.

    Raises:
        WrongSettingError: the file cannot be read.
    """
    if value := environment.get(name, "").strip():
        return value
    file = environment.get(f"{name}_FILE", "")
    try:
        return Path(file).read_text(encoding="utf-8").strip() if file else ""
    except (OSError, UnicodeError) as error:
        message = f"{name}_FILE names {file}, which cannot be read: {type(error).__name__}"
        raise WrongSettingError(message) from error


def _course_sources(environment: Mapping[str, str]) -> Iterator[CourseSource]:
    """Yield the sources in a list with commas: `roc=ooapi https://…, nova=schemaorg https://…`.

    Raises:
        WrongSettingError: one of them is written otherwise.
    """
    for told in environment.get("LOKET_COURSE_SOURCES", "").split(","):
        if not told.strip():
            continue
        found = _COURSE_SOURCE.fullmatch(told.strip())
        if found is None:
            message = (
                f"LOKET_COURSE_SOURCES: {told.strip()} is not written as roc=ooapi https://api.roc.nl/v5"
            )
            raise WrongSettingError(message)
        yield CourseSource(**found.groupdict(), token=source_token(environment, found["name"]))


def source_token(environment: Mapping[str, str], source: str) -> str:
    """Return the key that a source of courses asks, from `LOKET_COURSE_TOKEN_<SOURCE>`; empty without one.

    Raises:
        WrongSettingError: a file that holds it cannot be read.
    """
    return setting(environment, f"LOKET_COURSE_TOKEN_{source.upper().replace('-', '_')}")


def _whatsapp(environment: Mapping[str, str]) -> WhatsAppAccount | None:
    """Return the WhatsApp account, or None when nothing of it is set up; see docs/kanalen/whatsapp.md."""
    required = ("TOKEN", "APP_SECRET", "VERIFY_TOKEN", "PHONE_NUMBER_ID")
    optional = ("NUMBER", "TEMPLATE", "TEMPLATE_LANGUAGE", "API_URL")
    given = {name: setting(environment, f"LOKET_WHATSAPP_{name}") for name in (*required, *optional)}
    if not any(given.values()):
        return None
    if missing := [f"LOKET_WHATSAPP_{name}" for name in required if not given[name]]:
        raise IncompleteChannelError(WhatsAppChannel.name, missing)
    given["NUMBER"] = re.sub(r"[\s+-]", "", given["NUMBER"])
    for name in ("PHONE_NUMBER_ID", "NUMBER"):
        # An id or a number stands in addresses; +31 6 … is fine for a number, 06 … is not.
        if given[name] and re.fullmatch(r"[1-9][0-9]{4,19}", given[name]) is None:
            message = f"LOKET_WHATSAPP_{name} must be digits that do not begin with 0"
            raise WrongSettingError(message)
    return WhatsAppAccount(**{name.lower(): value for name, value in given.items() if value})


def _provider(environment: Mapping[str, str]) -> ProviderAccount | None:
    """Return how staff log in through their organisation, or None when nothing of it is set up."""
    given = {
        name: setting(environment, f"LOKET_OIDC_{name}") for name in ("ISSUER", "CLIENT_ID", "CLIENT_SECRET")
    }
    if not any(given.values()):
        return None
    if missing := [f"LOKET_OIDC_{name}" for name, value in given.items() if not value]:
        raise IncompleteChannelError(_PROVIDER, missing)
    if not is_protected(given["ISSUER"]):
        message = "LOKET_OIDC_ISSUER must begin with https://"
        raise WrongSettingError(message)
    return ProviderAccount(**{name.lower(): value for name, value in given.items()})


def _origins(text: str) -> frozenset[str]:
    """Return the origins in a list with commas; a slash at the end does no harm.

    Raises:
        WrongSettingError: one of them is no origin: a path, a wildcard, or no scheme.
    """
    origins = frozenset(part.strip().rstrip("/").lower() for part in text.split(",") if part.strip())
    for origin in origins:
        parts = urlsplit(origin)
        is_origin = origin == f"{parts.scheme}://{parts.netloc}" and parts.scheme in {"http", "https"}
        if not is_origin or not parts.hostname or "*" in origin or "@" in origin:
            message = f"LOKET_ALLOWED_ORIGINS: {origin} is no origin such as https://www.gemeente.nl"
            raise WrongSettingError(message)
    return origins
