"""A place comes free: the next in line hears it, and answers by button or in words."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import pytest

from counter.database import new_id
from counter.open_hiring.model import Job, QueuePlace, SignUp, SignUpState
from counter.services import Counter
from tests.support.talking import Answer, Conversation

ASK_TAKING = "utter_ask_open_hiring_aannemen_formulier_"
BEGIN_TAKING = ["utter_open_hiring_aannemen_beginnen", f"{ASK_TAKING}naam"]
CONSENT = ["utter_open_hiring_aannemen_samenvatting", "utter_open_hiring_aannemen_klopt_dit"]

type Open = Callable[..., Coroutine[Any, Any, Conversation]]


@pytest.fixture
async def job(counter: Counter) -> Job:
    """Give a job of one's own, so that tests do not stand in each other's line."""
    job = Job(
        id=f"proef-{new_id()}",
        title="Inpakker",
        employer="Voorbeeldbedrijf Doos",
        place="Texel",
        sector="logistiek",
        hours_min=24,
        hours_max=32,
        wage_text="minimumloon",
        tasks="Je pakt dozen in.",
        practical_needs=("je kunt 10 kilo tillen",),
        is_sample=True,
    )
    await counter.open_hiring.store([job])
    return job


async def sign_up(counter: Counter, conversation: Conversation, job: Job) -> QueuePlace:
    return await counter.open_hiring.sign_up(
        SignUp(
            job_id=job.id,
            conversation_id=conversation.id,
            message_id=new_id(),
        )
    )


async def hear(conversation: Conversation) -> Answer:
    """Wait for what the counter says of its own accord."""
    async with asyncio.timeout(20):
        while True:
            page = await conversation.reads(wait=5)
            told = [message for message in page["messages"] if message["from"] == "system"]
            if told:
                return Answer(messages=told, responses=[])
            await asyncio.sleep(0.1)


async def offered(counter: Counter, conversation: Conversation, job: Job) -> tuple[QueuePlace, Answer]:
    place = await sign_up(counter, conversation, job)
    await counter.open_hiring.free_place(job.id)
    return place, await hear(conversation)


async def introduce(conversation: Conversation) -> Answer:
    """Answer who comes and how to reach them, up to the question whether the employer may know."""
    assert (await conversation.says("Samira")).responses == [f"{ASK_TAKING}contact"]
    asked = await conversation.says("06 12345678")
    assert asked.responses == CONSENT
    return asked


async def state_of(counter: Counter, place: QueuePlace) -> SignUpState:
    found = await counter.open_hiring.place_by_number(place.number)
    assert found is not None
    return found.state


async def test_who_is_next_in_line_hears_of_the_free_place_and_takes_it_with_a_button(
    conversation: Conversation, counter: Counter, job: Job
) -> None:
    place, notice = await offered(counter, conversation, job)
    assert "aan de beurt" in notice.text
    assert (await conversation.presses(notice, "Ja, ik neem de plek")).responses == BEGIN_TAKING
    asked = await introduce(conversation)
    assert job.employer in asked.text
    assert await counter.sharings.shared_with(conversation.id) == ()
    answer = await conversation.presses(asked, "Ja, ik neem de plek")
    assert answer.responses == ["utter_open_hiring_plek_aangenomen"]
    assert await state_of(counter, place) is SignUpState.ACCEPTED
    [sharing] = await counter.sharings.shared_with(conversation.id)
    assert (sharing.recipient, sharing.number) == (job.employer, place.number)
    assert sharing.consent == asked.texts[-1]


async def test_who_stops_halfway_gives_nothing_away_and_keeps_the_offer(
    conversation: Conversation, counter: Counter, job: Job
) -> None:
    place, notice = await offered(counter, conversation, job)
    await conversation.presses(notice, "Ja, ik neem de plek")
    await introduce(conversation)
    await conversation.says("stop")
    assert await state_of(counter, place) is SignUpState.OFFERED
    assert await counter.sharings.shared_with(conversation.id) == ()


async def test_a_wrong_number_is_changed_before_it_is_shared(
    conversation: Conversation, counter: Counter, job: Job
) -> None:
    _, notice = await offered(counter, conversation, job)
    await conversation.presses(notice, "Ja, ik neem de plek")
    await introduce(conversation)
    asked = await conversation.clicks("/ontkennen")
    await conversation.presses(asked, "Telefoon of e-mail")
    assert (await conversation.says("anna@example.nl")).responses == CONSENT
    await conversation.says("ja")
    [person] = await counter.open_hiring.list_of(job.id)
    assert (person.name, person.phone, person.email) == ("Samira", None, "anna@example.nl")


@pytest.mark.parametrize("wrong", ["0612", "anna@", "<b>06</b>"])
async def test_a_contact_that_cannot_be_right_is_asked_again(
    conversation: Conversation, counter: Counter, job: Job, wrong: str
) -> None:
    _, notice = await offered(counter, conversation, job)
    await conversation.presses(notice, "Ja, ik neem de plek")
    first = await conversation.says("Anna")
    second = await conversation.says(wrong)
    assert second.responses[-1] == f"{ASK_TAKING}contact"
    assert second.texts[-1] != first.texts[-1]
    assert "contact" not in await conversation.slots()


async def test_who_passes_with_a_button_leaves_the_place_to_the_next(
    conversation: Conversation, new_conversation: Open, counter: Counter, job: Job
) -> None:
    behind = await new_conversation()
    place = await sign_up(counter, conversation, job)
    next_place = await sign_up(counter, behind, job)
    await counter.open_hiring.free_place(job.id)
    answer = await conversation.presses(await hear(conversation), "Nee, geef hem door")
    assert answer.responses == ["utter_open_hiring_plek_doorgegeven"]
    assert await state_of(counter, place) is SignUpState.PASSED
    await hear(behind)
    assert await state_of(counter, next_place) is SignUpState.OFFERED


@pytest.mark.parametrize(
    ("words", "state"),
    [
        ("ja graag", SignUpState.ACCEPTED),
        ("ik neem de plek aan", SignUpState.ACCEPTED),
        ("nee", SignUpState.PASSED),
    ],
)
async def test_an_offer_is_answered_in_words_as_well(
    conversation: Conversation, counter: Counter, job: Job, words: str, state: SignUpState
) -> None:
    place, _ = await offered(counter, conversation, job)
    await conversation.says(words)
    if state is SignUpState.ACCEPTED:
        await introduce(conversation)
        await conversation.says("ja")
    assert await state_of(counter, place) is state


async def test_who_passes_in_words_is_asked_whether_they_are_sure(
    conversation: Conversation, counter: Counter, job: Job
) -> None:
    place, _ = await offered(counter, conversation, job)
    assert (await conversation.says("geef de plek door aan de volgende")).responses == [
        "utter_open_hiring_plek_zeker"
    ]
    assert await state_of(counter, place) is SignUpState.OFFERED
    assert (await conversation.says("ja")).responses == ["utter_open_hiring_plek_doorgegeven"]
    assert await state_of(counter, place) is SignUpState.PASSED


async def test_a_yes_to_something_else_takes_no_place(
    conversation: Conversation, counter: Counter, job: Job
) -> None:
    place, _ = await offered(counter, conversation, job)
    await conversation.says("wat is open hiring?")
    assert (await conversation.says("ja")).responses == ["utter_gesprek_bevestigd"]
    assert await state_of(counter, place) is SignUpState.OFFERED


async def test_who_asks_where_they_stand_can_answer_the_offer_there(
    conversation: Conversation, counter: Counter, job: Job
) -> None:
    place, _ = await offered(counter, conversation, job)
    shown = await conversation.says("waar sta ik op de lijst?")
    assert shown.responses[0] == "utter_open_hiring_status_aanbod"
    await conversation.presses(shown, "Ja, ik neem de plek")
    await introduce(conversation)
    await conversation.says("ja")
    assert await state_of(counter, place) is SignUpState.ACCEPTED
    again = await conversation.says("waar sta ik op de lijst?")
    assert again.responses[0] == "utter_open_hiring_status_aangenomen"


async def test_somebody_elses_number_takes_no_place(
    conversation: Conversation, new_conversation: Open, counter: Counter, job: Job
) -> None:
    place, _ = await offered(counter, conversation, job)
    stranger = await new_conversation()
    shown = await stranger.says(place.number)
    assert shown.responses == ["utter_open_hiring_status_aan_de_beurt"]
    await stranger.says(f"ik neem de plek {place.number}")
    assert await state_of(counter, place) is SignUpState.OFFERED


async def test_who_signs_up_while_a_place_is_free_hears_it_at_once(
    conversation: Conversation, counter: Counter
) -> None:
    await conversation.says("ik zoek werk zonder sollicitatie op Texel voor 24 uur")
    jobs = (await conversation.slots())["open_hiring_resultaten"]
    await counter.open_hiring.free_place(jobs[0])
    await conversation.says("de eerste")
    answer = await conversation.says("ja")
    assert answer.responses == ["utter_open_hiring_aangemeld_meteen", "utter_open_hiring_status_aanbod"]
    assert (await conversation.says("ja")).responses == BEGIN_TAKING


async def test_without_an_offer_nothing_is_taken(conversation: Conversation) -> None:
    answer = await conversation.clicks("/open_hiring_plek_aannemen")
    assert answer.responses == ["utter_open_hiring_geen_aanbod"]
