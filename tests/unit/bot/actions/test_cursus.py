"""Courses: what a search keeps, what a correction changes, what is shown."""

from collections.abc import Callable
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Tracker

from bot.actions.cursus import (
    BeginSearchAction,
    ExplainMatchAction,
    ExplainPaymentAction,
    RefineAction,
    SearchAction,
    ShowDetailsAction,
    ShowMoreAction,
)
from bot.actions.cursus_form import ValidateCourseForm
from bot.actions.results import chosen
from counter.courses.catalogue import CourseCatalogue
from counter.courses.model import Course, CourseQuery, CourseSearch, Form, Level, UnknownCourseError
from counter.places.gazetteer import load_gazetteer
from tests.support.schemes import sample_schemes

GAZETTEER = load_gazetteer()
TODAY = date(2026, 11, 24)
COURSES = tuple(
    Course(
        id=f"lassen-{number}",
        title=f"Lassen {number}",
        provider="Voorbeeldschool",
        place=place,
        form=form,
        level=Level.MBO2,
        topics=("lassen",),
        skills=("mig-lassen", "tig-lassen"),
        price_eur=1150,
        is_sample=number == 1,
    )
    for number, (place, form) in enumerate(
        [
            ("Alkmaar", Form.AVOND),
            ("Alkmaar", Form.KLASSIKAAL),
            ("Heiloo", Form.AVOND),
            ("Castricum", Form.DEELTIJD),
            ("Haarlem", Form.AVOND),
            (None, Form.ONLINE),
        ],
        start=1,
    )
)


class FakeCourses:
    """The real catalogue, without a database."""

    def __init__(self) -> None:
        self._catalogue = CourseCatalogue(COURSES, GAZETTEER)

    async def search(self, query: CourseQuery, limit: int = 3, offset: int = 0) -> CourseSearch:
        return self._catalogue.search(query, today=TODAY, limit=limit, offset=offset)

    async def topic_in(self, text: str) -> str | None:
        return self._catalogue.topic_in(text)

    async def offerings(self, course: Course) -> tuple[Course, ...]:
        return self._catalogue.offerings(course, today=TODAY)

    async def get(self, course_id: str) -> Course:
        found = next((course for course in COURSES if course.id == course_id), None)
        if found is None:
            raise UnknownCourseError(course_id)
        return found


async def schemes() -> tuple[Any, ...]:
    return sample_schemes()


@pytest.fixture
def counter() -> SimpleNamespace:
    return SimpleNamespace(
        gazetteer=GAZETTEER, courses=FakeCourses(), vouchers=SimpleNamespace(schemes=schemes)
    )


NOTHING = dict.fromkeys(
    (
        "cursus_onderwerp",
        "cursus_plaats",
        "cursus_resultaten",
        "cursus_vanaf",
        "cursus_gekozen",
        "plaats",
        "vorm",
        "niveau",
        "reisafstand",
        "getoond",
        "herhaling",
    )
)
SHOWN = NOTHING | {
    "cursus_onderwerp": "lassen",
    "cursus_plaats": "Alkmaar",
    "cursus_resultaten": ["lassen-1", "lassen-2", "lassen-3"],
    "cursus_vanaf": 0,
    "getoond": "cursussen",
}


def slots_of(events: list[dict[str, Any]]) -> dict[str, Any]:
    return {event["name"]: event.get("value") for event in events}


async def test_three_courses_are_shown_and_remembered(
    counter: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    turn: Callable[..., Tracker],
) -> None:
    events = await SearchAction(counter).run(dispatcher, turn("cursus_zoeken", slots=SHOWN), {})
    assert said()[0] == "utter_cursus_gevonden_meer"
    assert said()[-1] == "utter_cursus_verder_meer"
    assert len(slots_of(events)["cursus_resultaten"]) == 3
    assert slots_of(events)["getoond"] == "cursussen"
    card = next(message for message in dispatcher.messages if message.get("id") == "lassen-1")
    assert card["response"] == "utter_cursus_kaart_voorbeeld"
    assert (card["waar"], card["lesniveau"], card["prijs"], card["start"]) == (
        "Alkmaar",
        "mbo 2",
        "€ 1.150",
        "",
    )


