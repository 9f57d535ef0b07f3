"""Open hiring on both databases: first come, first served, once a person, and nobody is passed."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from counter.conversations.model import UnknownConversationError
from counter.database import new_id
from counter.open_hiring import storage
from counter.open_hiring.model import (
    AlreadyOnListError,
    Introduction,
    Job,
    JobQuery,
    ListEvent,
    QueuePlace,
    SignUp,
    SignUpState,
    UnknownJobError,
    UnknownPlaceError,
)
from counter.services import Counter

type NewConversation = Callable[[], Awaitable[str]]
type TwoConversations = Callable[[], Awaitable[tuple[str, str]]]


def a_job(job_id: str = "magazijn", **changes: object) -> Job:
    facts: dict[str, object] = {
        "title": "Magazijnmedewerker",
        "employer": "Voorbeeld BV",
        "place": "Zaandam",
        "sector": "logistiek",
        "hours_min": 24,
        "hours_max": 32,
        "wage_text": "€ 15 per uur",
        "tasks": "Je pakt dozen in.",
    }
    return Job(id=job_id, **{**facts, **changes})  # type: ignore[arg-type]


def a_sign_up(conversation_id: str, *, job_id: str = "magazijn", message_id: str = "m1") -> SignUp:
    return SignUp(
        job_id=job_id,
        conversation_id=conversation_id,
        message_id=message_id,
    )


def an_introduction() -> Introduction:
    return Introduction(
        name="Fatima", phone="+31612345678", email="fatima@example.org", consent="Geef ik dit door?"
    )


async def taken(counter: Counter, conversation_id: str, *, job_id: str = "magazijn") -> QueuePlace:
    """Sign somebody up, and have them take the first place that comes free."""
    place = await counter.open_hiring.sign_up(a_sign_up(conversation_id, job_id=job_id))
    await counter.open_hiring.free_place(job_id)
    return await counter.open_hiring.accept(place.number, conversation_id, an_introduction())


@pytest.fixture(autouse=True)
async def _one_job(counter: Counter) -> None:
    await counter.open_hiring.store([a_job()])


async def test_who_comes_first_stands_first(counter: Counter, new_conversation: NewConversation) -> None:
    first = await counter.open_hiring.sign_up(a_sign_up(await new_conversation()))
    second = await counter.open_hiring.sign_up(a_sign_up(await new_conversation()))
    assert (first.position, second.position) == (1, 2)
    assert first.number.startswith("H-")
    assert first.state is SignUpState.WAITING
    assert first.job == a_job()
    assert first.signed_up_at == counter.clock()


async def test_the_same_message_again_gives_the_same_place(
    counter: Counter, new_conversation: NewConversation
) -> None:
    conversation = await new_conversation()
    first = await counter.open_hiring.sign_up(a_sign_up(conversation))
    await counter.open_hiring.sign_up(a_sign_up(await new_conversation()))
    again = await counter.open_hiring.sign_up(a_sign_up(conversation))
    assert again == first
    assert len(await counter.open_hiring.history("magazijn")) == 2


async def test_a_message_that_is_handled_ten_times_at_once_signs_up_once(
    counter: Counter, new_conversation: NewConversation
) -> None:
    command = a_sign_up(await new_conversation())
    places = await asyncio.gather(*(counter.open_hiring.sign_up(command) for _ in range(10)))
    assert {place.number for place in places} == {places[0].number}
    assert len(await counter.open_hiring.history("magazijn")) == 1


async def test_a_person_stands_on_a_list_once_also_from_another_conversation(
    counter: Counter, two_conversations: TwoConversations
) -> None:
    one, other = await two_conversations()
    place = await counter.open_hiring.sign_up(a_sign_up(one))
    with pytest.raises(AlreadyOnListError) as refused:
        await counter.open_hiring.sign_up(a_sign_up(other, message_id="m2"))
    assert refused.value.place == place


async def test_thirty_people_at_once_get_thirty_places(
    counter: Counter, new_conversation: NewConversation
) -> None:
    conversations = [await new_conversation() for _ in range(30)]
    places = await asyncio.gather(
        *(counter.open_hiring.sign_up(a_sign_up(conversation)) for conversation in conversations)
    )
    assert sorted(place.position or 0 for place in places) == list(range(1, 31))


async def test_nobody_signs_up_for_a_job_that_is_not_there(
    counter: Counter, new_conversation: NewConversation
) -> None:
    with pytest.raises(UnknownJobError):
        await counter.open_hiring.sign_up(a_sign_up(await new_conversation(), job_id="weg"))
    with pytest.raises(UnknownJobError):
        await counter.open_hiring.get("weg")


async def test_nobody_signs_up_without_a_conversation(counter: Counter) -> None:
    with pytest.raises(UnknownConversationError):
        await counter.open_hiring.sign_up(a_sign_up("nobody"))


async def test_who_leaves_makes_room_and_others_keep_their_order(
    counter: Counter, new_conversation: NewConversation
) -> None:
    conversations = [await new_conversation() for _ in range(3)]
    places = [await counter.open_hiring.sign_up(a_sign_up(each)) for each in conversations]
    left = await counter.open_hiring.leave(places[0].number, conversations[0])
    assert (left.state, left.position) == (SignUpState.LEFT, None)
    assert await positions(counter, places) == [None, 1, 2]
    assert await counter.open_hiring.leave(places[0].number, conversations[0]) == left
    events = [one.event for one in await counter.open_hiring.history("magazijn")]
    assert events == [ListEvent.JOINED] * 3 + [ListEvent.LEFT]


async def test_who_left_can_join_again_at_the_end(
    counter: Counter, new_conversation: NewConversation
) -> None:
    conversation = await new_conversation()
    first = await counter.open_hiring.sign_up(a_sign_up(conversation))
    await counter.open_hiring.sign_up(a_sign_up(await new_conversation()))
    await counter.open_hiring.leave(first.number, conversation)
    again = await counter.open_hiring.sign_up(a_sign_up(conversation, message_id="m2"))
    assert again.position == 2
    assert again.number != first.number


async def test_nobody_takes_another_person_off_a_list(
    counter: Counter, new_conversation: NewConversation
) -> None:
    place = await counter.open_hiring.sign_up(a_sign_up(await new_conversation()))
    with pytest.raises(UnknownPlaceError):
        await counter.open_hiring.leave(place.number, await new_conversation())
    with pytest.raises(UnknownPlaceError):
        await counter.open_hiring.leave("H-0000-0000", await new_conversation())


async def test_a_person_finds_all_places_again_in_a_later_conversation(
    counter: Counter, two_conversations: TwoConversations, new_conversation: NewConversation
) -> None:
    await counter.open_hiring.store([a_job("winkel")])
    one, other = await two_conversations()
    left = await counter.open_hiring.sign_up(a_sign_up(one))
    await counter.open_hiring.leave(left.number, one)
    waiting = await counter.open_hiring.sign_up(a_sign_up(one, job_id="winkel", message_id="m2"))
    found = await counter.open_hiring.places_of(other)
    assert [place.number for place in found] == [waiting.number, left.number]
    assert await counter.open_hiring.places_of(await new_conversation()) == ()
    assert await counter.open_hiring.place_by_number(waiting.number) == waiting
    assert await counter.open_hiring.place_by_number("H-0000-0000") is None


async def test_an_import_changes_the_job_and_not_its_list(
    counter: Counter, new_conversation: NewConversation
) -> None:
    place = await counter.open_hiring.sign_up(a_sign_up(await new_conversation()))
    await counter.open_hiring.store([a_job(title="Orderpicker")])
    later = await counter.open_hiring.sign_up(a_sign_up(await new_conversation()))
    assert later.position == 2
    found = await counter.open_hiring.place_by_number(place.number)
    assert found is not None
    assert (found.job.title, found.position) == ("Orderpicker", 1)


async def test_a_search_sees_an_import_of_another_process(counter: Counter) -> None:
    await counter.open_hiring.search(JobQuery())
    async with counter.database.session() as session:
        await storage.store(session, [a_job("winkel")], at=counter.clock())
    assert (await counter.open_hiring.search(JobQuery())).total == 2


async def test_erasing_takes_off_the_list_and_blanks_who_it_was(
    counter: Counter, new_conversation: NewConversation
) -> None:
    gone, stays = await new_conversation(), await new_conversation()
    place = await taken(counter, gone)
    waiting = await counter.open_hiring.sign_up(a_sign_up(gone, message_id="m2"))
    behind = await counter.open_hiring.sign_up(a_sign_up(stays))
    await counter.conversations.erase(gone)
    assert await positions(counter, [place, waiting, behind]) == [None, None, 1]
    async with counter.database.session() as session:
        row = await storage.sign_up_by_number(session, place.number)
    assert row is not None
    assert (row.name, row.phone, row.email, row.conversation_id) == (None, None, None, None)


async def test_an_export_holds_everything_that_was_given(
    counter: Counter, new_conversation: NewConversation
) -> None:
    conversation = await new_conversation()
    place = await taken(counter, conversation)
    exported = (await counter.conversations.export(conversation))["open_hiring"]
    assert [entry["number"] for entry in exported] == [place.number]
    assert {"Fatima", "+31612345678", "fatima@example.org"} <= set(exported[0].values())


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.integers(min_value=0, max_value=5), max_size=12))
async def test_the_order_of_a_list_never_changes_and_has_no_gaps(
    counter: Counter, new_conversation: NewConversation, moves: list[int]
) -> None:
    """Each move lets one of six people join, or leave when they stand on the list."""
    job = a_job(new_id())
    await counter.open_hiring.store([job])
    people = [await new_conversation() for _ in range(6)]
    expected: list[tuple[int, QueuePlace]] = []
    for step, mover in enumerate(moves):
        standing = next((place for person, place in expected if person == mover), None)
        if standing is None:
            command = a_sign_up(people[mover], job_id=job.id, message_id=f"m{step}")
            expected.append((mover, await counter.open_hiring.sign_up(command)))
        else:
            await counter.open_hiring.leave(standing.number, people[mover])
            expected.remove((mover, standing))
        found = await positions(counter, [place for _, place in expected])
        assert found == list(range(1, len(expected) + 1))


async def positions(counter: Counter, places: Sequence[QueuePlace]) -> list[int | None]:
    found = [await counter.open_hiring.place_by_number(place.number) for place in places]
    return [place.position for place in found if place is not None]
