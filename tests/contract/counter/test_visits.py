"""Somebody's own pages open by a link, once, and close by themselves."""

import pytest

from counter.conversations.model import UnknownConversationError
from counter.database import Database
from counter.services import Counter
from counter.visits.model import UnknownKeyError
from counter.visits.service import VisitService
from tests.contract.counter.conftest import NewConversation, SettableClock

SITE = "https://loket.voorbeeld.nl/"


@pytest.fixture
def visits(database: Database, clock: SettableClock) -> VisitService:
    return VisitService(database, clock, site=SITE)


async def a_key(visits: VisitService, conversation_id: str, page: str = "") -> str:
    link = await visits.link(conversation_id, page)
    assert link is not None
    return link.partition("sleutel=")[2]


async def test_a_link_names_the_page_it_leads_to(
    visits: VisitService, new_conversation: NewConversation
) -> None:
    link = await visits.link(await new_conversation(), "paspoort/delen")
    assert link is not None
    assert link.startswith("https://loket.voorbeeld.nl/mijn/open?naar=paspoort/delen&sleutel=")


async def test_there_is_no_link_where_nobody_knows_the_site(
    counter: Counter, new_conversation: NewConversation
) -> None:
    assert await counter.visits.link(await new_conversation(), "paspoort") is None


async def test_a_link_opens_the_pages_once(visits: VisitService, new_conversation: NewConversation) -> None:
    conversation = await new_conversation()
    key = await a_key(visits, conversation)
    visit = await visits.of(await visits.use(key, page_id="een"))
    assert visit is not None
    assert visit.conversation_id == conversation
    with pytest.raises(UnknownKeyError):
        await visits.use(key, page_id="een andere")


async def test_who_presses_the_button_twice_is_in_twice(
    visits: VisitService, new_conversation: NewConversation
) -> None:
    key = await a_key(visits, await new_conversation())
    tokens = [await visits.use(key, page_id="een") for _ in range(2)]
    assert all([await visits.of(token) for token in tokens])


async def test_a_link_that_was_left_for_a_quarter_of_an_hour_opens_nothing(
    visits: VisitService, new_conversation: NewConversation, clock: SettableClock
) -> None:
    key = await a_key(visits, await new_conversation())
    clock.advance(minutes=15)
    with pytest.raises(UnknownKeyError):
        await visits.use(key, page_id="een")


async def test_a_new_link_ends_the_one_before(
    visits: VisitService, new_conversation: NewConversation
) -> None:
    conversation = await new_conversation()
    first, second = await a_key(visits, conversation), await a_key(visits, conversation)
    with pytest.raises(UnknownKeyError):
        await visits.use(first, page_id="een")
    assert await visits.use(second, page_id="een")


async def test_a_visit_ends_two_hours_after_the_last_look_and_twelve_after_the_first(
    visits: VisitService, new_conversation: NewConversation, clock: SettableClock
) -> None:
    conversation = await new_conversation()
    left, used = await visits.begin(conversation), await visits.begin(conversation)
    for _ in range(11):
        clock.advance(hours=1)
        assert await visits.of(used)
    assert await visits.of(left) is None
    clock.advance(hours=1)
    assert await visits.of(used) is None


async def test_a_visit_that_is_ended_shows_nothing_and_another_goes_on(
    visits: VisitService, new_conversation: NewConversation
) -> None:
    conversation = await new_conversation()
    here, there = await visits.begin(conversation), await visits.begin(conversation)
    await visits.end(here)
    await visits.end(here)
    assert await visits.of(here) is None
    assert await visits.of(there)


async def test_an_erased_conversation_opens_no_pages(
    counter: Counter, visits: VisitService, new_conversation: NewConversation
) -> None:
    conversation = await new_conversation()
    token, key = await visits.begin(conversation), await a_key(visits, conversation)
    await counter.conversations.erase(conversation)
    assert await visits.of(token) is None
    with pytest.raises(UnknownKeyError):
        await visits.use(key, page_id="een")
    with pytest.raises(UnknownConversationError):
        await visits.begin(conversation)


async def test_who_goes_on_elsewhere_leaves_no_pages_open_behind(
    counter: Counter, visits: VisitService, new_conversation: NewConversation
) -> None:
    conversation = await new_conversation()
    token, key = await visits.begin(conversation), await a_key(visits, conversation)
    code = await counter.continuations.issue(conversation)
    await counter.continuations.take_to_website(code.text)
    assert await visits.of(token) is None
    with pytest.raises(UnknownKeyError):
        await visits.use(key, page_id="een")


async def test_a_person_reads_in_their_export_that_their_pages_are_open(
    counter: Counter, visits: VisitService, new_conversation: NewConversation, clock: SettableClock
) -> None:
    conversation = await new_conversation()
    token = await visits.begin(conversation)
    exported = await counter.conversations.export(conversation)
    assert exported["visits"] == [
        {"began_at": clock.now.isoformat(), "ends_at": "2026-11-23T11:00:00+00:00"},
    ]
    assert token not in str(exported)
