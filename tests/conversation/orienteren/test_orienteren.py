"""Finding out what suits somebody."""

import pytest

from counter.orientation.model import STATEMENTS
from tests.support.talking import Answer, Conversation

ASKS = "utter_ask_interessetest_formulier_"


async def take_test(conversation: Conversation, answers: str) -> Answer:
    """Answer the statements that are still open: j, b or n each."""
    typed = {"j": "ja", "b": "een beetje", "n": "nee"}
    for letter in answers:
        answer = await conversation.says(typed[letter])
    return answer


async def test_the_test_ends_in_worlds_a_type_and_three_occupations(conversation: Conversation) -> None:
    offered = await conversation.says("ik weet niet wat bij mij past")
    assert offered.responses == ["utter_orienteren_uitleg"]
    first = await conversation.presses(offered, "Test beginnen")
    assert first.responses == ["utter_orienteren_test_beginnen", f"{ASKS}stelling_01"]
    result = await take_test(conversation, "jnnnnnnnnbnn")
    assert result.responses[:3] == [
        "utter_orienteren_type_maatschappelijke_toepassers",
        "utter_orienteren_wereld_mens_gezondheid",
        "utter_orienteren_wereld_energie_water_veiligheid",
    ]
    occupations = result.cards[2:]
    assert len(occupations) == 3
    for card in occupations:
        payloads = " ".join(button["payload"] for button in card["buttons"])
        for intent in ("/cursus_zoeken", "/open_hiring_zoeken", "/coach_spreken", "/waarom_deze"):
            assert intent in payloads
    assert [button["payload"] for button in result.messages[-1]["buttons"]] == [
        "/skills_vertellen",
        "/cursus_zoeken",
        "/open_hiring_zoeken",
        '/coach_spreken{"onderwerp":"Wat past bij mij?"}',
    ]


async def test_why_names_what_was_said(conversation: Conversation) -> None:
    await conversation.clicks("/interessetest_doen")
    result = await take_test(conversation, "jnnnnnnnnbnn")
    why = await conversation.presses(result, "Waarom deze?")
    assert why.responses[:2] == ["utter_orienteren_waarom_beroep", "utter_orienteren_reden_stelling_01"]
    typed = await conversation.clicks("/waarom_deze")
    assert typed.responses[0] == "utter_orienteren_waarom_algemeen"


async def test_no_to_everything_gets_a_friendly_answer(conversation: Conversation) -> None:
    await conversation.clicks("/interessetest_doen")
    result = await take_test(conversation, "n" * len(STATEMENTS))
    assert result.responses == ["utter_orienteren_geen_richting"]


async def test_the_test_can_be_stopped_and_taken_up_again(conversation: Conversation) -> None:
    await conversation.clicks("/interessetest_doen")
    await take_test(conversation, "jbn")
    assert (await conversation.says("ik wil stoppen")).responses == ["utter_gesprek_gestopt_test"]
    again = await conversation.clicks("/interessetest_doen")
    assert again.responses == ["utter_orienteren_test_verder", f"{ASKS}stelling_04"]
    slots = await conversation.slots()
    assert (slots["stelling_01"], slots["stelling_02"], slots["stelling_03"]) == ("ja", "beetje", "nee")


async def test_doing_the_test_again_starts_anew(conversation: Conversation) -> None:
    await conversation.clicks("/interessetest_doen")
    await take_test(conversation, "j" * len(STATEMENTS))
    again = await conversation.clicks("/interessetest_doen")
    assert again.responses == ["utter_orienteren_test_opnieuw", f"{ASKS}stelling_01"]
    assert not [slot for slot in await conversation.slots() if slot.startswith("stelling_")]


@pytest.mark.parametrize("text", ["/open_hiring_uitleg", "/voucher_uitleg"])
async def test_an_explanation_in_the_middle_leads_back_to_the_test(
    conversation: Conversation, text: str
) -> None:
    await conversation.clicks("/interessetest_doen")
    answer = await conversation.clicks(text)
    assert answer.responses[-1] == f"{ASKS}stelling_01"
