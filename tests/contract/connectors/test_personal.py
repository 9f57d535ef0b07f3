"""Somebody's own pages: who gets in, by which door, and what stays behind on a shared computer."""

import re
from dataclasses import replace

import pytest
from aiohttp import ClientResponse, web
from aiohttp.test_utils import TestClient

from app.settings import Settings
from connectors.website import access
from connectors.website.personal.access import VISITS
from connectors.website.personal.menu import address_of, entries
from connectors.website.views import PASSPORTS
from counter.passport.model import Told

Client = TestClient[web.Request, web.Application]

SITE = "https://loket.voorbeeld.nl"
OTHER_SITE = "https://gemeente.voorbeeld.nl"
WELDS = Told(skill_id="vaardigheid/lassen", words="las al jaren")


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return replace(settings, public_url=SITE, allowed_origins=frozenset({OTHER_SITE}))


def own_page(client: Client) -> dict[str, str]:
    return {"Origin": f"http://{client.host}:{client.port}"}


async def a_welder(client: Client, channel: str = "telegram") -> tuple[str, str]:
    opened = await client.app[access.CONVERSATIONS].open(channel)
    await client.app[PASSPORTS].add(opened.id, [WELDS])
    return opened.id, opened.token


async def a_key(client: Client, conversation_id: str) -> str:
    link = await client.app[VISITS].link(conversation_id, "paspoort")
    assert link is not None
    return link.partition("sleutel=")[2]


async def press(client: Client, key: str, page_id: str = "een") -> ClientResponse:
    form = {"sleutel": key, "naar": "paspoort", "nummer": page_id}
    return await client.post("/mijn/open", data=form, headers=own_page(client), allow_redirects=False)


def assert_nobody_keeps_it(response: ClientResponse) -> None:
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["X-Robots-Tag"] == "noindex"
    assert response.headers["Referrer-Policy"] == "same-origin"


async def test_looking_at_a_link_shows_a_button_and_uses_nothing_up(client: Client) -> None:
    conversation, _ = await a_welder(client)
    key = await a_key(client, conversation)
    # As the machines of a chat app do, for a picture of the page.
    for _ in range(3):
        response = await client.get("/mijn/open", params={"sleutel": key, "naar": "paspoort"})
        page = await response.text()
        assert "Open mijn loket" in page
        assert "lassen" not in page
        assert_nobody_keeps_it(response)
    response = await press(client, key)
    assert (response.status, response.headers["Location"]) == (303, "/mijn/paspoort")
    cookie = response.cookies["loket_mijn"]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"], cookie["max-age"]) == (
        True,
        "Lax",
        "/mijn",
        "",
    )
    passport = await client.get("/mijn/paspoort")
    assert "lassen" in await passport.text()
    assert_nobody_keeps_it(passport)


async def test_a_used_link_says_kindly_that_it_works_no_more(client: Client) -> None:
    conversation, _ = await a_welder(client)
    key = await a_key(client, conversation)
    await press(client, key)
    again = await press(client, key, "een andere bladzijde")
    assert again.status == 404
    assert "Deze link werkt niet meer." in await again.text()


async def test_who_guesses_is_stopped_and_who_has_a_link_never_is(client: Client) -> None:
    conversation, _ = await a_welder(client)
    for _ in range(12):
        assert (await press(client, await a_key(client, conversation))).status == 303
    statuses = [(await press(client, str(guess))).status for guess in range(12)]
    assert statuses[0] == 404
    assert statuses[-1] == 429


async def test_the_chat_opens_the_pages_with_the_key_of_its_conversation(client: Client) -> None:
    conversation, token = await a_welder(client, "website")
    form = {"gesprek": conversation, "sleutel": token, "naar": "paspoort"}
    # Also from a site that may show the chat.
    for origin in (own_page(client)["Origin"], OTHER_SITE):
        client.session.cookie_jar.clear()
        response = await client.post("/mijn", data=form, headers={"Origin": origin})
        assert response.url.path == "/mijn/paspoort"
        assert "lassen" in await response.text()


async def test_a_wrong_key_of_a_conversation_opens_nothing(client: Client) -> None:
    one, _ = await a_welder(client, "website")
    _, token = await a_welder(client, "website")
    for gesprek, sleutel in ((one, token), (one, ""), ("", "")):
        response = await client.post(
            "/mijn", data={"gesprek": gesprek, "sleutel": sleutel}, headers=own_page(client)
        )
        assert "Zo kom je binnen" in await response.text()
        assert not response.history[0].cookies


