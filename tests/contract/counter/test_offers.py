"""Free places on both databases: offered in order, once each, kept for a fixed time, then passed on."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from functools import partial

import pytest

from counter.conversations.model import Content, Sender
from counter.open_hiring.model import (
    AlreadyOnListError,
    ListEvent,
    NotOfferedError,
    PlaceFreedError,
    QueuePlace,
    SignUpState,
    UnknownJobError,
    UnknownPlaceError,
)
from counter.services import Counter
from tests.contract.counter.conftest import SettableClock
from tests.contract.counter.test_open_hiring import a_job, a_sign_up, an_introduction, taken

type NewConversation = Callable[[], Awaitable[str]]
type TwoConversations = Callable[[], Awaitable[tuple[str, str]]]

JOB = "magazijn"


@pytest.fixture(autouse=True)
async def _one_job(counter: Counter) -> None:
    await counter.open_hiring.store([a_job(JOB)])


async def signed_up(counter: Counter, conversation_id: str, message_id: str = "m1") -> QueuePlace:
    return await counter.open_hiring.sign_up(a_sign_up(conversation_id, job_id=JOB, message_id=message_id))


async def state_of(counter: Counter, place: QueuePlace) -> SignUpState:
    found = await counter.open_hiring.place_by_number(place.number)
    assert found is not None
    return found.state


async def told(counter: Counter, conversation_id: str) -> list[str]:
    transcript = await counter.conversations.transcript(conversation_id)
    return [
        message.content.text.split(":")[0]
        for message in transcript.messages
        if message.sender is Sender.SYSTEM
    ]


async def test_a_free_place_is_offered_to_who_waits_longest_and_they_are_told(
    counter: Counter, new_conversation: NewConversation
) -> None:
    first, second = await new_conversation(), await new_conversation()
    places = [await signed_up(counter, first), await signed_up(counter, second)]
    await counter.open_hiring.free_place(JOB)
    offered = await counter.open_hiring.place_by_number(places[0].number)
    assert offered is not None
    assert (offered.state, offered.position) == (SignUpState.OFFERED, None)
    # Monday plus two working days, when the counter closes.
    assert offered.answer_before == datetime(2026, 11, 25, 16, tzinfo=UTC)
    assert await told(counter, first) == ["plek_vrij"]
    assert await told(counter, second) == []
    behind = await counter.open_hiring.place_by_number(places[1].number)
    assert behind is not None
    assert behind.position == 1


async def test_who_accepts_has_the_place_and_accepting_twice_changes_nothing(
    counter: Counter, new_conversation: NewConversation
) -> None:
    conversation = await new_conversation()
    place = await signed_up(counter, conversation)
    await counter.open_hiring.free_place(JOB)
    for _ in range(2):
        accepted = await counter.open_hiring.accept(place.number, conversation, an_introduction())
        assert accepted.state is SignUpState.ACCEPTED
    events = [one.event for one in await counter.open_hiring.history(JOB)]
    assert events == [ListEvent.JOINED, ListEvent.FREED, ListEvent.OFFERED, ListEvent.ACCEPTED]


async def test_who_passes_leaves_the_place_to_the_next(
    counter: Counter, new_conversation: NewConversation
) -> None:
    first, second = await new_conversation(), await new_conversation()
    places = [await signed_up(counter, first), await signed_up(counter, second)]
    await counter.open_hiring.free_place(JOB)
    for _ in range(2):
        passed = await counter.open_hiring.pass_on(places[0].number, first)
        assert passed.state is SignUpState.PASSED
    assert await state_of(counter, places[1]) is SignUpState.OFFERED
    assert await told(counter, second) == ["plek_vrij"]


async def test_a_place_that_nobody_answers_for_goes_to_the_next_when_the_time_has_run_out(
    counter: Counter, new_conversation: NewConversation, clock: SettableClock
) -> None:
    first, second = await new_conversation(), await new_conversation()
    places = [await signed_up(counter, first), await signed_up(counter, second)]
    await counter.open_hiring.free_place(JOB)
    clock.now = datetime(2026, 11, 25, 16, tzinfo=UTC)
    await counter.open_hiring.keep_lists_moving()
    assert await state_of(counter, places[0]) is SignUpState.OFFERED
    clock.advance(seconds=1)
    await asyncio.gather(*(counter.open_hiring.keep_lists_moving() for _ in range(3)))
    assert await state_of(counter, places[0]) is SignUpState.EXPIRED
    assert await state_of(counter, places[1]) is SignUpState.OFFERED
    assert await told(counter, first) == ["plek_vrij", "plek_verlopen"]
    assert await told(counter, second) == ["plek_vrij"]


async def test_who_answers_too_late_is_told_so_and_the_next_gets_the_place(
    counter: Counter, new_conversation: NewConversation, clock: SettableClock
) -> None:
    first, second = await new_conversation(), await new_conversation()
    places = [await signed_up(counter, first), await signed_up(counter, second)]
    await counter.open_hiring.free_place(JOB)
    clock.advance(days=3)
    with pytest.raises(NotOfferedError) as refused:
        await counter.open_hiring.accept(places[0].number, first, an_introduction())
    assert refused.value.place.state is SignUpState.EXPIRED
    assert await state_of(counter, places[1]) is SignUpState.OFFERED


async def test_a_place_of_which_nobody_waits_is_offered_to_who_signs_up_first(
    counter: Counter, new_conversation: NewConversation
) -> None:
    await counter.open_hiring.free_place(JOB)
    first = await signed_up(counter, await new_conversation())
    second = await signed_up(counter, await new_conversation())
    assert (first.state, second.state) == (SignUpState.OFFERED, SignUpState.WAITING)


async def test_two_free_places_go_to_the_first_two(
    counter: Counter, new_conversation: NewConversation
) -> None:
    places = [await signed_up(counter, await new_conversation()) for _ in range(3)]
    await asyncio.gather(*(counter.open_hiring.free_place(JOB) for _ in range(2)))
    states = [await state_of(counter, place) for place in places]
    assert states == [SignUpState.OFFERED, SignUpState.OFFERED, SignUpState.WAITING]


async def test_who_leaves_with_an_offer_passes_it_on(
    counter: Counter, new_conversation: NewConversation
) -> None:
    first, second = await new_conversation(), await new_conversation()
    places = [await signed_up(counter, first), await signed_up(counter, second)]
    await counter.open_hiring.free_place(JOB)
    await counter.open_hiring.leave(places[0].number, first)
    assert await state_of(counter, places[0]) is SignUpState.LEFT
    assert await state_of(counter, places[1]) is SignUpState.OFFERED


async def test_the_place_of_who_is_erased_goes_to_the_next(
    counter: Counter, new_conversation: NewConversation
) -> None:
    first, second = await new_conversation(), await new_conversation()
    places = [await signed_up(counter, first), await signed_up(counter, second)]
    await counter.open_hiring.free_place(JOB)
    await counter.conversations.erase(first)
    await counter.open_hiring.keep_lists_moving()
    assert await state_of(counter, places[1]) is SignUpState.OFFERED


async def test_who_was_offered_a_place_cannot_stand_in_line_for_another(
    counter: Counter, new_conversation: NewConversation
) -> None:
    conversation = await new_conversation()
    place = await signed_up(counter, conversation)
    await counter.open_hiring.free_place(JOB)
    with pytest.raises(AlreadyOnListError) as refused:
        await signed_up(counter, conversation, "m2")
    assert refused.value.place.number == place.number


async def test_nobody_answers_an_offer_of_somebody_else_or_one_that_is_not_there(
    counter: Counter, new_conversation: NewConversation
) -> None:
    conversation = await new_conversation()
    place = await signed_up(counter, conversation)
    take = partial(counter.open_hiring.accept, introduction=an_introduction())
    for answer in (take, counter.open_hiring.pass_on):
        with pytest.raises(NotOfferedError):
            await answer(place.number, conversation)
        with pytest.raises(UnknownPlaceError):
            await answer(place.number, await new_conversation())
    with pytest.raises(UnknownJobError):
        await counter.open_hiring.free_place("weg")


async def test_the_offer_reaches_the_conversation_the_person_had_last(
    counter: Counter, two_conversations: TwoConversations, clock: SettableClock
) -> None:
    earlier, later = await two_conversations()
    await signed_up(counter, earlier)
    clock.advance(minutes=1)
    await counter.conversations.notify(later, a_word())
    await counter.open_hiring.free_place(JOB)
    assert await told(counter, earlier) == []
    assert "plek_vrij" in await told(counter, later)


async def test_an_import_leaves_a_free_place_free(
    counter: Counter, new_conversation: NewConversation
) -> None:
    await counter.open_hiring.free_place(JOB)
    await counter.open_hiring.store([a_job(JOB, title="Orderpicker")])
    assert (await signed_up(counter, await new_conversation())).state is SignUpState.OFFERED


async def test_a_list_shows_who_is_on_it_and_how_to_reach_them(
    counter: Counter, new_conversation: NewConversation
) -> None:
    place = await taken(counter, await new_conversation())
    [person] = await counter.open_hiring.list_of(JOB)
    assert (person.place.number, person.name, person.phone) == (place.number, "Fatima", "+31612345678")
    with pytest.raises(UnknownJobError):
        await counter.open_hiring.list_of("weg")


async def test_many_free_places_and_many_people_end_with_one_place_each(
    counter: Counter, new_conversation: NewConversation
) -> None:
    conversations = [await new_conversation() for _ in range(8)]
    places = [await signed_up(counter, conversation) for conversation in conversations]
    await asyncio.gather(*(counter.open_hiring.free_place(JOB) for _ in range(4)))
    await asyncio.gather(
        *(
            counter.open_hiring.pass_on(place.number, conversation)
            for place, conversation in zip(places[:4], conversations[:4], strict=True)
        )
    )
    states = [await state_of(counter, place) for place in places]
    assert states == [SignUpState.PASSED] * 4 + [SignUpState.OFFERED] * 4


def a_word() -> Content:
    return Content(text="hoi")


async def test_a_form_that_is_sent_twice_frees_one_place(counter: Counter) -> None:
    await counter.open_hiring.free_place(JOB, freed_before=0)
    with pytest.raises(PlaceFreedError):
        await counter.open_hiring.free_place(JOB, freed_before=0)
    [found] = await counter.open_hiring.lists()
    assert (found.job.id, found.waiting, found.free, found.freed) == (JOB, 0, 1, 1)
    with pytest.raises(UnknownJobError):
        await counter.open_hiring.free_place("geen-baan", freed_before=0)
