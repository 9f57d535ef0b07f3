"""`./loket doctor`: looks whether everything is set up, and says what to do about what is not."""

import shutil
from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import timedelta

import aiohttp
from sqlalchemy.exc import SQLAlchemyError

from app.channels import open_channels
from app.commands import counter_of
from app.settings import PROJECT, Settings
from app.staff import staff_of
from connectors.channel import Finding, Health
from counter.clock import utc_now
from counter.migrations import is_up_to_date
from counter.opening.reading import OpeningHoursError, load_opening_hours
from counter.retention.model import Run, WrongRulesError
from skills_taxonomy import Taxonomy
from skills_taxonomy.index import IndexMissingError
from staff_entrance.provider import Provider, ProviderAccount, ProviderError

_ROOM = 2 * 1024**3
"""Bytes: what the databases, a new model and a new index may take together."""

_MISSED = timedelta(days=2)
"""One night can be made up for; after this somebody must look."""

_TIMEOUT = aiohttp.ClientTimeout(total=5)


async def examine(settings: Settings) -> int:
    """Print what was found, a line each; returns 1 when something does not work."""
    is_broken = False
    async for finding in _findings(settings):
        print(f"[{finding.health.value}] {finding.text}")
        is_broken |= finding.health is Health.BAD
    return int(is_broken)


async def _findings(settings: Settings) -> AsyncIterator[Finding]:
    yield await _database(settings.database_url)
    yield await _staff(settings)
    async for finding in _retention(settings):
        yield finding
    async for finding in _vouchers(settings):
        yield finding
    yield _taxonomy(settings)
    yield _opening_hours(settings)
    yield _room()
    async with aiohttp.ClientSession(timeout=_TIMEOUT) as http:
        yield await _bot(http, settings.bot_url)
        channels = open_channels(settings, http)
        if not channels:
            text = "Alleen de website staat aan. Telegram of WhatsApp erbij? Lees docs/kanalen."
            yield Finding(health=Health.GOOD, text=text)
        for name, channel in channels.items():
            async for finding in channel.examine(settings.public_url):
                yield Finding(health=finding.health, text=f"{name}: {finding.text}")
        if settings.provider is not None:
            yield await _provider(http, settings.provider)


async def _staff(settings: Settings) -> Finding:
    try:
        async with staff_of(settings) as staff:
            accounts = [account for account in await staff.accounts() if account.is_active]
    except (SQLAlchemyError, OSError):
        return Finding(health=Health.ODD, text="Of er medewerkers zijn, is zonder database niet te zien.")
    if not accounts:
        text = "Er kan nog niemand inloggen. Maak een account: ./loket staff add."
        return Finding(health=Health.ODD, text=text)
    if samples := [account.member.username for account in accounts if account.is_sample]:
        text = f"Voorbeelden kunnen inloggen: {', '.join(samples)}. Uitzetten: ./loket staff deactivate."
        return Finding(health=Health.ODD, text=text)
    many = len(accounts)
    text = "Er kan 1 medewerker inloggen." if many == 1 else f"Er kunnen {many} medewerkers inloggen."
    return Finding(health=Health.GOOD, text=text)


async def _provider(http: aiohttp.ClientSession, account: ProviderAccount) -> Finding:
    try:
        await Provider(http, account).metadata()
    except ProviderError as error:
        text = f"Inloggen met je organisatie werkt niet: {error}. Klopt LOKET_OIDC_ISSUER?"
        return Finding(health=Health.BAD, text=text)
    return Finding(health=Health.GOOD, text=f"Inloggen met je organisatie: {account.issuer} antwoordt.")


async def _database(url: str) -> Finding:
    try:
        up_to_date = await is_up_to_date(url)
    except (SQLAlchemyError, OSError) as error:
        text = (
            f"De database antwoordt niet ({type(error).__name__}). Klopt LOKET_DATABASE_URL, en draait hij?"
        )
        return Finding(health=Health.BAD, text=text)
    if not up_to_date:
        text = "De database is nog niet bijgewerkt. Dat gebeurt vanzelf bij ./loket run."
        return Finding(health=Health.ODD, text=text)
    return Finding(health=Health.GOOD, text="De database antwoordt en is bijgewerkt.")


