"""My data, on a page: everything there is, put right, taken along, and erased only after a second yes."""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from html.parser import HTMLParser

import pytest
from aiohttp import ClientResponse, web
from aiohttp.test_utils import TestClient, TestServer

from app.commands import house_of
from app.server import create_app
from app.settings import Settings
from connectors.website.personal.own_data_reading import read
from connectors.website.personal.own_data_words import Words
from counter.clock import utc_now
from counter.conversations.model import Content
from counter.database import Database
from counter.places.gazetteer import load_gazetteer
from counter.preservations.model import Ground, Preserve
from counter.services import Counter, open_counter
from skills_taxonomy import Taxonomy
from tests.contract.connectors.test_personal import Client, own_page
from tests.support.whole_person import EMAIL, NAME, WholePerson, live_through_everything
from tests.support.words import plain_words

PAGE = "/mijn/gegevens"


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return replace(settings, public_url="https://loket.voorbeeld.nl")


@pytest.fixture
async def counter(settings: Settings, taxonomy: Taxonomy) -> AsyncIterator[Counter]:
    database = Database.open(settings.database_url)
    yield open_counter(
        database, taxonomy, load_gazetteer(), utc_now, wording=plain_words, house=house_of(settings)
    )
    await database.close()


@pytest.fixture
async def person(counter: Counter) -> WholePerson:
    """Give somebody who has everything, before the app runs and sends what waits for them."""
    return await live_through_everything(counter)


@pytest.fixture
async def client(settings: Settings, person: WholePerson) -> AsyncIterator[Client]:
    """Give a browser in which their pages are open."""
    async with TestClient(TestServer(create_app(settings))) as client:
        client.session.cookie_jar.update_cookies({"loket_mijn": person.visit}, client.make_url("/mijn"))
        yield client


async def post(client: TestClient[web.Request, web.Application], path: str, **form: str) -> ClientResponse:
    return await client.post(path, data=form, headers=own_page(client), allow_redirects=False)


async def page(client: Client, path: str = PAGE) -> str:
    response = await client.get(path)
    assert response.status == 200
    return await response.text()


async def test_everything_that_is_exported_has_words_of_an_editor(
    counter: Counter, person: WholePerson
) -> None:
    words, told = Words.load(), await counter.conversations.export(person.website)
    named = {naming.subject for naming in words.groups}
    assert told.keys() == named | {"exported_at", "conversations", "looks"}
    without = [
        field
        for subject in named
        for field in fields_in(told[subject])
        if not words.has_label(field) and field not in words.technical
    ]
    assert without == []
    assert read(told, words).nothing_of == ()


def fields_in(value: object) -> list[str]:
    if isinstance(value, dict):
        return [*value, *(field for within in value.values() for field in fields_in(within))]
    return [field for within in value for field in fields_in(within)] if isinstance(value, list) else []


async def test_somebody_sees_everything_and_who_looked(client: Client) -> None:
    html = await page(client)
    for words in (
        NAME,
        EMAIL,
        "06 87600421",
        "kwartelhokken leren bouwen",
        "las kwartelhokken",
        "ik ben Zylfrida uit het kwartelhok",
        "kwartelhok-chat-1",
        "Zylfrida wordt nog geholpen",
        "Sanne van UWV Haarlem (coach) nam een besluit",
        "je telefoonnummer",
    ):
        assert words in html, words
    # Notes among colleagues are asked for, and read by a person first.
    assert "heeft een kwartelhok" not in html
    assert "<script" not in html


async def test_who_is_not_in_sees_nothing(client: Client) -> None:
    client.session.cookie_jar.clear()
    for path in (PAGE, f"{PAGE}/alles.html", f"{PAGE}/alles.json", f"{PAGE}/wijzigen", f"{PAGE}/wissen"):
        assert (await client.get(path, allow_redirects=False)).status == 303
    for path in (f"{PAGE}/wijzigen", f"{PAGE}/sluiten"):
        assert (await post(client, path, wat="naam", waarde="Eva")).headers["Location"] == "/mijn?verlopen"


class Fetched(HTMLParser):
    """Collects what a browser would fetch or run."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note scripts, and anything with an address."""
        self.found += [tag] if tag in {"script", "link", "img", "iframe", "form"} else []
        self.found += [name for name, _ in attrs if name in {"src", "href"} or name.startswith("on")]


async def test_the_file_to_read_needs_no_network_and_runs_nothing(client: Client) -> None:
    response = await client.get(f"{PAGE}/alles.html")
    assert response.headers["Content-Disposition"] == 'attachment; filename="mijn-gegevens.html"'
    html = await response.text()
    fetched = Fetched()
    fetched.feed(html)
    assert fetched.found == []
    assert "ik ben Zylfrida uit het kwartelhok" in html
    assert "Sanne van UWV Haarlem" in html


async def test_the_file_for_programs_is_the_export(
    client: Client, counter: Counter, person: WholePerson
) -> None:
    told = json.loads(await (await client.get(f"{PAGE}/alles.json")).text())
    expected = await counter.conversations.export(person.website)
    # Looking prolongs the visit, and each is made at its own moment.
    for each in (told, expected):
        del each["exported_at"], each["visits"]
    assert told == json.loads(json.dumps(expected))


