"""`./loket test`, `check` and `bench`: the same commands for people and for CI."""

from __future__ import annotations

import os
import shutil
import subprocess
from argparse import Namespace
from pathlib import Path

from launcher import environments
from launcher.console import LauncherError, say, step
from launcher.model import trained_model
from launcher.places import PROJECT
from launcher.settings import bot_environment

# What needs no model, no browser and no database.
FAST = ("tests/unit", "tests/architecture")
BOT_TESTS = ("tests/unit/bot/components", "tests/nlu")
# These benches train models of their own, or measure nothing.
BENCHES_WITHOUT_MODEL = ("nlu", "taxonomy", "--help", "-h")
# Much of a test is waiting: for a database, for Rasa, for a page. A file stays with one worker,
# and each worker has a counter, databases and ports of its own.
TWO_AT_ONCE = ("--numprocesses", "2", "--dist", "loadfile")
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def test(options: Namespace) -> int:
    """Run the tests; the word `fast` leaves out what needs the model or a browser."""
    is_fast = options.rest[:1] == ["fast"]
    chosen = options.rest[1:] if is_fast else options.rest
    app = environments.ensure(environments.APP, with_tests=True)
    variables = {
        **os.environ,
        "LOKET_BOT_VENV": str(environments.BOT.folder),
        # Threads of numpy wait for each other at full speed, and here they share the cores.
        "OPENBLAS_NUM_THREADS": "1",
    }
    if not is_fast:
        environments.ensure(environments.BOT, with_tests=True)
        variables["LOKET_TEST_MODEL"] = str(trained_model())
        variables["LOKET_TEST_BROWSER"] = _browser()
    command = [app.python, "-m", "pytest", *arguments(options.rest)]
    outcomes = [subprocess.run(command, check=False, cwd=PROJECT, env=variables).returncode]
    if not is_fast and not chosen:
        say("\n  The components that run in Rasa's own Python:")
        bot = [environments.BOT.python, "-m", "pytest", "-c", "bot/pytest.ini", *BOT_TESTS]
        model = {"LOKET_TEST_MODEL": variables["LOKET_TEST_MODEL"], "LOKET_REQUIRE_MODEL": "1"}
        outcomes.append(
            subprocess.run(bot, check=False, cwd=PROJECT, env=bot_environment(**model)).returncode
        )
    return max(outcomes)


def arguments(rest: list[str]) -> list[str]:
    """Return what pytest is told: what was chosen, or everything (the fast part) by two workers."""
    is_fast = rest[:1] == ["fast"]
    return rest[is_fast:] or [*(FAST if is_fast else ()), *TWO_AT_ONCE]


def check(_options: Namespace) -> int:
    """Run every check that needs no running program; all of them, also after a failure."""
    app = environments.ensure(environments.APP, with_tests=True)
    checks = {
        "lint": [app.program("ruff"), "check", "."],
        "layout": [app.program("ruff"), "format", "--check", "."],
        "types": [app.program("mypy")],
        "import rules": [app.program("lint-imports")],
        "dialogue files": [app.python, "-m", "pytest", "-q", "tests/architecture"],
    }
    failed = []
    for name, command in checks.items():
        say(f"\n  {name}: {' '.join([Path(command[0]).name, *command[1:]])}")
        if subprocess.run(command, check=False, cwd=PROJECT).returncode:
            failed.append(name)
    if failed:
        message = f"Not in order: {', '.join(failed)}."
        raise LauncherError(message)
    say("\n  Everything is in order.")
    return 0


def bench(options: Namespace) -> int:
    """Measure one thing against its peer and print both figures with their ratio."""
    app = environments.ensure(environments.APP, with_tests=True)
    environments.ensure(environments.BOT)
    variables = bot_environment(LOKET_BOT_VENV=str(environments.BOT.folder))
    if options.rest and options.rest[0] not in BENCHES_WITHOUT_MODEL:
        variables["LOKET_TEST_MODEL"] = str(trained_model())
    command = [app.python, "-m", "benchmarks", *options.rest]
    return subprocess.run(command, check=False, cwd=PROJECT, env=variables).returncode


def _browser() -> str:
    """Return a Chromium, installing Debian's when this machine can."""
    found = next((path for path in map(shutil.which, BROWSERS) if path), None)
    apt_get = shutil.which("apt-get")
    if found is None and apt_get and os.geteuid() == 0:
        with step("Installing Chromium"):
            for command in (["update"], ["install", "--yes", "chromium"]):
                subprocess.run([apt_get, *command], check=False, capture_output=True)
        found = shutil.which("chromium")
    if found is None:
        message = "The browser tests need Chromium (Debian: apt-get install chromium)."
        raise LauncherError(message)
    return found
