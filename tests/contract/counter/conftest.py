"""The counter on both databases, its clock, a small map, and people with conversations."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from counter.conversations.service import ConversationService
from counter.database import Database
from counter.places.gazetteer import Entry, Gazetteer
from counter.places.model import Place, Region
from counter.services import Counter, House, open_counter
from skills_taxonomy import Taxonomy
from tests.contract.counter.desking import ask
from tests.support.staff import cheap_passwords
from tests.support.words import plain_words

type NewConversation = Callable[[], Awaitable[str]]


@dataclass
class SettableClock:
    """A clock that stands still until a test moves it."""

    now: datetime

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **duration: float) -> None:
        self.now += timedelta(**duration)


@pytest.fixture
def clock() -> SettableClock:
    # A Monday without holidays near.
    return SettableClock(datetime(2026, 11, 23, 9, 0, tzinfo=UTC))


@pytest.fixture(scope="session")
def gazetteer() -> Gazetteer:
    def entry(name: str, region: Region, latitude: float, longitude: float, area: int) -> Entry:
        place = Place(name=name, municipality=name, region=region, latitude=latitude, longitude=longitude)
        return Entry(place=place, postcode_areas=(range(area, area + 10),))

    return Gazetteer(
        [
            entry("Zaandam", Region.ZAANSTREEK_WATERLAND, 52.44, 4.83, 1500),
            entry("Purmerend", Region.ZAANSTREEK_WATERLAND, 52.50, 4.95, 1440),
            entry("Alkmaar", Region.NOORD_HOLLAND_NOORD, 52.63, 4.75, 1810),
            entry("Hilversum", Region.GOOI_VECHTSTREEK, 52.22, 5.17, 1210),
        ]
    )


@pytest.fixture
def counter(database: Database, taxonomy: Taxonomy, gazetteer: Gazetteer, clock: SettableClock) -> Counter:
    return open_counter(
        database, taxonomy, gazetteer, clock, wording=plain_words, house=House(passwords=cheap_passwords())
    )


@pytest.fixture
def conversations(counter: Counter) -> ConversationService:
    return counter.conversations


@pytest.fixture
def new_conversation(conversations: ConversationService) -> NewConversation:
    """Give a function that opens a conversation of a new person and returns its id."""

    async def open_one() -> str:
        return (await conversations.open("website")).id

    return open_one


@pytest.fixture
def two_conversations(conversations: ConversationService) -> Callable[[], Awaitable[tuple[str, str]]]:
    """Give a function that opens two conversations of one new person."""

    async def open_two() -> tuple[str, str]:
        first = await conversations.open("website")
        second = await conversations.open("website", earlier_token=first.token)
        return first.id, second.id

    return open_two


@pytest.fixture
async def asked(counter: Counter, new_conversation: NewConversation) -> tuple[str, str]:
    """Give the conversation and the number of somebody who asked for a coach."""
    conversation = await new_conversation()
    return conversation, await ask(counter, conversation)
