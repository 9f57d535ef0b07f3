"""The command line of the app: `python -m app VERB`; people type `./loket VERB`."""

import argparse
import asyncio
import gc
import os
import sys
from datetime import date
from pathlib import Path

from aiohttp import web

from app import logs, retention_commands
from app.commands import import_rows, prepare, print_queue
from app.course_import import Elsewhere, Standard, import_elsewhere
from app.desk import (
    DECISIONS,
    audit_lists,
    check_job,
    close_job,
    decide_voucher,
    free_place,
    print_lists,
    reply_to,
)
from app.doctor import examine
from app.server import create_app
from app.settings import MissingSettingError, Settings, source_token
from app.staff import (
    REGIONS,
    ROLES,
    add_member,
    add_samples,
    open_or_close,
    print_staff,
    reset_member,
)
from app.taxonomy_import import import_competentnl, import_esco
from app.telegram import set_webhook
from counter.imports.courses import FromSource
from counter.imports.model import Kind
from counter.opening.reading import OpeningHoursError
from counter.preservations.model import Ground
from counter.retention.model import WrongRulesError
from counter.retention.rules import load_rules

type _Verbs = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001 - argparse has no other name


def main() -> int:
    """Carry out one verb; returns the exit code."""
    options = _parser().parse_args()
    logs.configure()
    try:
        settings = Settings.from_environment(os.environ)
    except (MissingSettingError, ValueError, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    try:
        return _run(settings, options)
    except OpeningHoursError as error:
        print(error, file=sys.stderr)
        return 2


def _run(settings: Settings, options: argparse.Namespace) -> int:
    match options.verb:
        case "serve":
            return _serve(settings)
        case "import":
            return _import(settings, options)
        case _:
            return asyncio.run(_carry_out(settings, options))


def _serve(settings: Settings) -> int:
    try:
        # A rule that cannot be right must keep nobody waiting for the night.
        load_rules(settings.retention_rules)
        asyncio.run(prepare(settings))
    except (WrongRulesError, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    app = create_app(settings)
    app.on_startup.append(_keep_what_is_loaded)
    web.run_app(app, host=settings.host, port=settings.port, print=None, access_log=None)
    return 0


async def _keep_what_is_loaded(_app: web.Application) -> None:
    # The taxonomy stays as long as the app does. Looking through it for garbage, again and again, stopped
    # everybody's turn for 0.4 seconds.
    gc.collect()
    gc.freeze()


async def _carry_out(settings: Settings, options: argparse.Namespace) -> int:
    match options.verb:
        case "doctor":
            return await examine(settings)
        case "queue":
            return await print_queue(settings)
        case "telegram":
            return await set_webhook(settings, options.address)
        case "staff":
            return await _staff(settings, options)
        case "retention":
            return await _retention(settings, options)
        case _:
            return await _at_the_desk(settings, options)


def _import(settings: Settings, options: argparse.Namespace) -> int:
    match options.kind:
        case "esco":
            return import_esco(settings, Path(options.file))
        case "competentnl":
            return import_competentnl(settings, Path(options.file))
        case kind:
            return asyncio.run(_import_into_catalogue(settings, kind, options))


async def _import_into_catalogue(settings: Settings, kind: str, options: argparse.Namespace) -> int:
    source = FromSource(name=options.source or "", accept_shrink=options.accept_shrink)
    if kind not in set(Standard):
        named = source if options.source is not None else None
        return await import_rows(settings, kind, Path(options.file), source=named)
    return await import_elsewhere(
        settings,
        Elsewhere(
            standard=Standard(kind),
            where=options.file,
            source=source,
            token=source_token(os.environ, source.name),
            allow_private=options.allow_private,
            leave_out_faulty=options.leave_out_faulty,
        ),
    )


async def _staff(settings: Settings, options: argparse.Namespace) -> int:
    match options.action:
        case "add":
            return await add_member(settings, options)
        case "reset":
            return await reset_member(settings, options.username)
        case "activate" | "deactivate":
            return await open_or_close(settings, options.username, is_active=options.action == "activate")
        case "samples":
            return await add_samples(settings)
        case _:
            return await print_staff(settings)


async def _retention(settings: Settings, options: argparse.Namespace) -> int:
    match options.action:
        case "preview":
            return await retention_commands.preview(settings)
        case "run":
            return await retention_commands.run(settings)
        case "report":
            return await retention_commands.report(settings, days=options.days)
        case "preserve":
            return await retention_commands.preserve(
                settings,
                options.number,
                until=options.until,
                why=options.why,
                ground=options.ground,
                by=options.by,
            )
        case _:
            return await retention_commands.release(settings, options.number, by=options.by)


async def _at_the_desk(settings: Settings, options: argparse.Namespace) -> int:
    match options.verb, options.action:
        case "voucher", _:
            return await decide_voucher(
                settings, options.number, options.decision, reason=options.reason, adviser=options.adviser
            )
        case "jobs", _:
            return await _about_jobs(settings, options)
        case _:
            return await reply_to(settings, options.number, options.text, coach=options.coach)


async def _about_jobs(settings: Settings, options: argparse.Namespace) -> int:
    match options.action:
        case "approve":
            return await check_job(settings, options.number, adviser=options.adviser)
        case "reject":
            return await check_job(
                settings, options.number, adviser=options.adviser, rejected_for=options.reason
            )
        case "free":
            return await free_place(settings, options.job)
        case "close":
            return await close_job(settings, options.job)
        case "audit":
            return await audit_lists(settings, options.job)
        case _:
            return await print_lists(settings, options.job)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m app")
    verbs = parser.add_subparsers(dest="verb", required=True)
    verbs.add_parser("serve", help="bring the database up to date and answer on the port")
    _add_import_verb(verbs)
    verbs.add_parser("doctor", help="look whether everything is set up, and say what is not")
    verbs.add_parser("queue", help="show who waits for a person, open applications, and jobs to check")
    telegram = verbs.add_parser("telegram", help="the Telegram bot").add_subparsers(
        dest="action", required=True
    )
    telling = telegram.add_parser("webhook", help="have Telegram bring updates to this address")
    telling.add_argument("address", help="https://…, where the counter is reached from outside")
    _add_staff_verbs(verbs)
    _add_desk_verbs(verbs)
    _add_retention_verbs(verbs)
    return parser


def _add_import_verb(verbs: _Verbs) -> None:
    importing = verbs.add_parser("import", help="import a file, a folder of ESCO, or what a school offers")
    importing.add_argument("kind", choices=(*Kind, *Standard, "esco", "competentnl"))
    importing.add_argument("file", help="a folder when the kind is esco; an address may be one of a school")
    importing.add_argument(
        "--source", help="whose courses these are: all it has, so what it has no more is closed"
    )
    importing.add_argument(
        "--accept-shrink", action="store_true", help="also when the source lost most of its courses"
    )
    importing.add_argument(
        "--leave-out-faulty", action="store_true", help="store the others when some are wrong"
    )
    importing.add_argument(
        "--allow-private", action="store_true", help="also an address in a private network, or http://"
    )


def _add_staff_verbs(verbs: _Verbs) -> None:
    """Add what an administrator does with staff."""
    staff = verbs.add_parser("staff", help="who works here").add_subparsers(dest="action", required=True)
    adding = staff.add_parser("add", help="add somebody; prints a password for the first log-in")
    adding.add_argument("username", help="what they log in with")
    adding.add_argument("--name", required=True, help="what people see: a first name will do")
    adding.add_argument("--role", required=True, action="append", choices=ROLES, help="may be repeated")
    adding.add_argument("--organisation", required=True, help="who they work for")
    adding.add_argument("--email", help="to log in through their organisation")
    adding.add_argument("--region", action="append", default=[], choices=REGIONS, help="may be repeated")
    adding.add_argument("--language", action="append", default=[], help="may be repeated: nl, en, ar, …")
    adding.add_argument("--skill", action="append", default=[], help="a topic they know; may be repeated")
    staff.add_parser("list", help="who works here, and how they log in")
    for action, text in (
        ("reset", "a new password for one log-in; without a second factor"),
        ("deactivate", "end somebody's access, at once"),
        ("activate", "give somebody their access back"),
    ):
        staff.add_parser(action, help=text).add_argument("username")
    staff.add_parser("samples", help="two members to try with, when samples are wanted and there is nobody")


def _add_desk_verbs(verbs: _Verbs) -> None:
    """Add what an adviser does until there is a desk for it."""
    voucher = verbs.add_parser("voucher", help="decide about a voucher application")
    deciding = voucher.add_subparsers(dest="action", required=True).add_parser("decide")
    deciding.add_argument("number", help="the receipt number, V-…")
    deciding.add_argument("decision", choices=DECISIONS)
    deciding.add_argument("--reason", required=True, help="the applicant reads this")
    deciding.add_argument("--adviser", default="beheerder", help="who decides; for the history")

    jobs = verbs.add_parser("jobs", help="jobs that employers offer, and their lists").add_subparsers(
        dest="action", required=True
    )
    approving = jobs.add_parser("approve", help="make a job public that an employer offered")
    rejecting = jobs.add_parser("reject", help="turn such a job down")
    for checking in (approving, rejecting):
        checking.add_argument("number", help="the receipt number of the job")
        checking.add_argument("--adviser", default="beheerder", help="who decides; for the history")
    rejecting.add_argument("reason", help="the employer reads this")
    freeing = jobs.add_parser("free", help="a place came free: offer it to the next in line")
    freeing.add_argument("job", help="the id of the job")
    closing = jobs.add_parser("close", help="close a job, and tell who waits for it")
    closing.add_argument("job", help="the id of the job")
    auditing = jobs.add_parser("audit", help="prove that a list was kept in order")
    auditing.add_argument("job", nargs="?", help="the id of the job; every job when left out")
    listing = jobs.add_parser("list", help="who is on a list, and how to reach them")
    listing.add_argument("job", nargs="?", help="the id of the job; every job when left out")

    coach = verbs.add_parser("coach", help="answer somebody who asked for a coach")
    replying = coach.add_subparsers(dest="action", required=True).add_parser("reply")
    replying.add_argument("number", help="the receipt number, C-…")
    replying.add_argument("text", help="what the person will read")
    replying.add_argument("--coach", default="beheerder", help="who answers; for the history")


def _add_retention_verbs(verbs: _Verbs) -> None:
    retention = verbs.add_parser("retention", help="how long things are kept").add_subparsers(
        dest="action", required=True
    )
    retention.add_parser("preview", help="show what would be deleted now, and who is kept longer")
    retention.add_parser("run", help="delete now what is due, as every night")
    reporting = retention.add_parser("report", help="show what was deleted in the last nights")
    reporting.add_argument("--days", type=int, default=7)
    preserving = retention.add_parser("preserve", help="keep somebody longer, at most a year at a time")
    preserving.add_argument(
        "--until", type=date.fromisoformat, required=True, help="the last day, 2027-03-31"
    )
    preserving.add_argument("--why", required=True, help="the person may read this")
    preserving.add_argument(
        "--ground",
        type=Ground,
        choices=tuple(Ground),
        default=Ground.HELP,
        help="bezwaar: a complaint, objection or lawsuit, over the person's wish; hulp: help goes on",
    )
    releasing = retention.add_parser("release", help="end that")
    for keeping in (preserving, releasing):
        keeping.add_argument("number", help="a receipt number, or the id of a conversation")
        keeping.add_argument("--by", default="beheerder", help="who decides; for the history")


if __name__ == "__main__":
    sys.exit(main())
