"""What every kind of test shares: a running counter, started once, and people who talk to it."""

from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from typing import Any

import aiohttp
import pytest
from hypothesis import HealthCheck, settings

from app.domain import responses
from app.settings import Settings
from connectors.notices import DomainWording
from counter.clock import utc_now
from counter.database import Database
from counter.places.gazetteer import load_gazetteer
from counter.services import Counter, open_counter
from skills_taxonomy import Taxonomy
from tests.support.opening import always_open
from tests.support.running import RunningLoket, newest_model
from tests.support.talking import Conversation


def pytest_configure() -> None:
    """Let a property be looked for as long as that takes: a slow machine is no counter-example."""
    settings.register_profile("loket", deadline=None, suppress_health_check=[HealthCheck.too_slow])
    settings.load_profile("loket")


@pytest.fixture(scope="session")
def taxonomy() -> Taxonomy:
    """Give the starter taxonomy; loading it takes a second, and no test changes it."""
    return Taxonomy.load()


@pytest.fixture(scope="session")
def wording() -> DomainWording:
    """Give the words of the domain as people read them."""
    return DomainWording(responses(Settings.domain_folder))


@pytest.fixture(scope="session")
def loket(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningLoket]:
    """Give a running counter with the sample data; shared, so a test opens conversations of its own."""
    folder = tmp_path_factory.mktemp("loket")
    # Whatever the time is, what people hear is the same.
    hours = {"LOKET_OPENING_HOURS": str(always_open(folder))}
    running = RunningLoket(folder=folder, model=newest_model(), environment=hours)
    try:
        running.start()
        yield running
    finally:
        running.stop()


@pytest.fixture(scope="session")
def loket_url(loket: RunningLoket) -> str:
    """Give the address of the running counter."""
    return loket.url


@pytest.fixture
async def new_conversation(
    loket: RunningLoket,
) -> AsyncIterator[Callable[..., Coroutine[Any, Any, Conversation]]]:
    """Give a function that opens a conversation; `earlier=` makes it the same person's."""
    async with aiohttp.ClientSession() as http:

        async def open_one(*, earlier: Conversation | None = None) -> Conversation:
            return await Conversation(http, loket.url, loket.bot_url).open(earlier=earlier)

        yield open_one


@pytest.fixture
async def conversation(
    new_conversation: Callable[..., Coroutine[Any, Any, Conversation]],
) -> Conversation:
    """Give a new conversation of a new person."""
    return await new_conversation()


@pytest.fixture
async def counter(loket: RunningLoket, taxonomy: Taxonomy, wording: DomainWording) -> AsyncIterator[Counter]:
    """Give the services over the running counter's own database, to see what was stored."""
    database = Database.open(loket.database_url)
    yield open_counter(database, taxonomy, load_gazetteer(), utc_now, wording=wording)
    await database.close()
