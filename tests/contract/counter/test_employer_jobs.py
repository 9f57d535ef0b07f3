"""Employers on both databases: how many wait, who comes, what they say of it; and nothing else."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest

from counter.open_hiring.employers import OwnJob
from counter.open_hiring.model import (
    OPEN_DAYS,
    Closing,
    JobClosedError,
    JobQuery,
    NoFreePlaceError,
    NotAcceptedError,
    PlaceFreedError,
    QueuePlace,
    SignUpState,
    UnknownJobError,
    UnknownPlaceError,
)
from counter.people.model import Detail
from counter.services import Counter
from tests.contract.counter.conftest import SettableClock
from tests.contract.counter.test_job_drafts import a_job as an_offered_job
from tests.contract.counter.test_offers import state_of, told
from tests.contract.counter.test_open_hiring import a_job, a_sign_up, an_introduction
from tests.contract.counter.test_retention import run

type NewConversation = Callable[[], Awaitable[str]]


async def a_public_job(counter: Counter, employer: str) -> OwnJob:
    """Offer a job with two places, and have it approved."""
    receipt = await counter.job_drafts.submit(an_offered_job(employer))
    await counter.job_drafts.approve(receipt.number, adviser="Mila")
    [own] = await counter.employer_jobs.jobs_of(employer)
    return own


async def sign_up(counter: Counter, own: OwnJob, conversation_id: str) -> QueuePlace:
    return await counter.open_hiring.sign_up(a_sign_up(conversation_id, job_id=own.job.id))


async def taken(counter: Counter, own: OwnJob, conversation_id: str) -> QueuePlace:
    place = await sign_up(counter, own, conversation_id)
    return await counter.open_hiring.accept(place.number, conversation_id, an_introduction())


async def own_job(counter: Counter, employer: str) -> OwnJob:
    [own] = await counter.employer_jobs.jobs_of(employer)
    return own


async def test_the_places_of_a_job_are_for_who_signs_up_first(
    counter: Counter, new_conversation: NewConversation
) -> None:
    own = await a_public_job(counter, await new_conversation())
    states = [(await sign_up(counter, own, await new_conversation())).state for _ in range(3)]
    assert states == [SignUpState.OFFERED, SignUpState.OFFERED, SignUpState.WAITING]


async def test_an_employer_sees_how_many_wait_and_nobody_until_they_take_a_place(
    counter: Counter, new_conversation: NewConversation
) -> None:
    employer, first = await new_conversation(), await new_conversation()
    own = await a_public_job(counter, employer)
    place = await sign_up(counter, own, first)
    for _ in range(2):
        await sign_up(counter, own, await new_conversation())
    seen = await own_job(counter, employer)
    assert (seen.waiting, seen.offered, seen.free, seen.comers) == (1, 2, 0, ())
    await counter.open_hiring.accept(place.number, first, an_introduction())
    [comer] = (await own_job(counter, employer)).comers
    assert (comer.number, comer.name, comer.phone) == (place.number, "Fatima", "+31612345678")
    assert await counter.employer_jobs.jobs_of(await new_conversation()) == ()


async def test_who_takes_a_place_is_told_to_the_employer_once_and_the_person_can_see_what_was_shared(
    counter: Counter, new_conversation: NewConversation
) -> None:
    employer, person = await new_conversation(), await new_conversation()
    own = await a_public_job(counter, employer)
    place = await sign_up(counter, own, person)
    assert await counter.sharings.shared_with(person) == ()
    await asyncio.gather(
        *(counter.open_hiring.accept(place.number, person, an_introduction()) for _ in range(3))
    )
    assert (await told(counter, employer)).count("plek_aangenomen") == 1
    [sharing] = await counter.sharings.shared_with(person)
    assert (sharing.recipient, sharing.number) == ("Bakkerij Jansen", place.number)
    assert sharing.details == (Detail.NAME, Detail.PHONE, Detail.EMAIL)
    assert (sharing.consent, sharing.at) == ("Geef ik dit door?", counter.clock())
    exported = await counter.conversations.export(person)
    assert exported["sharings"][0]["recipient"] == "Bakkerij Jansen"
    await counter.conversations.erase(person)
    assert (await own_job(counter, employer)).comers == ()


async def test_who_began_stays_and_telling_it_twice_changes_nothing(
    counter: Counter, new_conversation: NewConversation
) -> None:
    employer, person = await new_conversation(), await new_conversation()
    place = await taken(counter, await a_public_job(counter, employer), person)
    for _ in range(2):
        assert (await counter.employer_jobs.started(place.number, employer)).name == "Fatima"
    assert [comer.is_started for comer in (await own_job(counter, employer)).comers] == [True]
    with pytest.raises(NotAcceptedError):
        await counter.employer_jobs.absent(place.number, employer)


async def test_the_place_of_who_did_not_come_goes_to_the_next_and_they_read_it(
    counter: Counter, new_conversation: NewConversation
) -> None:
    employer, person, behind = [await new_conversation() for _ in range(3)]
    own = await a_public_job(counter, employer)
    place = await taken(counter, own, person)
    await taken(counter, own, await new_conversation())
    waiting = await sign_up(counter, own, behind)
    await asyncio.gather(*(counter.employer_jobs.absent(place.number, employer) for _ in range(3)))
    assert await state_of(counter, place) is SignUpState.ABSENT
    assert await state_of(counter, waiting) is SignUpState.OFFERED
    assert (await told(counter, person)).count("niet_begonnen") == 1


async def test_who_loses_a_place_they_had_taken_stands_in_front_again_and_is_asked_anew(
    counter: Counter, new_conversation: NewConversation
) -> None:
    employer, person, behind = [await new_conversation() for _ in range(3)]
    own = await a_public_job(counter, employer)
    place = await taken(counter, own, person)
    await taken(counter, own, await new_conversation())
    await sign_up(counter, own, behind)
    await counter.employer_jobs.gone(place.number, employer)
    found = await counter.open_hiring.place_by_number(place.number)
    assert found is not None
    assert (found.state, found.position) == (SignUpState.WAITING, 1)
    assert "plek_vervallen" in await told(counter, person)
    assert place.number not in {comer.number for comer in (await own_job(counter, employer)).comers}


async def test_a_button_pressed_twice_frees_or_withdraws_one_place(
    counter: Counter, new_conversation: NewConversation
) -> None:
    employer = await new_conversation()
    own, jobs = await a_public_job(counter, employer), counter.employer_jobs
    await jobs.free_place(own.number, employer, freed_before=own.freed)
    with pytest.raises(PlaceFreedError):
        await jobs.free_place(own.number, employer, freed_before=own.freed)
    await jobs.withdraw_place(own.number, employer, free_before=3)
    with pytest.raises(NoFreePlaceError):
        await jobs.withdraw_place(own.number, employer, free_before=3)
    assert (await own_job(counter, employer)).free == 2


async def test_nobody_else_says_anything_about_a_job(
    counter: Counter, new_conversation: NewConversation
) -> None:
    employer, stranger = await new_conversation(), await new_conversation()
    own, jobs = await a_public_job(counter, employer), counter.employer_jobs
    place = await taken(counter, own, stranger)
    for work in (jobs.close(own.number, stranger), jobs.keep_open(own.number, stranger)):
        with pytest.raises(UnknownJobError):
            await work
    for tell in (jobs.started, jobs.absent, jobs.gone):
        with pytest.raises(UnknownPlaceError):
            await tell(place.number, stranger)


async def test_a_closed_job_is_found_by_nobody_and_who_waited_reads_it_with_other_work(
    counter: Counter, new_conversation: NewConversation
) -> None:
    employer, first, waiting = [await new_conversation() for _ in range(3)]
    own = await a_public_job(counter, employer)
    await counter.open_hiring.store([a_job("las", title="Hulplasser", sector=own.job.sector)])
    place = await sign_up(counter, own, first)
    await taken(counter, own, await new_conversation())
    last = await sign_up(counter, own, waiting)
    await asyncio.gather(*(counter.employer_jobs.close(own.number, employer) for _ in range(3)))
    found = await counter.open_hiring.search(JobQuery(), limit=10)
    assert [hit.job.title for hit in found.hits] == ["Hulplasser"]
    assert await state_of(counter, last) is SignUpState.ENDED
    [said] = (await counter.conversations.transcript(waiting)).messages
    assert "ander_werk=Hulplasser in Zaandam" in said.content.text
    with pytest.raises(JobClosedError):
        await sign_up(counter, own, await new_conversation())
    with pytest.raises(JobClosedError):
        await counter.open_hiring.public(own.job.id)
    # What was offered is a promise.
    accepted = await counter.open_hiring.accept(place.number, first, an_introduction())
    assert accepted.state is SignUpState.ACCEPTED
    assert (await counter.open_hiring.audit(own.job.id)).faults == ()


async def test_an_employer_who_says_nothing_is_asked_once_and_the_job_closes_two_weeks_later(
    counter: Counter, new_conversation: NewConversation, clock: SettableClock
) -> None:
    employer = await new_conversation()
    own = await a_public_job(counter, employer)
    clock.advance(days=OPEN_DAYS - 13)
    await asyncio.gather(*(counter.job_lifecycle.look() for _ in range(3)))
    assert (await told(counter, employer)).count("baan_loopt_af") == 1
    clock.advance(days=14)
    await asyncio.gather(*(counter.job_lifecycle.look() for _ in range(3)))
    assert (await told(counter, employer)).count("baan_afgelopen") == 1
    assert not (await own_job(counter, employer)).is_open
    with pytest.raises(JobClosedError):
        await counter.open_hiring.free_place(own.job.id)


async def test_an_employer_who_keeps_a_job_open_is_asked_again_only_when_it_is_time(
    counter: Counter, new_conversation: NewConversation, clock: SettableClock
) -> None:
    employer = await new_conversation()
    own = await a_public_job(counter, employer)
    clock.advance(days=OPEN_DAYS - 13)
    await counter.job_lifecycle.look()
    await counter.employer_jobs.keep_open(own.number, employer)
    clock.advance(days=OPEN_DAYS - 15)
    await counter.job_lifecycle.look()
    assert (await told(counter, employer)).count("baan_loopt_af") == 1
    clock.advance(days=2)
    await counter.job_lifecycle.look()
    assert (await told(counter, employer)).count("baan_loopt_af") == 2
    assert (await own_job(counter, employer)).is_open


async def test_a_job_closes_after_its_last_day_and_an_import_opens_it_again(
    counter: Counter, clock: SettableClock
) -> None:
    today = clock.now.date()
    await counter.open_hiring.store([a_job(valid_through=today), a_job("voorbeeld", is_sample=True)])
    await counter.job_lifecycle.look()
    assert (await counter.open_hiring.search(JobQuery())).total == 2
    clock.advance(days=1)
    await counter.job_lifecycle.look()
    assert [hit.job.id for hit in (await counter.open_hiring.search(JobQuery())).hits] == ["voorbeeld"]
    await counter.open_hiring.store([a_job(valid_through=today + timedelta(days=30))])
    await counter.job_lifecycle.named_again(["magazijn"])
    assert (await counter.open_hiring.search(JobQuery())).total == 2
    assert (await counter.open_hiring.audit("magazijn")).faults == ()
    await counter.job_lifecycle.close("magazijn", Closing.BY_COUNTER)
    await counter.job_lifecycle.named_again(["magazijn"])
    assert (await counter.open_hiring.search(JobQuery())).total == 1


async def test_an_employer_with_an_open_job_is_kept_however_long_ago_they_wrote(
    counter: Counter, new_conversation: NewConversation, clock: SettableClock
) -> None:
    employer = await new_conversation()
    await a_public_job(counter, employer)
    clock.advance(days=400)
    await run(counter)
    assert len(await counter.employer_jobs.jobs_of(employer)) == 1
