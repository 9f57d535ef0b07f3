"""Frequently asked questions, also in the middle of something."""

import pytest

from tests.support.talking import Conversation


@pytest.mark.parametrize(
    ("question", "key"),
    [
        ("Wat voor contract krijg ik bij open hiring?", "open_hiring_contract"),
        ("Mag ik een opleiding doen met een uitkering?", "uitkering_en_opleiding"),
        ("Wat is het verschil tussen bbl en bol?", "bbl_of_bol"),
        ("Is mijn buitenlandse diploma hier geldig?", "diploma_buitenland"),
        ("Is er een leeftijdsgrens?", "leeftijd"),
        ("Hoe goed moet mijn Nederlands zijn?", "taalniveau"),
        ("Ik heb een beperking, kan ik hier terecht?", "arbeidsbeperking"),
        ("Krijg ik reiskosten vergoed?", "vervoer"),
        ("Wat kost de hulp van het loket?", "kosten_loket"),
        ("Wat is een skill?", "wat_is_een_skill"),
        ("Wie zijn jullie?", "wie_zijn_jullie"),
        ("Hoe lang duurt het voor ik antwoord krijg?", "hoe_lang_duurt_antwoord"),
        ("Kan ik werken zonder ervaring?", "werken_zonder_ervaring"),
        ("Kan ik werken en leren tegelijk?", "werken_en_leren"),
        ("Wat is een werkcentrum?", "wat_is_een_werkcentrum"),
    ],
)
async def test_a_question_gets_its_answer(conversation: Conversation, question: str, key: str) -> None:
    assert (await conversation.says(question)).responses == [f"utter_faq/{key}"]


async def test_a_question_during_the_interest_test_does_not_count_as_an_answer(
    conversation: Conversation,
) -> None:
    await conversation.clicks("/interessetest_doen")
    answer = await conversation.says("Wat is een skill?")
    assert answer.responses == ["utter_faq/wat_is_een_skill", "utter_ask_interessetest_formulier_stelling_01"]
    assert "stelling_01" not in await conversation.slots()
