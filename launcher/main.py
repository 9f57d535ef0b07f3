"""The verbs of `./loket`."""

from __future__ import annotations

import argparse
import errno
import os
import subprocess
import sys
from typing import Callable

from launcher import environments, tests
from launcher.console import LauncherError, say
from launcher.model import trained_model
from launcher.places import BOT, PROJECT
from launcher.run import run
from launcher.settings import bot_environment, service_environment

DEFAULT_PORT, DEFAULT_BOT_PORT = 8000, 5005
PASSED_ON = ("test", "import", "voucher", "jobs", "coach", "staff", "retention", "telegram", "bench", "rasa")


def main(arguments: list[str]) -> int:
    """Carry out one verb; returns the exit code."""
    parser = _parser()
    # What these verbs take is for pytest, Rasa or the app to read.
    verb_alone = arguments[:1] if arguments and arguments[0] in PASSED_ON else arguments
    options = parser.parse_args(verb_alone or ["help"])
    options.rest = arguments[1:]
    verb: Callable[[argparse.Namespace], int] | None = options.carry_out
    try:
        if verb is None:
            parser.print_help()
            return 0
        return verb(options)
    except LauncherError as error:
        say(f"\n{error}")
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        say(f"\nThe disk is full. Make room in {PROJECT} and run this again.")
    except KeyboardInterrupt:
        say("")
    return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="./loket", description="Noor, the assistant of one felt counter.")
    parser.set_defaults(carry_out=None)
    verbs = parser.add_subparsers(metavar="VERB", title="verbs")

    def add(
        name: str, carry_out: Callable[[argparse.Namespace], int] | None, text: str
    ) -> argparse.ArgumentParser:
        verb = verbs.add_parser(name, help=text, description=text)
        verb.set_defaults(carry_out=carry_out)
        return verb

    running = add("run", run, "start the counter: page, chat and bot (Ctrl-C ends all)")
    running.add_argument("--port", type=int, default=_port("LOKET_PORT", DEFAULT_PORT))
    running.add_argument("--bot-port", type=int, default=_port("LOKET_BOT_PORT", DEFAULT_BOT_PORT))
    running.add_argument(
        "--telegram", action="store_true", help="ask Telegram for messages: needs no public address"
    )

    add("test", tests.test, "run the tests; `test fast` only the quick ones; takes what pytest takes")

    add("check", tests.check, "lint, types, import rules, dialogue files")
    add("setup", _setup, "build both Python environments (the other verbs do it too)")

    training = add("train", _train, "train Noor when something under bot/ changed")
    training.add_argument("--again", action="store_true", help="also when nothing changed")

    add(
        "import",
        _app_command("import"),
        "import courses|jobs|initiatives FILE: store your own, from CSV or JSON; import ooapi|schemaorg "
        "ADDRESS --source NAME: what a school offers; import esco FOLDER; "
        "import competentnl FILE",
    )

    add("doctor", _app_command("doctor"), "look whether everything is set up, and say what is not")

    add("queue", _app_command("queue"), "show who waits for a coach, open applications, and jobs to check")

    add(
        "voucher",
        _app_command("voucher"),
        "voucher decide NUMBER toegekend|afgewezen --reason TEXT: decide, and tell the applicant",
    )
    add(
        "jobs",
        _app_command("jobs"),
        "jobs approve|reject NUMBER: check an employer's job; jobs free|close|list|audit JOB: offer a place, "
        "see who, prove the order",
    )
    add(
        "retention",
        _app_command("retention"),
        "retention preview|run|report: what is deleted in time; preserve|release NUMBER: keep longer",
    )
    add("coach", _app_command("coach"), "coach reply NUMBER TEXT: answer somebody who asked for a coach")

    add(
        "staff",
        _app_command("staff"),
        "staff add USERNAME --name --role --organisation …: who works here; list|reset|deactivate|activate",
    )

    add(
        "telegram",
        _app_command("telegram"),
        "telegram webhook https://…: have Telegram bring messages to the counter there",
    )

    add("bench", tests.bench, "bench nlu|turn|taxonomy: measure against a peer in the same run")

    add("rasa", _rasa, "run any Rasa command in bot/, with everything it needs")

    add("help", None, "show this text")
    return parser


def _setup(_options: argparse.Namespace) -> int:
    environments.ensure(environments.APP)
    environments.ensure(environments.BOT)
    return 0


def _train(options: argparse.Namespace) -> int:
    say(f"  {os.path.relpath(trained_model(again=options.again), PROJECT)}")
    return 0


def _app_command(name: str) -> Callable[[argparse.Namespace], int]:
    def carry_out(options: argparse.Namespace) -> int:
        python = environments.ensure(environments.APP).python
        command = [python, "-m", "app", name, *options.rest]
        variables = service_environment(port=DEFAULT_PORT, bot_port=DEFAULT_BOT_PORT)
        # Not in the project's folder: a FILE is named from where the person stands.
        environment = {**variables, "PYTHONPATH": str(PROJECT)}
        return subprocess.run(command, check=False, env=environment).returncode

    return carry_out


def _rasa(options: argparse.Namespace) -> int:
    environments.ensure(environments.BOT)
    variables = service_environment(port=DEFAULT_PORT, bot_port=DEFAULT_BOT_PORT)
    own = {key: value for key, value in variables.items() if key.startswith("LOKET_")}
    command = [environments.BOT.program("rasa"), *options.rest]
    return subprocess.run(command, check=False, cwd=BOT, env=bot_environment(**own)).returncode


def _port(variable: str, default: int) -> int:
    value = os.environ.get(variable, str(default))
    if not value.isdigit():
        sys.exit(f"{variable} must be a number, not {value!r}.")
    return int(value)
