"""Afterwards: how well a coach helped, and a sentence for who wants to."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Tracker

from bot.actions.coach_rating import COMMENT, FORM, KeepCommentAction, RateAction, ValidateRatingForm
from counter.referrals.model import Helped, OpenReferral, Reason

NUMBER = "C-0000-0000"


@pytest.fixture
async def helped(counter: SimpleNamespace) -> SimpleNamespace:
    """Give the services of somebody whom a coach has helped."""
    await counter.referrals.open(
        OpenReferral(conversation_id="conversation-1", message_id="message-0", reason=Reason.ASKED)
    )
    return counter


async def test_a_rating_is_kept_and_another_takes_its_place(
    helped: SimpleNamespace, dispatcher: CollectingDispatcher, turn: Callable[..., Tracker]
) -> None:
    for verdict in ("ja", "beetje"):
        entities = {"aanvraagnummer": NUMBER, "oordeel": verdict}
        await RateAction(helped).run(dispatcher, turn("coach_beoordelen", entities=entities), {})
    assert helped.referrals.ratings == {NUMBER: (Helped.A_LITTLE, None)}


@pytest.mark.parametrize("entities", [{}, {"aanvraagnummer": "C-9999-9999", "oordeel": "ja"}])
async def test_nothing_is_rated_that_is_not_this_persons(
    helped: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    turn: Callable[..., Tracker],
    entities: dict[str, str],
) -> None:
    events = await RateAction(helped).run(dispatcher, turn("coach_beoordelen", entities=entities), {})
    assert said() == ["utter_coach_status_geen"]
    assert {event["name"]: event["value"] for event in events}[COMMENT] == ""


@pytest.mark.parametrize(
    ("intent", "text", "comment"),
    [
        ("nlu_fallback", "ze dacht goed mee", "ze dacht goed mee"),
        ("compliment_geven", "Sanne was heel aardig", "Sanne was heel aardig"),
        ("klacht_uiten", "hij luisterde niet", "hij luisterde niet"),
        ("ontkennen", "/ontkennen", ""),
    ],
)
async def test_a_sentence_is_taken_whatever_it_sounds_like(
    dispatcher: CollectingDispatcher, turn: Callable[..., Tracker], intent: str, text: str, comment: str
) -> None:
    tracker = turn(intent, text, slots={COMMENT: None}, form=FORM, asked=COMMENT)
    events = await ValidateRatingForm().run(dispatcher, tracker, {})
    assert {event["name"]: event["value"] for event in events}[COMMENT] == comment


async def test_who_talks_of_something_else_is_not_asked_again(
    dispatcher: CollectingDispatcher, turn: Callable[..., Tracker]
) -> None:
    answered = ({"event": "action_execution_rejected", "name": FORM},)
    tracker = turn("faq", slots={COMMENT: None}, form=FORM, asked=COMMENT, since=answered)
    form = ValidateRatingForm()
    assert await form.required_slots([COMMENT], dispatcher, tracker, {}) == []


async def test_a_no_is_answered_and_a_digression_hears_no_more_of_it(
    helped: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    turn: Callable[..., Tracker],
) -> None:
    for comment in ("", None):
        slots = {"coach_nummer": NUMBER, "coach_oordeel": "ja", COMMENT: comment}
        await KeepCommentAction(helped).run(dispatcher, turn("ontkennen", slots=slots), {})
    assert said() == ["utter_coach_beoordelen_klaar"]


@pytest.mark.parametrize(
    ("comment", "expected"), [("fijn geholpen", "fijn geholpen"), ("", None), (None, None)]
)
async def test_the_sentence_is_kept_with_the_rating(
    helped: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    turn: Callable[..., Tracker],
    comment: str | None,
    expected: str | None,
) -> None:
    slots = {"coach_nummer": NUMBER, "coach_oordeel": "ja", COMMENT: comment}
    await KeepCommentAction(helped).run(dispatcher, turn("gegeven_opgeven", slots=slots), {})
    kept = helped.referrals.ratings.get(NUMBER)
    assert kept == (None if expected is None else (Helped.YES, expected))
