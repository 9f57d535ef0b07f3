"""Who just cloned the project sees people who wait, all of them made up and marked as such."""

from datetime import UTC, datetime

import pytest

from app.commands import SAMPLES
from app.domain import responses
from app.sample_people import PastClock, add_sample_people, read_people
from app.settings import Settings
from counter.conversations.model import Sender
from counter.database import Database
from counter.places.gazetteer import Gazetteer
from counter.places.model import Region
from counter.services import Counter, open_counter
from skills_taxonomy import Taxonomy
from tests.support.staff import a_coach
from tests.support.words import plain_words

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
PEOPLE = read_people(SAMPLES / "people.toml")


@pytest.fixture
async def counter(database: Database, taxonomy: Taxonomy) -> Counter:
    clock = PastClock(NOW)
    counter = open_counter(database, taxonomy, Gazetteer([]), clock, wording=plain_words)
    await add_sample_people(counter, clock, PEOPLE, responses(Settings.domain_folder), a_coach())
    assert clock() == NOW
    return counter


async def test_three_people_wait_and_who_may_lose_their_job_is_first(counter: Counter) -> None:
    queue = await counter.referrals.queue()
    assert [queued.reason.value for queued in queue] == ["dismissal", "stuck", "sme"]
    assert all(queued.receipt.opened_at < NOW for queued in queue)


async def test_everything_is_marked_as_a_sample(counter: Counter) -> None:
    for queued in await counter.referrals.queue():
        assert (queued.name or "").startswith("Voorbeeld")
    assert all(person["name"].startswith("Voorbeeld") for person in PEOPLE)
    assert {person["region"] for person in PEOPLE} <= {region.value for region in Region}


async def test_noor_has_nothing_left_to_answer(counter: Counter) -> None:
    assert await counter.conversations.pending_count() == 0


async def test_what_was_said_stands_in_order_with_noors_own_words(counter: Counter) -> None:
    first = (await counter.referrals.queue())[0]
    assert first.conversation_id is not None
    messages = (await counter.conversations.transcript(first.conversation_id)).messages
    assert [message.sender for message in messages] == [
        Sender.PERSON,
        Sender.BOT,
    ] * 3
    assert messages[1].content.response == "utter_werk_naar_werk_vraag_beroep"
    assert [message.at for message in messages] == sorted(message.at for message in messages)
