"""`./loket run`: everything that a working counter needs, and its address."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from argparse import Namespace
from pathlib import Path

from launcher import environments
from launcher.console import LauncherError, say, step
from launcher.model import trained_model
from launcher.places import BOT, LOGS, PROJECT
from launcher.processes import Service, check_port, status_of, wait_until
from launcher.settings import ask_telegram, bot_environment, service_environment

# Seconds; importing TensorFlow alone takes ten on a slow disk.
BOT_START, APP_START = 180, 60
_NO_MODEL = 409


def run(options: Namespace) -> int:
    """Start the bot and the app, and keep both running until Ctrl-C."""
    check_port(options.port, "--port")
    check_port(options.bot_port, "--bot-port")
    variables = service_environment(port=options.port, bot_port=options.bot_port)
    if options.telegram:
        ask_telegram(variables)
    environments.ensure(environments.APP)
    model = trained_model()
    LOGS.mkdir(parents=True, exist_ok=True)
    bot = bot_service(model, variables, options.bot_port)
    app = Service(
        "app", [environments.APP.python, "-m", "app", "serve"], variables, PROJECT, LOGS / "app.log"
    )
    # kill and a closed terminal must end both children as Ctrl-C does.
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _interrupt)
    try:
        with step("Starting Noor"):
            bot.start()
            app.start()
            wait_until(
                lambda: status_of(f"http://127.0.0.1:{options.port}/healthz") is not None, app, APP_START
            )
            wait_until(lambda: status_of(f"http://127.0.0.1:{options.bot_port}/") is not None, bot, BOT_START)
            _check_model(model, options.bot_port)
        say(f"\n  Noor is there: http://127.0.0.1:{options.port}")
        _introduce_samples(variables)
        say("\n  Ctrl-C ends it.")
        while True:
            time.sleep(1)
            for service in (bot, app):
                if service.restart_if_dead():
                    say(f"  The {service.name} stopped unexpectedly and was started again.")
    except KeyboardInterrupt:
        say("\n  Ending …")
        return 0
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        # The app first: it stops asking the bot.
        app.end()
        bot.end()


def bot_service(model: Path, variables: dict[str, str], port: int) -> Service:
    """Return Rasa with this model on a port of this machine only."""
    command = [
        environments.BOT.program("rasa"),
        "run",
        "--enable-api",
        *("--model", str(model)),
        *("--endpoints", "endpoints.yml"),
        *("--credentials", "credentials.yml"),
        *("--interface", "127.0.0.1"),
        *("--port", str(port)),
    ]
    own = {key: value for key, value in variables.items() if key.startswith("LOKET_")}
    return Service("bot", command, bot_environment(**own), BOT, LOGS / "bot.log")


def _introduce_samples(variables: dict[str, str]) -> None:
    """Let a newcomer log in as well: prints passwords for one time, here and in no log."""
    command = [environments.APP.python, "-m", "app", "staff", "samples"]
    subprocess.run(command, check=False, cwd=PROJECT, env=variables)


def _check_model(model: Path, port: int) -> None:
    if status_of(f"http://127.0.0.1:{port}/status") == _NO_MODEL:
        message = (
            f"Rasa could not load {os.path.relpath(model, PROJECT)}; the log is in .loket/logs/bot.log. "
            "Train it anew with: ./loket train --again"
        )
        raise LauncherError(message)


def _interrupt(_number: int, _frame: object) -> None:
    raise KeyboardInterrupt