async def test_the_page_without_javascript_leads_to_the_same_pages(client: Client) -> None:
    await client.post("/gesprek", data={"tekst": "hoi"}, headers=own_page(client))
    response = await client.get("/gesprek/mijn", params={"naar": "paspoort"})
    assert response.url.path == "/mijn/paspoort"
    assert "Je skillspaspoort is nog leeg." in await response.text()


async def test_who_talks_nowhere_is_led_to_noor(client: Client) -> None:
    response = await client.get("/gesprek/mijn", params={"naar": "paspoort"}, allow_redirects=False)
    assert (response.status, response.headers["Location"]) == (303, "/gesprek")


async def test_a_form_of_another_site_does_nothing(client: Client) -> None:
    conversation, token = await a_welder(client, "website")
    key = await a_key(client, conversation)
    await press(client, await a_key(client, conversation))
    for headers in ({"Origin": "https://elders.nl"}, {"Origin": "null"}, {"Origin": OTHER_SITE}, {}):
        for path, form in (("/mijn/open", {"sleutel": key}), ("/mijn/klaar", {})):
            assert (await client.post(path, data=form, headers=headers)).status == 403
    stranger = {"Origin": "https://elders.nl"}
    form = {"gesprek": conversation, "sleutel": token}
    assert (await client.post("/mijn", data=form, headers=stranger)).status == 403
    assert (await client.get("/mijn/paspoort", allow_redirects=False)).status == 200


async def test_who_is_not_in_reads_how_to_get_in_and_comes_back_where_they_were_going(client: Client) -> None:
    response = await client.get("/mijn/paspoort", allow_redirects=False)
    assert (response.status, response.headers["Location"]) == (303, "/mijn?naar=paspoort")
    assert_nobody_keeps_it(response)
    page = await (await client.get("/mijn/paspoort")).text()
    assert "Zo kom je binnen" in page
    assert 'href="/gesprek/mijn?naar=paspoort"' in page


@pytest.mark.parametrize("path", ["/mijn/paspoort", "/mijn/iets-dat-er-niet-is", "/mijn/"])
async def test_a_stale_key_opens_nothing_and_says_that_the_data_are_still_there(
    client: Client, path: str
) -> None:
    client.session.cookie_jar.update_cookies({"loket_mijn": "oud"}, client.make_url("/mijn"))
    page = await (await client.get(path)).text()
    assert "Je was even weg." in page


async def test_who_is_done_on_a_shared_computer_leaves_nothing_open(client: Client) -> None:
    conversation, _ = await a_welder(client)
    await press(client, await a_key(client, conversation))
    cookie = client.session.cookie_jar.filter_cookies(client.make_url("/mijn"))["loket_mijn"].value
    page = await (await client.post("/mijn/klaar", headers=own_page(client))).text()
    assert "Op dit apparaat kan nu niemand meer bij je eigen pagina’s." in page
    assert not client.session.cookie_jar.filter_cookies(client.make_url("/mijn"))
    # Nor does the key itself, for who kept it.
    client.session.cookie_jar.update_cookies({"loket_mijn": cookie}, client.make_url("/mijn"))
    assert (await client.get("/mijn/paspoort", allow_redirects=False)).status == 303


async def test_whatever_is_typed_for_a_key_or_a_page_stays_within_these_pages(client: Client) -> None:
    for text in ('"><script>alert(1)</script>', "x" * 2000, "//elders.nl", "https://elders.nl", "../login"):
        response = await client.get("/mijn/open", params={"sleutel": text, "naar": text})
        assert response.status == 200
        assert "<script>alert" not in await response.text()
        assert address_of(text) == "/mijn"


async def test_the_menu_names_every_page_there_is(client: Client) -> None:
    conversation, _ = await a_welder(client)
    await press(client, await a_key(client, conversation))
    page = await (await client.get("/mijn")).text()
    for entry in entries():
        assert address_of(entry.stem) == entry.path
        assert entry.title in page
        assert (await client.get(entry.path, allow_redirects=False)).status == 200
    assert re.search(r"<button[^>]*>Klaar op dit apparaat</button>", page)
