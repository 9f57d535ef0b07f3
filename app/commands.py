"""What an administrator does from the command line, and what happens before the app serves."""

import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import structlog

import counter
from app import domain
from app.settings import Settings
from connectors.notices import DomainWording
from counter.clock import Clock, utc_now
from counter.database import Database
from counter.imports.courses import FromSource
from counter.imports.model import ImportFaultsError, Kind
from counter.imports.service import import_file
from counter.job_drafts.model import JobDraft
from counter.migrations import migrate
from counter.opening.reading import load_opening_hours
from counter.places.gazetteer import load_gazetteer
from counter.referrals.model import QueuedReferral
from counter.retention.rules import load_rules
from counter.services import Counter, House, open_counter
from skills_taxonomy import Taxonomy
from skills_taxonomy.index import IndexMissingError

log = structlog.get_logger(__name__)

SAMPLES = Path(counter.__file__).parent / "samples"


async def prepare(settings: Settings) -> None:
    """Bring the database up to date, and load the samples when they are wanted.

    Raises:
        OpeningHoursError: the counter's opening hours are wrong; better no counter than a closed one
            that says it is open.
    """
    load_opening_hours(settings.opening_hours)
    await migrate(settings.database_url)
    if not settings.samples:
        return
    async with counter_of(settings) as services:
        for kind in Kind:
            counts = await import_file(kind, SAMPLES / f"{kind.value}.csv", services)
            log.info("samples_loaded", kind=kind.value, new=counts.new, changed=counts.changed)


async def import_rows(settings: Settings, kind: str, file: Path, *, source: FromSource | None = None) -> int:
    """Import a file; print what came of it, or everything that is wrong with it."""
    await migrate(settings.database_url)
    async with counter_of(settings) as services:
        try:
            await import_file(Kind(kind), file, services, print, source=source)
        except ImportFaultsError as error:
            print("\n".join(str(fault) for fault in error.faults), file=sys.stderr)
            print(f"Er is niets opgeslagen: {len(error.faults)} fout(en).", file=sys.stderr)
            return 1
    return 0


def taxonomy_of(settings: Settings) -> Taxonomy:
    """Return the imported taxonomy, or the starter taxonomy where none was imported."""
    try:
        return Taxonomy.open(settings.taxonomy_folder)
    except IndexMissingError:
        if settings.taxonomy_folder.exists():
            log.warning("imported_taxonomy_unusable", remedy="./loket import esco FOLDER")
        return Taxonomy.load()


async def print_queue(settings: Settings) -> int:
    """Print who waits for a coach, in order, open voucher applications and jobs that wait for a check."""
    await migrate(settings.database_url)
    async with counter_of(settings) as services:
        waiting = await services.referrals.queue()
        applications = await services.vouchers.open_applications()
        drafts = await services.job_drafts.in_review()
    print(f"Wachten op een coach: {len(waiting)}")
    for place, referral in enumerate(waiting, start=1):
        receipt = referral.receipt
        about = ", ".join(referral.topics) or "geen onderwerp"
        print(f"  {place}. {receipt.number}  {referral.reason.value}  {referral.region or '-'}  {about}")
        print(f"     {_joined(referral.name, referral.phone, referral.email)}")
        for line in _leads(referral):
            print(f"     {line}")
    print(f"Open voucheraanvragen: {len(applications)}")
    for application in applications:
        print(f"  {application.number}  {application.kind.value}  antwoord vóór {application.answer_before}")
    print(f"Banen in controle: {len(drafts)}")
    for draft in drafts:
        for line in _as_checked(draft):
            print(f"  {line}")
    return 0


def _leads(referral: QueuedReferral) -> Iterator[str]:
    """Yield what firms told, a line a lead."""
    for request in referral.requests:
        if lead := request.lead:
            people = f"{lead.people} mensen" if lead.people else None
            start = f"vanaf {lead.start}" if lead.start else None
            kvk, name = (lead.employer.kvk_number, lead.employer.name) if lead.employer else (None, None)
            firm = _joined(name, f"KVK {kvk}" if kvk else None)
            told = (lead.need, people, start, lead.place, request.region, firm)
            yield f"{request.topic or 'vraag'}: {', '.join(filter(None, told))}"


def _as_checked(draft: JobDraft) -> Iterator[str]:
    """Yield what an adviser must see of a job before it becomes public."""
    receipt, employer = draft.receipt, draft.employer
    kvk = f"KVK {employer.kvk_number}" if employer.kvk_number else "KVK onbekend"
    yield f"{receipt.number}  {receipt.title}  {receipt.place}  antwoord vóór {receipt.answer_before}"
    yield f"   {employer.name or '-'}, {kvk}: {_joined(draft.name, draft.phone, draft.email)}"
    hours = f"{draft.hours_min}-{draft.hours_max} uur"
    yield f"   {hours}, {draft.open_places} plekken, sector {draft.sector or '-'}"
    yield f"   nodig: {', '.join(draft.practical_needs) or 'niets'}"


def _joined(*parts: str | None) -> str:
    return " ".join(filter(None, parts))


def house_of(settings: Settings) -> House:
    """Return what an administrator arranged.

    Raises:
        OpeningHoursError: the file with opening hours is wrong.
        WrongRulesError: the file that says how long things are kept is wrong.
    """
    return House(
        site=settings.public_url,
        rules=load_rules(settings.retention_rules),
        opening=load_opening_hours(settings.opening_hours),
    )


@asynccontextmanager
async def counter_of(settings: Settings, clock: Clock = utc_now) -> AsyncIterator[Counter]:
    """Give the counter on this database; people are told things in the words of the domain."""
    database = Database.open(settings.database_url)
    try:
        yield open_counter(
            database,
            taxonomy_of(settings),
            load_gazetteer(),
            clock,
            wording=DomainWording(domain.responses(settings.domain_folder)),
            house=house_of(settings),
        )
    finally:
        await database.close()
