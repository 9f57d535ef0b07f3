"""What the tests of channels share, and the whole app as a browser reaches it, while its bot is away."""

from collections.abc import AsyncIterator

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from app.server import create_app
from app.settings import Settings
from connectors import gateway
from skills_taxonomy import Taxonomy


@pytest.fixture(autouse=True)
def _patience(monkeypatch: pytest.MonkeyPatch) -> None:
    # A test that is about being told to wait says so; no slow machine tells it.
    monkeypatch.setattr(gateway, "PATIENCE", 3600)


@pytest.fixture
def settings(database_url: str, taxonomy: Taxonomy, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setattr(Taxonomy, "load", lambda: taxonomy)
    # Port 9 is `discard`: no bot answers there.
    return Settings(database_url=database_url, internal_token="geheim", bot_url="http://127.0.0.1:9")


@pytest.fixture
async def client(settings: Settings) -> AsyncIterator[TestClient[web.Request, web.Application]]:
    async with TestClient(TestServer(create_app(settings))) as client:
        yield client
