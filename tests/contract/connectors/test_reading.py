"""Who talks in a chat app reads the conversation by a link: once, by a button, and nothing else with it."""

import re
from collections.abc import AsyncIterator

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from app.health import DATABASE
from app.server import create_app
from app.settings import Settings
from connectors.website import access
from connectors.website.continuing import CONTINUATIONS
from counter.calendar import local_date
from counter.clock import utc_now
from counter.continuations.model import UnknownCodeError
from counter.conversations.model import Content
from counter.preservations.model import Ground, Preserve
from counter.preservations.service import PreservationService
from skills_taxonomy import Taxonomy

Client = TestClient[web.Request, web.Application]


@pytest.fixture(scope="session")
def taxonomy() -> Taxonomy:
    return Taxonomy.load()


@pytest.fixture
async def client(
    database_url: str, taxonomy: Taxonomy, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Client]:
    # Loading it takes a second, and these tests are many.
    monkeypatch.setattr(Taxonomy, "load", lambda: taxonomy)
    settings = Settings(
        database_url=database_url,
        internal_token="geheim",
        bot_url="http://127.0.0.1:9",
        public_url="https://loket.voorbeeld.nl/",
    )
    async with TestClient(TestServer(create_app(settings))) as client:
        yield client


async def a_conversation(client: Client, text: str) -> str:
    conversations = client.server.app[access.CONVERSATIONS]
    opened = await conversations.open("telegram")
    await conversations.receive(opened.id, Content(text=text))
    return opened.id


async def a_key(client: Client, conversation_id: str) -> str:
    link = await client.server.app[CONTINUATIONS].reading_link(conversation_id)
    assert link is not None
    site, _, key = link.partition("?sleutel=")
    assert site == "https://loket.voorbeeld.nl/gesprek/lezen"
    return key


async def test_looking_at_the_link_shows_nothing_and_uses_nothing_up(client: Client) -> None:
    key = await a_key(client, await a_conversation(client, "ik ben Fatima"))
    # As the machines of a chat app do, for a picture of the page.
    for _ in range(3):
        response = await client.get("/gesprek/lezen", params={"sleutel": key})
        page = await response.text()
        assert "Fatima" not in page
        assert response.headers["X-Robots-Tag"] == "noindex"
        assert response.headers["Referrer-Policy"] == "no-referrer"
    given = await client.post("/gesprek/lezen", data={"sleutel": key})
    assert "Jij, " in (text := await given.text())
    assert "ik ben Fatima" in text
    assert given.headers["Content-Disposition"].startswith("attachment")
    assert given.headers["Cache-Control"] == "no-store"


async def test_a_link_works_once_and_a_new_one_ends_the_one_before(client: Client) -> None:
    conversation = await a_conversation(client, "hoi")
    first, second = await a_key(client, conversation), await a_key(client, conversation)
    statuses = [
        (await client.post("/gesprek/lezen", data={"sleutel": key})).status for key in (first, second, second)
    ]
    assert statuses == [404, 200, 404]


async def test_a_link_to_read_moves_nothing_and_a_code_to_move_reads_nothing(client: Client) -> None:
    conversation = await a_conversation(client, "hoi")
    key = await a_key(client, conversation)
    continuations = client.server.app[CONTINUATIONS]
    code = await continuations.issue(conversation)
    with pytest.raises(UnknownCodeError):
        await continuations.take_to_website(key)
    with pytest.raises(UnknownCodeError):
        await continuations.use_reading_key(code.text)
    assert await continuations.use_reading_key(key) == conversation


async def test_whatever_is_typed_for_a_key_shows_a_page_and_no_script(client: Client) -> None:
    for key in ("", "x", '"><script>alert(1)</script>', "x" * 5000):
        response = await client.get("/gesprek/lezen", params={"sleutel": key})
        assert response.status == 200
        assert "<script>alert" not in await response.text()
    response = await client.post("/gesprek/lezen", data={})
    assert response.status == 404
    assert "Deze link werkt niet meer." in await response.text()


async def test_somebody_who_guesses_is_stopped(client: Client) -> None:
    statuses = [(await client.post("/gesprek/lezen", data={"sleutel": str(n)})).status for n in range(12)]
    assert statuses[-1] == 429


async def test_who_wants_to_erase_what_a_claim_keeps_is_told_why_and_nothing_is_erased(
    client: Client,
) -> None:
    headers = {"Origin": f"http://{client.host}:{client.port}"}
    await client.post("/gesprek", data={"tekst": "hoi"}, headers=headers)
    cookie = client.session.cookie_jar.filter_cookies(client.make_url("/gesprek"))["loket_gesprek"].value
    conversation_id, _, token = cookie.partition(".")
    await _keep_for_a_claim(client, conversation_id)
    erased = await client.delete(
        f"/api/conversations/{conversation_id}", headers={"Authorization": f"Bearer {token}"}
    )
    assert erased.status == 409
    problem = await erased.json()
    assert problem["type"] == "urn:loket:problem:must-be-kept"
    assert re.search(r"klacht.*bewaren.*niets gewist", problem["detail"])
    page = await (await client.post("/gesprek", data={"doe": "wissen"}, headers=headers)).text()
    assert "Zolang moeten we je gesprek bewaren." in page
    assert "hoi" in page


async def _keep_for_a_claim(client: Client, conversation_id: str) -> None:
    service = PreservationService(client.server.app[DATABASE], utc_now)
    await service.preserve(
        Preserve(
            conversation_id=conversation_id,
            ground=Ground.CLAIM,
            why="klacht",
            by="anja",
            until=local_date(utc_now()),
        )
    )