async def test_what_people_write_is_shown_as_text(client: Client, counter: Counter) -> None:
    opened = await counter.conversations.open("website")
    token = await counter.visits.begin(opened.id)
    client.session.cookie_jar.update_cookies({"loket_mijn": token}, client.make_url("/mijn"))
    await counter.conversations.receive(opened.id, Content(text="<script>alert(1)</script>"))
    for path in (PAGE, f"{PAGE}/alles.html"):
        html = await page(client, path)
        assert "<script" not in html
        assert "&lt;script&gt;" in html


async def test_a_detail_is_put_right_as_in_the_conversation_and_twice_is_once(client: Client) -> None:
    assert 'value="06 87600421"' in await page(client, f"{PAGE}/wijzigen?wat=telefoon")
    first = await post(client, f"{PAGE}/wijzigen", wat="telefoon", waarde="mijn nummer is 06 12 34 56 78")
    assert (first.status, first.headers["Location"]) == (303, f"{PAGE}?gewijzigd")
    html = await page(client, f"{PAGE}?gewijzigd")
    assert "06 12345678" in html
    again = await post(client, f"{PAGE}/wijzigen", wat="telefoon", waarde="0612345678")
    assert again.headers["Location"] == f"{PAGE}?nergens"


@pytest.mark.parametrize(
    ("detail", "wrong"), [("telefoon", "12"), ("email", "anna"), ("postcode", "Zaandam"), ("leeftijd", "oud")]
)
async def test_what_is_no_detail_changes_nothing_and_says_what_is_meant(
    client: Client, detail: str, wrong: str
) -> None:
    response = await post(client, f"{PAGE}/wijzigen", wat=detail, waarde=wrong)
    assert response.status == 422
    html = await response.text()
    assert "Dit begrijpen we niet." in html
    assert f'value="{wrong}"' in html
    assert EMAIL in await page(client)


async def test_what_is_nothing_to_change_leads_back(client: Client) -> None:
    assert (await client.get(f"{PAGE}/wijzigen?wat=bsn", allow_redirects=False)).headers["Location"] == PAGE
    assert (await post(client, f"{PAGE}/wijzigen", wat="bsn", waarde="1")).headers["Location"] == PAGE


async def test_pages_on_other_devices_are_closed_and_this_one_stays(
    client: Client, counter: Counter, person: WholePerson
) -> None:
    elsewhere = await counter.visits.begin(person.chat)
    response = await post(client, f"{PAGE}/sluiten")
    assert response.headers["Location"] == f"{PAGE}?gesloten"
    assert await counter.visits.of(elsewhere) is None
    assert await counter.visits.of(person.visit) is not None


async def test_looking_at_erasing_erases_nothing_and_says_what_stays(
    client: Client, counter: Counter
) -> None:
    html = await page(client, f"{PAGE}/wissen")
    assert "2 gesprekken" in html
    assert "Dat moet voor de boekhouding." in html
    assert await counter.people.erasure_wishes() == []


async def test_who_says_yes_is_erased_once_however_often_they_press(
    client: Client, counter: Counter, person: WholePerson
) -> None:
    answers = await asyncio.gather(*(post(client, "/mijn/gewist") for _ in range(3)))
    assert {answer.headers["Location"] for answer in answers} == {"/mijn/gewist"}
    assert await counter.people.erasure_wishes() == [person.website]
    assert {answer.cookies["loket_mijn"]["max-age"] for answer in answers} == {"0"}
    client.session.cookie_jar.clear()
    assert "Dat is je bewijs" in await page(client, "/mijn/gewist")
    late = await post(client, "/mijn/gewist")
    assert late.headers["Location"] == "/mijn?nakijken"
    assert "We weten niet zeker of alles is gewist." in await page(client, "/mijn?nakijken")


async def test_whose_data_a_claim_keeps_reads_until_when_and_is_not_erased(
    client: Client, counter: Counter, person: WholePerson
) -> None:
    until = utc_now().date() + timedelta(days=30)
    await counter.preservations.preserve(
        Preserve(conversation_id=person.website, ground=Ground.CLAIM, why="zaak", by="anja", until=until)
    )
    assert (await post(client, "/mijn/gewist")).headers["Location"] == f"{PAGE}/wissen"
    html = await page(client, f"{PAGE}/wissen")
    assert f"tot en met {until.day}-{until.month}-{until.year}" in html
    assert "Ja, wis alles" not in html
    assert f"tot en met {until.day}-{until.month}-{until.year}" in await page(client)
    assert await counter.people.erasure_wishes() == []


async def test_forms_of_another_site_do_nothing(client: Client) -> None:
    for path in ("/mijn/gewist", f"{PAGE}/sluiten", f"{PAGE}/wijzigen"):
        answer = await client.post(path, data={"wat": "naam"}, headers={"Origin": "https://elders.nl"})
        assert answer.status == 403