@pytest.mark.parametrize(
    ("typed", "told"), [("lasen", "lassen"), ("Lassen", "Lassen"), ("mig", "mig"), ("xylofoon", "xylofoon")]
)
async def test_a_slip_is_not_repeated_to_the_person_and_their_own_words_are(
    counter: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    turn: Callable[..., Tracker],
    typed: str,
    told: str,
) -> None:
    slots = SHOWN | {"cursus_onderwerp": typed}
    await SearchAction(counter).run(dispatcher, turn("cursus_zoeken", slots=slots), {})
    assert dispatcher.messages[0]["wensen"].split(", ")[0] == told


async def test_of_a_course_elsewhere_the_distance_is_shown(
    counter: SimpleNamespace, dispatcher: CollectingDispatcher, turn: Callable[..., Tracker]
) -> None:
    await SearchAction(counter).run(dispatcher, turn("cursus_zoeken", slots=SHOWN), {})
    card = next(message for message in dispatcher.messages if message.get("id") == "lassen-3")
    assert card["waar"].startswith("Heiloo (")


async def test_more_goes_on_where_it_was_and_ends(
    counter: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    turn: Callable[..., Tracker],
) -> None:
    events = await ShowMoreAction(counter).run(dispatcher, turn("meer_tonen", slots=SHOWN), {})
    assert slots_of(events)["cursus_resultaten"] == ["lassen-4", "lassen-6"]
    dispatcher.messages.clear()
    last = SHOWN | {"cursus_vanaf": 3}
    assert await ShowMoreAction(counter).run(dispatcher, turn("meer_tonen", slots=last), {}) == []
    assert said() == ["utter_cursus_geen_meer"]


@pytest.mark.parametrize(
    ("slots", "told"),
    [
        ({"cursus_plaats": "Texel", "vorm": "avond"}, "utter_cursus_ruimer"),
        ({"cursus_onderwerp": "xylofoon"}, "utter_cursus_ander_onderwerp"),
    ],
)
async def test_a_wish_that_was_let_go_is_named(
    counter: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    turn: Callable[..., Tracker],
    slots: dict[str, str],
    told: str,
) -> None:
    await SearchAction(counter).run(dispatcher, turn("cursus_zoeken", slots=SHOWN | slots), {})
    assert dispatcher.messages[0]["response"] == told
    assert dispatcher.messages[0]["losgelaten"]


@pytest.mark.parametrize(
    ("entities", "changed"),
    [({"plaats": "Haarlem"}, {"cursus_plaats": "Haarlem"}), ({"vorm": "online"}, {})],
)
async def test_a_correction_searches_anew(
    counter: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    turn: Callable[..., Tracker],
    entities: dict[str, str],
    changed: dict[str, str],
) -> None:
    tracker = turn("gegeven_opgeven", "toch liever dat", entities=entities, slots=SHOWN)
    events = slots_of(await RefineAction(counter).run(dispatcher, tracker, {}))
    assert changed.items() <= events.items()
    assert events["cursus_resultaten"][0] == ("lassen-5" if changed else "lassen-6")


async def test_words_that_correct_nothing_are_not_understood(
    counter: SimpleNamespace, dispatcher: CollectingDispatcher, turn: Callable[..., Tracker]
) -> None:
    tracker = turn("gegeven_opgeven", "24 uur", entities={"uren": 24}, slots=SHOWN)
    (event,) = await RefineAction(counter).run(dispatcher, tracker, {})
    assert event["name"] == "action_terugval"


@pytest.mark.parametrize(
    ("choice", "expected"), [(1, "a"), (3, "c"), (-1, "c"), (4, None), (0, None), (-4, None)]
)
def test_one_of_three_is_pointed_at(choice: int, expected: str | None) -> None:
    assert chosen(["a", "b", "c"], choice) == expected


async def test_a_course_that_is_not_named_is_asked_for(
    counter: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    turn: Callable[..., Tracker],
) -> None:
    await ShowDetailsAction(counter).run(dispatcher, turn("cursus_details", slots=SHOWN), {})
    assert said() == ["utter_cursus_welke"]
    assert dispatcher.messages[0]["buttons"][1] == {
        "title": "Lassen 2",
        "payload": '/cursus_details{"cursus":"lassen-2"}',
    }


async def test_a_course_that_is_gone_is_no_error(
    counter: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    turn: Callable[..., Tracker],
) -> None:
    tracker = turn("cursus_details", entities={"cursus": "weg"}, slots=NOTHING)
    await ShowDetailsAction(counter).run(dispatcher, tracker, {})
    assert said() == ["utter_cursus_geen_keuze"]


