"""Finding uv, or getting it by pip into a private folder."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from launcher.console import LauncherError, step
from launcher.places import PRIVATE

_FOLDER = PRIVATE / "uv"
_HOW_TO = (
    "uv is missing and pip could not install it. Install uv yourself (see its website), "
    "or install pip for this Python (Debian: python3-pip), and run this again."
)


def find_uv() -> str:
    """Return the path of a uv that works, installing one when there is none.

    Raises:
        LauncherError: there is none, and pip could not install it.
    """
    on_path = shutil.which("uv")
    if on_path and _works(on_path):
        return on_path
    private = _FOLDER / "bin" / ("uv.exe" if os.name == "nt" else "uv")
    if not _works(str(private)):
        with step("Installing uv"):
            # --target needs no virtual environment, which Debian ships apart from Python.
            pip = [
                sys.executable,
                "-m",
                "pip",
                "install",
                "--quiet",
                "--target",
                str(_FOLDER),
                "--upgrade",
                "uv",
            ]
            failed = subprocess.run(pip, check=False).returncode
        if failed or not _works(str(private)):
            raise LauncherError(_HOW_TO)
    return str(private)


def _works(uv: str) -> bool:
    if not Path(uv).exists():
        return False
    return subprocess.run([uv, "--version"], check=False, capture_output=True).returncode == 0
