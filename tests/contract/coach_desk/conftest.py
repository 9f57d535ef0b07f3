"""The whole app as a coach reaches it, and people who asked for one."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass

import pytest
from aiohttp import ClientWebSocketResponse, hdrs, web
from aiohttp.test_utils import TestClient, TestServer

from app.server import create_app
from app.settings import Settings
from counter.clock import utc_now
from counter.conversations.model import OpenedConversation
from counter.database import Database
from counter.places.gazetteer import Gazetteer
from counter.referrals.model import OpenReferral, Reason
from counter.services import Counter, House, open_counter
from counter.staff import passwords
from counter.staff.model import Role, StaffMember
from skills_taxonomy import Taxonomy
from tests.support.desk import CoachPage
from tests.support.staff import CHEAP, PASSWORD, cheap_passwords, hire, new_member, send, whose
from tests.support.words import plain_words

Client = TestClient[web.Request, web.Application]


@dataclass(frozen=True, kw_only=True)
class Asker:
    """Somebody who asked for a person, on the website."""

    conversation: OpenedConversation
    number: str

    @property
    def path(self) -> str:
        return f"/api/conversations/{self.conversation.id}"

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.conversation.token}"}


type NewAsker = Callable[..., Awaitable[Asker]]
type NewCoach = Callable[..., Awaitable[tuple[Client, StaffMember]]]


@pytest.fixture(scope="session")
def taxonomy() -> Taxonomy:
    return Taxonomy.load()


@pytest.fixture
async def server(
    database_url: str, taxonomy: Taxonomy, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[TestServer]:
    # Loading it takes a second, and these tests are many.
    monkeypatch.setattr(Taxonomy, "load", lambda: taxonomy)
    monkeypatch.setattr(passwords, "PARAMETERS", CHEAP)
    # Port 9 is `discard`: no bot answers there.
    settings = Settings(
        database_url=database_url,
        internal_token="geheim",
        bot_url="http://127.0.0.1:9",
        messages_per_minute=1_000,
    )
    async with TestServer(create_app(settings)) as server:
        yield server


@pytest.fixture
def counter(database: Database, taxonomy: Taxonomy) -> Counter:
    """Give the counter as another process has it: the app is told nothing of what it does."""
    return open_counter(
        database,
        taxonomy,
        Gazetteer([]),
        utc_now,
        wording=plain_words,
        house=House(passwords=cheap_passwords()),
    )


@pytest.fixture
async def new_coach(server: TestServer, counter: Counter) -> AsyncIterator[NewCoach]:
    """Give a function that lets a coach log in, in a browser of their own."""
    clients: list[Client] = []

    async def log_in(
        username: str = "sanne", *roles: Role, organisation: str = "UWV Haarlem"
    ) -> tuple[Client, StaffMember]:
        opened = await hire(counter, new_member(username, *roles, organisation=organisation))
        client = TestClient(server)
        clients.append(client)
        response = await send(client, "/login", gebruikersnaam=username, wachtwoord=PASSWORD)
        assert response.status == 303
        return client, (await whose(counter, opened)).member

    yield log_in
    for client in clients:
        await client.session.close()


@pytest.fixture
async def coach(new_coach: NewCoach) -> Client:
    """Give the browser of a coach, Sanne."""
    client, _ = await new_coach()
    return client


@pytest.fixture
def new_asker(counter: Counter) -> NewAsker:
    """Give a function that has somebody ask for a person."""

    async def ask(name: str = "Fatima", *, reason: Reason = Reason.ASKED, topic: str = "ontslag") -> Asker:
        conversation = await counter.conversations.open("website")
        receipt = await counter.referrals.open(
            OpenReferral(
                conversation_id=conversation.id,
                message_id="m1",
                reason=reason,
                topic=topic,
                region="Groot Amsterdam",
                name=name,
                phone="+31612345678",
            )
        )
        return Asker(conversation=conversation, number=receipt.number)

    return ask


@pytest.fixture
async def asker(new_asker: NewAsker) -> Asker:
    """Give somebody who asked for a person, Fatima."""
    return await new_asker()


async def open_page(client: Client, **query: str) -> CoachPage:
    """Open the line that a page of this coach has."""
    socket: ClientWebSocketResponse = await client.ws_connect(
        "/api/staff/desk", params=query, headers={hdrs.ORIGIN: str(client.make_url("/").origin())}
    )
    return CoachPage(socket)
