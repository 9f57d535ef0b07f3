"""Occupations: which is meant, what is between two, what lies near, and why one was shown."""

from collections.abc import Callable
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Tracker

from bot.actions.beroep import (
    AcceptOfferAction,
    RefineAction,
    ShowMoreAction,
    ShowMoveAction,
    ShowOccupationAction,
)
from bot.actions.beroep_reasons import ExplainAction
from bot.actions.orienteren import ExplainAction as ExplainTestAction
from counter.courses.catalogue import CourseCatalogue
from counter.courses.model import (
    Course,
    CourseHit,
    CourseQuery,
    CourseSearch,
    Form,
    Level,
    UnknownCourseError,
)
from counter.open_hiring.catalogue import JobCatalogue
from counter.open_hiring.model import Job, JobQuery, JobSearch
from counter.passport.model import Told
from counter.places.gazetteer import load_gazetteer

GAZETTEER = load_gazetteer()
TODAY = date(2026, 11, 24)
NOTHING = dict.fromkeys(
    (
        "beroep_van",
        "beroep_naar",
        "beroep_gekozen",
        "beroep_kandidaten",
        "beroep_resultaten",
        "beroep_gezien",
        "plaats",
        "sector",
        "getoond",
        "herhaling",
    )
)
COOK, WELDER, PLUMBER = "beroep/kok", "beroep/lasser", "beroep/loodgieter"


def a_course(course_id: str, *skills: str, place: str = "Zaandam") -> Course:
    return Course(
        id=course_id,
        title=course_id.capitalize(),
        provider="Voorbeeldschool",
        place=place,
        form=Form.AVOND,
        level=Level.MBO2,
        skills=skills,
        is_sample=True,
    )


COURSES = (
    a_course("lassen", "lassen", "MIG/MAG-lassen", "technische tekeningen lezen"),
    a_course("zorg", "digitale zorg gebruiken", "hulpmiddelen uitleggen"),
)
JOBS = (
    Job(
        id="1",
        title="Productie",
        employer="Voorbeeld",
        place="Zaandam",
        sector="techniek",
        hours_min=24,
        hours_max=32,
        wage_text="",
        tasks="",
    ),
)


class FakeCourses:
    """The real catalogue, without a database."""

    def __init__(self) -> None:
        self._catalogue = CourseCatalogue(COURSES, GAZETTEER)

    async def search(self, query: CourseQuery, limit: int = 3, offset: int = 0) -> CourseSearch:
        return self._catalogue.search(query, today=TODAY, limit=limit, offset=offset)

    async def teaching(self, skill_id: str, **near: Any) -> tuple[CourseHit, ...]:
        query = CourseQuery(**near)
        return self._catalogue.search(query, today=TODAY, limit=9, offset=0, teaching=skill_id).hits

    async def get(self, course_id: str) -> Course:
        found = next((course for course in COURSES if course.id == course_id), None)
        if found is None:
            raise UnknownCourseError(course_id)
        return found


class FakeJobs:
    """The real catalogue, without a database."""

    def __init__(self) -> None:
        self._catalogue = JobCatalogue(JOBS, GAZETTEER)

    async def search(self, query: JobQuery, limit: int = 3, offset: int = 0) -> JobSearch:
        return self._catalogue.search(query, limit=limit, offset=offset)


@pytest.fixture
def counter(counter: SimpleNamespace) -> SimpleNamespace:
    """Give a counter with a course, a job, and somebody whose passport is empty."""
    return SimpleNamespace(**vars(counter), courses=FakeCourses(), open_hiring=FakeJobs())


def slots_of(events: list[dict[str, Any]]) -> dict[str, Any]:
    return {event["name"]: event.get("value") for event in events if event["event"] == "slot"}


async def test_a_move_names_what_is_shared_what_is_missing_and_a_course_that_teaches_it(
    counter: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    turn: Callable[..., Tracker],
) -> None:
    await counter.passports.add("", [Told(skill_id="vaardigheid/veilig-werken", words="veilig")])
    known = NOTHING | {"beroep_van": COOK, "beroep_naar": WELDER}
    events = await ShowMoveAction(counter).run(dispatcher, turn("overstappen", slots=known), {})
    assert said() == [
        "utter_beroep_stap_deels",
        "utter_beroep_overstap_kaart",
        "utter_beroep_cursus_kaart_voorbeeld",
        "utter_beroep_overstap_verder",
    ]
    card = dispatcher.messages[1]
    assert card["kan"] == "veilig werken"
    assert "lassen" in card["leert"].split(", ")
    assert dispatcher.messages[2]["id"] == "lassen"
    assert slots_of(events)["getoond"] == "overstap"


