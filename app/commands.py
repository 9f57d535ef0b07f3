"""What an administrator does from the command line, and what happens before the app serves."""

import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import structlog

import counter
from app import domain
from app.settings import Settings
from connectors.notices import DomainWording
from counter.clock import utc_now
from counter.database import Database
from counter.imports.model import ImportFaultsError, Kind
from counter.imports.service import import_file
from counter.migrations import migrate
from counter.places.gazetteer import load_gazetteer
from counter.services import Counter, open_counter
from skills_taxonomy import Taxonomy

log = structlog.get_logger(__name__)

SAMPLES = Path(counter.__file__).parent / "samples"


async def prepare(settings: Settings) -> None:
    """Bring the database up to date, and load the samples when they are wanted."""
    await migrate(settings.database_url)
    if not settings.samples:
        return
    async with counter_of(settings) as services:
        for kind in Kind:
            counts = await import_file(kind, SAMPLES / f"{kind.value}.csv", services)
            log.info("samples_loaded", kind=kind.value, new=counts.new, changed=counts.changed)


async def import_rows(settings: Settings, kind: str, file: Path) -> int:
    """Import a file; print what came of it, or everything that is wrong with it."""
    await migrate(settings.database_url)
    async with counter_of(settings) as services:
        try:
            await import_file(Kind(kind), file, services, print)
        except ImportFaultsError as error:
            print("\n".join(str(fault) for fault in error.faults), file=sys.stderr)
            print(f"Er is niets opgeslagen: {len(error.faults)} fout(en).", file=sys.stderr)
            return 1
    return 0


async def print_queue(settings: Settings) -> int:
    """Print who waits for a coach, in order, and which voucher applications are open."""
    await migrate(settings.database_url)
    async with counter_of(settings) as services:
        waiting = await services.referrals.queue()
        applications = await services.vouchers.open_applications()
    print(f"Wachten op een coach: {len(waiting)}")
    for place, referral in enumerate(waiting, start=1):
        receipt = referral.receipt
        about = ", ".join(referral.topics) or "geen onderwerp"
        print(f"  {place}. {receipt.number}  {referral.reason.value}  {referral.region or '-'}  {about}")
        print(f"     {' '.join(filter(None, (referral.name, referral.phone, referral.email)))}")
    print(f"Open voucheraanvragen: {len(applications)}")
    for application in applications:
        print(f"  {application.number}  {application.kind.value}  antwoord vóór {application.answer_before}")
    return 0


@asynccontextmanager
async def counter_of(settings: Settings) -> AsyncIterator[Counter]:
    """Give the counter on this database; people are told things in the words of the domain."""
    database = Database.open(settings.database_url)
    try:
        yield open_counter(
            database,
            Taxonomy.load(),
            load_gazetteer(),
            utc_now,
            wording=DomainWording(domain.responses(settings.domain_folder)),
        )
    finally:
        await database.close()
