"""The whole app as staff reach it, with somebody of each role."""

from collections.abc import AsyncIterator

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from app.server import create_app
from app.settings import Settings
from counter.clock import utc_now
from counter.database import Database
from counter.places.gazetteer import Gazetteer
from counter.services import Counter, House, open_counter
from counter.staff import passwords
from skills_taxonomy import Taxonomy
from tests.support.staff import CHEAP, cheap_passwords
from tests.support.words import plain_words

Client = TestClient[web.Request, web.Application]


@pytest.fixture(scope="session")
def taxonomy() -> Taxonomy:
    return Taxonomy.load()


@pytest.fixture
def settings(database_url: str, taxonomy: Taxonomy, monkeypatch: pytest.MonkeyPatch) -> Settings:
    # Loading it takes a second, and these tests are many.
    monkeypatch.setattr(Taxonomy, "load", lambda: taxonomy)
    monkeypatch.setattr(passwords, "PARAMETERS", CHEAP)
    # Port 9 is `discard`: no bot answers there.
    return Settings(
        database_url=database_url,
        internal_token="geheim",
        bot_url="http://127.0.0.1:9",
        messages_per_minute=1_000,
    )


@pytest.fixture
async def client(settings: Settings) -> AsyncIterator[Client]:
    async with TestClient(TestServer(create_app(settings))) as client:
        yield client


@pytest.fixture
def counter(database: Database, taxonomy: Taxonomy) -> Counter:
    return open_counter(
        database,
        taxonomy,
        Gazetteer([]),
        utc_now,
        wording=plain_words,
        house=House(passwords=cheap_passwords()),
    )