async def test_a_course_with_half_a_name_in_common_is_not_offered(
    counter: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    turn: Callable[..., Tracker],
) -> None:
    known = NOTHING | {"beroep_van": COOK, "beroep_naar": "beroep/kapper"}
    await ShowMoveAction(counter).run(dispatcher, turn("overstappen", slots=known), {})
    assert said()[-1] == "utter_beroep_overstap_geen_cursus"


@pytest.mark.parametrize(
    ("slots", "response"),
    [
        ({"beroep_van": COOK, "beroep_naar": COOK}, "utter_beroep_zelfde"),
        ({"beroep_van": "", "beroep_naar": COOK}, "utter_beroep_stap_onbekend"),
        ({"beroep_van": COOK, "beroep_naar": PLUMBER}, "utter_beroep_stap_ver"),
        (
            {"beroep_van": "beroep/magazijnmedewerker", "beroep_naar": "beroep/orderpicker"},
            "utter_beroep_stap_dichtbij",
        ),
    ],
)
async def test_how_far_it_is_comes_first(
    counter: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    turn: Callable[..., Tracker],
    slots: dict[str, str],
    response: str,
) -> None:
    await ShowMoveAction(counter).run(dispatcher, turn("overstappen", slots=NOTHING | slots), {})
    assert said()[0] == response


async def test_who_can_do_it_all_is_told_so(
    counter: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    turn: Callable[..., Tracker],
) -> None:
    welder = counter.taxonomy.occupation(WELDER)
    await counter.passports.add("", [Told(skill_id=skill_id, words="x") for skill_id in welder.essential])
    await ShowMoveAction(counter).run(
        dispatcher, turn("overstappen", slots=NOTHING | {"beroep_naar": WELDER}), {}
    )
    assert said() == [
        "utter_beroep_stap_klaar",
        "utter_beroep_doel_kaart",
        "utter_beroep_overstap_kan_nu",
    ]


async def test_three_near_occupations_are_shown_and_more_on_request(
    counter: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    turn: Callable[..., Tracker],
) -> None:
    near = NOTHING | {"beroep_van": COOK, "beroep_naar": ""}
    first = slots_of(await ShowMoveAction(counter).run(dispatcher, turn("overstappen", slots=near), {}))
    assert said() == [
        "utter_beroep_verwant",
        *["utter_beroep_verwant_kaart"] * 3,
        "utter_beroep_verwant_verder",
    ]
    assert COOK not in first["beroep_resultaten"]
    more = slots_of(await ShowMoreAction(counter).run(dispatcher, turn("meer_tonen", slots=near | first), {}))
    assert not set(more["beroep_resultaten"]) & set(first["beroep_resultaten"])
    assert set(more["beroep_gezien"]) == {*first["beroep_resultaten"], *more["beroep_resultaten"]}


async def test_a_sector_where_nothing_is_near_is_named_and_others_are_shown(
    counter: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    turn: Callable[..., Tracker],
) -> None:
    slots = NOTHING | {"beroep_van": "beroep/verkoopmedewerker", "beroep_naar": "zorg"}
    await ShowMoveAction(counter).run(dispatcher, turn("overstappen", slots=slots), {})
    assert said()[0] == "utter_beroep_verwant_andere_sector"
    assert dispatcher.messages[0]["sector_gevraagd"] == "zorg"


async def test_of_whom_nothing_is_known_it_is_asked_first(
    counter: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    turn: Callable[..., Tracker],
) -> None:
    slots = NOTHING | {"beroep_van": "", "beroep_naar": ""}
    assert await ShowMoveAction(counter).run(dispatcher, turn("overstappen", slots=slots), {}) == []
    assert said() == ["utter_beroep_eerst_vertellen"]


async def test_a_typed_yes_takes_up_what_was_offered(
    counter: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    turn: Callable[..., Tracker],
) -> None:
    def answered(offered: str) -> Tracker:
        earlier = ({"event": "bot", "metadata": {"utter_action": offered}},)
        return turn("bevestigen", "ja", slots=NOTHING | {"beroep_resultaten": [WELDER]}, earlier=earlier)

    accept = AcceptOfferAction(counter)
    events = await accept.run(dispatcher, answered("utter_beroep_zelfde"), {})
    assert slots_of(events) == {"beroep_naar": ""}
    await accept.run(dispatcher, answered("utter_beroep_verwant_verder"), {})
    await accept.run(dispatcher, answered("utter_beroep_route"), {})
    assert said() == ["utter_beroep_welk_dan", "utter_gesprek_bevestigd"]
    assert dispatcher.messages[0]["buttons"][0]["payload"] == '/overstappen{"beroep":"lasser"}'


