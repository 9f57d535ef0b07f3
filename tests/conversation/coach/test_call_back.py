"""Being called back: choose, give a number, change, cancel, or have it as soon as possible."""

from collections.abc import Awaitable, Callable

import pytest

from counter.referrals.model import ReferralReceipt
from counter.referrals.states import ReferralState
from counter.services import Counter
from tests.support.talking import Answer, Conversation

type Ask = Callable[..., Awaitable[Answer]]
type RequestOf = Callable[[], Awaitable[ReferralReceipt]]

ASK_MOMENT = "utter_coach_vraag_moment"
ASK_PHONE = "utter_ask_coach_terugbellen_formulier_telefoon"
AGREED = "utter_coach_terugbellen_ontvangst"


def first_moment(answer: Answer) -> str:
    return next(button["payload"] for button in answer.buttons if "moment" in button["payload"])


async def test_a_moment_is_chosen_and_the_number_asked_once(
    conversation: Conversation, ask: Ask, request_of: RequestOf
) -> None:
    answer = await conversation.clicks(first_moment(await ask()))
    assert answer.responses == [ASK_PHONE]
    assert (await conversation.says("06 1234")).responses[-1] == ASK_PHONE
    answer = await conversation.says("06 12345678")
    assert answer.responses == [AGREED]
    receipt = await request_of()
    assert receipt.state is ReferralState.CALL_BACK
    assert receipt.call_back is not None
    shown = await conversation.says("wanneer belt de coach?")
    assert shown.responses == ["utter_coach_status_terugbellen"]


async def test_a_known_number_is_not_asked_again(
    conversation: Conversation, ask: Ask, request_of: RequestOf
) -> None:
    answer = await ask(contact="06 12345678")
    assert (await conversation.clicks(first_moment(answer))).responses == [AGREED]
    assert (await request_of()).state is ReferralState.CALL_BACK


async def test_an_agreed_moment_can_be_changed_and_cancelled(
    conversation: Conversation, ask: Ask, request_of: RequestOf
) -> None:
    agreed = await conversation.clicks(first_moment(await ask(contact="06 12345678")))
    before = (await request_of()).call_back
    others = await conversation.presses(agreed, "Ander moment")
    assert others.responses == [ASK_MOMENT]
    later = await conversation.presses(others, "Een ander moment")
    assert later.responses == [ASK_MOMENT]
    assert (await conversation.says("de eerste")).responses == [AGREED]
    receipt = await request_of()
    assert before is not None
    assert receipt.call_back is not None
    assert receipt.call_back.start > before.start
    answer = await conversation.says("ik hoef geen coach meer")
    assert answer.responses == ["utter_coach_afgezegd"]
    assert (await request_of()).state is ReferralState.CANCELLED


async def test_a_day_is_typed_and_its_moments_are_shown(
    conversation: Conversation, ask: Ask, request_of: RequestOf
) -> None:
    await ask(contact="06 12345678")
    answer = await conversation.says("ik wil zelf kiezen wanneer de coach belt")
    assert answer.responses == [ASK_MOMENT]
    answer = await conversation.says("overmorgen")
    assert answer.responses == [ASK_MOMENT]
    assert (await conversation.says("om 11 uur")).responses == [AGREED]
    assert (await request_of()).call_back is not None


@pytest.mark.parametrize("words", ["de tweede", "overmorgen om 11 uur"])
async def test_a_moment_is_typed_right_under_the_choice(
    conversation: Conversation, ask: Ask, request_of: RequestOf, words: str
) -> None:
    await ask(contact="06 12345678")
    assert (await conversation.says(words)).responses == [AGREED]
    assert (await request_of()).call_back is not None


async def test_a_question_in_between_is_answered_and_the_choice_stays_open(
    conversation: Conversation, ask: Ask
) -> None:
    await conversation.clicks(first_moment(await ask()))
    answer = await conversation.says("wat kost de hulp van het loket?")
    assert answer.responses == ["utter_faq/kosten_loket", ASK_PHONE]
    assert (await conversation.says("06 12345678")).responses == [AGREED]


@pytest.mark.usefixtures("coach")
async def test_who_waits_can_leave_a_number_and_keeps_the_place(
    conversation: Conversation, counter: Counter, ask: Ask, request_of: RequestOf
) -> None:
    answer = await conversation.presses(await ask(contact=None), "Bel mij liever")
    assert answer.responses == [ASK_MOMENT]
    assert (await conversation.presses(answer, "Zodra het kan")).responses == [ASK_PHONE]
    assert (await conversation.says("06 12345678")).responses == ["utter_coach_nummer_genoteerd"]
    receipt = await request_of()
    assert receipt.state is ReferralState.WAITING
    queued = {entry.receipt.number: entry for entry in await counter.referrals.queue()}
    assert queued[receipt.number].phone == "+31612345678"


async def test_a_call_back_can_be_asked_without_more(conversation: Conversation, counter: Counter) -> None:
    answer = await conversation.says("ik wil een belafspraak maken")
    assert answer.responses == [ASK_MOMENT]
    assert (await conversation.clicks(first_moment(answer))).responses == [ASK_PHONE]
    assert (await conversation.says("06 12345678")).responses == [AGREED]
    (receipt,) = await counter.referrals.of_person(conversation.id)
    assert receipt.state is ReferralState.CALL_BACK


async def test_need_in_the_middle_goes_before_everything(conversation: Conversation, ask: Ask) -> None:
    await conversation.clicks(first_moment(await ask()))
    answer = await conversation.says("ik wil niet meer leven")
    assert answer.responses[:2] == ["utter_coach_nood", "utter_coach_nood_113"]
