"""The command line of the app: `python -m app VERB`; people type `./loket VERB`."""

import argparse
import asyncio
import os
import sys
from pathlib import Path

from aiohttp import web

from app import logs
from app.commands import check_job, import_rows, prepare, print_queue
from app.server import create_app
from app.settings import MissingSettingError, Settings


def main() -> int:
    """Carry out one verb; returns the exit code."""
    options = _parser().parse_args()
    logs.configure()
    try:
        settings = Settings.from_environment(os.environ)
    except (MissingSettingError, ValueError) as error:
        print(error, file=sys.stderr)
        return 2
    match options.verb:
        case "serve":
            asyncio.run(prepare(settings))
            web.run_app(
                create_app(settings), host=settings.host, port=settings.port, print=None, access_log=None
            )
            return 0
        case "import":
            return asyncio.run(import_rows(settings, options.kind, options.file))
        case "jobs":
            return asyncio.run(
                check_job(
                    settings, options.number, adviser=options.adviser, rejected_for=options.rejected_for
                )
            )
        case _:
            return asyncio.run(print_queue(settings))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m app")
    verbs = parser.add_subparsers(dest="verb", required=True)
    verbs.add_parser("serve", help="bring the database up to date and answer on the port")
    importing = verbs.add_parser("import", help="import a CSV or JSON file")
    importing.add_argument("kind", choices=("courses", "jobs", "initiatives"))
    importing.add_argument("file", type=Path)
    verbs.add_parser("queue", help="show who waits for a person, open applications, and jobs to check")
    checking = verbs.add_parser("jobs", help="approve or reject a job that an employer offered")
    decisions = checking.add_subparsers(dest="decision", required=True)
    approving = decisions.add_parser("approve", help="make it public")
    approving.set_defaults(rejected_for=None)
    rejecting = decisions.add_parser("reject", help="turn it down")
    for deciding in (approving, rejecting):
        deciding.add_argument("number")
        deciding.add_argument("--adviser", default=os.environ.get("USER", "beheerder"), help="who decides")
    rejecting.add_argument("rejected_for", metavar="reason")
    return parser


if __name__ == "__main__":
    sys.exit(main())
