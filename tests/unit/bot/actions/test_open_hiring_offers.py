"""A place that came free: who may take it, and what a bare yes or no means."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Tracker

from bot.actions.open_hiring_offers import (
    AcceptPlaceAction,
    AskSharingAction,
    PassPlaceOnAction,
    TakePlaceAction,
)
from bot.actions.terugval import CatchLooseAnswerAction
from counter.conversations.model import Content
from counter.open_hiring.model import (
    Introduction,
    NotOfferedError,
    QueuePlace,
    SignUpState,
    UnknownPlaceError,
)
from tests.unit.bot.actions.test_open_hiring import PLACE, slots_of

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
        self.accepted: list[tuple[str, Introduction]] = []
        self.passed: list[str] = []
        self.refusal: Exception | None = None

    async def places_of(self, _conversation_id: str) -> tuple[QueuePlace, ...]:
        return self.own

    async def place_by_number(self, _number: str) -> QueuePlace:
        return OFFERED

    async def offered_place(self, _number: str, _conversation_id: str) -> QueuePlace:
        if self.refusal:
            raise self.refusal
        return OFFERED

    async def accept(self, number: str, _conversation_id: str, introduction: Introduction) -> QueuePlace:
        if self.refusal:
            raise self.refusal
        self.accepted.append((number, introduction))
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
    events = await AcceptPlaceAction(counter).run(dispatcher, turn("x", "ik neem de plek"), {})
    assert offers.accepted == []
    assert said() == ["utter_open_hiring_aannemen_beginnen"]
    assert [event["name"] for event in events][-1] == "open_hiring_aannemen_formulier"
    assert {"open_hiring_aanbod": OFFERED.number}.items() <= slots_of(events).items()


TAKING = {
    "open_hiring_aanbod": OFFERED.number,
    "open_hiring_aannemen_akkoord": True,
    "naam": "Anna",
    "contact": "+31612345678",
    "herhaling": None,
}


@pytest.mark.parametrize(
    ("contact", "phone", "email"),
    [("+31612345678", "+31612345678", None), ("anna@example.nl", None, "anna@example.nl")],
)
async def test_the_employer_gets_a_name_and_one_way_to_reach_them_with_the_words_that_were_asked(
    counter: SimpleNamespace,
    offers: FakeOffers,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    turn: Callable[..., Tracker],
    contact: str,
    phone: str | None,
    email: str | None,
) -> None:
    counter.conversations.last = Content(text="Mag ik dit geven?")
    events = await TakePlaceAction(counter).run(
        dispatcher, turn("bevestigen", slots=TAKING | {"contact": contact}), {}
    )
    told = Introduction(name="Anna", phone=phone, email=email, consent="Mag ik dit geven?")
    assert offers.accepted == [(OFFERED.number, told)]
    assert said() == ["utter_open_hiring_plek_aangenomen"]
    assert slots_of(events) == {
        "open_hiring_aanbod": None,
        "open_hiring_aannemen_akkoord": None,
        "onderdeel": None,
    }


async def test_who_agrees_too_late_gives_nothing_away(
    counter: SimpleNamespace,
    offers: FakeOffers,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    turn: Callable[..., Tracker],
) -> None:
    offers.refusal = NotOfferedError(replace(OFFERED, state=SignUpState.EXPIRED))
    await TakePlaceAction(counter).run(dispatcher, turn("bevestigen", slots=TAKING), {})
    assert said() == ["utter_open_hiring_plek_te_laat"]


async def test_what_the_employer_will_know_is_shown_before_it_is_asked(
    counter: SimpleNamespace,
    offers: FakeOffers,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    turn: Callable[..., Tracker],
) -> None:
    del offers
    await AskSharingAction(counter).run(dispatcher, turn("x", slots=TAKING), {})
    assert said() == ["utter_open_hiring_aannemen_samenvatting", "utter_open_hiring_aannemen_klopt_dit"]
    assert {message["werkgever"] for message in dispatcher.messages} == {OFFERED.job.employer}


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
    ("last", "intent", "taking", "passed"),
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
    taking: int,
    passed: int,
) -> None:
    counter.conversations.last = last
    events = await CatchLooseAnswerAction(counter).run(dispatcher, turn(intent, "…"), {})
    begun = [event for event in events if event["name"] == "open_hiring_aannemen_formulier"]
    assert (len(begun), len(offers.passed)) == (taking, passed)


async def test_a_summary_is_not_shown_again_after_a_question_in_between(
    counter: SimpleNamespace,
    offers: FakeOffers,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    turn: Callable[..., Tracker],
) -> None:
    del offers
    tracker = turn("open_hiring_uitleg", slots=TAKING)
    tracker.events.append({"event": "action_execution_rejected"})
    await AskSharingAction(counter).run(dispatcher, tracker, {})
    assert said() == ["utter_open_hiring_aannemen_klopt_dit"]
