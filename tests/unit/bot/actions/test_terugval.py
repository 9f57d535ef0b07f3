"""Noor is never stuck, and never says the same thing twice in a row."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Tracker

from bot.actions.terugval import CatchLooseAnswerAction, FallBackAction

UTTERED = {
    "responses": {
        "utter_label_cursus_zoeken": [{"text": "Cursus zoeken"}],
        "utter_uitleg_naam": [{"text": "…"}],
    }
}
ASKED = {"event": "bot", "metadata": {"utter_action": "utter_ask_naam"}}
MISSED = ({"event": "user"}, {"event": "bot", "metadata": {"utter_action": "utter_terugval_menu"}}, ASKED)
UNDERSTOOD = ({"event": "user"}, {"event": "bot", "metadata": {"utter_action": "utter_faq/leeftijd"}})


async def test_the_first_miss_offers_the_likeliest_readings(
    dispatcher: CollectingDispatcher, turn: Callable[..., Tracker]
) -> None:
    ranking = ("nlu_fallback", "groeten", "cursus_zoeken")
    await FallBackAction().run(dispatcher, turn("nlu_fallback", "kuzus", ranking=ranking), UTTERED)
    (message,) = dispatcher.messages
    assert message["response"] == "utter_terugval_bedoel_je"
    assert message["buttons"] == [{"title": "Cursus zoeken", "payload": "/cursus_zoeken"}]


async def test_without_a_likely_reading_it_only_asks_for_other_words(
    dispatcher: CollectingDispatcher, said: Callable[[], list[str]], turn: Callable[..., Tracker]
) -> None:
    await FallBackAction().run(dispatcher, turn("nlu_fallback", "hgjk"), UTTERED)
    assert said() == ["utter_terugval_herformuleren"]


async def test_what_may_be_a_cry_for_help_is_asked_about_at_any_step_and_in_any_form(
    dispatcher: CollectingDispatcher, said: Callable[[], list[str]], turn: Callable[..., Tracker]
) -> None:
    ranking = ("nlu_fallback", "in_nood", "skills_wijzigen")
    for where in ({}, {"earlier": MISSED}, {"form": "coach_formulier", "asked": "naam"}):
        tracker = turn("nlu_fallback", "ik kan niet meer tillen", ranking=ranking, **where)
        await FallBackAction().run(dispatcher, tracker, UTTERED)
    assert said() == ["utter_terugval_nood"] * 3


async def test_the_second_miss_offers_the_menu_and_the_third_a_person(
    dispatcher: CollectingDispatcher, said: Callable[[], list[str]], turn: Callable[..., Tracker]
) -> None:
    for count in (1, 2):
        await FallBackAction().run(dispatcher, turn("nlu_fallback", "hgjk", earlier=MISSED * count), UTTERED)
    assert said() == ["utter_terugval_menu", "utter_terugval_mens"]


async def test_an_understood_turn_starts_the_ladder_anew(
    dispatcher: CollectingDispatcher, said: Callable[[], list[str]], turn: Callable[..., Tracker]
) -> None:
    await FallBackAction().run(
        dispatcher, turn("nlu_fallback", "hgjk", earlier=MISSED * 2 + UNDERSTOOD), UTTERED
    )
    assert said() == ["utter_terugval_herformuleren"]


async def test_no_message_is_ever_given_twice_in_a_row(
    dispatcher: CollectingDispatcher, said: Callable[[], list[str]], turn: Callable[..., Tracker]
) -> None:
    for slots in ({}, {"form": "coach_formulier", "asked": "naam"}):
        for count in range(12):
            await FallBackAction().run(
                dispatcher, turn("nlu_fallback", "hgjk", earlier=MISSED * count, **slots), UTTERED
            )
    assert all(one != other for one, other in zip(said(), said()[1:], strict=False))


async def test_in_a_form_the_open_question_is_explained_first(
    dispatcher: CollectingDispatcher, said: Callable[[], list[str]], turn: Callable[..., Tracker]
) -> None:
    await FallBackAction().run(
        dispatcher, turn("nlu_fallback", "hgjk", form="coach_formulier", asked="naam"), UTTERED
    )
    assert said() == ["utter_uitleg_naam"]


async def test_a_text_in_another_language_is_answered_in_that_language(
    dispatcher: CollectingDispatcher, said: Callable[[], list[str]], turn: Callable[..., Tracker]
) -> None:
    await FallBackAction().run(dispatcher, turn("nlu_fallback", "أبحث عن عمل"), UTTERED)
    assert said() == ["utter_coach_taal_ar"]


async def test_it_listens_after_an_intent_for_which_there_is_no_rule(
    dispatcher: CollectingDispatcher, turn: Callable[..., Tracker]
) -> None:
    events = await FallBackAction().run(dispatcher, turn("onbekend", "iets"), UTTERED)
    assert [event["name"] for event in events] == ["action_listen"]


@pytest.mark.parametrize(
    ("intent", "response"),
    [
        ("bevestigen", "utter_gesprek_bevestigd"),
        ("ontkennen", "utter_gesprek_ontkend"),
        ("gegeven_opgeven", "utter_gegevens_genoteerd"),
    ],
)
async def test_an_answer_to_no_question_is_a_miss_only_within_a_form(
    counter: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    turn: Callable[..., Tracker],
    intent: str,
    response: str,
) -> None:
    await CatchLooseAnswerAction(counter).run(dispatcher, turn(intent), UTTERED)
    await CatchLooseAnswerAction(counter).run(
        dispatcher, turn(intent, form="coach_formulier", asked="naam"), UTTERED
    )
    assert said() == [response, "utter_uitleg_naam"]
