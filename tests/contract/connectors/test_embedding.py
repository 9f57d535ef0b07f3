"""The chat on other sites: those that are allowed may talk to the counter, no page of another may."""

from dataclasses import replace

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient

from app.settings import Settings

Client = TestClient[web.Request, web.Application]

ALLOWED, STRANGER = "https://www.haarlem.example", "https://kwaad.example"
OPENING = {"channel": "website"}
PREFLIGHT = {
    "Access-Control-Request-Method": "POST",
    "Access-Control-Request-Headers": "authorization,content-type",
}


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return replace(settings, allowed_origins=frozenset({ALLOWED}))


async def test_an_allowed_site_may_ask_and_read(client: Client) -> None:
    for path, method in [("/api/conversations", "POST"), ("/api/conversations/een-gesprek", "DELETE")]:
        headers = {"Origin": ALLOWED, **PREFLIGHT, "Access-Control-Request-Method": method}
        response = await client.options(path, headers=headers)
        assert response.status == 204
        assert response.headers["Access-Control-Allow-Origin"] == ALLOWED
        assert method in response.headers["Access-Control-Allow-Methods"]
        assert "Authorization" in response.headers["Access-Control-Allow-Headers"]
        assert "Origin" in response.headers["Vary"]
        assert "Access-Control-Allow-Credentials" not in response.headers
    response = await client.post("/api/conversations", json=OPENING, headers={"Origin": ALLOWED})
    assert response.status == 201
    assert response.headers["Access-Control-Allow-Origin"] == ALLOWED


async def test_an_allowed_site_reads_what_went_wrong(client: Client) -> None:
    response = await client.post("/api/conversations", json=[], headers={"Origin": ALLOWED})
    assert response.status == 400
    assert response.headers["Access-Control-Allow-Origin"] == ALLOWED


@pytest.mark.parametrize("origin", [STRANGER, "null", f"{ALLOWED}.kwaad.example", ALLOWED.upper(), "http://"])
async def test_a_page_of_another_site_is_refused(client: Client, origin: str) -> None:
    for response in (
        await client.options("/api/conversations", headers={"Origin": origin, **PREFLIGHT}),
        await client.post("/api/conversations", json=OPENING, headers={"Origin": origin}),
    ):
        assert response.status == 403
        assert (await response.json())["type"] == "urn:loket:problem:origin-not-allowed"
        assert "Access-Control-Allow-Origin" not in response.headers
        assert "Origin" in response.headers["Vary"]


@pytest.mark.parametrize("path", ["/noor.js", "/static/noor-chat/noor-chat.js"])
async def test_only_an_allowed_site_may_load_the_chat(client: Client, path: str) -> None:
    response = await client.get(path, headers={"Origin": ALLOWED})
    assert (response.status, response.content_type) == (200, "text/javascript")
    assert response.headers["Access-Control-Allow-Origin"] == ALLOWED
    for headers in ({}, {"Origin": STRANGER}):
        response = await client.get(path, headers=headers)
        assert "Access-Control-Allow-Origin" not in response.headers
        # Without this a copy kept for one site would be given to another.
        assert response.headers["Vary"] == "Origin"


@pytest.mark.parametrize("path", ["/", "/privacy", "/static/page.js"])
async def test_the_rest_of_the_counter_is_closed_to_other_sites(client: Client, path: str) -> None:
    response = await client.get(path, headers={"Origin": ALLOWED})
    assert "Access-Control-Allow-Origin" not in response.headers


async def test_the_counters_own_pages_and_other_programs_need_no_permission(client: Client) -> None:
    own = f"https://{client.host}:{client.port}"
    assert (await client.post("/api/conversations", json=OPENING, headers={"Origin": own})).status == 201
    assert (await client.post("/api/conversations", json=OPENING)).status == 201


async def test_a_stranger_gets_no_stream_even_with_the_token(client: Client) -> None:
    opened = await (await client.post("/api/conversations", json=OPENING)).json()
    path, protocols = f"/api/conversations/{opened['id']}/stream", ["loket.v1", f"bearer.{opened['token']}"]
    with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
        await client.ws_connect(path, protocols=protocols, origin=STRANGER)
    assert refused.value.status == 403
    async with client.ws_connect(path, protocols=protocols, origin=ALLOWED) as socket:
        assert (await socket.receive_json(timeout=5))["messages"] == []
