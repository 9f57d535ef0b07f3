"""Rasa's model: trained when what it is made of changed, otherwise the one that is there."""

from __future__ import annotations

import hashlib
import subprocess
from pathlib import Path
from typing import Iterator

from launcher.console import LauncherError, step
from launcher.environments import BOT as BOT_ENVIRONMENT
from launcher.environments import ensure
from launcher.places import BOT, LOGS, MODELS, PROJECT, REQUIREMENTS
from launcher.settings import bot_environment

# Older models than these are deleted: one to serve, two to go back to.
MODELS_KEPT = 3


def trained_model(*, again: bool = False) -> Path:
    """Return the model that fits the files under `bot/`, training it when it is not there.

    Raises:
        LauncherError: training failed; the log says why.
    """
    ensure(BOT_ENVIRONMENT)
    model = MODELS / f"noor-{fingerprint()}.tar.gz"
    if model.exists() and not again:
        return model
    model.unlink(missing_ok=True)
    LOGS.mkdir(parents=True, exist_ok=True)
    log = LOGS / "train.log"
    with step("Training Noor"), log.open("w") as output:
        command = [
            BOT_ENVIRONMENT.program("rasa"),
            "train",
            *("--config", "config.yml"),
            *("--domain", "domain"),
            *("--data", "data"),
            *("--out", "models"),
            *("--fixed-model-name", model.name),
        ]
        subprocess.run(command, check=False, cwd=BOT, env=bot_environment(), stdout=output, stderr=output)
    # Rasa ends with 0 after some failures; a model on disk is the proof.
    if not model.exists():
        message = f"Training failed. The last lines of {log.relative_to(PROJECT)}:\n{tail(log)}"
        raise LauncherError(message)
    for old in sorted(MODELS.glob("noor-*.tar.gz"), key=lambda file: file.stat().st_mtime)[:-MODELS_KEPT]:
        old.unlink()
    return model


def fingerprint() -> str:
    """Return a digest of everything that the model is made of."""
    digest = hashlib.sha256()
    for file in _inputs():
        digest.update(f"{file.relative_to(PROJECT)}\0".encode())
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()[:16]


def tail(log: Path, lines: int = 15) -> str:
    """Return the last lines of a log."""
    return "\n".join(log.read_text(errors="replace").splitlines()[-lines:])


def _inputs() -> Iterator[Path]:
    yield BOT / "config.yml"
    for folder, pattern in (
        (BOT / "domain", "*.yml"),
        (BOT / "data", "*"),
        (BOT / "components", "*.py"),
        # The entity extractor knows the taxonomy's names.
        (PROJECT / "skills_taxonomy" / "data", "*.jsonl"),
    ):
        yield from sorted(file for file in folder.rglob(pattern) if file.is_file())
    yield REQUIREMENTS / "bot.txt"
