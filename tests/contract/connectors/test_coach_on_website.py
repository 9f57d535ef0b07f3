"""What somebody sees of a coach over HTTP: their place, who is there, and nobody who types for ever."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from typing import Any

import pytest
from aiohttp import ClientWebSocketResponse, web
from aiohttp.test_utils import TestClient, TestServer
from jsonschema import Draft202012Validator

from app.commands import counter_of
from app.server import create_app
from app.settings import Settings
from connectors import gateway, line_watch
from connectors.website import coach_news, plain
from counter.clock import utc_now
from counter.opening.waiting import Prospect, Situation
from counter.places.model import Region
from counter.referrals.model import OpenReferral, Reason, Slot
from counter.services import Counter
from skills_taxonomy import Taxonomy
from tests.support.staff import a_coach

Client = TestClient[web.Request, web.Application]

SANNE = a_coach("Sanne")


@pytest.fixture(scope="session")
def taxonomy() -> Taxonomy:
    return Taxonomy.load()


@pytest.fixture
async def bot_url() -> AsyncIterator[str]:
    """Give the address of a bot that answers nothing, forgets when it is told to, and hears a cry."""

    async def forget(_request: web.Request) -> web.Response:
        return web.Response(status=204)

    async def stay_away(_request: web.Request) -> web.Response:
        return web.Response(status=503)

    async def understand(request: web.Request) -> web.Response:
        is_cry = "dood" in (await request.json())["text"]
        names = ["in_nood" if is_cry else "groeten", "bedanken"]
        return web.json_response(
            {"intent": {"name": names[0]}, "intent_ranking": [{"name": n} for n in names]}
        )

    bot = web.Application()
    bot.router.add_post("/model/parse", understand)
    bot.router.add_delete("/webhooks/gateway/conversations/{id}", forget)
    bot.router.add_post("/webhooks/gateway/messages", stay_away)
    async with TestServer(bot) as server:
        yield str(server.make_url("/"))


@pytest.fixture
def settings(
    database_url: str, bot_url: str, taxonomy: Taxonomy, monkeypatch: pytest.MonkeyPatch
) -> Settings:
    # Loading it takes a second, and these tests are many.
    monkeypatch.setattr(Taxonomy, "load", lambda: taxonomy)
    monkeypatch.setattr(gateway, "SWEEP_INTERVAL", 0.05)
    monkeypatch.setattr(line_watch, "LOOK_INTERVAL", 0.05)
    monkeypatch.setattr(plain, "PATIENCE", 0.05)
    return Settings(database_url=database_url, internal_token="geheim", bot_url=bot_url)


@pytest.fixture
async def client(settings: Settings) -> AsyncIterator[Client]:
    async with TestClient(TestServer(create_app(settings))) as client:
        yield client


@pytest.fixture
async def desk(settings: Settings, client: Client) -> AsyncIterator[Counter]:
    """Give the counter as a coach has it in another process; whoever waits hears of it all the same."""
    del client  # its database first
    async with counter_of(settings) as counter:
        yield counter


class Person:
    """Somebody with a conversation on the website."""

    def __init__(self, client: Client, opened: dict[str, str]) -> None:
        self.client = client
        self.id = opened["id"]
        self.path = f"/api/conversations/{self.id}"
        self.token = opened["token"]
        self.headers = {"Authorization": f"Bearer {self.token}"}

    async def read(self, query: str = "") -> dict[str, Any]:
        response = await self.client.get(f"{self.path}/messages{query}", headers=self.headers)
        assert response.status == 200
        page: dict[str, Any] = await response.json()
        return page

    async def say(self, **body: str) -> None:
        response = await self.client.post(f"{self.path}/messages", json=body, headers=self.headers)
        assert response.status == 202

    @asynccontextmanager
    async def stream(self) -> AsyncIterator[ClientWebSocketResponse]:
        protocols = ["loket.v1", f"bearer.{self.token}"]
        async with self.client.ws_connect(f"{self.path}/stream", protocols=protocols) as socket:
            yield socket

    async def ask_for_a_coach(self, desk: Counter, *, reason: Reason = Reason.ASKED) -> str:
        command = OpenReferral(conversation_id=self.id, message_id="m1", reason=reason)
        return (await desk.referrals.open(command)).number


async def a_person(client: Client) -> Person:
    response = await client.post("/api/conversations", json={"channel": "website"})
    return Person(client, await response.json())


async def begun_without_javascript(client: Client) -> str:
    """Begin to talk on the plain page; returns the conversation's id."""
    own = {"Origin": f"http://{client.host}:{client.port}"}
    await client.post("/gesprek", data={"tekst": "hoi"}, headers=own)
    cookie = client.session.cookie_jar.filter_cookies(client.make_url("/gesprek"))["loket_gesprek"]
    return cookie.value.partition(".")[0]


