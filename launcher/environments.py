"""The two Python environments, built from hashed lock files and rebuilt only when those change."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from launcher.console import LauncherError, step
from launcher.places import PRIVATE, PROJECT, REQUIREMENTS
from launcher.uv import find_uv

# What the bot's environment takes with TensorFlow in it, and the app's, with room to unpack.
_ROOM_NEEDED = 5 * 1024**3


@dataclass(frozen=True)
class Environment:
    """One environment: its Python and its lock file; `<name>-test.txt` adds the test tools."""

    name: str
    python_version: str

    @property
    def folder(self) -> Path:
        """Return where the environment is."""
        return PRIVATE / f"venv-{self.name}"

    @property
    def python(self) -> str:
        """Return the path of its interpreter."""
        return self.program("python")

    def program(self, name: str) -> str:
        """Return the path of a program installed in it."""
        scripts = "Scripts" if os.name == "nt" else "bin"
        return str(self.folder / scripts / name)


APP = Environment("app", "3.12")
BOT = Environment("bot", "3.10")


def ensure(environment: Environment, *, with_tests: bool = False) -> Environment:
    """Build the environment when it is missing or its lock file changed.

    Raises:
        LauncherError: no such Python to be had, no room on the disk, or a package could not be installed.
    """
    locks = [REQUIREMENTS / f"{environment.name}.txt"]
    if with_tests:
        locks.append(REQUIREMENTS / f"{environment.name}-test.txt")
    wanted = [_digest(lock) for lock in locks]
    stamp = environment.folder / "installed-locks"
    if stamp.exists() and set(wanted) <= set(stamp.read_text().split()):
        return environment
    if not environment.folder.exists() and shutil.disk_usage(PROJECT).free < _ROOM_NEEDED:
        message = f"The disk is too full: {_ROOM_NEEDED // 1024**3} GB must be free in {PROJECT}."
        raise LauncherError(message)
    uv = find_uv()
    if not Path(environment.python).exists():
        with step(f"Finding Python {environment.python_version}"):
            _run(
                [
                    uv,
                    "venv",
                    "--quiet",
                    "--clear",
                    "--python",
                    environment.python_version,
                    str(environment.folder),
                ],
                f"Python {environment.python_version} was not found and uv could not fetch it. "
                f"Install Python {environment.python_version} (for instance with pyenv) and run this again.",
            )
    with step(f"Installing the {environment.name} environment"):
        stamp.unlink(missing_ok=True)
        _run(
            # uv shows its own bar; in a pipe it stays silent until it is done.
            [uv, "pip", "sync", "--require-hashes", "--python", environment.python, str(locks[-1])],
            f"Not every package of {locks[-1].relative_to(PROJECT)} could be installed; uv says why above.",
        )
        stamp.write_text("\n".join(wanted))
    return environment


def _digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def _run(command: list[str], on_failure: str) -> None:
    if subprocess.run(command, check=False, cwd=PROJECT).returncode:
        raise LauncherError(on_failure)
