"""Rasa's model: trained when what it is made of changed, otherwise the one that is there."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from pathlib import Path
from typing import Iterable, Iterator

from launcher.console import LauncherError, step
from launcher.environments import BOT as BOT_ENVIRONMENT
from launcher.environments import ensure
from launcher.places import BOT, LOGS, MODELS, PROJECT, REQUIREMENTS
from launcher.settings import bot_environment

# Older models than these are deleted: one to serve, two to go back to.
MODELS_KEPT = 3
TRAINING_CACHES = BOT / ".rasa" / "cache"


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
        environment = bot_environment(RASA_CACHE_DIRECTORY=str(training_cache()))
        subprocess.run(command, check=False, cwd=BOT, env=environment, stdout=output, stderr=output)
    # Rasa ends with 0 after some failures; a model on disk is the proof.
    if not model.exists():
        message = f"Training failed. The last lines of {log.relative_to(PROJECT)}:\n{tail(log)}"
        raise LauncherError(message)
    for old in sorted(MODELS.glob("noor-*.tar.gz"), key=lambda file: file.stat().st_mtime)[:-MODELS_KEPT]:
        old.unlink()
    return model


def fingerprint() -> str:
    """Return a digest of everything that the model is made of."""
    return _digest(_inputs())


def _digest(files: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for file in files:
        digest.update(f"{file.relative_to(PROJECT)}\0".encode())
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()[:16]


def training_cache() -> Path:
    """Return the folder for what Rasa keeps between trainings; what other components left is deleted.

    Rasa sees when the class of a component changes, but not when a module that it imports does.
    """
    cache = TRAINING_CACHES / _digest(_components())
    for old in TRAINING_CACHES.glob("*"):
        if old.is_dir() and old != cache:
            shutil.rmtree(old)
    return cache


def tail(log: Path, lines: int = 15) -> str:
    """Return the last lines of a log."""
    return "\n".join(log.read_text(errors="replace").splitlines()[-lines:])


def _inputs() -> Iterator[Path]:
    yield BOT / "config.yml"
    for folder, pattern in (
        (BOT / "domain", "*.yml"),
        (BOT / "data", "*"),
        # The entity extractor knows the taxonomy's names.
        (PROJECT / "skills_taxonomy" / "data", "*.jsonl"),
    ):
        yield from sorted(file for file in folder.rglob(pattern) if file.is_file())
    yield from _components()
    yield REQUIREMENTS / "bot.txt"


def _components() -> list[Path]:
    folders = (BOT / "components", PROJECT / "sentence_vectors")
    return sorted(file for folder in folders for file in folder.rglob("*.py"))
