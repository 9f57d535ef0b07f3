"""Looking at an occupation, and moving from one to another."""

import pytest

from tests.support.talking import Answer, Conversation

ASK_WORK = "utter_beroep_wat_doe_je"
ASK_GOAL = "utter_beroep_waarheen"
NEAR = "utter_beroep_verwant_kaart"


def facts_of(answer: Answer, card: int = 0) -> dict[str, str]:
    return {fact["label"]: fact["value"] for fact in answer.cards[card]["facts"]}


async def test_from_and_to_in_one_sentence_are_asked_nothing(conversation: Conversation) -> None:
    answer = await conversation.says("van kok naar installatiemonteur")
    assert answer.responses[1] == "utter_beroep_overstap_kaart"
    assert answer.cards[0]["title"] == "Van kok naar loodgieter"
    assert "waterleidingen" in facts_of(answer)["Dit leer je nog"]
    assert "utter_beroep_cursus_kaart_voorbeeld" in answer.responses
    payloads = " ".join(button["payload"] for button in answer.messages[-1]["buttons"])
    for intent in ("/voucher_uitleg", "/cursus_zoeken", "/open_hiring_zoeken", "/coach_spreken"):
        assert intent in payloads


async def test_how_far_apart_two_occupations_are_is_a_move_too(conversation: Conversation) -> None:
    answer = await conversation.says("hoe groot is de stap van kok naar bakker")
    assert "utter_beroep_overstap_kaart" in answer.responses


async def test_into_a_sector_shows_the_nearest_work_there(conversation: Conversation) -> None:
    answer = await conversation.says("ik ben stratenmaker en wil de techniek in")
    assert answer.responses == [
        "utter_beroep_verwant_sector",
        NEAR,
        NEAR,
        NEAR,
        "utter_beroep_verwant_verder",
    ]
    assert facts_of(answer)["Dit kun je al"]
    assert len(answer.messages) <= 3


async def test_a_word_of_ones_own_for_a_sector_brings_that_work_first(conversation: Conversation) -> None:
    answer = await conversation.says("ik ben vliegtuigmonteur en wil iets met windmolens")
    assert answer.responses[:2] == ["utter_beroep_verwant_genoemd", NEAR]
    assert answer.cards[0]["title"] == "Windturbinetechnicus"


async def test_only_what_is_missing_is_asked(conversation: Conversation) -> None:
    assert (await conversation.says("ik wil iets heel anders gaan doen")).responses == [ASK_WORK]
    choice = await conversation.says("magazijn")
    assert choice.responses == ["utter_beroep_bedoel_je"]
    assert (await conversation.presses(choice, "magazijnmedewerker")).responses == [ASK_GOAL]
    near = await conversation.presses(await conversation.says("xkcdq"), "Wat ligt dichtbij?")
    assert near.responses[0] == "utter_beroep_verwant"


async def test_of_whom_the_passport_is_known_no_work_is_asked(conversation: Conversation) -> None:
    await conversation.says("ik was kok")
    shown = await conversation.says("ja")
    near = await conversation.presses(shown, "Welk werk past?")
    assert near.responses[0] == "utter_beroep_verwant"
    assert "Keukenhulp" in [card["title"] for card in near.cards]
    assert "Kok" not in [card["title"] for card in near.cards]


async def test_more_occupations_and_how_to_get_to_one(conversation: Conversation) -> None:
    await conversation.says("welke beroepen lijken op mijn beroep")
    first = await conversation.says("kok")
    more = await conversation.says("laat er meer zien")
    assert more.responses[0] == "utter_beroep_verwant_meer"
    assert not {card["title"] for card in first.cards} & {card["title"] for card in more.cards}
    step = await conversation.presses(more, "Hoe kom ik daar?")
    assert "utter_beroep_overstap_kaart" in step.responses


async def test_why_this_work_names_what_one_has_of_it(conversation: Conversation) -> None:
    await conversation.says("welke beroepen lijken op mijn beroep")
    shown = await conversation.says("kok")
    why = await conversation.presses(shown, "Waarom deze?")
    assert why.responses == ["utter_beroep_waarom_kan", "utter_beroep_waarom_leert"]
    assert facts_of(shown)["Dit kun je al"] in why.texts[0]
    assert (await conversation.says("waarom de tweede")).responses[0] == "utter_beroep_waarom_kan"


