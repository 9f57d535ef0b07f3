"""The environment variables that the app and the bot are started with."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from launcher.console import LauncherError
from launcher.places import BOT, DATA, PROJECT

# Rasa must neither phone home nor fill the terminal; one thread each is fastest for one sentence.
_BOT_DEFAULTS = {
    "RASA_TELEMETRY_ENABLED": "false",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "CUDA_VISIBLE_DEVICES": "-1",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    "PYTHONWARNINGS": "ignore",
    "OMP_NUM_THREADS": "1",
    "TF_NUM_INTRAOP_THREADS": "1",
    "TF_NUM_INTEROP_THREADS": "1",
}


def data_folder() -> Path:
    """Return the folder of the databases and secrets, made when it is missing."""
    folder = Path(os.environ.get("LOKET_DATA_DIR", DATA)).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def service_environment(*, port: int, bot_port: int) -> dict[str, str]:
    """Return the variables for the app and the bot: ports as asked, the rest as set or by default."""
    folder = data_folder()
    defaults = {
        "LOKET_DATABASE_URL": f"sqlite+aiosqlite:///{folder / 'loket.db'}",
        "LOKET_TAXONOMY_DIR": str(folder / "taxonomy"),
        "LOKET_TRACKER_FILE": str(folder / "tracker.db"),
        "LOKET_INTERNAL_TOKEN": _kept_secret(folder / "internal-token"),
        "LOKET_TELEGRAM_SECRET": _kept_secret(folder / "telegram-secret"),
    }
    addresses = {
        "LOKET_PORT": str(port),
        "LOKET_BOT_URL": f"http://127.0.0.1:{bot_port}",
        "LOKET_ACTIONS_URL": f"http://127.0.0.1:{port}/actions",
    }
    return {**defaults, **os.environ, **addresses}


def ask_telegram(variables: dict[str, str]) -> None:
    """Let the app ask Telegram for messages.

    Raises:
        LauncherError: there is no token to ask with.
    """
    if not (variables.get("LOKET_TELEGRAM_TOKEN") or variables.get("LOKET_TELEGRAM_TOKEN_FILE")):
        message = (
            "Put the token of your bot in LOKET_TELEGRAM_TOKEN first; docs/kanalen/telegram.md tells how."
        )
        raise LauncherError(message)
    variables["LOKET_TELEGRAM_POLLING"] = "yes"


def bot_environment(**variables: str) -> dict[str, str]:
    """Return the variables that every Rasa command needs, and these."""
    # The components, and the rooms they share with the app.
    path = os.pathsep.join(map(str, (BOT, PROJECT)))
    return {**os.environ, **_BOT_DEFAULTS, **variables, "PYTHONPATH": path}


def _kept_secret(file: Path) -> str:
    """Return the secret in this file, made at first use and readable by its owner alone."""
    if not file.exists():
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as output:
            output.write(secrets.token_urlsafe(32))
    return file.read_text().strip()
