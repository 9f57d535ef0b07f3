"""Abuse is answered calmly, shorter each time, and never gets in the way of a question."""

import pytest

from counter.services import Counter
from tests.support.talking import Conversation

FIRST, SECOND = "utter_gesprek_gescholden", "utter_gesprek_gescholden_weer"
SHORT, OTHER_SHORT = "utter_gesprek_gescholden_kort", "utter_gesprek_gescholden_kort_anders"


@pytest.mark.parametrize(
    "text", ["kutbot", "rot op", "wat ben je een klootzak", "Hou je bek", "jij bent echt dom"]
)
async def test_abuse_is_answered_calmly_with_what_noor_can_do_and_a_person(
    conversation: Conversation, text: str
) -> None:
    answer = await conversation.says(text)
    assert answer.responses == [FIRST]
    assert [button["payload"] for button in answer.buttons] == ["/hulp_vragen", "/coach_spreken"]


async def test_repeated_abuse_gets_shorter_answers_and_never_the_same_twice_in_a_row(
    conversation: Conversation,
) -> None:
    answers = [
        await conversation.says(text) for text in ("sukkel", "kutbot", "rot op", "hou je bek", "sukkel")
    ]
    assert [answer.responses for answer in answers] == [[FIRST], [SECOND], [SHORT], [OTHER_SHORT], [SHORT]]
    lengths = [len(answer.text) for answer in answers[:3]]
    assert lengths == sorted(lengths, reverse=True)
    assert all("/coach_spreken" in str(answer.buttons) for answer in answers)


async def test_a_real_question_in_between_is_answered_as_always(conversation: Conversation) -> None:
    for _ in range(3):
        await conversation.says("klootzak")
    assert (await conversation.says("Wat is een skill?")).responses == ["utter_faq/wat_is_een_skill"]
    assert (await conversation.says("klootzak")).responses == [OTHER_SHORT]


async def test_a_form_goes_on_after_abuse(conversation: Conversation, counter: Counter) -> None:
    await conversation.says("ik zorg voor mijn moeder")
    answer = await conversation.says("hou je bek stomme bot")
    assert answer.responses == [FIRST, "utter_skills_groep_verteld", "utter_skills_klopt_dit"]
    await conversation.says("ja")
    passport = await counter.passports.of(conversation.id)
    assert passport.skill_ids == ("vaardigheid/zorgen-voor-familielid",)


async def test_an_insult_is_no_name(conversation: Conversation) -> None:
    await conversation.clicks("/coach_spreken")
    await conversation.says("over een andere baan in de techniek")
    await conversation.says("Zaandam")
    assert (await conversation.says("rot toch op")).responses == [FIRST, "utter_ask_naam"]
    assert "naam" not in await conversation.slots()


@pytest.mark.parametrize(
    ("text", "response"),
    [
        ("klootzak, ik wil dood", "utter_coach_nood"),
        ("ik maak er verdomme een eind aan", "utter_coach_nood"),
        ("die klote coach heeft mij nooit teruggebeld", "utter_coach_klacht"),
        ("ik snap geen reet van je vraag", "utter_gesprek_anders_gezegd"),
    ],
)
async def test_need_a_complaint_and_confusion_are_not_abuse(
    conversation: Conversation, text: str, response: str
) -> None:
    assert response in (await conversation.says(text)).responses


async def test_need_goes_before_everything_also_after_abuse(conversation: Conversation) -> None:
    for _ in range(3):
        await conversation.says("sukkel")
    assert "utter_coach_nood" in (await conversation.says("ik wil niet meer leven")).responses
