"""Nobody gets stuck, and nothing is said twice in a row."""

from itertools import pairwise

from tests.support.talking import Conversation

# Words of no language; whatever they resemble, Noor cannot know what is meant.
NONSENSE = ("blorp gnarf", "frompel zwiep knarr", "wizzel bromf", "kwaffel drint", "snorfel wap")


async def ladder(conversation: Conversation, count: int) -> list[list[str]]:
    return [(await conversation.clicks("/nlu_fallback")).responses for _ in range(count)]


async def test_each_miss_offers_more_help_and_the_third_a_person(conversation: Conversation) -> None:
    first, second, third = await ladder(conversation, 3)
    assert first[0] in {"utter_terugval_bedoel_je", "utter_terugval_herformuleren"}
    assert second == ["utter_terugval_menu"]
    assert third == ["utter_terugval_mens"]


async def test_an_understood_turn_starts_the_ladder_anew(conversation: Conversation) -> None:
    await ladder(conversation, 2)
    await conversation.says("dank je wel")
    ((response,),) = await ladder(conversation, 1)
    assert response in {"utter_terugval_bedoel_je", "utter_terugval_herformuleren"}


async def test_in_a_form_the_question_is_explained_and_then_a_person_is_offered(
    conversation: Conversation,
) -> None:
    await conversation.clicks("/interessetest_doen")
    question = "utter_ask_interessetest_formulier_stelling_01"
    assert await ladder(conversation, 3) == [
        ["utter_uitleg_interessetest_formulier", question],
        ["utter_terugval_formulier", question],
        ["utter_terugval_formulier_mens", question],
    ]


async def test_no_message_is_sent_twice_in_a_row(conversation: Conversation) -> None:
    said: list[str] = []
    for text in NONSENSE:
        said += (await conversation.says(text)).texts
    assert all(one != other for one, other in pairwise(said))


async def test_a_fact_that_answers_nothing_is_not_thanked_for_in_a_form(conversation: Conversation) -> None:
    await conversation.clicks("/interessetest_doen")
    answer = await conversation.says("Zaandam")
    assert answer.responses[0] == "utter_uitleg_interessetest_formulier"
    assert (await conversation.slots())["plaats"] == "Zaandam"