async def _retention(settings: Settings) -> AsyncIterator[Finding]:
    """Look whether what must go has gone; of a database or opening hours that are wrong others tell."""
    try:
        async with counter_of(settings) as counter:
            runs = await counter.retention.report(days=1)
            samples = [rule.name for rule in counter.retention.rules.values() if rule.is_sample]
    except (SQLAlchemyError, OSError, OpeningHoursError):
        return
    except WrongRulesError as error:
        yield Finding(health=Health.BAD, text=f"De bewaartermijnen kloppen niet: {error}.")
        return
    yield _last_run(next(iter(runs), None))
    if samples:
        text = f"Deze bewaartermijnen zijn nog voorbeelden: {', '.join(samples)}. Lees docs/bewaren.md."
        yield Finding(health=Health.ODD, text=text)


async def _vouchers(settings: Settings) -> AsyncIterator[Finding]:
    """Look whether the books are right, and which schemes are real; others tell what is wrong beside."""
    try:
        async with counter_of(settings) as counter:
            faults = await counter.schemes.faults()
            samples = [scheme.title for scheme in await counter.schemes.all() if scheme.is_sample]
    except (SQLAlchemyError, OSError, OpeningHoursError, WrongRulesError):
        return
    if faults:
        text = f"Het grootboek van de vouchers klopt niet: {', '.join(faults)}. Zet een reservekopie terug."
        yield Finding(health=Health.BAD, text=text)
    else:
        yield Finding(health=Health.GOOD, text="Het grootboek van de vouchers klopt.")
    if samples:
        text = f"Dit zijn nog voorbeelden van regelingen: {', '.join(samples)}. Zie /beheer/regelingen."
        yield Finding(health=Health.ODD, text=text)


def _last_run(run: Run | None) -> Finding:
    if run is None:
        return Finding(health=Health.ODD, text="Er is nog nooit gewist volgens de bewaartermijnen.")
    if run.difference:
        text = f"Op {run.day} bleven {run.difference} dingen staan die weg moesten: ./loket retention report."
        return Finding(health=Health.BAD, text=text)
    if utc_now() - run.began_at > _MISSED:
        text = f"De bewaartermijnen zijn voor het laatst gevolgd op {run.day}. Draait het loket 's nachts?"
        return Finding(health=Health.BAD, text=text)
    return Finding(health=Health.GOOD, text=f"De bewaartermijnen zijn gevolgd op {run.day}.")


def _taxonomy(settings: Settings) -> Finding:
    try:
        taxonomy = Taxonomy.open(settings.taxonomy_folder)
    except IndexMissingError:
        if settings.taxonomy_folder.exists():
            text = "De index van ESCO past niet bij deze versie. Importeer opnieuw: ./loket import esco MAP."
            return Finding(health=Health.BAD, text=text)
        text = "Noor kent de beroepen van de starttaxonomie. Heel ESCO erbij? Lees docs/import.md."
        return Finding(health=Health.GOOD, text=text)
    sources = ", ".join(f"{source.name} {source.version}" for source in taxonomy.sources)
    return Finding(health=Health.GOOD, text=f"De taxonomie is klaar: {sources}.")


def _opening_hours(settings: Settings) -> Finding:
    try:
        opening = load_opening_hours(settings.opening_hours)
    except OpeningHoursError as error:
        return Finding(health=Health.BAD, text=str(error))
    if opening.is_sample:
        text = "De openingstijden zijn een voorbeeld. Vul die van jullie in: lees docs/draaien.md."
        return Finding(health=Health.ODD, text=text)
    return Finding(health=Health.GOOD, text="De openingstijden kloppen.")


def _room() -> Finding:
    free = shutil.disk_usage(PROJECT).free
    health = Health.GOOD if free >= _ROOM else Health.ODD
    return Finding(health=health, text=f"Op de schijf is {free / 1024**3:.0f} GB vrij.")


async def _bot(http: aiohttp.ClientSession, url: str) -> Finding:
    with suppress(aiohttp.ClientError, TimeoutError):
        async with http.get(f"{url}/") as response:
            if response.ok:
                return Finding(health=Health.GOOD, text="De bot antwoordt.")
    text = f"De bot antwoordt niet op {url}. Draait ./loket run? Klopt LOKET_BOT_URL?"
    return Finding(health=Health.BAD, text=text)
