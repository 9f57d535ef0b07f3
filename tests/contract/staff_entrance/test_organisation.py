"""Through the log-in of an organisation, which runs as a program of its own: in, or told why not."""

import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode, urlsplit

import aiohttp
import pytest
from aiohttp.test_utils import TestClient, TestServer

from app.doctor import examine
from app.server import create_app
from app.settings import Settings
from counter.clock import utc_now
from counter.services import Counter
from staff_entrance.provider import ProviderAccount
from tests.contract.staff_entrance.conftest import Client
from tests.support.running import free_port
from tests.support.staff import enrol, hire, new_member


@pytest.fixture(scope="session")
def issuer() -> Iterator[str]:
    """Start an organisation's log-in; it knows nobody yet."""
    port = free_port()
    command = [sys.executable, "-m", "oidc_provider_mock", "--port", str(port), "--require-nonce"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603
    yield f"http://127.0.0.1:{port}"
    process.terminate()
    process.wait(10)


@pytest.fixture
def settings(settings: Settings, issuer: str) -> Settings:
    return replace(
        settings, provider=ProviderAccount(issuer=issuer, client_id="loket", client_secret="geheim")
    )


@pytest.fixture
async def client(settings: Settings, issuer: str) -> AsyncIterator[Client]:
    await know(issuer, "niemand", {})
    async with TestClient(TestServer(create_app(settings))) as client:
        yield client


async def know(issuer: str, subject: str, claims: dict[str, Any]) -> None:
    """Let the organisation know somebody; waits until it answers."""
    async with aiohttp.ClientSession() as http:
        for _ in range(200):
            try:
                async with http.put(f"{issuer}/users/{subject}", json=claims) as response:
                    assert response.status == 204
                    return
            except aiohttp.ClientConnectionError:
                await asyncio.sleep(0.1)
    pytest.fail("the log-in of the organisation did not start")


async def log_in_there(client: Client, subject: str, wanted: str = "") -> Any:
    """Go out, log in at the organisation as somebody, and come back with its answer."""
    query = f"?{urlencode({'naar': wanted})}" if wanted else ""
    out = await client.get(f"/login/organisatie{query}", allow_redirects=False)
    assert out.status == 303
    async with aiohttp.ClientSession() as there:
        chosen = await there.post(out.headers["Location"], data={"sub": subject}, allow_redirects=False)
        assert chosen.status == 302
        answer = urlsplit(chosen.headers["Location"])
    return await client.get(f"{answer.path}?{answer.query}", allow_redirects=False)


async def test_a_coach_comes_in_and_goes_where_she_wanted(
    client: Client, counter: Counter, issuer: str
) -> None:
    await hire(counter, new_member())
    await know(issuer, "s-1", {"email": "Sanne@uwv.example", "email_verified": True})
    page = await (await client.get("/login?naar=/account/wachtwoord")).text()
    assert "Inloggen met je organisatie" in page
    response = await log_in_there(client, "s-1", "/account/wachtwoord")
    assert response.status == 200
    assert '<meta http-equiv="refresh" content="0; url=/account/wachtwoord">' in await response.text()
    assert "SameSite=Strict" in response.headers.getall("Set-Cookie")[-1]
    assert (await client.get("/account", allow_redirects=False)).status == 200


async def test_who_works_elsewhere_gets_no_account(client: Client, counter: Counter, issuer: str) -> None:
    await hire(counter, new_member())
    await know(issuer, "s-3", {"email": "sanne@uwv.example", "email_verified": False})
    for subject in ("s-3", "een-vreemde"):
        response = await log_in_there(client, subject)
        assert response.status == 403
        assert "Je organisatie kent je, maar het loket nog niet" in await response.text()
    assert len(await counter.staff.accounts()) == 1


async def test_the_second_step_is_asked_here_all_the_same(
    client: Client, counter: Counter, issuer: str
) -> None:
    await enrol(counter, await hire(counter, new_member("bas")), utc_now())
    await know(issuer, "s-4", {"email": "bas@uwv.example", "email_verified": True})
    response = await log_in_there(client, "s-4")
    assert "/login/code?naar=%2Faccount" in await response.text()
    assert (await client.get("/account", allow_redirects=False)).status == 303


async def test_an_answer_is_good_for_the_browser_that_asked_and_once(
    client: Client, counter: Counter, issuer: str
) -> None:
    await hire(counter, new_member())
    await know(issuer, "s-5", {"email": "sanne@uwv.example", "email_verified": True})
    out = await client.get("/login/organisatie", allow_redirects=False)
    async with aiohttp.ClientSession() as there:
        chosen = await there.post(out.headers["Location"], data={"sub": "s-5"}, allow_redirects=False)
    answer = urlsplit(chosen.headers["Location"])
    back = f"{answer.path}?{answer.query}"
    client.session.cookie_jar.clear()
    assert (await client.get(back, allow_redirects=False)).status == 502
    kept = {"loket_inloggen": out.cookies["loket_inloggen"].value}
    assert (await client.get(back, cookies=kept, allow_redirects=False)).status == 200
    again = await client.get(back, cookies=kept, allow_redirects=False)
    assert again.status == 502
    assert "lukt nu niet" in await again.text()


async def test_the_doctor_says_whether_it_works(
    client: Client, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    del client
    await examine(settings)
    assert "[goed] Inloggen met je organisatie: http://127.0.0.1:" in capsys.readouterr().out
    away = ProviderAccount(issuer="http://127.0.0.1:9", client_id="loket", client_secret="x")
    assert await examine(replace(settings, provider=away)) == 1
    assert "[fout] Inloggen met je organisatie werkt niet" in capsys.readouterr().out
