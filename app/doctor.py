"""`./loket doctor`: looks whether everything is set up, and says what to do about what is not."""

import shutil
from collections.abc import AsyncIterator
from contextlib import suppress

import aiohttp
from sqlalchemy.exc import SQLAlchemyError

from app.channels import open_channels
from app.settings import PROJECT, Settings
from connectors.channel import Finding, Health
from counter.migrations import is_up_to_date
from counter.opening.reading import OpeningHoursError, load_opening_hours
from skills_taxonomy import Taxonomy
from skills_taxonomy.index import IndexMissingError

_ROOM = 2 * 1024**3
"""Bytes: what the databases, a new model and a new index may take together."""

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
