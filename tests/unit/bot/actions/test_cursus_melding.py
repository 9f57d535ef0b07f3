"""Courses that come later, are gone, are given elsewhere too, or are put side by side."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Tracker

from bot.actions.cursus import SearchAction, ShowDetailsAction
from bot.actions.cursus_melding import AskAlertAction, StopAlertsAction
from bot.actions.voucher_applications import ShowApplicationsAction
from counter.course_alerts.model import MOST_OPEN, Alert, AskAlert, TooManyAlertsError
from counter.courses.catalogue import CourseCatalogue
from counter.courses.model import Course, CourseQuery, CourseSearch, Form, Level, Listing
from counter.places.gazetteer import load_gazetteer

GAZETTEER = load_gazetteer()
TODAY = date(2026, 11, 24)
SEEN = datetime(2026, 11, 20, 23, 30, tzinfo=UTC)


def welding(number: int, **changes: Any) -> Course:
    facts: dict[str, Any] = {
        "title": "Lassen",
        "provider": "Voorbeeldschool",
        "place": "Alkmaar",
        "form": Form.KLASSIKAAL,
        "level": Level.MBO2,
        "topics": ("lassen",),
        "series": "las",
        "listing": Listing(source="roc", seen_at=SEEN),
    }
    return Course(id=f"las-{number}", **{**facts, **changes})


COURSES = (
    welding(1, start=date(2027, 2, 1), last_day=date(2027, 1, 15), price_eur=650),
    welding(2, place="Hoorn", start=date(2027, 9, 1)),
    welding(3, place=None, form=Form.ONLINE),
    welding(4, title="TIG-lassen", provider="Andere school", series=None, price_eur=900, hours_total=40),
)


class FakeCourses:
    """The real catalogue, without a database, and one course that is closed."""

    def __init__(self) -> None:
        self._catalogue = CourseCatalogue(COURSES, GAZETTEER)

    async def search(self, query: CourseQuery, limit: int = 3, offset: int = 0) -> CourseSearch:
        return self._catalogue.search(query, today=TODAY, limit=limit, offset=offset)

    async def offerings(self, course: Course) -> tuple[Course, ...]:
        return self._catalogue.offerings(course, today=TODAY)

    async def get(self, course_id: str) -> Course:
        if course_id == "weg":
            return welding(9, listing=Listing(source="roc", closed_at=SEEN))
        return next(course for course in COURSES if course.id == course_id)


class FakeAlerts:
    """The alerts of one person."""

    def __init__(self) -> None:
        self.asked: list[AskAlert] = []
        self.open: list[Alert] = []

    async def ask(self, command: AskAlert) -> Alert:
        if len(self.open) >= MOST_OPEN:
            raise TooManyAlertsError
        self.asked.append(command)
        alert = Alert(
            number=f"M-0000-000{len(self.open)}",
            query=command.query,
            asked_at=SEEN,
            expires_at=datetime(2027, 5, 24, tzinfo=UTC),
            is_open=True,
        )
        self.open.append(alert)
        return alert

    async def of_person(self, _conversation_id: str) -> tuple[Alert, ...]:
        return tuple(self.open)

    async def stop(self, _conversation_id: str, number: str | None = None) -> tuple[Alert, ...]:
        stopped = tuple(alert for alert in self.open if number in {None, alert.number})
        self.open = [alert for alert in self.open if alert not in stopped]
        return stopped


@pytest.fixture
def counter() -> SimpleNamespace:
    return SimpleNamespace(gazetteer=GAZETTEER, courses=FakeCourses(), course_alerts=FakeAlerts())


LOOKED = {
    "cursus_onderwerp": "lassen",
    "cursus_plaats": "Alkmaar",
    "cursus_resultaten": ["las-1", "las-4"],
    "cursus_gekozen": None,
    "vorm": None,
    "niveau": None,
    "reisafstand": None,
    "getoond": "cursussen",
}
NOTHING = dict.fromkeys(LOOKED)


async def test_one_course_is_shown_once_with_where_else_and_how_fresh(
    counter: SimpleNamespace, dispatcher: CollectingDispatcher, turn: Callable[..., Tracker]
) -> None:
    slots = LOOKED | {"cursus_plaats": None}
    await SearchAction(counter).run(dispatcher, turn("cursus_zoeken", slots=slots), {})
    cards = [message for message in dispatcher.messages if message["response"] == "utter_cursus_kaart"]
    assert [card["titel"] for card in cards] == ["TIG-lassen", "Lassen"]
    assert [card["ook"] for card in cards] == ["", "Alkmaar 1-2-2027, Hoorn 1-9-2027"]
    # Half past eleven in the evening in UTC is the next day here.
    assert cards[0]["bijgewerkt"] == "21-11-2026"


async def test_details_tell_until_when_one_can_sign_up(
    counter: SimpleNamespace, dispatcher: CollectingDispatcher, turn: Callable[..., Tracker]
) -> None:
    tracker = turn("cursus_details", entities={"cursus": "las-1"}, slots=LOOKED)
    await ShowDetailsAction(counter).run(dispatcher, tracker, {})
    [card] = dispatcher.messages
    assert (card["aanmelden_tot"], card["bijgewerkt"]) == ("15-1-2027", "21-11-2026")
    assert card["ook"] == "online, Hoorn 1-9-2027"


async def test_a_course_that_is_closed_is_told_so_and_something_else_is_offered(
    counter: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    turn: Callable[..., Tracker],
) -> None:
    tracker = turn("cursus_details", entities={"cursus": "weg"}, slots=LOOKED)
    assert await ShowDetailsAction(counter).run(dispatcher, tracker, {}) == []
    assert said() == ["utter_cursus_gesloten"]


@pytest.mark.parametrize(
    ("slots", "response"),
    [
        ({"cursus_onderwerp": "xylofoon"}, "utter_cursus_verder_melding"),
        ({"niveau": "wo"}, "utter_cursus_verder_melding"),
        ({}, "utter_cursus_verder"),
    ],
    ids=["another topic", "another level", "all it should be"],
)
async def test_who_did_not_get_what_they_asked_is_offered_an_alert(
    counter: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    turn: Callable[..., Tracker],
    slots: dict[str, str],
    response: str,
) -> None:
    await SearchAction(counter).run(dispatcher, turn("cursus_zoeken", slots=LOOKED | slots), {})
    assert said()[-1] == response


async def test_an_alert_is_about_what_was_looked_for_and_says_until_when(
    counter: SimpleNamespace, dispatcher: CollectingDispatcher, turn: Callable[..., Tracker]
) -> None:
    tracker = turn("cursus_melding_vragen", "houd me op de hoogte", slots=LOOKED | {"vorm": "avond"})
    await AskAlertAction(counter).run(dispatcher, tracker, {})
    [command] = counter.course_alerts.asked
    assert command.query == CourseQuery(topic="lassen", place="Alkmaar", form=Form.AVOND)
    assert (command.conversation_id, command.message_id) == ("conversation-1", "message-1")
    [told] = dispatcher.messages
    assert told["response"] == "utter_cursus_melding_staat"
    assert (told["wensen"], told["tot"], told["nummer"]) == (
        "lassen, avond, Alkmaar",
        "24-5-2027",
        "M-0000-0000",
    )


async def test_who_looked_for_nothing_is_asked_what_it_is_about(
    counter: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    turn: Callable[..., Tracker],
) -> None:
    await AskAlertAction(counter).run(dispatcher, turn("cursus_melding_vragen", slots=NOTHING), {})
    assert said() == ["utter_cursus_melding_waarover"]
    assert counter.course_alerts.asked == []


async def test_who_has_too_many_alerts_can_stop_them(
    counter: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    turn: Callable[..., Tracker],
) -> None:
    asking, tracker = AskAlertAction(counter), turn("cursus_melding_vragen", slots=LOOKED)
    for _ in range(MOST_OPEN + 1):
        await asking.run(dispatcher, tracker, {})
    assert said()[-1] == "utter_cursus_melding_te_veel"


async def test_one_alert_is_stopped_by_its_number_and_all_without_one(
    counter: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    turn: Callable[..., Tracker],
) -> None:
    for topic in ("lassen", "koken", "zorg"):
        tracker = turn("cursus_melding_vragen", slots=LOOKED | {"cursus_onderwerp": topic})
        await AskAlertAction(counter).run(dispatcher, tracker, {})
    dispatcher.messages.clear()
    stopping = StopAlertsAction(counter)
    pressed = turn("cursus_melding_stoppen", entities={"aanvraagnummer": "M-0000-0001"}, slots=LOOKED)
    await stopping.run(dispatcher, pressed, {})
    assert dispatcher.messages[-1]["wensen"] == "koken, Alkmaar"
    await stopping.run(dispatcher, turn("cursus_melding_stoppen", slots=LOOKED), {})
    assert dispatcher.messages[-1]["wensen"] == "lassen, Alkmaar; zorg, Alkmaar"
    await stopping.run(dispatcher, turn("cursus_melding_stoppen", slots=LOOKED), {})
    assert said()[-1] == "utter_cursus_melding_geen"


async def test_an_alert_is_found_again_by_its_number(
    counter: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    turn: Callable[..., Tracker],
) -> None:
    await AskAlertAction(counter).run(dispatcher, turn("cursus_melding_vragen", slots=LOOKED), {})
    for number in ("M-0000-0000", "M-0000-0009"):
        named = turn("gegeven_opgeven", entities={"aanvraagnummer": number}, slots=LOOKED)
        await ShowApplicationsAction(counter).run(dispatcher, named, {})
    assert said()[1:] == ["utter_cursus_melding_staat", "utter_cursus_melding_geen"]
    assert len(counter.course_alerts.asked) == 1


def pointing_at(tracker: Tracker, *choices: int) -> Tracker:
    tracker.latest_message["entities"] = [{"entity": "keuze", "value": choice} for choice in choices]
    return tracker


@pytest.mark.parametrize(
    ("text", "choices"),
    [("vergelijk de eerste en de tweede", (1, 2)), ("wat is het verschil", ())],
    ids=["two that are named", "those shown"],
)
async def test_two_courses_are_shown_side_by_side(
    counter: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    turn: Callable[..., Tracker],
    text: str,
    choices: tuple[int, ...],
) -> None:
    tracker = pointing_at(turn("cursus_details", text, slots=LOOKED), *choices)
    await ShowDetailsAction(counter).run(dispatcher, tracker, {})
    card = dispatcher.messages[0]
    assert card["response"] == "utter_cursus_naast_elkaar_kaart"
    assert card["titels"] == "Lassen | TIG-lassen"
    assert (card["start"], card["prijs"], card["uren_totaal"]) == ("1-2-2027 | -", "€ 650 | € 900", "- | 40")
    assert card["vaardigheden"] == ""


async def test_one_that_is_pointed_at_is_not_compared(
    counter: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    turn: Callable[..., Tracker],
) -> None:
    tracker = pointing_at(turn("cursus_details", "vertel meer over de tweede", slots=LOOKED), 2)
    await ShowDetailsAction(counter).run(dispatcher, tracker, {})
    assert said() == ["utter_cursus_details_kaart"]


async def test_who_has_nothing_to_compare_is_told_how(
    counter: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    turn: Callable[..., Tracker],
) -> None:
    tracker = turn("cursus_details", "vergelijk ze eens", slots=LOOKED | {"cursus_resultaten": None})
    await ShowDetailsAction(counter).run(dispatcher, tracker, {})
    assert said() == ["utter_cursus_naast_elkaar_welke"]


def test_past_offerings_are_not_named_as_others() -> None:
    catalogue = CourseCatalogue(
        [*COURSES, replace(COURSES[0], id="las-5", start=date(2026, 1, 1), last_day=None)], GAZETTEER
    )
    others = catalogue.offerings(COURSES[0], today=TODAY)
    assert [course.id for course in others] == ["las-3", "las-2"]
