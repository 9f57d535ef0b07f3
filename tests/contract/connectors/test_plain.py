"""The conversation as forms: only our own forms, a cookie for our page alone, and nothing sent twice."""

import re
from dataclasses import replace
from http.cookies import Morsel

import pytest
from aiohttp import ClientSession, CookieJar, web
from aiohttp.test_utils import TestClient, TestServer

from app.server import create_app
from app.settings import Settings
from connectors.website import access, plain
from counter.conversations.model import Content

Client = TestClient[web.Request, web.Application]


@pytest.fixture
def settings(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Settings:
    # No bot answers here, so nobody needs to wait for one.
    monkeypatch.setattr(plain, "PATIENCE", 0.05)
    return replace(settings, allowed_origins=frozenset({"https://www.haarlem.example"}))


def own(client: Client) -> dict[str, str]:
    """Return the headers of a form on our own page."""
    return {"Origin": f"http://{client.host}:{client.port}"}


def cookie_of(client: Client) -> Morsel[str] | None:
    """Return the cookie of the conversation."""
    url = client.make_url("/gesprek")
    return client.session.cookie_jar.filter_cookies(url).get("loket_gesprek")


async def begin(client: Client, text: str = "hoi") -> str:
    """Say something; returns the page that comes of it."""
    response = await client.post("/gesprek", data={"tekst": text}, headers=own(client))
    assert response.status == 200
    return await response.text()


async def test_only_a_form_of_our_own_is_heard(client: Client) -> None:
    for headers in (
        {},
        {"Origin": "null"},
        {"Origin": "https://kwaad.example"},
        # To show the chat is not to speak for people.
        {"Origin": "https://www.haarlem.example"},
        {"Referer": "https://kwaad.example/gesprek"},
        {"Origin": "https://kwaad.example", "Referer": str(client.make_url("/gesprek"))},
    ):
        response = await client.post("/gesprek", data={"tekst": "hoi"}, headers=headers)
        assert response.status == 403, headers
        assert cookie_of(client) is None
    old_browser = {"Referer": str(client.make_url("/gesprek"))}
    response = await client.post("/gesprek", data={"tekst": "hoi"}, headers=old_browser)
    assert response.status == 200


async def test_the_browser_is_sent_on_so_that_a_reload_sends_nothing(client: Client) -> None:
    response = await client.post(
        "/gesprek", data={"tekst": "hoi"}, headers=own(client), allow_redirects=False
    )
    assert (response.status, response.headers["Location"]) == (303, "/gesprek#nieuw")
    cookie = response.headers["Set-Cookie"]
    assert {"HttpOnly", "Path=/gesprek", "SameSite=Strict"} <= set(cookie.split("; "))
    assert "Secure" not in cookie


async def test_over_tls_the_cookie_is_never_sent_without_it(client: Client) -> None:
    headers = {**own(client), "X-Forwarded-Proto": "https"}
    response = await client.post("/gesprek", data={"tekst": "hoi"}, headers=headers, allow_redirects=False)
    assert "Secure" in response.headers["Set-Cookie"].split("; ")


async def test_a_page_with_a_conversation_is_kept_by_nobody(client: Client) -> None:
    await begin(client)
    response = await client.get("/gesprek")
    assert response.headers["Cache-Control"] == "no-store"
    # With `no-referrer` a browser would not tell us that a form is our own.
    assert response.headers["Referrer-Policy"] == "same-origin"
    assert "unsafe" not in response.headers["Content-Security-Policy"]


async def test_the_same_form_sent_twice_says_it_once(client: Client) -> None:
    page = await begin(client)
    number = re.findall(r'name="nummer" value="([^"]+)"', page)[-1]
    for _ in range(2):
        await client.post("/gesprek", data={"tekst": "dubbel", "nummer": number}, headers=own(client))
    page = await (
        await client.post("/gesprek", data={"tekst": "anders", "nummer": number}, headers=own(client))
    ).text()
    assert page.count(">dubbel<") == 1
    assert page.count(">anders<") == 1


async def test_a_choice_is_made_by_its_number_and_no_other_can_be(client: Client) -> None:
    await begin(client)
    conversation_id = str(cookie_of(client).value).partition(".")[0]  # type: ignore[union-attr]
    cards = ({"title": "Kaart", "buttons": [{"title": "Tweede <b>", "payload": '/kies{"nr":2}'}]},)
    content = Content(text="Kies", buttons=({"title": "Eerste", "payload": "/een"},), cards=cards)
    service = client.app[access.CONVERSATIONS]
    await service.answer(conversation_id, 2, [content])
    page = await (await client.get("/gesprek")).text()
    assert 'value="3.0"' in page
    assert "Tweede &lt;b&gt;" in page
    await client.post("/gesprek", data={"keuze": "3.1"}, headers=own(client))
    for number in ("3.2", "3.-1", "9.0", "x", "3", "1.0", "٣.0", "9" * 400):
        assert (await client.post("/gesprek", data={"keuze": number}, headers=own(client))).status == 200
    messages = (await service.transcript(conversation_id)).messages
    assert [message.content.payload for message in messages[3:]] == ['/kies{"nr":2}']


@pytest.mark.parametrize("path", ["/gesprek/download", "/gesprek/gegevens", "/gesprek/paspoort"])
async def test_nobody_takes_anything_along_without_the_key(client: Client, path: str) -> None:
    assert (await client.get(path)).status == 401
    await begin(client)
    assert (await client.get(path)).status == (404 if path.endswith("paspoort") else 200)
    key = str(cookie_of(client).value)  # type: ignore[union-attr]
    client.session.cookie_jar.clear()
    for wrong in ("een-gesprek.fout", f"{key}x", key.partition(".")[0], ".", "x."):
        response = await client.get(path, headers={"Cookie": f"loket_gesprek={wrong}"})
        assert response.status in {401, 404}, wrong


async def test_who_writes_too_fast_is_asked_to_wait(settings: Settings) -> None:
    async with TestClient(TestServer(create_app(replace(settings, messages_per_minute=3)))) as client:
        pages = [await begin(client, str(number)) for number in range(4)]
    assert "Er komen veel berichten tegelijk." not in pages[0]
    assert "Er komen veel berichten tegelijk." in pages[-1]


async def test_a_conversation_that_was_taken_elsewhere_is_not_here_any_more(client: Client) -> None:
    await begin(client, "ik ga zo verder op mijn telefoon")
    conversation_id, _, token = str(cookie_of(client).value).partition(".")  # type: ignore[union-attr]
    path, headers = f"/api/conversations/{conversation_id}/code", {"Authorization": f"Bearer {token}"}
    code = (await (await client.post(path, headers=headers)).json())["code"]
    await client.post("/api/conversations", json={"channel": "website", "code": code})
    response = await client.get("/gesprek")
    assert response.status == 200
    page = await response.text()
    assert "ik ga zo verder" not in page
    assert "Je hebt dit gesprek meegenomen" in page
    # Who says more here begins anew, and reads why.
    page = await begin(client, "ik ben er weer")
    assert "Je vorige gesprek gaat verder op een andere plek." in page
    assert "ik ga zo verder" not in page
    assert "ik ben er weer" in page


async def test_a_code_of_one_browser_goes_on_in_another_and_is_spelled_for_who_listens(
    client: Client,
) -> None:
    await begin(client, "ik begin in de bibliotheek")
    response = await client.post("/gesprek", data={"doe": "code"}, headers=own(client))
    page = await response.text()
    [code] = re.findall(r'<span aria-hidden="true">(\w{4}-\w{4})</span>', page)
    first, second = code.split("-")
    assert f"{' '.join(first)}, {' '.join(second)}" in page
    assert 'src="data:image/svg+xml' in page
    # The other browser has a conversation of its own, which waits there for a code that works.
    async with ClientSession(cookie_jar=CookieJar(unsafe=True)) as other:
        address = client.make_url("/gesprek")
        await other.post(address, data={"tekst": "wat ik hier zei"}, headers=own(client))
        wrong = await other.post(address, data={"doe": "verder", "code": "BCDF-<b>"}, headers=own(client))
        refused = await wrong.text()
        assert wrong.status == 404
        assert 'aria-describedby="code-fout"' in refused
        assert "Een code werkt één keer" in refused
        assert 'value="BCDF-&lt;b&gt;"' in refused
        assert "wat ik hier zei" in refused
        right = await other.post(
            address, data={"doe": "verder", "code": f" {code.lower()} "}, headers=own(client)
        )
        taken = await right.text()
        assert right.status == 200
        assert "ik begin in de bibliotheek" in taken
        assert "wat ik hier zei" not in taken
    assert "Je hebt dit gesprek meegenomen" in await (await client.get("/gesprek")).text()


async def test_who_guesses_codes_reads_that_they_must_wait(client: Client) -> None:
    for _ in range(10):
        await client.post("/gesprek", data={"doe": "verder", "code": "BCDF-2345"}, headers=own(client))
    response = await client.post("/gesprek", data={"doe": "verder", "code": "BCDF-2345"}, headers=own(client))
    assert response.status == 429
    assert "Wacht een uur" in await response.text()


async def test_a_code_is_only_used_from_a_form_of_our_own(client: Client) -> None:
    for wish in ("code", "verder"):
        form = {"doe": wish, "code": "BCDF-2345"}
        response = await client.post("/gesprek", data=form, headers={"Origin": "https://elders.example"})
        assert response.status == 403


async def test_a_conversation_that_is_gone_begins_anew_with_what_was_said(client: Client) -> None:
    headers = {**own(client), "Cookie": "loket_gesprek=weg.weg"}
    response = await client.post(
        "/gesprek", data={"tekst": "ben je daar"}, headers=headers, allow_redirects=False
    )
    assert response.headers["Location"] == "/gesprek?weg#nieuw"
    page = await (await client.get("/gesprek?weg")).text()
    assert "Je vorige gesprek is er niet meer." in page
    assert "ben je daar" in page
