"""The course of a conversation."""

import pytest

from tests.support.talking import Conversation


async def test_noor_says_first_that_she_is_no_person(conversation: Conversation) -> None:
    answer = await conversation.clicks("/groeten")
    assert answer.responses == ["utter_groeten", "utter_gesprek_openen"]
    assert [card["link"]["url"] for card in answer.cards] == ["/privacy"]
    offered = {button["payload"] for button in answer.buttons}
    assert offered == {
        "/orienteren",
        "/open_hiring_zoeken",
        "/cursus_zoeken",
        "/voucher_uitleg",
        "/ondernemersadvies_vragen",
        "/coach_spreken",
    }


async def test_a_second_greeting_is_shorter(conversation: Conversation) -> None:
    await conversation.clicks("/groeten")
    assert (await conversation.says("Hallo")).responses == ["utter_gesprek_weer_welkom"]


@pytest.mark.parametrize(
    ("text", "response"),
    [
        ("Dank je wel!", "utter_gesprek_bedankt"),
        ("Ben jij een robot?", "utter_gesprek_geen_mens"),
        ("Wat kun je allemaal?", "utter_gesprek_hulp"),
        ("Ik begrijp je niet", "utter_gesprek_anders_gezegd"),
        ("Tot ziens", "utter_gesprek_afscheid"),
        ("Waar is jullie kantoor?", "utter_loket_contact"),
        ("Hoe gaan jullie om met mijn privacy?", "utter_gegevens_privacy"),
        ("Ik heb sinds kort een ander e-mailadres", "utter_gegevens_vraag_email"),
    ],
)
async def test_small_talk_and_questions_about_the_counter_are_answered(
    conversation: Conversation, text: str, response: str
) -> None:
    assert response in (await conversation.says(text)).responses


async def test_stopping_a_form_says_so_and_forgets_its_answers(conversation: Conversation) -> None:
    await conversation.clicks("/coach_spreken")
    await conversation.says("over een andere baan in de techniek")
    answer = await conversation.says("stop maar")
    assert answer.responses == ["utter_gesprek_gestopt", "utter_gesprek_menu"]
    assert "coach_onderwerp" not in await conversation.slots()
    assert (await conversation.says("stop")).responses[0] == "utter_gesprek_niets_te_stoppen"


async def test_starting_over_forgets_what_was_said(conversation: Conversation) -> None:
    await conversation.says("ik heet Fatima")
    assert (await conversation.slots())["naam"] == "Fatima"
    answer = await conversation.says("ik wil opnieuw beginnen")
    assert answer.responses == ["utter_gesprek_opnieuw", "utter_gesprek_menu"]
    assert "naam" not in await conversation.slots()


async def test_a_question_that_is_not_understood_is_explained_and_asked_again(
    conversation: Conversation,
) -> None:
    await conversation.clicks("/interessetest_doen")
    answer = await conversation.says("wat bedoel je?")
    assert answer.responses == [
        "utter_uitleg_interessetest_formulier",
        "utter_ask_interessetest_formulier_stelling_01",
    ]


async def test_goodbye_in_the_middle_of_a_form_asks_nothing_more(conversation: Conversation) -> None:
    await conversation.clicks("/interessetest_doen")
    assert (await conversation.says("doei, tot later")).responses == ["utter_gesprek_afscheid"]


async def test_a_form_survives_more_questions_than_anybody_asks(conversation: Conversation) -> None:
    await conversation.clicks("/groeten")
    await conversation.says("ik zoek een cursus lassen in Zaandam")
    await conversation.clicks("/coach_spreken")
    for _ in range(10):
        await conversation.says("wat is een skill?")
        await conversation.says("ben je een mens?")
    asked = await conversation.says("wat is open hiring?")
    assert asked.responses[-1] == "utter_ask_naam"
    remembered = await conversation.clicks("/groeten")
    assert remembered.responses[0] == "utter_gesprek_groet_terug"
    await conversation.says("stop maar")
    assert (await conversation.says("hallo")).responses == ["utter_gesprek_weer_welkom"]
    found = await conversation.says("toch liever in Haarlem")
    assert "Haarlem" in found.text