@pytest.mark.parametrize(
    ("correction", "response"),
    [
        ("nee, ik bedoel elektromonteur", "utter_beroep_ander_doel"),
        ("nee ik was bakker", "utter_beroep_ander_begin"),
        ("in Alkmaar", "utter_beroep_andere_plaats"),
    ],
)
async def test_a_correction_shows_another_result_and_says_what_changed(
    conversation: Conversation, correction: str, response: str
) -> None:
    await conversation.says("van kok naar installatiemonteur")
    answer = await conversation.says(correction)
    assert answer.responses[:2] == [response, "utter_beroep_overstap_kaart"]


async def test_where_nothing_is_near_other_work_is_shown_and_the_sector_stays_open(
    conversation: Conversation,
) -> None:
    await conversation.says("ik wil overstappen naar de zorg")
    answer = await conversation.says("verkoper")
    assert answer.responses[0] == "utter_beroep_verwant_andere_sector"
    anyway = await conversation.presses(answer, "Toch zorg")
    assert anyway.responses == ["utter_beroep_in_sector"]


async def test_a_question_in_between_is_answered_and_the_move_goes_on(conversation: Conversation) -> None:
    await conversation.says("ik wil me laten omscholen")
    answer = await conversation.says("Wat is een skill?")
    assert answer.responses == ["utter_faq/wat_is_een_skill", ASK_WORK]
    assert (await conversation.says("kok")).responses == [ASK_GOAL]


async def test_what_is_not_understood_is_asked_in_other_words(conversation: Conversation) -> None:
    first = await conversation.says("ik wil me laten omscholen")
    second = await conversation.says("banaan")
    third = await conversation.says("banaan")
    assert first.responses == second.responses == third.responses == [ASK_WORK]
    assert len({first.text, second.text, third.text}) == 3


async def test_stopping_forgets_the_move(conversation: Conversation) -> None:
    await conversation.says("ik wil overstappen naar de zorg")
    assert (await conversation.says("stop")).responses[0] == "utter_gesprek_gestopt"
    assert not [slot for slot in await conversation.slots() if slot.startswith("beroep_")]


async def test_a_person_can_be_asked_for_in_the_middle(conversation: Conversation) -> None:
    await conversation.says("ik wil overstappen naar de zorg")
    answer = await conversation.says("ik wil met een mens praten")
    assert answer.responses[-1] == "utter_ask_coach_formulier_coach_onderwerp"


async def test_an_occupation_is_shown_with_what_it_takes_and_how_to_get_there(
    conversation: Conversation,
) -> None:
    answer = await conversation.says("wat doet een elektromonteur")
    assert answer.responses == ["utter_beroep_kaart", "utter_beroep_route"]
    assert {"Dit moet je kunnen", "Sector", "Loon"} <= facts_of(answer).keys()
    compared = await conversation.presses(answer, "Past dit bij mij?")
    assert compared.responses == [ASK_WORK]


async def test_a_wage_is_never_made_up(conversation: Conversation) -> None:
    answer = await conversation.says("wat verdient een lasser")
    assert answer.responses[:2] == ["utter_beroep_loon", "utter_beroep_kaart"]
    assert "€" not in answer.text + str(answer.cards)


async def test_an_unknown_occupation_is_asked_by_another_name_and_a_half_name_gives_a_choice(
    conversation: Conversation,
) -> None:
    unknown = await conversation.says("wat doet een astronaut")
    assert unknown.responses == ["utter_beroep_onbekend", "utter_beroep_welk"]
    choice = await conversation.says("monteur")
    assert choice.responses == ["utter_beroep_bedoel_je"]
    assert (await conversation.says("de tweede")).responses[0] == "utter_beroep_kaart"


async def test_a_sector_gives_occupations_to_choose_from(conversation: Conversation) -> None:
    answer = await conversation.says("welke beroepen zijn er in de techniek")
    assert answer.responses == ["utter_beroep_in_sector"]
    assert (await conversation.presses(answer, "cv-monteur")).responses[0] == "utter_beroep_kaart"


async def test_an_occupation_out_of_the_blue_is_asked_about(conversation: Conversation) -> None:
    answer = await conversation.says("kok")
    assert answer.responses == ["utter_beroep_los"]
    told = await conversation.presses(answer, "Dit deed ik")
    assert told.responses == ["utter_skills_groep_beroep", "utter_skills_klopt_dit"]


async def test_a_receipt_number_after_a_move_is_still_a_number(conversation: Conversation) -> None:
    await conversation.says("van kok naar lasser")
    answer = await conversation.says("V-0000-0000")
    assert answer.responses == ["utter_voucher_onbekend_nummer"]
