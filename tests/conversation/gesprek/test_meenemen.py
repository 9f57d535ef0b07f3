"""Going on with a conversation on another device or in another app."""

import re

import aiohttp
import pytest

from counter.continuations.model import UnknownCodeError, parse_code
from counter.services import Counter
from tests.support.running import RunningLoket
from tests.support.talking import Answer, Conversation

GIVEN = "utter_gesprek_meenemen"


def code_of(answer: Answer) -> str:
    """Return the code on the card."""
    title = next(card["title"] for card in answer.cards if "code" in card["title"])
    code = parse_code(re.sub(r"^Je code: ", "", title))
    assert code is not None, title
    return code


@pytest.mark.parametrize(
    "text",
    [
        "ik wil hier straks op mijn telefoon mee verder",
        "kan dit ook op whatsapp?",
        "verder op de website",
        "stuur dit naar mijn laptop",
        "Is het mogelijk dit gesprek op mijn tablet te vervolgen?",
        "kan ik strakjes op me mobiel verdr",
    ],
)
async def test_who_wants_to_go_on_elsewhere_gets_a_code_that_opens_this_conversation(
    conversation: Conversation, counter: Counter, text: str
) -> None:
    answer = await conversation.says(text)
    assert answer.responses == [GIVEN]
    opened = await counter.continuations.take_to_website(code_of(answer))
    assert opened.id == conversation.id
    with pytest.raises(UnknownCodeError):
        await counter.continuations.take_to_website(code_of(answer))


async def test_a_code_can_be_asked_in_a_form_which_goes_on_where_the_code_is_used(
    conversation: Conversation, counter: Counter
) -> None:
    await conversation.clicks("/coach_spreken")
    asked = await conversation.says("over een andere baan in de techniek")
    answer = await conversation.says("ik wil op mijn telefoon verder met dit gesprek")
    assert answer.responses == [GIVEN, *asked.responses[-1:]]
    conversation.token = (await counter.continuations.take_to_website(code_of(answer))).token
    page = await conversation.reads()
    conversation.seq = page["messages"][-1]["seq"]
    assert (await conversation.says("Zaandam")).responses[-1] == "utter_ask_naam"


async def test_in_the_middle_of_skills_the_answer_is_no_more_than_three_bubbles(
    conversation: Conversation,
) -> None:
    await conversation.says("ik zorg voor mijn moeder")
    answer = await conversation.says("stuur dit gesprek naar mijn telefoon")
    assert answer.responses == [GIVEN, "utter_skills_groep_verteld", "utter_skills_klopt_dit"]


async def test_no_log_holds_a_code(conversation: Conversation, loket: RunningLoket) -> None:
    code = code_of(await conversation.says("gesprek meenemen"))
    assert code not in loket.log("app")
    assert code not in loket.log("bot")


async def test_a_second_code_is_another_one_and_the_first_opens_nothing(
    conversation: Conversation, counter: Counter
) -> None:
    first = code_of(await conversation.says("gesprek meenemen"))
    second = code_of(await conversation.says("geef me een nieuwe code"))
    with pytest.raises(UnknownCodeError):
        await counter.continuations.take_to_website(first)
    assert (await counter.continuations.take_to_website(second)).id == conversation.id


async def test_a_message_handled_again_after_a_crash_repeats_the_code_that_was_shown(
    conversation: Conversation, counter: Counter, loket: RunningLoket
) -> None:
    shown = code_of(await conversation.says("gesprek meenemen"))
    heard = [event for event in (await conversation.tracker())["events"] if event["event"] == "user"]
    again = {
        "sender": conversation.id,
        "message": "gesprek meenemen",
        "metadata": heard[-1]["metadata"],
        "is_retry": True,
    }
    async with (
        aiohttp.ClientSession(headers={"Authorization": f"Bearer {loket.token}"}) as http,
        http.post(f"{loket.bot_url}/webhooks/gateway/messages", json=again) as response,
    ):
        assert shown in str(await response.json())
    assert (await counter.continuations.take_to_website(shown)).id == conversation.id