async def test_why_names_what_matches(
    counter: SimpleNamespace, dispatcher: CollectingDispatcher, turn: Callable[..., Tracker]
) -> None:
    tracker = turn("waarom_deze", entities={"keuze": 1}, slots=SHOWN)
    await ExplainMatchAction(counter).run(dispatcher, tracker, {})
    reason, learns = dispatcher.messages
    assert reason["response"] == "utter_cursus_waarom"
    assert "lassen" in reason["woorden"]
    assert learns["vaardigheden"] == "mig-lassen, tig-lassen"


async def test_paying_names_price_and_voucher(
    counter: SimpleNamespace, dispatcher: CollectingDispatcher, turn: Callable[..., Tracker]
) -> None:
    tracker = turn("cursus_bekostigen", entities={"cursus": "lassen-1"}, slots=SHOWN)
    await ExplainPaymentAction(counter).run(dispatcher, tracker, {})
    offer = dispatcher.messages[-1]
    assert offer["response"] == "utter_cursus_bekostigen_met_cursus"
    assert (offer["prijs"], offer["bedrag"]) == ("€ 1.150", "1.500")


@pytest.mark.parametrize(
    ("intent", "text", "entities", "kept"),
    [
        ("cursus_zoeken", "en in Haarlem?", {"plaats": "Haarlem"}, True),
        ("cursus_zoeken", "een cursus lassen in Haarlem", {"plaats": "Haarlem"}, False),
        ("cursus_zoeken", "ik zoek een cursus", {}, False),
    ],
)
async def test_a_new_search_is_fresh_and_an_addition_is_not(
    counter: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    turn: Callable[..., Tracker],
    intent: str,
    text: str,
    entities: dict[str, str],
    *,
    kept: bool,
) -> None:
    tracker = turn(intent, text, entities=entities, slots=SHOWN)
    cleared = slots_of(await BeginSearchAction(counter).run(dispatcher, tracker, {}))
    assert ("cursus_onderwerp" not in cleared) is kept


async def answered(counter: SimpleNamespace, tracker: Tracker) -> dict[str, Any]:
    events = await ValidateCourseForm(counter).run(CollectingDispatcher(), tracker, {})
    return slots_of(events)


STARTED = ({"event": "active_loop", "name": "cursus_formulier"},)


async def test_a_full_sentence_leaves_nothing_to_ask(
    counter: SimpleNamespace, turn: Callable[..., Tracker]
) -> None:
    tracker = turn(
        "cursus_zoeken",
        "Ik zoek een avondcursus lassen in Alkmaar",
        entities={"vorm": "avond", "plaats": "Alkmaar"},
        form="cursus_formulier",
        slots=NOTHING,
        since=STARTED,
    )
    events = await answered(counter, tracker)
    assert (events["cursus_onderwerp"], events["cursus_plaats"]) == ("lassen", "Alkmaar")


async def test_online_asks_no_place(counter: SimpleNamespace, turn: Callable[..., Tracker]) -> None:
    tracker = turn(
        "cursus_zoeken",
        "online lassen",
        entities={"vorm": "online"},
        form="cursus_formulier",
        slots=NOTHING,
        since=STARTED,
    )
    events = await answered(counter, tracker)
    assert events["cursus_onderwerp"] == "lassen"
    assert events["requested_slot"] is None


@pytest.mark.parametrize(
    ("intent", "text", "entities", "place"),
    [
        ("gegeven_opgeven", "Haarlem", {"plaats": "Haarlem"}, "Haarlem"),
        ("gegeven_opgeven", "1506 AB", {"postcode": "1506 AB"}, "Zaandam"),
        ("overslaan", "maakt niet uit", {}, ""),
        ("nlu_fallback", "Parijs", {}, None),
    ],
)
async def test_a_place_is_a_name_a_postcode_or_anywhere(
    counter: SimpleNamespace,
    turn: Callable[..., Tracker],
    intent: str,
    text: str,
    entities: dict[str, str],
    place: str | None,
) -> None:
    slots = NOTHING | {"cursus_onderwerp": "lassen"}
    tracker = turn(
        intent, text, entities=entities, form="cursus_formulier", asked="cursus_plaats", slots=slots
    )
    assert (await answered(counter, tracker))["cursus_plaats"] == place
