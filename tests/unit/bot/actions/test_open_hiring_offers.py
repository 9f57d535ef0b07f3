"""A place that came free: who may take it, and what a bare yes or no means."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Tracker

from bot.actions.open_hiring_offers import AcceptPlaceAction, PassPlaceOnAction
from bot.actions.terugval import CatchLooseAnswerAction
from counter.conversations.model import Content
from counter.open_hiring.model import NotOfferedError, QueuePlace, SignUpState, UnknownPlaceError
from tests.unit.bot.actions.test_open_hiring import PLACE

OFFERED = replace(
    PLACE,
    state=SignUpState.OFFERED,
    position=None,
    answer_before=datetime(2026, 11, 25, 16, tzinfo=UTC),
)
OFFER = Content(
    text="Wil je deze plek?",
    buttons=tuple(
        {"title": title, "payload": f'/open_hiring_plek_{answer}{{"aanvraagnummer":"{OFFERED.number}"}}'}
        for title, answer in (("Ja", "aannemen"), ("Nee", "doorgeven"))
    ),
)


class FakeOffers:
    """The lists of one person; `refusal` is what answering an offer ends in."""

    def __init__(self) -> None:
        self.own: tuple[QueuePlace, ...] = (OFFERED,)
        self.accepted: list[str] = []
        self.passed: list[str] = []
        self.refusal: Exception | None = None

    async def places_of(self, _conversation_id: str) -> tuple[QueuePlace, ...]:
        return self.own

    async def accept(self, number: str, _conversation_id: str) -> QueuePlace:
        if self.refusal:
            raise self.refusal
        self.accepted.append(number)
        return OFFERED

    async def pass_on(self, number: str, _conversation_id: str) -> QueuePlace:
        if self.refusal:
            raise self.refusal
        self.passed.append(number)
        return OFFERED


@pytest.fixture
def offers(counter: SimpleNamespace) -> FakeOffers:
    counter.open_hiring = FakeOffers()
    return counter.open_hiring


async def test_who_takes_the_place_need_not_name_its_number(
    counter: SimpleNamespace,
    offers: FakeOffers,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    turn: Callable[..., Tracker],
) -> None:
    await AcceptPlaceAction(counter).run(dispatcher, turn("x", "ik neem de plek"), {})
    assert offers.accepted == [OFFERED.number]
    assert said() == ["utter_open_hiring_plek_aangenomen"]


@pytest.mark.parametrize(
    ("state", "response"),
    [
        (SignUpState.EXPIRED, "utter_open_hiring_plek_te_laat"),
        (SignUpState.PASSED, "utter_open_hiring_plek_al_doorgegeven"),
        (SignUpState.ACCEPTED, "utter_open_hiring_plek_al_aangenomen"),
        (SignUpState.WAITING, "utter_open_hiring_geen_aanbod"),
        (SignUpState.LEFT, "utter_open_hiring_geen_aanbod"),
    ],
)
async def test_who_cannot_have_the_place_hears_why(
    counter: SimpleNamespace,
    offers: FakeOffers,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    turn: Callable[..., Tracker],
    state: SignUpState,
    response: str,
) -> None:
    offers.refusal = NotOfferedError(replace(OFFERED, state=state))
    pressed = turn("x", "/x", entities={"aanvraagnummer": OFFERED.number})
    await AcceptPlaceAction(counter).run(dispatcher, pressed, {})
    await PassPlaceOnAction(counter).run(dispatcher, pressed, {})
    assert said() == [response, response]


async def test_of_somebody_elses_place_nothing_is_told(
    counter: SimpleNamespace,
    offers: FakeOffers,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    turn: Callable[..., Tracker],
) -> None:
    offers.refusal = UnknownPlaceError("H-0000-0000")
    tracker = turn("x", "/x", entities={"aanvraagnummer": "H-0000-0000"})
    await AcceptPlaceAction(counter).run(dispatcher, tracker, {})
    await PassPlaceOnAction(counter).run(dispatcher, tracker, {})
    assert said() == ["utter_open_hiring_geen_aanbod"] * 2


async def test_a_button_passes_at_once_and_words_are_asked_about(
    counter: SimpleNamespace,
    offers: FakeOffers,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    turn: Callable[..., Tracker],
) -> None:
    await PassPlaceOnAction(counter).run(dispatcher, turn("x", "geef hem maar door"), {})
    assert offers.passed == []
    await PassPlaceOnAction(counter).run(dispatcher, turn("x", "/x"), {})
    assert offers.passed == [OFFERED.number]
    assert said() == ["utter_open_hiring_plek_zeker", "utter_open_hiring_plek_doorgegeven"]


async def test_without_an_offer_there_is_nothing_to_take_or_pass(
    counter: SimpleNamespace,
    offers: FakeOffers,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    turn: Callable[..., Tracker],
) -> None:
    offers.own = (PLACE,)
    for action in (AcceptPlaceAction, PassPlaceOnAction):
        await action(counter).run(dispatcher, turn("x", "ik neem de plek"), {})
    assert said() == ["utter_open_hiring_geen_aanbod"] * 2


@pytest.mark.parametrize(
    ("last", "intent", "accepted", "passed"),
    [
        (OFFER, "bevestigen", 1, 0),
        (OFFER, "ontkennen", 0, 1),
        (OFFER, "gegeven_opgeven", 0, 0),
        (replace(OFFER, buttons=(), cards=({"buttons": OFFER.buttons},)), "bevestigen", 1, 0),
        # "Weet je het zeker?" has its buttons the other way round.
        (replace(OFFER, buttons=OFFER.buttons[::-1]), "bevestigen", 0, 1),
        (Content(text="Zal ik banen zoeken?"), "bevestigen", 0, 0),
        (None, "bevestigen", 0, 0),
    ],
)
async def test_a_bare_yes_or_no_answers_the_offer_only_when_that_was_said_last(
    counter: SimpleNamespace,
    offers: FakeOffers,
    dispatcher: CollectingDispatcher,
    turn: Callable[..., Tracker],
    last: Content | None,
    intent: str,
    accepted: int,
    passed: int,
) -> None:
    counter.conversations.last = last
    await CatchLooseAnswerAction(counter).run(dispatcher, turn(intent, "…"), {})
    assert (len(offers.accepted), len(offers.passed)) == (accepted, passed)
