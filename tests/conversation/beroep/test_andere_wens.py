"""Somebody saw a list of occupations, and would rather have something else."""

import pytest

from counter.services import Counter
from tests.support.talking import Answer, Conversation

WISH, NEAR = "utter_beroep_wens", "utter_beroep_verwant_sector"
CARD, ON = "utter_beroep_verwant_kaart", "utter_beroep_verwant_verder"


async def list_of_work(conversation: Conversation) -> Answer:
    """Tell what one can, and see the work that lies near."""
    await conversation.says("ik was kok")
    passport = await conversation.says("ja")
    shown = await conversation.presses(passport, "Welk werk past?")
    assert CARD in shown.responses
    return shown


async def skills_of(counter: Counter, conversation: Conversation) -> set[str]:
    return set((await counter.passports.of(conversation.id)).skill_ids)


@pytest.mark.parametrize(
    ("text", "occupation"),
    [
        ("nee toch liever iets met schepen", "Scheepsbouwer"),
        ("doe toch maar iets in de zorg", None),
        ("liever buiten werken", None),
        ("toch liever iets met dieren", "Dierenverzorger"),
        ("mag het ook iets met auto's zijn", "Automonteur"),
        ("laat maar iets in de bouw zien", None),
        ("ik wil toch liever met mijn handen werken", None),
        ("eigenlijk toch liever iets met boten", "Scheepsbouwer"),
        ("ik heb me bedacht, toch maar iets in de techniek", None),
        ("toch liefst iets met kindren", "Gastouder"),
    ],
)
async def test_another_wish_shows_other_work_and_leaves_the_passport_alone(
    conversation: Conversation, counter: Counter, text: str, occupation: str | None
) -> None:
    shown = await list_of_work(conversation)
    before = await skills_of(counter, conversation)
    answer = await conversation.says(text)
    assert answer.responses[0] in {WISH, NEAR}
    assert answer.responses[-1] == ON
    titles = [card["title"] for card in answer.cards]
    assert titles
    assert titles != [card["title"] for card in shown.cards]
    assert occupation is None or occupation in titles
    assert await skills_of(counter, conversation) == before


@pytest.mark.parametrize(
    ("text", "response", "gone", "new"),
    [
        ("haal koken eruit", "utter_skills_weggehaald", {"koken"}, set()),
        ("koken hoort er niet bij", "utter_skills_weggehaald", {"koken"}, set()),
        ("ik kan ook solderen", "utter_skills_erbij", set(), {"solderen"}),
        ("zet lassen er ook bij", "utter_skills_erbij", set(), {"lassen"}),
    ],
)
async def test_the_passport_is_still_changed_under_a_list_of_work(
    conversation: Conversation, counter: Counter, text: str, response: str, gone: set[str], new: set[str]
) -> None:
    await list_of_work(conversation)
    before = await skills_of(counter, conversation)
    answer = await conversation.says(text)
    assert answer.responses == [response]
    after = await skills_of(counter, conversation)
    assert before - after == {f"vaardigheid/{skill}" for skill in gone}
    assert after - before == {f"vaardigheid/{skill}" for skill in new}


async def test_more_of_a_wish_and_then_a_second_thought(conversation: Conversation) -> None:
    await list_of_work(conversation)
    first = await conversation.says("toch liever iets met schepen")
    more = await conversation.says("laat er meer zien")
    assert more.responses[0] == "utter_beroep_verwant_meer"
    assert not {card["title"] for card in first.cards} & {card["title"] for card in more.cards}
    again = await conversation.says("nee, toch liever iets met dieren")
    assert "Dierenverzorger" in [card["title"] for card in again.cards]
    assert (await conversation.says("de eerste")).responses[0] == "utter_beroep_kaart"


async def test_after_the_test_a_wish_needs_no_passport(conversation: Conversation) -> None:
    await conversation.clicks("/interessetest_doen")
    for _ in range(11):
        await conversation.says("nee")
    result = await conversation.says("ja")
    assert result.responses[-1] == "utter_orienteren_verder"
    answer = await conversation.says("toch liever iets met schepen")
    assert answer.responses == [WISH, CARD, CARD, CARD, ON]


async def test_beside_work_to_work_a_wish_shows_other_work(conversation: Conversation) -> None:
    await conversation.says("ik word ontslagen, ik ben lasser")
    shown = await conversation.says("Zaandam")
    assert (await conversation.slots())["getoond"] == "werk_naar_werk", shown.responses
    answer = await conversation.says("toch liever iets met dieren")
    assert answer.responses == [WISH, CARD, ON]
    assert (await conversation.says("van kok naar bakker")).responses[1] == "utter_beroep_overstap_kaart"


async def test_one_of_the_occupations_of_the_test_can_be_pointed_at(conversation: Conversation) -> None:
    await conversation.clicks("/interessetest_doen")
    for _ in range(11):
        await conversation.says("nee")
    await conversation.says("ja")
    assert (await conversation.says("de tweede")).responses[0] == "utter_beroep_kaart"


async def test_no_to_a_sector_is_no_wish_for_it(conversation: Conversation) -> None:
    await list_of_work(conversation)
    answer = await conversation.says("liever niet op kantoor")
    assert answer.responses == ["utter_beroep_wens_vragen"]


async def test_work_that_is_not_known_is_no_dead_end(conversation: Conversation) -> None:
    await list_of_work(conversation)
    answer = await conversation.says("nee toch liever iets met toverstokken")
    assert answer.responses == ["utter_beroep_wens_onbekend"]
    assert "/coach_spreken" in " ".join(button["payload"] for button in answer.buttons)