@pytest.mark.parametrize(
    ("text", "entities", "changed", "response"),
    [
        ("nee, ik bedoel elektromonteur", {}, ("beroep_naar", "beroep/elektromonteur"), "ander_doel"),
        ("nee ik was bakker", {}, ("beroep_van", "beroep/bakker"), "ander_begin"),
        ("nee, in Haarlem", {"plaats": "Haarlem"}, ("beroep_naar", WELDER), "andere_plaats"),
    ],
)
async def test_a_correction_changes_one_thing_and_says_which(
    counter: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    turn: Callable[..., Tracker],
    text: str,
    entities: dict[str, Any],
    changed: tuple[str, str],
    response: str,
) -> None:
    shown = NOTHING | {"beroep_van": COOK, "beroep_naar": WELDER, "beroep_resultaten": [WELDER]}
    tracker = turn("gegeven_opgeven", text, entities=entities, slots=shown)
    events = await RefineAction(counter).run(dispatcher, tracker, {})
    assert said()[0] == f"utter_beroep_{response}"
    assert (shown | slots_of(events))[changed[0]] == changed[1]


async def test_one_of_the_occupations_can_be_pointed_at(
    counter: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    turn: Callable[..., Tracker],
) -> None:
    shown = NOTHING | {"beroep_resultaten": [COOK, WELDER]}
    tracker = turn("gegeven_opgeven", "de tweede", entities={"keuze": 2}, slots=shown)
    events = await RefineAction(counter).run(dispatcher, tracker, {})
    assert said()[0] == "utter_beroep_kaart"
    assert slots_of(events)["beroep_resultaten"] == [WELDER]


async def test_what_corrects_nothing_is_thanked_for(
    counter: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    turn: Callable[..., Tracker],
) -> None:
    tracker = turn("gegeven_opgeven", "24 uur", entities={"uren": 24}, slots=NOTHING)
    await RefineAction(counter).run(dispatcher, tracker, {})
    assert said() == ["utter_gegevens_genoteerd"]


@pytest.mark.parametrize(
    ("occupation_id", "response"),
    [(WELDER, "utter_beroep_route"), ("beroep/verpleegkundige", "utter_beroep_route_coach")],
)
async def test_an_occupation_is_shown_with_what_it_takes_and_how_one_gets_there(
    counter: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    turn: Callable[..., Tracker],
    occupation_id: str,
    response: str,
) -> None:
    tracker = turn("beroep_verkennen", slots=NOTHING | {"beroep_gekozen": occupation_id})
    events = await ShowOccupationAction(counter).run(dispatcher, tracker, {})
    assert said() == ["utter_beroep_kaart", response]
    assert slots_of(events)["beroep_resultaten"] == [occupation_id]


@pytest.mark.parametrize(
    ("text", "entities", "responses"),
    [
        (
            "waarom deze",
            {},
            ["utter_beroep_waarom_kan", "utter_beroep_waarom_leert"],
        ),
        (
            '/waarom_deze{"beroep":"loodgieter"}',
            {"beroep": "loodgieter"},
            ["utter_beroep_waarom_gevraagd", "utter_beroep_waarom_leert"],
        ),
        ('/waarom_deze{"cursus":"lassen"}', {"cursus": "lassen"}, ["utter_beroep_waarom_cursus"]),
        ('/waarom_deze{"cursus":"weg"}', {"cursus": "weg"}, ["utter_cursus_geen_keuze"]),
    ],
)
async def test_why_names_what_is_shared_and_what_is_missing(
    counter: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    turn: Callable[..., Tracker],
    text: str,
    entities: dict[str, Any],
    responses: list[str],
) -> None:
    shown = NOTHING | {"beroep_van": COOK, "beroep_resultaten": ["beroep/keukenhulp"]}
    tracker = turn("waarom_deze", text, entities=entities, slots=shown)
    await ExplainAction(counter).run(dispatcher, tracker, {})
    assert said() == responses


async def test_why_of_several_asks_which(
    counter: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    turn: Callable[..., Tracker],
) -> None:
    shown = NOTHING | {"beroep_resultaten": [COOK, WELDER]}
    await ExplainAction(counter).run(dispatcher, turn("waarom_deze", "waarom", slots=shown), {})
    assert said() == ["utter_beroep_waarom_welke"]
    dispatcher.messages.clear()
    pointed = turn("waarom_deze", "waarom de tweede", entities={"keuze": 2}, slots=shown)
    await ExplainAction(counter).run(dispatcher, pointed, {})
    assert dispatcher.messages[0]["naam_beroep"] == "lasser"


async def test_a_card_further_up_is_explained_after_the_test_too(
    counter: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    turn: Callable[..., Tracker],
) -> None:
    tracker = turn(
        "waarom_deze", '/waarom_deze{"beroep":"lasser"}', entities={"beroep": "lasser"}, slots=NOTHING
    )
    await ExplainTestAction(counter).run(dispatcher, tracker, {})
    assert said()[0] == "utter_beroep_waarom_gevraagd"