async def frame(socket: ClientWebSocketResponse, wanted: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
    """Return the first frame that is the wanted one."""
    async with asyncio.timeout(10):
        while True:
            found: dict[str, Any] = await socket.receive_json()
            if wanted(found):
                return found


async def quiet(socket: ClientWebSocketResponse) -> None:
    """Wait until everything is told: whoever begins to listen is told more than once."""
    with suppress(TimeoutError):
        while True:
            await socket.receive_json(timeout=1)


async def test_who_waits_sees_their_place_and_who_does_not_wait_sees_nothing_of_it(
    client: Client, desk: Counter
) -> None:
    first, second, other = [await a_person(client) for _ in range(3)]
    for person in (first, second):
        await person.ask_for_a_coach(desk)
    assert (await first.read())["queue"] == {"place": 1, "minutes": None}
    assert (await second.read())["queue"] == {"place": 2, "minutes": None}
    assert set(await other.read()) == {"messages", "owner", "typing"}


async def test_who_waits_hears_about_how_long(
    client: Client, desk: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[Region | None, int | None]] = []

    async def half_an_hour(region: Region | None, place: int | None) -> Prospect:
        asked.append((region, place))
        return Prospect(situation=Situation.COACH_PRESENT, opens_at=utc_now(), wait_minutes=30)

    monkeypatch.setattr(client.app[coach_news.PROSPECTS], "of", half_an_hour)
    person = await begun_without_javascript(client)
    command = OpenReferral(
        conversation_id=person, message_id="m1", reason=Reason.ASKED, region=Region.GROOT_AMSTERDAM.value
    )
    await desk.referrals.open(command)
    page = await (await client.get("/gesprek")).text()
    assert "Je wacht op een coach: plek 1, ongeveer een half uur. Je kunt" in page
    assert asked == [(Region.GROOT_AMSTERDAM, 1)]
    other = await a_person(client)
    await other.ask_for_a_coach(desk)
    assert (await other.read())["queue"] == {"place": 2, "minutes": 30}


async def test_nothing_is_asked_of_the_line_while_noor_alone_answers(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def refuse(_conversation_id: str) -> None:
        raise AssertionError

    person = await a_person(client)
    monkeypatch.setattr(client.app[coach_news.REFERRALS], "standing", refuse)
    assert (await person.read())["owner"] == "bot"


async def test_who_is_helped_by_phone_later_has_no_place_in_line(client: Client, desk: Counter) -> None:
    person = await a_person(client)
    number = await person.ask_for_a_coach(desk)
    tomorrow = utc_now() + timedelta(days=1)
    slot = Slot(start=tomorrow, end=tomorrow + timedelta(hours=1))
    await desk.referrals.plan_call_back(number, person.id, slot, phone="+31612345678")
    page = await person.read()
    assert (page["owner"], "queue" in page) == ("waiting", False)


async def test_a_place_follows_live_without_the_person_writing_anything(
    client: Client, desk: Counter
) -> None:
    first, second = await a_person(client), await a_person(client)
    number = await first.ask_for_a_coach(desk)
    await second.ask_for_a_coach(desk)
    async with second.stream() as socket:
        await quiet(socket)
        await desk.desk.claim(number, SANNE)
        moved = await frame(socket, lambda page: page["queue"]["place"] == 1)
        assert moved["messages"] == []


async def test_need_that_comes_in_before_somebody_is_told_as_well(client: Client, desk: Counter) -> None:
    calm, in_need = await a_person(client), await a_person(client)
    await calm.ask_for_a_coach(desk)
    async with calm.stream() as socket:
        await quiet(socket)
        await in_need.ask_for_a_coach(desk, reason=Reason.IN_NEED)
        await frame(socket, lambda page: page["queue"]["place"] == 2)


async def test_a_long_poll_ends_when_the_place_changes(client: Client, desk: Counter) -> None:
    first, second = await a_person(client), await a_person(client)
    number = await first.ask_for_a_coach(desk)
    await second.ask_for_a_coach(desk)
    async with asyncio.timeout(10):
        # The first look tells everybody their place.
        while (await second.read("?wait=20"))["queue"]["place"] != 2:
            pass
        polling = asyncio.create_task(second.read("?wait=20"))
        await desk.desk.claim(number, SANNE)
        while (await polling)["queue"]["place"] != 1:
            polling = asyncio.create_task(second.read("?wait=20"))


async def test_somebody_sees_who_the_coach_is_and_who_said_what(client: Client, desk: Counter) -> None:
    person = await a_person(client)
    number = await person.ask_for_a_coach(desk)
    async with person.stream() as socket:
        await desk.desk.claim(number, SANNE)
        page = await frame(socket, lambda page: page["owner"] == "coach")
        assert (page["coach"], "queue" in page) == ("Sanne", False)
        await desk.desk.say(number, SANNE, "Hoi, ik ben Sanne.", client_id="1")
        page = await frame(socket, lambda page: any(one["from"] == "coach" for one in page["messages"]))
    [said] = [one for one in page["messages"] if one["from"] == "coach"]
    assert (said["author"], said["text"]) == ("Sanne", "Hoi, ik ben Sanne.")


async def test_nobody_types_for_ever_at_who_writes_to_a_coach(client: Client, desk: Counter) -> None:
    person = await a_person(client)
    number = await person.ask_for_a_coach(desk)
    # Noor had not begun on this when the coach came.
    await person.say(text="Is daar iemand?")
    assert (await person.read())["typing"] is True
    await desk.desk.claim(number, SANNE)
    assert (await person.read())["typing"] is False
    await person.say(text="Fijn dat je er bent.")
    assert (await person.read())["typing"] is False


async def test_a_cry_for_help_to_a_coach_gets_the_numbers_to_call_from_the_counter(
    client: Client, desk: Counter
) -> None:
    person = await a_person(client)
    number = await person.ask_for_a_coach(desk)
    await desk.desk.claim(number, SANNE)
    async with person.stream() as socket:
        await quiet(socket)
        await person.say(text="Ik wil liever dood")
        await frame(socket, lambda page: any("112" in one["text"] for one in page["messages"]))
    told = (await person.read())["messages"][-1]
    assert "112" in told["text"]
    assert "0800-0113" in told["text"]
    # A button that is pressed now goes to the coach, as words.
    await person.say(payload=told["buttons"][0]["payload"])
    page = await person.read()
    assert (page["owner"], page["messages"][-1]["text"]) == ("coach", "Ik ben in gevaar")
    assert {one["from"] for one in page["messages"]} == {"person", "system"}


async def test_the_button_under_the_notice_brings_noor_back(client: Client, desk: Counter) -> None:
    person = await a_person(client)
    number = await person.ask_for_a_coach(desk)
    await desk.desk.claim(number, SANNE)
    notice = (await person.read())["messages"][-1]
    [button] = notice["buttons"]
    assert button["title"] == "Verder met Noor"
    await person.say(payload=button["payload"], client_id="1")
    await person.say(payload=button["payload"], client_id="1")
    page = await person.read()
    assert (page["owner"], page["typing"], "coach" in page) == ("bot", False, False)
    assert [one["from"] for one in page["messages"]] == ["system", "person", "system"]
    receipt = await desk.referrals.by_number(number)
    assert receipt is not None
    assert not receipt.is_open


async def test_somebody_erases_the_conversation_while_a_coach_is_there(client: Client, desk: Counter) -> None:
    person = await a_person(client)
    number = await person.ask_for_a_coach(desk)
    await desk.desk.claim(number, SANNE)
    response = await client.delete(person.path, headers=person.headers)
    assert response.status == 204
    assert (await client.get(f"{person.path}/messages", headers=person.headers)).status == 404
    receipt = await desk.referrals.by_number(number)
    assert receipt is not None
    assert not receipt.is_open


async def test_the_coach_comes_along_to_another_device(client: Client, desk: Counter) -> None:
    person = await a_person(client)
    number = await person.ask_for_a_coach(desk)
    await desk.desk.claim(number, SANNE)
    code = await (await client.post(f"{person.path}/code", headers=person.headers)).json()
    opened = await client.post("/api/conversations", json={"channel": "website", "code": code["code"]})
    elsewhere = Person(client, await opened.json())
    page = await elsewhere.read()
    assert (page["owner"], page["coach"]) == ("coach", "Sanne")
    await elsewhere.say(text="Nu op mijn telefoon.")
    assert (await elsewhere.read())["typing"] is False


@pytest.mark.parametrize("is_claimed", [False, True])
async def test_what_is_sent_is_what_the_description_promises(
    client: Client, desk: Counter, *, is_claimed: bool
) -> None:
    person = await a_person(client)
    number = await person.ask_for_a_coach(desk)
    if is_claimed:
        await desk.desk.claim(number, SANNE)
        await desk.desk.say(number, SANNE, "Hoi", client_id="1")
    description = await (await client.get("/api/openapi.json")).json()
    schema = {"$ref": "#/components/schemas/Transcript", "components": description["components"]}
    Draft202012Validator(schema).validate(await person.read())


async def test_without_javascript_somebody_reads_the_same(client: Client, desk: Counter) -> None:
    conversation = await begun_without_javascript(client)
    number = (
        await desk.referrals.open(
            OpenReferral(conversation_id=conversation, message_id="m1", reason=Reason.ASKED)
        )
    ).number
    page = await (await client.get("/gesprek")).text()
    assert "Je wacht op een coach: plek 1. Je kunt intussen doorpraten met Noor." in page
    await desk.desk.claim(number, SANNE)
    await desk.desk.say(number, SANNE, "Hoi", client_id="1")
    page = await (await client.get("/gesprek")).text()
    assert "Je praat met Sanne, een mens van het loket." in page
    assert "Sanne (mens van het loket):" in page
    assert "Een mens spreken" not in page
    download = await (await client.get("/gesprek/download")).text()
    assert "Sanne (mens van het loket), " in download
