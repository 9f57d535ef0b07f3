"""Waiting for a coach: what somebody hears, asks, and does meanwhile."""

from collections.abc import Awaitable, Callable

import pytest

from counter.referrals.model import ReferralReceipt
from counter.referrals.states import ReferralState
from counter.services import Counter
from counter.staff.model import StaffMember
from tests.support.opening import CLOSED_REGION
from tests.support.talking import Answer, Conversation

type Ask = Callable[..., Awaitable[Answer]]
type RequestOf = Callable[[], Awaitable[ReferralReceipt]]


def facts(answer: Answer) -> dict[str, str]:
    return {fact["label"]: fact["value"] for card in answer.cards for fact in card.get("facts", ())}


@pytest.mark.usefixtures("coach")
async def test_with_a_coach_at_the_desk_no_number_is_asked_and_the_chat_goes_on(
    conversation: Conversation, ask: Ask, request_of: RequestOf
) -> None:
    answer = await ask(contact=None)
    assert answer.responses == ["utter_coach_ontvangst", "utter_coach_er_zo"]
    receipt = await request_of()
    assert facts(answer)["Plek op de lijst"] == str(receipt.position)
    assert (await conversation.says("wat is open hiring?")).responses[0].startswith("utter_")


async def test_without_a_coach_there_are_moments_to_be_called_and_an_address(ask: Ask) -> None:
    answer = await ask()
    assert answer.responses == ["utter_coach_ontvangst", "utter_coach_niemand_vrij"]
    assert facts(answer)["Adres"] == "Testplein 1, Haarlem"
    assert answer.payload_of("Zodra het kan")


async def test_when_the_counter_is_closed_somebody_hears_until_when(ask: Ask) -> None:
    answer = await ask(place=CLOSED_REGION)
    assert answer.responses == ["utter_coach_ontvangst", "utter_coach_dicht"]
    assert "We zijn er weer" in answer.text


async def test_how_long_still_is_answered_with_the_place(
    conversation: Conversation, ask: Ask, request_of: RequestOf
) -> None:
    await ask()
    answer = await conversation.says("hoe lang nog?")
    assert answer.responses == ["utter_coach_status", "utter_coach_niemand_vrij"]
    assert facts(answer)["Plek op de lijst"] == str((await request_of()).position)


async def test_asking_twice_keeps_the_place(
    conversation: Conversation, ask: Ask, request_of: RequestOf
) -> None:
    await ask()
    first = await request_of()
    answer = await conversation.clicks("/coach_spreken")
    assert answer.responses[0] == "utter_coach_wacht_al"
    await conversation.says("ook over een opleiding")
    await conversation.says("ja")
    second = await request_of()
    assert (second.number, second.position) == (first.number, first.position)


@pytest.mark.usefixtures("coach")
async def test_who_does_not_want_to_wait_any_longer_leaves_the_line(
    conversation: Conversation, ask: Ask, request_of: RequestOf
) -> None:
    answer = await ask(contact=None)
    assert (await conversation.presses(answer, "niet wachten")).responses == ["utter_coach_afgezegd"]
    assert (await request_of()).state is ReferralState.CANCELLED


@pytest.mark.parametrize("question", ["wie is mijn coach?", "hoe heet mijn coach"])
async def test_who_the_coach_is_is_told_once_there_is_one(
    conversation: Conversation, ask: Ask, question: str
) -> None:
    await ask()
    answer = await conversation.says(question)
    assert answer.responses[0] == "utter_coach_status"
    assert "Wie je coach wordt" in answer.text


async def test_who_has_a_coach_elsewhere_hears_the_name(
    conversation: Conversation,
    new_conversation: Callable[..., Awaitable[Conversation]],
    coach: StaffMember,
    counter: Counter,
    ask: Ask,
    request_of: RequestOf,
) -> None:
    await ask(contact=None)
    await counter.desk.claim((await request_of()).number, coach)
    other = await new_conversation(earlier=conversation)
    answer = await other.says("wie is mijn coach?")
    assert answer.responses == ["utter_coach_status_bij_coach"]
    assert "Sanne" in answer.text


async def test_a_stop_in_the_middle_sends_nothing(conversation: Conversation, counter: Counter) -> None:
    await conversation.clicks("/coach_terugbellen")
    assert "utter_gesprek_gestopt" in (await conversation.says("stop maar")).responses
    assert await counter.referrals.of_person(conversation.id) == ()
